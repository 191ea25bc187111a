"""Read a delivery: all its files into landing tables, with origin and hashes beside each row."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl
import polars.selectors as cs

from stadtlabor.base.bounded import now_at
from stadtlabor.base.errors import DeliveryError, faults_of
from stadtlabor.base.places import shown
from stadtlabor.base.rejects import Reject
from stadtlabor.intake.delivery_kinds import KINDS, FileRead
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest.delivered import Delivery
from stadtlabor.manifest.source import MANIFEST_NAME, Manifest
from stadtlabor.readers import landing_tables


@dataclass
class Reading:
    """The landing rows and rejects of one delivery, before the gate."""

    tables: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    rejects: list[tuple[str, Reject]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many landing rows there are in all tables."""
        return sum(frame.height for frames in self.tables.values() for frame in frames)

    def frames(self) -> dict[str, pl.DataFrame]:
        """One frame per landing table, all files together."""
        return {name: pl.concat(frames) for name, frames in self.tables.items()}


def rejection_reason(delivery: Delivery, towns: frozenset[str] | set[str]) -> DeliveryError | None:
    """Why a delivery cannot be used before any of its files is read; None where nothing speaks against it.

    Its town is not in towns.csv, or its manifest speaks of what the dictionary does not know.
    """
    if delivery.manifest is None:
        return None
    path, town = delivery.folder / MANIFEST_NAME, delivery.manifest.town
    if town is not None and town not in towns:
        known = f"Known towns: {', '.join(sorted(towns))}."
        return manifests.fault_at(path, ("town",), f"there is no town {town!r} in towns.csv", known)
    return KINDS[delivery.manifest.kind].rejection_reason(delivery.manifest, path)


def read(delivery: Delivery) -> Reading:
    """Read all files of a delivery into landing tables; DeliveryError where one cannot be read.

    As well where they together are not what the manifest says they are.
    """
    manifest, path = delivery.manifest, delivery.folder / MANIFEST_NAME
    assert manifest is not None
    kind, reading = KINDS[manifest.kind], Reading()
    for file in kind.joined(_files(delivery, manifest), manifest, path):
        with faults_of(file.name):
            _add(reading, delivery, file)
    kind.check(reading.tables, manifest, path)
    return reading


def _files(delivery: Delivery, manifest: Manifest) -> Iterator[FileRead]:
    """What the reader of each file makes of it, one after the other."""
    # A build in which nothing is read needs none of the readers.
    from stadtlabor.files.raw import RawFile
    from stadtlabor.readers import registry

    for delivered in manifest.files:
        now_at(delivered.name)
        # A reader knows lines and columns; which of the files it has in hand is known here.
        with faults_of(delivered.name):
            file = RawFile(delivery.folder / delivered.name, delivered.name, delivered.sheets)
            reader = registry.reader_for(file, manifest, delivered)
            result = registry.read(reader, file, manifest)
        yield FileRead(delivered.name, reader.name, result)


def _add(reading: Reading, delivery: Delivery, file: FileRead) -> None:
    """Put what a reader made of one file to what was read before."""
    reading.formats.append(file.format)
    for table, rows in file.result.tables.items():
        reading.tables.setdefault(table, []).append(_with_origin(delivery, file.name, table, rows))
    reading.rejects += [(file.name, reject) for reject in file.result.rejects]
    layout = file.result.facts.layout
    reading.files.append(
        {
            "file": file.name,
            "sha256": _hash_of(delivery, file.name),
            "bytes": (delivery.folder / file.name).stat().st_size,
            "format": file.format,
            "notes": file.result.notes,
            "encoding": layout.encoding,
            "encoding_reason": layout.encoding_reason,
            "delimiter": layout.delimiter,
            "rows": file.result.facts.rows,
        }
    )


def _hash_of(delivery: Delivery, name: str) -> str:
    """The SHA-256 of a delivered file, or of the manifest, which may tell events itself."""
    if name in delivery.hashes:
        return delivery.hashes[name]
    return hashlib.sha256((delivery.folder / name).read_bytes()).hexdigest()


def _with_origin(delivery: Delivery, file: str, table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The reader's rows with delivery, file and the file's hash beside each; all text, in the table's order."""
    assert delivery.manifest is not None
    own = landing_tables.TABLES[table]
    if missing := [name for name in ("line", *own) if name not in rows.columns]:
        raise DeliveryError(
            f"the reader gave no column {missing[0]}", shown(delivery.folder / file), rule="column_missing"
        )
    # What is the same in each row is kept once.
    origin = {"delivery_id": delivery.manifest.id, "file": file, "file_sha256": _hash_of(delivery, file)}
    whole = rows.with_columns(pl.lit(value, dtype=pl.Categorical).alias(name) for name, value in origin.items())
    is_text = cs.string() | cs.categorical()
    return whole.with_columns((~is_text).cast(pl.String)).select(landing_tables.columns_read(table))
