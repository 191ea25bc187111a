"""One release through an outsider's eyes: what is printed, as bounds of unknown counts."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

import numpy as np
import polars as pl

from stadtlabor.disclosure.policy import Policy
from stadtlabor.disclosure.ranges import tighten
from stadtlabor.disclosure.surveys.count_tables import (
    BASE,
    KEY,
    MANY,
    RELEASED,
    TOTAL,
    UNSTATED,
    Bound,
    Event,
    Nested,
    Recode,
    Seen,
    read,
    shows_zeros,
    skipped,
)
from stadtlabor.disclosure.surveys.evidence import gather

# (universe, table, row, column)
Cell = tuple[str, str, str, str]
# Each by the events that its respondents are in.
Events = list[tuple[Event, ...]]


class View:
    """One universe of one release: what is printed, and what logic adds."""

    def __init__(
        self,
        universe: str,
        released: pl.DataFrame,
        recodes: list[Recode],
        completed: int | None,
        policy: Policy,
        chosen: set[Cell] | None,
        nested: Collection[Nested] = (),
        printed: Iterable[Bound] = (),
        has_signs: bool = True,
    ) -> None:
        self.universe, self.policy, self.chosen, self._has_signs = universe, policy, chosen, has_signs
        self.frame = released.filter(pl.col("universe") == universe).select(*RELEASED)
        self.tables = read(self.frame)
        self._led_to = {(one.outer, one.inner) for one in nested}
        mine = [bound for bound in printed if bound.universe == universe]
        self.evidence = gather(self.tables, recodes, completed, nested, mine)
        places = self.frame.select("table_id", "row", "column").iter_rows()
        self.counts = dict(zip(places, self.frame["published_count"].to_list(), strict=True))
        self._signs = dict(zip(self.counts, self.frame["sign"].to_list(), strict=True))

    def asked(self, is_before: bool = False) -> dict[Cell, tuple[int, int]]:
        """Hidden cell → its unknown and the width that it needs; of the release before, `.` counts too.

        Where cells were chosen, a base is none if the size of its class is printed: it only adds how many of the
        class answered.
        """
        hidden = self.frame.filter(pl.col("published_count").is_null())
        own = pl.col("breakdown") == TOTAL
        printed = self.frame.filter(own, pl.col("published_count") > 0).select("question", "row").iter_rows()
        sizes, found = set(printed), {}
        for *key, breakdown, sign, is_sensitive in hidden.select(*KEY, "breakdown", "sign", "is_sensitive").iter_rows():
            cell: Cell = (key[0], key[1], key[2], key[3])
            if self.chosen is not None and cell[2] == BASE and (breakdown, cell[3]) in sizes:
                continue
            if self.chosen is None or cell in self.chosen or (is_before and sign == "."):
                found[cell] = (self.evidence.cell_of[cell[1:]], self.policy.threshold(is_sensitive))
        return found

    @cached_property
    def rests(self) -> dict[Cell, tuple[int, int, int]]:
        """Answers of those without a group, which nobody prints → their unknown, that of their base, and k."""
        names, found = self.evidence.names, {}
        groups = [UNSTATED, *(skipped(question) for question in {table.question for table in self.tables.values()})]
        for table_id, table in self.tables.items():
            k = self.policy.threshold(table.is_sensitive)
            # Where the answer itself led to the breakdown, all without a group gave it.
            if table.breakdown == TOTAL or (table.question, table.breakdown) in self._led_to:
                continue
            for group in groups:
                base, *answers = (
                    names.get(tuple(sorted(((table.question, row), (table.breakdown, group)))))
                    for row in (BASE, *table.rows)
                )
                for row, answer in zip(table.rows, answers, strict=True):
                    if answer is not None and base is not None:
                        found[self.universe, table_id, row, group] = (answer, base, k)
        return found

    def bounds(self, before: "View | None") -> tuple[np.ndarray, np.ndarray]:
        """Bounds of the unknowns by what is printed; a number beside the tables that stayed may tell nothing new."""
        low, high = np.array(self.evidence.low, float), np.array(self.evidence.high, float)
        for table_id, table in self.tables.items():
            k = self.policy.threshold(table.is_sensitive)
            for (row, column), count in table.counts.items():
                if row == BASE and self._is_sum(table, column):
                    continue
                base = table.counts.get((BASE, column))
                least, most = bounds_of(count, table.shares[row, column], base, self.policy.round_to, k)
                if row == BASE and count is None and before is None and self._has_signs:
                    least, most = self._read_signs(table_id, table, column)
                if (
                    self._has_signs
                    and count is None
                    and row != BASE
                    and base is not None
                    and self._signs[table_id, row, column] == "."
                ):
                    # A zero would have been shown.
                    least = max(least, int(shows_zeros(table.breakdown == TOTAL, table.is_sensitive)))
                unknown = self.evidence.cell_of[table_id, row, column]
                low[unknown], high[unknown] = max(low[unknown], least), min(high[unknown], most)
        for bound, unknown in self.evidence.bounded.items():
            if before is None or bound not in before.evidence.bounded:
                low[unknown], high[unknown] = bound.low, bound.high
        return low, high

    def known(self, before: "View | None") -> tuple[np.ndarray, np.ndarray]:
        """The bounds with what follows relation by relation, and from two breakdowns of one question.

        Raises:
            ContradictionError: see `ranges.tighten`.
        """
        low, high = tighten(*self.evidence.matrix(), *self.bounds(before))
        at = {(table.question, table.breakdown): table for table in self.tables.values()}
        for (question, breakdown), table in at.items():
            if breakdown == TOTAL:
                continue
            rows: Events = [((question, row),) for row in table.rows]
            columns: Events = [((breakdown, column),) for column in table.columns]
            both = np.array([[self.evidence.count(*row, *column) for column in columns] for row in rows])
            for third in sorted({one for one, by in at if by == breakdown and (one, question) in at}):
                for least, most in self._crossed((rows, columns, [()]), at[third, question], low, high):
                    low[both], high[both] = np.maximum(low[both], least), np.minimum(high[both], most)
        return low, high

    def _crossed(
        self, groups: Iterable[Events], third: Seen, low: np.ndarray, high: np.ndarray
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """The least and the most who are in both events, for the rows and columns of a table and everyone: class by
        class of a third question at least what is too many for one, at most the smaller of the two. Answers that are
        not known for both events are a class together; of several answers each is a question of its own.
        """
        count = self.evidence.count
        for rows in [third.rows] if third.shape == "partition" else [(row,) for row in third.rows]:
            counted = [(), *(((third.question, row),) for row in (BASE, *rows))]
            places = [np.array([[count(*one, *also) for also in counted] for one in group]) for group in groups]
            yield _both([low[at] for at in places], [high[at] for at in places])

    def _read_signs(self, table_id: str, table: Seen, column: str) -> tuple[int, int]:
        """Bounds of a hidden base by what stands beneath it: of few respondents nothing is printed, and their sign may
        be another one than that of hidden cells."""
        small, bracket = self.policy.small_base, self.policy.bracket_base
        signs = {self._signs[table_id, row, column] for row in (BASE, *table.rows)}
        is_printed = any(table.counts[row, column] is not None for row in table.rows)
        if "()" in signs:
            return small, bracket - 1
        if "/" in signs:
            return 0, small - 1
        return (small if is_printed or self._tells_small_bases else 0), MANY

    @cached_property
    def _tells_small_bases(self) -> bool:
        """Whether the release has a sign of its own for hidden bases that are small."""
        return any(
            table.counts[BASE, column] is None and self._signs[table_id, BASE, column] == "/"
            for table_id, table in self.tables.items()
            for column in table.columns
        )

    @staticmethod
    def _is_sum(table: Seen, column: str) -> bool:
        """A base that sums up its printed column says nothing more than they do."""
        parts = [table.counts[row, column] for row in table.rows]
        shown = [part for part in parts if part is not None]
        return table.shape == "partition" and len(shown) == len(parts)


def _both(low: Sequence[np.ndarray], high: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The least and the most who are in both of two events: rows × columns.

    Args:
        low, high: of the rows, the columns, and everyone (events × what is counted): how many they are, how many of
            these answered a third question, and how many gave each of its answers.
    """
    shape = (low[0].shape[0], low[1].shape[0], low[0].shape[1])
    lows, highs = (
        [np.broadcast_to(each, shape) for each in (of[0][:, None], of[1][None], of[2][None])] for of in (low, high)
    )
    exact = np.all([one == other for one, other in zip(lows, highs, strict=True)], axis=0)
    shown = [np.where(exact, each, 0.0)[:, :, 2:] for each in lows]
    has_base, known = exact[:, :, 1], [each.sum(axis=2) for each in shown]
    # Those who gave another answer or none; where it is known how many answered, the two apart.
    answered = [np.where(has_base, each[:, :, 1], part) for each, part in zip(lows, known, strict=True)]
    others = [(each - part)[:, :, None] for each, part in zip(answered, known, strict=True)]
    none = [
        [(each[:, :, 0] - part)[:, :, None] for each, part in zip(of, answered, strict=True)] for of in (lows, highs)
    ]
    classes = (shown, shown), (others, others), none
    least = sum(np.maximum(0.0, a[0] + a[1] - b[2]).sum(axis=2) for a, b in classes)
    most = sum(np.minimum(b[0], b[1]).sum(axis=2) for _, b in classes)
    return np.asarray(least), np.asarray(most)


def bounds_of(count: int | None, share: float | None, base: int | None, round_to: int, k: int) -> tuple[int, int]:
    """What one printed cell says of the true count: lowest and highest value.

    A rounded count may be half a step off, but is never a small count, since those are hidden. A share
    without its count tells it as soon as the base stands beside.
    """
    if count is not None:
        if round_to == 1:
            return count, count
        low = count - round_to // 2
        high = count + (round_to - 1) // 2
        return (max(low, k), high) if count else (0, min(high, 0))
    if share is not None and base:
        exact = Fraction(share).limit_denominator(10**9) * base
        slack = Fraction(round_to - 1, 1) + Fraction(1, 10**6)
        return max(0, ceil(exact - slack)), floor(exact + slack)
    return 0, MANY
