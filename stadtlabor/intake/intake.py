"""Take one delivery in: read its files, ask the gate, and keep the outcome by its content.

An outcome lies in `warehouse/landing/<folder>/<key>/` and is never changed; `key` covers the manifest,
the files, the towns, the readers' and the gate's code. The same key is never worked on twice. Beside
it, `last_accepted` names the outcome that serves when a later state of the delivery is refused.
"""

import dataclasses
import datetime as dt
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from stadtlabor.base.errors import BreakdownError, DeliveryError, faults_of
from stadtlabor.base.fingerprint import combine, write_atomically
from stadtlabor.base.places import readable, shown
from stadtlabor.base.rejects import Reject
from stadtlabor.intake import published_form
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest import vocabulary
from stadtlabor.manifest.delivered import Delivery
from stadtlabor.manifest.source import MANIFEST_NAME
from stadtlabor.readers import landing_tables
from stadtlabor.readers.protocol import ReadResult

OUTCOME = "outcome.json"
# What happened where the program broke down over a delivery; it may quote what was delivered, and stays here.
CRASH_LOG = "crash.log"
# What DuckDB takes for a pattern, another separator, or a column and its value.
PATTERN_SIGNS = re.compile(r"[*?\[\]\\=]")
QUARANTINE = {
    "file": pl.String,
    "line": pl.String,
    "column_name": pl.String,
    "table_name": pl.String,
    "reason": pl.String,
    "reason_de": pl.String,
    "reason_en": pl.String,
    "detail": pl.String,
    "raw": pl.String,
}


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of one state of a delivery.

    `said` is the content of outcome.json: refused (English sentence or None), refused_de, published (the
    refusal without a delivered word: de, en), counts (delivered, accepted, quarantined, other_region rows),
    files, checks, notes.
    """

    folder: Path
    said: dict[str, Any]

    @property
    def refused(self) -> str | None:
        """Why the delivery as a whole was refused, in one sentence; None where it was taken in."""
        return self.said["refused"]

    def table(self, name: str) -> Path | None:
        """The accepted rows of a landing table as a Parquet file, if the delivery has any."""
        path = self.folder / f"{name}.parquet"
        return path if path.exists() else None

    @property
    def manifest(self) -> Path:
        """The `source.yml` this state was read with."""
        return self.folder / MANIFEST_NAME

    def quarantine(self) -> pl.DataFrame:
        """The rows that were not let in; columns of QUARANTINE."""
        return pl.read_parquet(self.folder / "quarantine.parquet", glob=False)


def key(delivery: Delivery, code_hash: str, towns_hash: str) -> str:
    """What an outcome is filed under."""
    return combine([delivery.fingerprint, code_hash, towns_hash])[:16]


def known(warehouse: Path, delivery: Delivery, outcome_key: str) -> Outcome | None:
    """The outcome already worked out for this very state, if there is one."""
    return _load(_home(warehouse, delivery) / outcome_key)


def last_accepted(warehouse: Path, delivery: Delivery) -> Outcome | None:
    """The last state of this delivery that was let in."""
    try:
        name = (_home(warehouse, delivery) / "last_accepted").read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    return _load(_home(warehouse, delivery) / name)


def unfit(delivery: Delivery, towns: set[str]) -> DeliveryError | None:
    """Why a delivery cannot be used before any of its files is read; None where nothing speaks against it.

    Its town is not in towns.csv, or its survey speaks of what the dictionary does not know.
    """
    if delivery.manifest is None:
        return None
    path, town = delivery.folder / MANIFEST_NAME, delivery.manifest.town
    if town is not None and town not in towns:
        known = f"Known towns: {', '.join(sorted(towns))}."
        return manifests.fault_at(path, ("town",), f"there is no town {town!r} in towns.csv", known)
    if delivery.manifest.kind == "events":
        from stadtlabor.readers.events import statements

        return statements.unknown_word(delivery.manifest, path)
    return vocabulary.unknown_word(delivery.manifest, path)


def read(delivery: Delivery) -> "Reading":
    """Read all files of a delivery into landing tables; DeliveryError where one cannot be read.

    As well where none of them has a figure or a question that the manifest maps.
    """
    from stadtlabor.readers.statistics import mapping

    assert delivery.manifest is not None
    reading = Reading()
    for name, format_name, result in _results(delivery):
        with faults_of(name):
            _add(reading, delivery, name, format_name, result)
    if delivery.manifest.kind == "statistics":
        # A figure may stand in any of the files, so this is known only when all are read.
        figures = reading.tables.get("figures", [])
        mapping.refuse_unmatched(figures, delivery.manifest, shown(delivery.folder / MANIFEST_NAME))
    if delivery.manifest.kind == "survey":
        asked, given = (pl.concat(reading.tables[name]) for name in ("questions", "answers"))
        path = delivery.folder / MANIFEST_NAME
        if fault := vocabulary.unknown_question(delivery.manifest, path, asked, given):
            raise fault
    return reading


def _add(reading: "Reading", delivery: Delivery, name: str, format_name: str, result: ReadResult) -> None:
    """Put what a reader made of one file to what was read before."""
    reading.formats.append(format_name)
    for table, rows in result.tables.items():
        reading.tables.setdefault(table, []).append(_with_origin(delivery, name, table, rows))
    reading.rejects += [(name, reject) for reject in result.rejects]
    reading.files.append(
        {
            "file": name,
            "sha256": _hash_of(delivery, name),
            "bytes": (delivery.folder / name).stat().st_size,
            "format": format_name,
            "notes": result.notes,
            "encoding": result.facts.layout.encoding,
            "encoding_reason": result.facts.layout.encoding_reason,
            "delimiter": result.facts.layout.delimiter,
            "rows": result.facts.rows,
        }
    )


def _results(delivery: Delivery) -> Iterator[tuple[str, str, ReadResult]]:
    """Name, format and content of each file, one after the other; those of events all at once, put together."""
    from stadtlabor.files.raw import RawFile
    from stadtlabor.readers import registry
    from stadtlabor.readers.events import joining

    manifest = delivery.manifest
    assert manifest is not None
    formats: dict[str, str] = {}
    read: list[tuple[str, ReadResult]] = []
    for delivered in manifest.files:
        # A reader knows lines and columns; which of the files it has in hand is known here.
        with faults_of(delivered.name):
            file = RawFile(delivery.folder / delivered.name, delivered.name)
            reader = registry.reader_for(file, manifest, delivered)
            result = reader.read(file, manifest)
        if manifest.kind == "events":
            formats[delivered.name] = reader.name
            read.append((delivered.name, result))
        else:
            yield delivered.name, reader.name, result
    if manifest.kind == "events":
        # An event may stand in several files, and a registration's event in another file than its own.
        for name, result in joining.join(read, manifest, delivery.folder / MANIFEST_NAME):
            yield name, formats.get(name, "source.yml"), result


def _hash_of(delivery: Delivery, name: str) -> str:
    """The SHA-256 of a delivered file, or of the manifest, which may tell events itself."""
    if name in delivery.hashes:
        return delivery.hashes[name]
    return hashlib.sha256((delivery.folder / name).read_bytes()).hexdigest()


@dataclasses.dataclass
class Reading:
    """The landing rows and rejects of one delivery, before the gate."""

    tables: dict[str, list[pl.DataFrame]] = dataclasses.field(default_factory=dict)
    rejects: list[tuple[str, Reject]] = dataclasses.field(default_factory=list)
    files: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    formats: list[str] = dataclasses.field(default_factory=list)

    def frames(self) -> dict[str, pl.DataFrame]:
        """One frame per landing table, all files together."""
        return {name: pl.concat(frames) for name, frames in self.tables.items()}


def gate(delivery: Delivery, reading: Reading, ags: set[str], town_ids: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Ask the gate; returns what `keep` files away."""
    from expectations import gate as gatekeeper

    assert delivery.manifest is not None
    frames = reading.frames()
    context = gatekeeper.GateContext(
        delivery_id=delivery.manifest.id,
        town_keys=ags,
        format=",".join(sorted(set(reading.formats))),
        period=delivery.manifest.period,
        today=dt.datetime.now(dt.UTC).date(),
        rejects=reading.rejects,
        survey=delivery.manifest.survey,
        town_ids=town_ids,
    )
    result = gatekeeper.run(delivery.manifest.kind, frames, context)
    delivered = sum(frame.height for frame in frames.values()) + len(reading.rejects)
    accepted = sum(frame.height for frame in result.accepted.values())
    return {
        "accepted": result.accepted,
        "quarantine": result.quarantine,
        "said": {
            "refused": result.refused,
            "refused_de": result.refused_de,
            "published": result.published,
            "delivered_rows": delivered,
            "accepted_rows": accepted,
            "quarantined_rows": result.quarantine.height,
            "other_region_rows": _rows_of_other_regions(result.accepted.get("figures"), ags),
            "files": reading.files,
            "checks": [dataclasses.asdict(check) for check in result.checks],
        },
    }


def keep(warehouse: Path, delivery: Delivery, outcome_key: str, gated: dict[str, Any]) -> Outcome:
    """File an outcome away, whole or not at all, and move `last_accepted` where it was let in."""
    home = _home(warehouse, delivery)
    draft = home / f"{outcome_key}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for name, frame in gated["accepted"].items():
        if gated["said"]["refused"] is None:
            frame.write_parquet(draft / f"{name}.parquet")
    gated["quarantine"].cast(QUARANTINE).write_parquet(draft / "quarantine.parquet")
    # A note may quote a damaged byte, which no text file takes.
    (draft / OUTCOME).write_text(json.dumps(gated["said"], ensure_ascii=False, indent=1), "utf-8", "replace")
    if gated.get("trace"):
        (draft / CRASH_LOG).write_text(gated["trace"], "utf-8", "backslashreplace")
    if gated["said"]["refused"] is None:
        # Answers mean what the manifest they were accepted with says, whatever a later, refused one does.
        shutil.copyfile(delivery.folder / MANIFEST_NAME, draft / MANIFEST_NAME)
    shutil.rmtree(home / outcome_key, ignore_errors=True)
    draft.replace(home / outcome_key)
    if gated["said"]["refused"] is None:
        write_atomically(home / "last_accepted", outcome_key + "\n")
    outcome = _load(home / outcome_key)
    assert outcome is not None
    return outcome


def refusal(fault: DeliveryError, manifest: manifests.Manifest | None) -> dict[str, Any]:
    """What is filed away for a delivery of which nothing could be read."""
    return {
        "accepted": {},
        "quarantine": pl.DataFrame(schema=QUARANTINE),
        "trace": fault.trace if isinstance(fault, BreakdownError) else "",
        "said": {
            "refused": str(fault),
            "refused_de": f"Die Lieferung konnte nicht gelesen werden: {_place_de(fault)}.{_cause_de(fault)}",
            "published": published_form.refusal(fault, manifest)._asdict(),
            "delivered_rows": 0,
            "accepted_rows": 0,
            "quarantined_rows": 0,
            "other_region_rows": 0,
            "files": [],
            "checks": [],
        },
    }


def _place_de(fault: DeliveryError) -> str:
    """Where a fault lies, in German; what it is exactly is said by the English message beside it."""
    places = [
        f"Datei „{fault.file}“" if fault.file else "",
        f"Zeile {fault.line}" if fault.line is not None else "",
        f"Stelle „{fault.column}“" if fault.column is not None else "",
    ]
    return ", ".join(place for place in places if place) or "Fehler in der Lieferung als Ganzes"


def _cause_de(fault: DeliveryError) -> str:
    """What is said in German of a fault that no code foresaw."""
    if not isinstance(fault, BreakdownError):
        return ""
    remedy = "Prüfen Sie die Datei mit `stadtlabor inspect`, und melden Sie den Fehler."
    return f" Das Programm ist daran gescheitert ({fault.cause}). {remedy}"


def prune(warehouse: Path, used: dict[str, set[str]]) -> None:
    """Drop outcomes that neither this build nor `last_accepted` uses; `used` maps folder to keys."""
    for home in (warehouse / "landing").glob("*"):
        if not home.is_dir() or home.name not in used:
            continue
        pointer = home / "last_accepted"
        kept = used[home.name] | ({pointer.read_text("utf-8").strip()} if pointer.exists() else set())
        for outcome in home.iterdir():
            if outcome.is_dir() and outcome.name not in kept:
                shutil.rmtree(outcome, ignore_errors=True)


def _home(warehouse: Path, delivery: Delivery) -> Path:
    name = readable(delivery.folder.name)
    return warehouse / "landing" / PATTERN_SIGNS.sub(lambda found: f"%{ord(found[0]):02X}", name)


def _load(folder: Path) -> Outcome | None:
    try:
        return Outcome(folder, json.loads((folder / OUTCOME).read_text("utf-8")))
    except FileNotFoundError:
        return None


def _with_origin(delivery: Delivery, file: str, table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The reader's rows with delivery, file and hashes beside each; all text, in the table's order."""
    import duckdb

    assert delivery.manifest is not None
    own = landing_tables.TABLES[table]
    if missing := [name for name in ("line", *own) if name not in rows.columns]:
        raise DeliveryError(
            f"the reader gave no column {missing[0]}", shown(delivery.folder / file), rule="column_missing"
        )
    record = " || chr(31) || ".join(f"coalesce({name}, chr(0))" for name in own)
    with duckdb.connect() as connection:
        hashed = connection.sql(
            "select $id as delivery_id, $file as file, $hash as file_sha256, line, "
            f"sha256({record}) as row_sha256, {', '.join(own)} from rows",
            params={"id": delivery.manifest.id, "file": file, "hash": _hash_of(delivery, file)},
        ).pl()
    return hashed.cast(dict.fromkeys(landing_tables.columns(table), pl.String))


def _rows_of_other_regions(figures: pl.DataFrame | None, ags: set[str]) -> int:
    """How many accepted figures are of regions outside towns.csv: read, kept, and not shown."""
    if figures is None:
        return 0
    key = pl.col("region_key")
    # Staging knows a municipality by these keys as well: its association stands in the middle.
    is_long = key.str.len_chars().is_in([10, 12])
    municipality = pl.when(is_long).then(key.str.head(5) + key.str.tail(3)).otherwise(key)
    return figures.filter(~municipality.is_in(list(ags))).height
