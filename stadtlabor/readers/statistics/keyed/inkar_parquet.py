"""INKAR as Parquet: a row per region and year, one column per indicator, as packages for R and Python keep it."""

from collections.abc import Mapping

import polars as pl

from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.statistics import figure_rows
from stadtlabor.readers.statistics.inkar import ADMINISTRATIVE, PUBLISHER, region_key
from stadtlabor.values.signs import POINT

REGION = ("raumbezug", "kennziffer", "name", "zeitbezug")


class InkarParquet:
    """Reader of INKAR's indicators as Parquet."""

    name = "inkar-parquet"
    kind = "statistics"
    title = "INKAR as Parquet (one column per indicator)"
    looks_for = "the columns raumbezug, kennziffer, name and zeitbezug"
    publisher = PUBLISHER
    licence = "dl-de/by-2-0"

    def recognise(self, file: RawFile) -> Recognition | None:
        """By the mark of Parquet and its columns."""
        if not file.is_parquet:
            return None
        is_inkar = set(REGION) <= set(file.parquet_schema)
        return Recognition(0.98, f"Parquet with {self.looks_for}") if is_inkar else None

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """One landing row per filled cell of Germany, a Land, district, association or municipality."""
        measures = [name for name, kind in file.parquet_schema.items() if name not in REGION and kind.is_numeric()]
        frame = file.parquet().with_row_index("line", 1)
        kept = frame.filter(pl.col("raumbezug").is_in(ADMINISTRATIVE))
        cells = _cells(kept, measures, manifest)
        table = Table(file, "figures", list(frame.columns[1:]), 1, 2, records=cells.height)
        rows = figure_rows.to_rows(cells, table, POINT)
        notes = [f"passed over {frame.height - kept.height} row(s) of other kinds of region"]
        known = StatisticsFacts(decimal_sign=".")
        return figure_rows.result(table, [rows], manifest, cells.height, notes, known)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The indicators by their short names."""
        return figure_rows.scaffold(result)


def _cells(frame: pl.DataFrame, measures: list[str], manifest: Manifest | None) -> pl.DataFrame:
    known = frame.select(
        pl.col("line").cast(pl.Int64),
        region_key(pl.col("raumbezug"), pl.col("kennziffer")).alias("region_key"),
        pl.col("name").alias("region_label"),
        pl.col("zeitbezug").alias("period"),
        *measures,
    )
    return (
        known.unpivot(
            on=measures, index=["line", "region_key", "region_label", "period"], variable_name="source_figure"
        )
        .filter(pl.col("value").is_not_null())
        .select(
            pl.exclude("value"),
            pl.col("value").cast(pl.String).alias("value_text"),
            pl.col("source_figure").alias("source_figure_label"),
            pl.col("source_figure").alias("column"),
            pl.lit(figure_rows.source_of(manifest, PUBLISHER)).alias("source"),
            pl.lit(figure_rows.licence_of(manifest), pl.String).alias("licence"),
        )
    )


READER = InkarParquet()
