"""Tables with one column per measure: columns described once, then turned into one row per cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from stadtlabor.readers.statistics import mapping
from stadtlabor.values.units import Unit

NO_UNIT = Unit("", "1")


@dataclass
class Column:
    """A column of values: where it stands, what it measures, of which slice, when, in which unit.

    `quality` is the index of the column that holds the quality letters of this one, if there is any.
    """

    index: int
    measure: str
    label: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    period: str | None = None
    unit: Unit = NO_UNIT
    quality: int | None = None
    heading: str = ""


def to_cells(
    frame: pl.DataFrame, columns: Sequence[Column], base: Mapping[str, pl.Expr], row_attributes: Sequence[str] = ()
) -> pl.DataFrame:
    """One row per record and column of values, for `cells.to_rows`.

    `frame` has `line`, `c0`, `c1` …; `base` are expressions for landing columns that a record states
    once (region_key, period …) and win over the columns' own; `row_attributes` name those of them
    that are further dimensions: they join the columns' attributes and are not handed on.
    """
    described = pl.DataFrame(
        [
            {
                "_column": f"c{column.index}",
                "source_figure": column.measure,
                "source_figure_label": column.label or column.measure,
                "_attributes": mapping.as_json(column.attributes),
                "_period": column.period,
                "unit": column.unit.name,
                "unit_factor": column.unit.factor,
                "column": column.heading or column.measure,
            }
            for column in columns
        ],
        schema_overrides={"_period": pl.String},
    )
    known = frame.select("line", *(expression.alias(name) for name, expression in base.items()))
    values = [pl.col(f"c{column.index}") for column in columns]
    cells = (
        pl.concat([known, frame.select(values)], how="horizontal")
        .unpivot(on=[f"c{column.index}" for column in columns], index=known.columns,
                 variable_name="_column", value_name="value_text")
        .join(described, on="_column", how="left", maintain_order="left")
    )  # fmt: skip
    cells = _with_quality(cells, frame, columns)
    period = pl.coalesce("period", "_period") if "period" in base else pl.col("_period")
    cells = cells.with_columns(period.alias("period"))
    return _with_attributes(cells, row_attributes)


def _with_quality(cells: pl.DataFrame, frame: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    if not any(column.quality is not None for column in columns):
        return cells
    letters = [
        frame.select("line", pl.lit(f"c{column.index}").alias("_column"), pl.col(f"c{column.quality}").alias("quality"))
        for column in columns
        if column.quality is not None
    ]
    return cells.join(pl.concat(letters), on=["line", "_column"], how="left", maintain_order="left")


def _with_attributes(cells: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """`attributes` as JSON; there are few distinct combinations, so each is written once."""
    if not names:
        return cells.rename({"_attributes": "attributes"})
    keys = ["_attributes", *names]
    combinations = cells.select(keys).unique()
    written = [
        mapping.merged(row["_attributes"], {name: row[name] for name in names if row[name]})
        for row in combinations.iter_rows(named=True)
    ]
    written_of = combinations.with_columns(pl.Series("attributes", written, dtype=pl.String))
    return cells.join(written_of, on=keys, how="left", nulls_equal=True, maintain_order="left").drop(keys)
