"""INKAR, the full CSV: one record per value, `Bereich;ID;Kuerzel;Indikator;Raumbezug;Kennziffer;Name;Zeitbezug;Wert`.

The key of an indicator is its numeric ID: 61 of the `Kuerzel` stand for several. `Raumbezug` becomes an
attribute for all but the administrative levels (Bund, Länder, Kreise, associations, municipalities),
as regions of analysis use the same numbers.
"""

from collections.abc import Mapping

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import headings
from stadtlabor.files.table import Table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.statistics import figure_rows
from stadtlabor.readers.statistics.decimals import genesis_dialect
from stadtlabor.readers.statistics.genesis.genesis_flat import with_attributes
from stadtlabor.readers.statistics.table_reader import TableReader
from stadtlabor.values import periods

NAMES = "bereich id kuerzel indikator raumbezug kennziffer name zeitbezug wert"
HEADINGS: dict[str, tuple[str, ...]] = dict.fromkeys(NAMES.split(), ())
REQUIRED = ("id", "indikator", "raumbezug", "kennziffer", "zeitbezug", "wert")
ADMINISTRATIVE = ("Bund", "Länder", "Bundesländer", "Kreise", "Gemeindeverbände", "Gemeinden")
PUBLISHER = "BBSR, INKAR"


def association(key: pl.Expr) -> pl.Expr:
    """Of a 9-digit key of an association the AGS where it is a single municipality, else the key.

    The four digits behind the district are 0 and the municipality's own three for one that belongs to no association.
    """
    full = key.str.zfill(9)
    return pl.when(full.str.slice(5, 1) == "0").then(full.str.slice(0, 5) + full.str.slice(6)).otherwise(full)


def region_key(level: pl.Expr, key: pl.Expr) -> pl.Expr:
    """A key as INKAR writes it: Germany is 0, an association of one municipality is that municipality."""
    single = pl.when(level.str.starts_with("Gemeindeverb")).then(association(key)).otherwise(key)
    return pl.when(level == "Bund").then(pl.lit("DG")).otherwise(single)


class Inkar(TableReader):
    """Reader of the full INKAR CSV."""

    name = "inkar"
    title = "INKAR, full CSV (one record per value)"
    looks_for = "the headings Raumbezug, Kennziffer and Zeitbezug"
    confidence = 0.98
    publisher = PUBLISHER
    licence = "dl-de/by-2-0"

    def is_header(self, columns: list[str]) -> bool:
        """The headings Raumbezug, Kennziffer and Zeitbezug."""
        return {"raumbezug", "kennziffer", "zeitbezug"} <= {headings.normal(name) for name in columns}

    def rows(self, table: Table, manifest: Manifest | None) -> ReadResult:
        """One landing row per record; DeliveryError where a needed column is missing or there twice."""
        found = headings.find(table.columns, HEADINGS)
        if missing := [name for name in REQUIRED if name not in found]:
            raise DeliveryError(f"missing column(s) of INKAR: {', '.join(missing)}", table.file.name,
                                table.header_line, remedy=self.remedy, rule="column_missing")  # fmt: skip
        headings.refuse_doubles(table.columns, HEADINGS, REQUIRED, table.file.name, table.header_line)
        raw = list(table.frames())
        dialect, why = genesis_dialect([frame[f"c{found['wert']}"] for frame in raw])
        frames = [figure_rows.to_rows(_cells(frame, found, manifest), table, dialect) for frame in raw]
        notes = headings.passed_over(table.columns, list(found.values()))
        known = StatisticsFacts(decimal_sign=dialect.decimal, decimal_reason=why)
        return figure_rows.result(table, frames, manifest, table.records + table.faulty_records, notes, known)


def _cells(frame: pl.DataFrame, found: Mapping[str, int], manifest: Manifest | None) -> pl.DataFrame:
    def column(name: str) -> pl.Expr:
        return pl.col(f"c{found[name]}").str.strip_chars() if name in found else pl.lit("")

    level = column("raumbezug")
    is_administrative = level.is_in(list(ADMINISTRATIVE))
    rows = frame.select(
        "line",
        region_key(level, column("kennziffer")).alias("region_key"),
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
