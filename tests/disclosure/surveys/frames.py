"""Count tables written down by hand."""

from collections.abc import Mapping

import polars as pl

from stadtlabor.disclosure.surveys.count_tables import CELLS, TOTAL, Recode

Column = Mapping[str, int]


def table(
    question: str,
    columns: Mapping[str, Column] | Column,
    breakdown: str = TOTAL,
    shape: str = "partition",
    is_sensitive: bool = False,
    universe: str = "s",
) -> pl.DataFrame:
    """Cells of one table: {column: {row: count}}, or {row: count} for a table without breakdown."""
    by_column = {TOTAL: columns} if breakdown == TOTAL else columns
    head = (universe, f"{question}:{breakdown}", question, breakdown, shape, is_sensitive)
    rows = [(*head, row, column, n) for column, counts in by_column.items() for row, n in counts.items()]
    return pl.DataFrame(rows, schema=list(CELLS), orient="row")


def state_of(protected: pl.DataFrame, table_id: str, row: str, column: str = TOTAL) -> str:
    return str(cell(protected, table_id, row, column)["status"])


def cell(protected: pl.DataFrame, table_id: str, row: str, column: str = TOTAL) -> dict:
    here = (pl.col("table_id") == table_id) & (pl.col("row") == row) & (pl.col("column") == column)
    return protected.filter(here).row(0, named=True)


def coarser(fine: str, coarse: str, classes: Mapping[str, str]) -> Recode:
    return Recode("s", fine, coarse, classes)
