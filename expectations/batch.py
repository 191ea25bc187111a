"""Rows of several deliveries in one pandas frame, and what was found there taken apart again by delivery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from expectations.schema import Expectation

# The one column of the frame of row counts, a row a delivery: an expectation on a table's count is one on its values.
COUNT = "row_count"
# Judge a row whatever stands in it; all others pass over what is missing.
_OF_MISSING = ("ExpectColumnValuesToBeNull", "ExpectColumnValuesToNotBeNull")
_KEYS = ("column", "column_A", "column_B")


@dataclass(frozen=True)
class Found:
    """What one expectation found: `failing` maps the column looked at to positions of rows (0-based)."""

    expectation: Expectation
    success: bool
    failing: Mapping[str, list[int]]
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


class Batch:
    """Frames of one table, one below the other; `data` is their pandas frame with what is `asked` about."""

    def __init__(self, frames: Sequence[pl.DataFrame], asked: Sequence[Asked]) -> None:
        # What no expectation speaks of would take most of the memory: hashes and origin, the same in each row.
        spoken_of = " ".join(str(one.kwargs) for one in asked)
        used = [name for name in frames[0].columns if name in spoken_of] or frames[0].columns[:1]
        whole = pl.concat([frame.select(used) for frame in frames], how="vertical_relaxed")
        heights = [frame.height for frame in frames]
        number = pl.Series(range(len(frames)), dtype=pl.Int64).repeat_by(pl.Series(heights)).explode().drop_nulls()
        whole = whole.with_columns(
            pl.when(pl.any_horizontal(pl.col(one.expectation.kwargs["column_list"]).is_not_null()))
            .then(pl.lit(number))
            .alias(whose(one.expectation))
            for one in asked
            if "column_list" in one.kwargs
        )
        # By way of Arrow pandas gets its own text type instead of Python objects.
        self.data = whole.to_arrow().to_pandas()
        self._begins = np.concatenate(([0], np.cumsum(heights, dtype=np.int64)))

    def taken_apart(self, one: Asked, failing: Sequence[int]) -> list[Found]:
        """What an expectation found in each frame; `failing` are positions of rows in `data`."""
        rows = np.asarray(failing, dtype=np.int64)
        within = [rows[(rows >= first) & (rows < last)] - first for first, last in pairwise(self._begins)]
        judged = np.concatenate(([0], np.cumsum(self._judged(one))))
        counts = judged[self._begins[1:]] - judged[self._begins[:-1]]
        share = one.expectation.kwargs.get("mostly", 1)
        return [
            Found(
                one.expectation,
                not count or bool((count - bad.size) / count >= share),
                {one.column: bad.tolist()} if bad.size else {},
                int(count),
            )
            for bad, count in zip(within, counts, strict=True)
        ]

    def counted(self, one: Asked, failing: Sequence[int]) -> list[Found]:
        """What an expectation on the number of rows found, where `data` holds that of each delivery."""
        return [
            Found(one.expectation, number not in failing, {}, int(count))
            for number, count in enumerate(self.data[COUNT].to_list())
        ]

    def _judged(self, one: Asked) -> npt.NDArray[np.bool_]:
        """Which rows an expectation judges: its condition holds, and there is something to judge."""
        rows = np.ones(len(self.data), dtype=np.bool_)
        if condition := one.kwargs.get("row_condition"):
            rows = self.data.index.isin(self.data.query(condition, parser="pandas").index)
        if one.expectation.type in _OF_MISSING:
            return rows
        is_there = self.data[one.columns].notna()
        needs_both = one.kwargs.get("ignore_row_if") == "either_value_is_missing"
        return rows & (is_there.all(axis=1) if needs_both else is_there.any(axis=1)).to_numpy()


def whose(expectation: Expectation) -> str:
    """The column that tells rows of one delivery from another's, where a key has to be unique within each.

    Missing where all of the key is: such a row is passed over.
    """
    return f"delivery of {expectation.id}"
