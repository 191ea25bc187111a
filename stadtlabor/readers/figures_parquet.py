"""Figures of many municipalities as Parquet, as `stadtlabor peer-bands` draws them from full official tables.

A row per municipality, figure and period with the columns of COLUMNS: a `value` or the `sign` that stands for it.
"""

from collections.abc import Mapping

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.layout import Layout
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.statistics.figure_rows import FIGURES_SCHEMA

SCHEMA: Mapping[str, type[pl.DataType]] = dict.fromkeys(
    ("ags", "town", "figure", "period", "value", "sign", "unit", "source", "licence"), pl.String
) | {"value": pl.Float64}
COLUMNS = list(SCHEMA)
TELLING = ("ags", "figure", "period")
REMEDY = "`stadtlabor peer-bands` writes such a file."


class FiguresParquet:
    """Reader of figures as Parquet."""

    name = "figures-parquet"
    kind = "statistics"
    title = "Figures of many municipalities (Parquet)"
    looks_for = "Parquet with the columns ags, figure and period"

    def recognise(self, file: RawFile) -> Recognition | None:
        """By its first bytes and its columns; Parquet that cannot be opened is taken for it, to say so."""
        if not file.is_parquet:
            return None
        try:
            columns = file.parquet_schema
        except DeliveryError:
            return Recognition(0.5, "it begins as Parquet does")
        return Recognition(0.98, f"it is {self.looks_for}") if set(TELLING) <= set(columns) else None

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """One landing row per row; DeliveryError where it is no Parquet or a column is missing or of another kind."""
        frame = file.parquet()
        for name, kind in SCHEMA.items():
            if frame.schema.get(name) != kind:
                what = (
                    "is missing" if name not in frame.columns else f"is of the kind {frame.schema[name]}, not {kind()}"
                )
                raise DeliveryError(f"the column {name!r} {what}", file.name, remedy=REMEDY, rule="column_missing")
        if frame.is_empty():
            raise DeliveryError("the file has no row", file.name, remedy=REMEDY, rule="no_record")
        rows = _rows(frame)
        facts = StatisticsFacts(
            layout=Layout(), rows=rows.height, delivered=frame.height, regions=frame["ags"].n_unique(),
            periods=frame["period"].drop_nulls().unique().sort().to_list(),
        )  # fmt: skip
        passed = [f"passed over the column {name!r}" for name in frame.columns if name not in SCHEMA]
        return ReadResult({"figures": rows}, notes=passed, facts=facts)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """Nothing: the file names its figures itself."""
        return {}


def _rows(frame: pl.DataFrame) -> pl.DataFrame:
    value = pl.col("value").cast(pl.String).str.strip_suffix(".0")
    return frame.select(
        pl.int_range(1, pl.len() + 1).cast(pl.String).alias("line"),
        pl.col("ags").alias("region_key"),
        pl.col("town").alias("region_label"),
        pl.col("figure").alias("source_figure"),
        pl.lit(None, pl.String).alias("source_figure_label"),
        pl.lit("{}").alias("attributes"),
        "period",
        pl.coalesce(value, "sign").alias("value_text"),
        value,
        pl.col("sign").fill_null(""),
        "unit",
        pl.lit("1").alias("unit_factor"),
        pl.lit("").alias("quality"),
        "figure",
        "source",
        "licence",
    ).select(list(FIGURES_SCHEMA))


READER = FiguresParquet()
