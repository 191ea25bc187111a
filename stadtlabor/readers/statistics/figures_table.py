"""Plain figures table: one record per town, figure and period, in a CSV or a sheet.

Columns in any order, with German or English headings: ags, town, figure, value, unit, period,
source, licence; optional sign, quality, unit_factor. `figure` is the project's own name.
"""

from collections.abc import Mapping

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import headings
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.statistics import figure_rows
from stadtlabor.readers.statistics.decimals import dialect_of
from stadtlabor.readers.statistics.table_reader import TableReader
from stadtlabor.values import periods

HEADINGS = {
    "ags": ("region_key", "gemeindeschluessel", "amtlicher_gemeindeschluessel", "regionalschluessel",
            "schluessel", "kennziffer", "gkz"),
    "town": ("region_label", "region", "name", "gemeinde", "gemeindename", "stadt", "ort", "kommune"),
    "figure": ("kennzahl", "indikator", "indicator", "merkmal", "groesse", "measure"),
    "value": ("wert", "zahl"),
    "unit": ("einheit", "masseinheit"),
    "period": ("zeitraum", "zeitpunkt", "stichtag", "jahr", "year", "zeit", "date", "datum", "stand"),
    "source": ("quelle", "herkunft"),
    "licence": ("license", "lizenz"),
    "sign": ("zeichen", "wertzeichen"),
    "quality": ("qualitaet", "qualitaetszeichen"),
    "unit_factor": ("faktor",),
}  # fmt: skip
REQUIRED = ("ags", "figure", "value", "period")
# What a number says hangs on these; of two such columns neither is the right one by its place.
SINGLE = (*REQUIRED, "unit", "unit_factor", "sign", "quality")


class FiguresTable(TableReader):
    """Reader of plain figures tables."""

    name = "figures"
    title = "Plain figures table (ags, figure, value, unit, period, source, licence)"
    looks_for = "the headings ags, figure, value and period"
    remedy = "Name the columns so (German headings do too), in any order."

    def is_header(self, columns: list[str]) -> bool:
        """Three of the four needed headings: a table with one missing is still told what it lacks."""
        return sum(name in REQUIRED for name in headings.find(columns, HEADINGS)) >= 3

    def recognition(self, table: Table) -> Recognition:
        """By its headings; with one of the four needed ones missing, as a guess."""
        found = headings.find(table.columns, HEADINGS)
        missing = [name for name in REQUIRED if name not in found]
        if missing:
            return Recognition(0.4, f"headings of a figures table, but no column {' and '.join(missing)}")
        return Recognition(0.9, f"headings {', '.join(found)} in line {table.header_line}")

    def rows(self, table: Table, manifest: Manifest | None) -> ReadResult:
        """One landing row per record; DeliveryError where a needed column is missing or there twice."""
        found, name = headings.find(table.columns, HEADINGS), table.file.name
        if missing := [name for name in REQUIRED if name not in found]:
            raise DeliveryError(
                f"the column {' and '.join(repr(name) for name in missing)} is missing; "
                f"found: {', '.join(table.columns)}",
                name, table.header_line, remedy="Add the column, or correct its heading.", rule="column_missing",
            )  # fmt: skip
        headings.refuse_doubles(table.columns, HEADINGS, SINGLE, name, table.header_line)
        return _read(table, found, manifest)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """Nothing: the file names its figures itself."""
        return {}


def _read(table: Table, found: Mapping[str, int], manifest: Manifest | None) -> ReadResult:
    raw = list(table.frames())
    value = f"c{found['value']}"
    everything = pl.concat([frame[value] for frame in raw]) if raw else pl.Series(dtype=pl.String)
    dialect, why = dialect_of(everything, table)
    heading = pl.lit(table.columns[found["value"]]).alias("column")
    frames = [
        figure_rows.to_rows(_cells(frame, found, manifest).with_columns(heading), table, dialect) for frame in raw
    ]
    notes = headings.passed_over(table.columns, list(found.values()))
    known = StatisticsFacts(decimal_sign=dialect.decimal, decimal_reason=why)
    return figure_rows.result(table, frames, manifest, table.records + table.faulty_records, notes, known)


def _cells(frame: pl.DataFrame, found: Mapping[str, int], manifest: Manifest | None) -> pl.DataFrame:
    def column(name: str) -> pl.Expr:
        return pl.col(f"c{found[name]}").str.strip_chars() if name in found else pl.lit(None, pl.String)

    def given(name: str, otherwise: str | None) -> pl.Expr:
        return pl.when(column(name) != "").then(column(name)).otherwise(pl.lit(otherwise, pl.String))

    return frame.select(
        pl.col("line"),
        column("ags").alias("region_key"),
        column("town").alias("region_label"),
        column("figure").alias("source_figure"),
        column("figure").alias("source_figure_label"),
        pl.col(f"c{found['value']}").alias("value_text"),
        column("sign").alias("sign"),
        column("unit").alias("unit"),
        given("unit_factor", "1").alias("unit_factor"),
        column("quality").alias("quality"),
        periods.iso_column(column("period")).alias("period"),
        column("figure").alias("figure"),
        given("source", manifest.producer if manifest else None).alias("source"),
        given("licence", figure_rows.licence_of(manifest)).alias("licence"),
    )


READER = FiguresTable()
