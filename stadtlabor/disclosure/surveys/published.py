"""The published side of protected tables: rounding, shares and signs."""

from collections.abc import Iterable, Mapping

import polars as pl

from stadtlabor.disclosure.policy import Policy
from stadtlabor.disclosure.surveys.count_tables import BASE, PUBLISHED, RELEASED, SMALL_BASE, STATUS, Table

SCHEMA: Mapping[str, type[pl.DataType]] = {**RELEASED, "count": pl.Int64, "status": pl.String}


def write(tables: Iterable[Table], policy: Policy, has_shares_of_hidden: bool = False) -> pl.DataFrame:
    """The protected tables as a frame, one row per cell, columns RELEASED, count and status.

    A column without hidden cells has the sum of its published parts as base. Shares are computed from published
    counts; `has_shares_of_hidden` computes those of hidden cells too and exists to show the harm.
    """
    rows = [row for table in tables for row in _rows(table, policy, has_shares_of_hidden)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def rounded(count: int, round_to: int) -> int:
    """The nearest multiple of `round_to`, halves upwards."""
    return (2 * count + round_to) // (2 * round_to) * round_to


def _rows(table: Table, policy: Policy, has_shares_of_hidden: bool) -> list[tuple]:
    head = (table.universe, table.table_id, table.question, table.breakdown, table.shape, table.is_sensitive)
    found = []
    for j, column in enumerate(table.columns):
        counts = {
            row: _published(table, row, column, int(table.counts[i, j]), int(table.states[i, j]), policy)
            for i, row in enumerate(table.rows)
        }
        base = _base(table, j, counts, policy)
        for i, row in enumerate((BASE, *table.rows)):
            truth = int(table.base[j] if row == BASE else table.counts[i - 1, j])
            state = int(table.base_states[j] if row == BASE else table.states[i - 1, j])
            if base is None:
                # One sign for all of the column, and no zero: they would tell whether the base is small.
                state = max(state, SMALL_BASE)
            count = base if row == BASE else counts[row] if base is not None else None
            share = None if row == BASE or not base or count is None else count / base
            if has_shares_of_hidden and row != BASE and table.base[j]:
                share = truth / int(table.base[j])
            sign = _sign(state, base, policy)
            found.append((*head, row, column, table.covers_base, count, share, sign, truth, STATUS[state]))
    return found


def _published(table: Table, row: str, column: str, count: int, state: int, policy: Policy) -> int | None:
    if state != PUBLISHED:
        return None
    return rounded(count, policy.round_to)


def _base(table: Table, j: int, counts: dict[str, int | None], policy: Policy) -> int | None:
    parts = [count for count in counts.values() if count is not None]
    if table.shape == "partition" and len(parts) == len(counts) and table.base_states[j] == PUBLISHED:
        return sum(parts)
    column, state = table.columns[j], int(table.base_states[j])
    return _published(table, BASE, column, int(table.base[j]), state, policy)


def _sign(state: int, base: int | None, policy: Policy) -> str:
    """`/` too few respondents in the printed base, `.` hidden, it or its base, `()` few respondents, '' published."""
    if base is None:
        return "."
    if base < policy.small_base:
        return "/" if state >= SMALL_BASE else ""
    if state != PUBLISHED:
        return "."
    return "()" if base < policy.bracket_base else ""
