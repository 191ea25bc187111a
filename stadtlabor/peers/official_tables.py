"""Full official tables as landing rows: every file of a folder, by the mapping in official_tables.yml."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Annotated

import polars as pl
from pydantic import Field, TypeAdapter, model_validator
from ruamel.yaml import YAML

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import DeliveredFile, FigureMapping, Manifest, Strict
from stadtlabor.peers import settlement_types
from stadtlabor.readers import landing_tables, registry
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.statistics import mapping

MAPPING = Path(__file__).with_name("official_tables.yml")


class OfficialTable(Strict):
    """One entry of official_tables.yml: how a table is known, and which figures it holds.

    `file` narrows to file names of a pattern; `period` is the date of a table that does not state its own.
    """

    table: str | None = None
    format: str | None = None
    file: str = "*"
    period: str | None = None
    title: str
    producer: str
    licence: str
    figures: Annotated[list[FigureMapping], Field(min_length=1)]

    @model_validator(mode="after")
    def _known_by_one_thing(self) -> "OfficialTable":
        if (self.table is None) == (self.format is None):
            raise ValueError("an official table is known by 'table' or by 'format', one of them")
        return self

    @property
    def delivery_id(self) -> str:
        """What the table goes by while its figures are computed with."""
        return self.table or str(self.format)


@dataclass(frozen=True)
class ReadTable:
    """One file read: the entry it belongs to and its mapped rows, with all landing columns."""

    official: OfficialTable
    file: str
    figures: pl.DataFrame


_TYPES = OfficialTable(
    format="bbsr-reference",
    title="Raumgliederungen, Referenz der Gemeinden: Stadt- und Gemeindetyp, Lage",
    producer="Bundesinstitut für Bau-, Stadt- und Raumforschung (BBSR)",
    licence=settlement_types.LICENCE,
    figures=[FigureMapping(figure=name, source_figure=name) for name in settlement_types.HEADINGS],
)


def known() -> list[OfficialTable]:
    """The tables that official_tables.yml names."""
    tree = YAML(typ="safe").load(MAPPING.read_text("utf-8"))
    return TypeAdapter(list[OfficialTable]).validate_python(tree)


def read_folder(folder: Path, notes: list[str]) -> Iterator[ReadTable]:
    """Read every file under `folder` that is a known table; `notes` gets a sentence on each other one."""
    tables = known()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")):
        name = path.relative_to(folder).as_posix()
        file = RawFile(path, name)
        try:
            if (types := settlement_types.read(file)) is not None:
                yield ReadTable(_TYPES, name, _mapped(file, name, _TYPES, types))
                continue
            reader, _ = registry.recognise(file)
        except DeliveryError as error:
            notes.append(f"passed over {name}: {error.what}")
            continue
        if reader.kind != "statistics":
            notes.append(f"passed over {name}: {reader.title}")
            continue
        result = reader.read(file)
        official = _entry(tables, reader.name, path.name, result)
        if official is None:
            code = result.facts_as(StatisticsFacts).table_code
            notes.append(f"passed over {name}: {f'table {code}' if code else reader.title} is not in {MAPPING.name}")
            continue
        yield ReadTable(official, name, _mapped(file, name, official, result.tables["figures"]))


def _entry(tables: list[OfficialTable], reader_name: str, file_name: str, result: ReadResult) -> OfficialTable | None:
    code = result.facts_as(StatisticsFacts).table_code
    for table in tables:
        is_it = table.table == code if table.table is not None else table.format == reader_name
        if is_it and fnmatch(file_name, table.file):
            return table
    return None


def _mapped(file: RawFile, name: str, official: OfficialTable, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of the entry's figures, as a delivery of their own would land."""
    manifest = Manifest.model_construct(
        figures=official.figures, files=[DeliveredFile(name=name)], producer=official.producer
    )
    rows, _ = mapping.apply(rows, manifest, name)
    return (
        rows.filter(pl.col("figure").is_not_null())
        .with_columns(
            pl.lit(official.delivery_id).alias("delivery_id"),
            pl.lit(name).alias("file"),
            pl.lit(file.sha256).alias("file_sha256"),
            pl.lit("").alias("row_sha256"),
            pl.coalesce("period", pl.lit(official.period)).alias("period"),
            pl.coalesce("licence", pl.lit(official.licence)).alias("licence"),
        )
        .select(landing_tables.columns("figures"))
    )
