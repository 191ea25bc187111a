"""Rows of several deliveries in one pandas frame, and what was found there taken apart again by delivery."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from expectations.schema import Expectation

# The column of the frame of row counts, a row a delivery: an expectation on a table's count is one on its values.
COUNT = "row_count"
# Judge a row whatever stands in it; all others pass over what is missing.
_OF_MISSING = ("ExpectColumnValuesToBeNull", "ExpectColumnValuesToNotBeNull")
_KEYS = ("column", "column_A", "column_B")
# Say the same of a value wherever it stands, so that each distinct one need be looked at once only.
_BY_VALUE = frozenset(
    f"ExpectColumn{what}"
    for what in (
        "ValueLengthsToBeBetween",
        "ValuesToBeBetween",
        "ValuesToBeInSet",
        "ValuesToNotBeInSet",
        "ValuesToMatchRegex",
        "ValuesToNotMatchRegex",
        *(name.removeprefix("ExpectColumn") for name in _OF_MISSING),
    )
)
# Looking for the distinct values costs more than it saves below so many rows, or with so few rows to a value.
LEAST_ROWS, ROWS_PER_VALUE = 2_000, 4


@dataclass(frozen=True)
class Found:
    """What one expectation found: `failing` maps the column looked at to positions of rows (0-based)."""

    expectation: Expectation
    success: bool
    failing: Mapping[str, npt.NDArray[np.int64]]
    checked_rows: int


class Asked(NamedTuple):
    """One expectation on one column (of a pair the first; "" for a key of several), its arguments filled.

    `single` is the library's object.
    """

    expectation: Expectation
    column: str
    kwargs: Mapping[str, Any]
    single: Any

    @property
    def columns(self) -> list[str]:
        """The columns whose values are judged."""
        return [*(self.kwargs[key] for key in _KEYS if key in self.kwargs), *self.kwargs.get("column_list", ())]


class Examined(NamedTuple):
    """A pandas frame, what is asked about it, and what the positions that fail say of each delivery."""

    data: Any
    asked: Sequence[Asked]
    found: Callable[[Asked, Sequence[int]], list[Found]]


class Batch:
    """Frames of one table, one below the other, and what is `asked` about them."""

    def __init__(self, frames: Sequence[pl.DataFrame], asked: Sequence[Asked]) -> None:
        # What no expectation speaks of would take most of the memory: hashes and origin, the same in each row.
        used = _spoken_of(frames[0].columns, asked) or frames[0].columns[:1]
        self._heights = np.array([frame.height for frame in frames], dtype=np.int64)
        self._begins = np.concatenate(([0], np.cumsum(self._heights)))
        self._rows = pl.concat([frame.select(used) for frame in frames], how="vertical_relaxed")
        self._asked = asked

    def frames(self) -> Iterator[Examined]:
        """The frames to be examined: row counts, distinct values, rows; what is asked about each."""
        of_counts = [one for one in self._asked if one.column == COUNT]
        if of_counts:
            yield Examined(pl.DataFrame({COUNT: self._heights}).to_pandas(), of_counts, self._of_counts)
        by_value = {one.column for one in self._asked if _is_by_value(one)}
        few = {name: values for name in sorted(by_value) if (values := self._few_values(name)) is not None}
        of_values = [one for one in self._asked if _is_by_value(one) and one.column in few]
        if of_values:
            height = max(values.len() for values in few.values())
            padded = {name: values.extend_constant(values[0], height - values.len()) for name, values in few.items()}
            yield Examined(_in_pandas(pl.DataFrame(padded)), of_values, partial(self._of_values, few))
        others = [one for one in self._asked if one not in of_counts and one not in of_values]
        if others:
            keys = [self._whose(one) for one in others if "column_list" in one.kwargs]
            rows = self._rows.select(_spoken_of(self._rows.columns, others) or self._rows.columns).with_columns(keys)
            data = _in_pandas(rows)
            yield Examined(data, others, partial(self._of_rows, data))

    def _few_values(self, name: str) -> pl.Series | None:
        """The distinct values of a column, where there are so few of them that looking at each once is worth it."""
        column = self._rows[name]
        if column.len() < LEAST_ROWS or column.n_unique() * ROWS_PER_VALUE > column.len():
            return None
        return column.unique(maintain_order=True)

    def _whose(self, one: Asked) -> pl.Expr:
        number = pl.Series(np.repeat(np.arange(len(self._heights)), self._heights))
        has_key = pl.any_horizontal(pl.col(one.expectation.kwargs["column_list"]).is_not_null())
        return pl.when(has_key).then(pl.lit(number)).alias(whose(one.expectation))

    def _of_counts(self, one: Asked, failing: Sequence[int]) -> list[Found]:
        return [
            Found(one.expectation, number not in failing, {}, int(count)) for number, count in enumerate(self._heights)
        ]

    def _of_values(self, few: Mapping[str, pl.Series], one: Asked, failing: Sequence[int]) -> list[Found]:
        column, values = self._rows[one.column], few[one.column]
        bad = values.gather([position for position in failing if position < values.len()])
        rows = column.is_in(bad.implode(), nulls_equal=True).arg_true() if bad.len() else bad.clear().cast(pl.Int64)
        return self._taken_apart(one, self._judged(one), rows.to_numpy())

    def _of_rows(self, data: Any, one: Asked, failing: Sequence[int]) -> list[Found]:
        judged = self._judged(one)
        if condition := one.kwargs.get("row_condition"):
            judged &= data.index.isin(data.query(condition, parser="pandas").index)
        return self._taken_apart(one, judged, np.asarray(failing, dtype=np.int64))

    def _judged(self, one: Asked) -> npt.NDArray[np.bool_]:
        """Which rows there is something to judge in."""
        if one.expectation.type in _OF_MISSING:
            return np.ones(self._rows.height, dtype=np.bool_)
        columns = [name for name in one.columns if name in self._rows.columns]
        is_there = [
            pl.col(name).is_not_null() & (pl.col(name).is_not_nan() if self._rows[name].dtype.is_float() else True)
            for name in columns
        ]
        needs_both = one.kwargs.get("ignore_row_if") == "either_value_is_missing"
        return (
            self._rows.select((pl.all_horizontal if needs_both else pl.any_horizontal)(is_there))
            .to_series()
            .to_numpy(writable=True)
        )

    def _taken_apart(self, one: Asked, judged: npt.NDArray[np.bool_], rows: npt.NDArray[np.int64]) -> list[Found]:
        """What an expectation found in each delivery; `rows` are those that fail."""
        within = [rows[(rows >= first) & (rows < last)] - first for first, last in pairwise(self._begins)]
        before = np.concatenate(([0], np.cumsum(judged)))
        counts = before[self._begins[1:]] - before[self._begins[:-1]]
        # How large a share holds is asked of each delivery, not of all together.
        share = one.expectation.kwargs.get("mostly", 1)
        return [
            Found(
                one.expectation,
                not count or bool((count - bad.size) / count >= share),
                {one.column: bad} if bad.size else {},
                int(count),
            )
            for bad, count in zip(within, counts, strict=True)
        ]


def _in_pandas(frame: pl.DataFrame) -> Any:
    # By way of Arrow pandas gets its own text type instead of Python objects.
    return frame.cast({pl.Categorical: pl.String}).to_arrow().to_pandas()


def _spoken_of(columns: Sequence[str], asked: Sequence[Asked]) -> list[str]:
    words = " ".join(str(one.kwargs) for one in asked)
    return [name for name in columns if name in words]


def _is_by_value(one: Asked) -> bool:
    """Whether a value alone decides, wherever it stands."""
    return one.expectation.type in _BY_VALUE and "row_condition" not in one.kwargs


def whose(expectation: Expectation) -> str:
    """The column that tells rows of one delivery from another's, where a key has to be unique within each.

    Missing where all of the key is: such a row is passed over.
    """
    return f"delivery of {expectation.id}"
