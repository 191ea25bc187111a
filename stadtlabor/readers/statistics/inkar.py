"""INKAR, the full CSV: one record per value, `Bereich;ID;Kuerzel;Indikator;Raumbezug;Kennziffer;Name;Zeitbezug;Wert`.

The key of an indicator is its numeric ID: 61 of the `Kuerzel` stand for several. `Raumbezug` becomes an
attribute for all but the administrative levels (Bund, Länder, Kreise, associations, municipalities),
as regions of analysis use the same numbers.
"""

from collections.abc import Mapping

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import headings
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import open_table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.statistics import figure_rows
from stadtlabor.readers.statistics.decimals import genesis_dialect
from stadtlabor.readers.statistics.genesis.genesis_flat import with_attributes
from stadtlabor.values import periods

NAMES = "bereich id kuerzel indikator raumbezug kennziffer name zeitbezug wert"
HEADINGS: dict[str, tuple[str, ...]] = dict.fromkeys(NAMES.split(), ())
REQUIRED = ("id", "indikator", "raumbezug", "kennziffer", "zeitbezug", "wert")
ADMINISTRATIVE = ("Bund", "Länder", "Bundesländer", "Kreise", "Gemeindeverbände", "Gemeinden")
PUBLISHER = "BBSR, INKAR"


class Inkar:
    """Reader of the full INKAR CSV."""

    name = "inkar"
    kind = "statistics"
    title = "INKAR, full CSV (one record per value)"
    looks_for = "the headings Raumbezug, Kennziffer and Zeitbezug"
    publisher = PUBLISHER
    licence = "dl-de/by-2-0"

    def recognise(self, file: RawFile) -> Recognition | None:
        """By its headings ID, Indikator, Raumbezug, Kennziffer, Zeitbezug and Wert."""
        table = open_table(file, "figures", _is_header, head_only=True)
        if table is None:
            return None
        return Recognition(0.98, f"the headings of the full INKAR table in line {table.header_line}")

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """One landing row per record; DeliveryError where a needed column is missing or there twice."""
        table = open_table(file, "figures", _is_header)
        found = headings.find(table.columns, HEADINGS) if table else {}
        missing = [name for name in REQUIRED if name not in found]
        if table is None or missing:
            raise DeliveryError(f"missing column(s) of INKAR: {', '.join(missing)}", file.name,
                                table.header_line if table else 1,
                                remedy="Download the full table again.", rule="column_missing")  # fmt: skip
        headings.refuse_doubles(table.columns, HEADINGS, REQUIRED, file.name, table.header_line)
        raw = list(table.frames())
        dialect, why = genesis_dialect([frame[f"c{found['wert']}"] for frame in raw])
        frames = [figure_rows.to_rows(_cells(frame, found, manifest), table, dialect) for frame in raw]
        notes = headings.passed_over(table.columns, list(found.values()))
        known = StatisticsFacts(decimal_sign=dialect.decimal, decimal_reason=why)
        return figure_rows.result(table, frames, manifest, table.records + table.faulty_records, notes, known)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The indicators by ID."""
        return figure_rows.scaffold(result)


def _is_header(columns: list[str]) -> bool:
    names = {headings.normal(name) for name in columns}
    return {"raumbezug", "kennziffer", "zeitbezug"} <= names


def _cells(frame: pl.DataFrame, found: Mapping[str, int], manifest: Manifest | None) -> pl.DataFrame:
    def column(name: str) -> pl.Expr:
        return pl.col(f"c{found[name]}").str.strip_chars() if name in found else pl.lit("")

    level = column("raumbezug")
    is_administrative = level.is_in(list(ADMINISTRATIVE))
    rows = frame.select(
        "line",
        # INKAR gives Germany the key 0.
        pl.when(level == "Bund").then(pl.lit("DG")).otherwise(column("kennziffer")).alias("region_key"),
        column("name").alias("region_label"),
        column("id").alias("source_figure"),
        column("indikator").alias("source_figure_label"),
        periods.iso_column(column("zeitbezug")).alias("period"),
        pl.col(f"c{found['wert']}").alias("value_text"),
        pl.lit("Raumbezug").alias("_name"),
        pl.when(is_administrative).then(pl.lit("")).otherwise(level).alias("_level"),
        pl.lit(figure_rows.source_of(manifest, PUBLISHER)).alias("source"),
        pl.lit(figure_rows.licence_of(manifest), pl.String).alias("licence"),
    )
    return with_attributes(rows, [("_name", "_level")])


READER = Inkar()
