"""Full official tables as landing rows: every file of a folder, by the mapping in official_tables.yml."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Annotated

import polars as pl
from pydantic import Field, TypeAdapter, model_validator

from stadtlabor.base import own_yaml
from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import DeliveredFile, FigureMapping, Manifest, Strict
from stadtlabor.readers import landing_tables, registry
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.statistics import mapping

MAPPING = Path(__file__).with_name("official_tables.yml")


class TableFigure(FigureMapping):
    """A figure of a table; `period` is its date where the table states none, `day` that of a year it states (12-31).

    `zero_is_unknown` where the publisher writes 0 for nothing and for secret alike; `zero_is_unknown_beside` where 0
    stands for a missing number, as an amount that another period of the municipality reaches gives away.
    """

    period: str | None = None
    day: str | None = None
    zero_is_unknown: bool = False
    zero_is_unknown_beside: float | None = None


class OfficialTable(Strict):
    """One entry of official_tables.yml: how a table is known, and which figures it holds.

    `file` narrows to file names of a pattern; `period` is the date of a table that does not state its own, or finds the
    year's two digits, in brackets, in the file's name. `since` is the first year that is taken, `only` the periods
    taken. `source` names edition and table where the file does not. `has_bands` is false where its figures may stand
    in no band, `towns_periods` are those for which the five towns' own figures are delivered from it: all where it is
    left out, none where other deliveries have them.
    """

    table: str | None = None
    format: str | None = None
    file: str = "*"
    period: str | None = None
    title: str
    producer: str
    licence: str
    source: str | None = None
    since: str | None = None
    only: list[str] | None = None
    has_bands: bool = True
    towns_periods: list[str] | None = None
    figures: Annotated[list[TableFigure], Field(min_length=1)]

    @model_validator(mode="after")
    def _known_by_one_thing(self) -> "OfficialTable":
        if (self.table is None) == (self.format is None):
            raise ValueError("an official table is known by 'table' or by 'format', one of them")
        return self

    def period_of(self, name: str) -> str | None:
        """The period of a file that does not state its own."""
        if self.period is None or "(" not in self.period:
            return self.period
        found = re.search(self.period, name)
        return f"20{found[1]}" if found else None

    @property
    def delivery_id(self) -> str:
        """What the table goes by while its figures are computed with."""
        return "-".join(filter(None, (self.table or self.format, self.file.strip("*_"))))


@dataclass(frozen=True)
class ReadTable:
    """One file read: the entry it belongs to and its mapped rows, with all landing columns."""

    official: OfficialTable
    file: str
    figures: pl.DataFrame


def known() -> list[OfficialTable]:
    """The tables that official_tables.yml names."""
    tree = own_yaml.read(MAPPING)
    return TypeAdapter(list[OfficialTable]).validate_python(tree)


def read_folder(folder: Path, notes: list[str]) -> Iterator[ReadTable]:
    """Read every file under `folder` that is a known table; `notes` gets a sentence on each other one."""
    tables = known()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")):
        name = path.relative_to(folder).as_posix()
        file = RawFile(path, name)
        try:
            reader, _ = registry.recognise(file)
        except DeliveryError as error:
            notes.append(f"passed over {name}: {error.what}")
            continue
        if reader.kind != "statistics":
            notes.append(f"passed over {name}: {reader.title}")
            continue
        result = reader.read(file)
        entries = list(_entries(tables, reader.name, path.name, result))
        if not entries:
            code = result.facts_as(StatisticsFacts).table_code
            notes.append(f"passed over {name}: {f'table {code}' if code else reader.title} is not in {MAPPING.name}")
            continue
        for official in entries:
            yield ReadTable(official, name, _mapped(file, name, official, result.tables["figures"]))


def _entries(
    tables: list[OfficialTable], reader_name: str, file_name: str, result: ReadResult
) -> Iterator[OfficialTable]:
    code = result.facts_as(StatisticsFacts).table_code
    for table in tables:
        is_it = table.table == code if table.table is not None else table.format == reader_name
        if is_it and fnmatch(file_name, table.file):
            yield table


def _mapped(file: RawFile, name: str, official: OfficialTable, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of the entry's figures, as a delivery of their own would land."""
    manifest = Manifest.model_construct(
        figures=official.figures, files=[DeliveredFile(name=name)], producer=official.producer
    )
    # A year's file need not have all figures of its kind.
    rows, _ = mapping.apply(rows, manifest, name)
    dates = {one.figure: one.period for one in official.figures if one.period}
    stated = pl.col("figure").replace_strict(dates, default=None, return_dtype=pl.String)
    reached = {one.figure: 0 if one.zero_is_unknown else one.zero_is_unknown_beside for one in official.figures}
    bound = pl.col("figure").replace_strict(reached, default=None, return_dtype=pl.Float64)
    number = pl.col("value").cast(pl.Float64)
    is_unclear = (number == 0) & (number.max().over("region_key", "figure") >= bound)
    days = {one.figure: f"-{one.day}" for one in official.figures if one.day}
    day = pl.col("figure").replace_strict(days, default="", return_dtype=pl.String)
    period = pl.coalesce(stated, pl.coalesce("period", pl.lit(official.period_of(name))) + day)
    return (
        rows.filter(pl.col("figure").is_not_null())
        .with_columns(
            period.alias("period"),
            pl.when(is_unclear).then(pl.lit(None, pl.String)).otherwise("value").alias("value"),
            pl.when(is_unclear).then(pl.lit(".")).otherwise("sign").alias("sign"),
        )
        .filter(
            (pl.col("period").str.slice(0, 4) >= official.since) if official.since else pl.lit(True),
            pl.col("period").is_in(official.only) if official.only else pl.lit(True),
        )
        .with_columns(
            pl.lit(official.delivery_id).alias("delivery_id"),
            pl.lit(name).alias("file"),
            pl.lit(file.sha256).alias("file_sha256"),
            pl.lit("").alias("row_sha256"),
            pl.coalesce(pl.lit(official.source, pl.String), "source").alias("source"),
            pl.coalesce("licence", pl.lit(official.licence)).alias("licence"),
        )
        .select(landing_tables.columns("figures"))
    )
