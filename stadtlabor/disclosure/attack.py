"""The attack: what an outsider can work out from a release, its shares and the release before.

Shares no code with protection but the description of tables. What it is given is what is published.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from scipy.sparse import csr_array, hstack, vstack

from stadtlabor.disclosure import evidence as known
from stadtlabor.disclosure.evidence import Evidence, Seen
from stadtlabor.disclosure.policy import Policy
from stadtlabor.disclosure.ranges import Contradiction, Ranges, solve
from stadtlabor.disclosure.tables import BASE, KEY, RELEASED, Recode

Cell = tuple[str, str, str, str]


@dataclass(frozen=True)
class Finding:
    """One thing a release gives away. `kind` is one of

    small_count (1 … k−1 is published), small_complement (so is base − count), whole_group (everybody
    gave a sensitive answer), recoverable (a hidden count is known to less than k), recoverable_before
    (so is one that the last release hid), small_change (a count changed by 1 … k−1),
    contradiction (the published numbers cannot all be true).
    """

    kind: str
    universe: str
    table_id: str
    row: str
    column: str
    low: int | None = None
    high: int | None = None


@dataclass
class AttackResult:
    """What was tried, and what it brought to light.

    `ranges`: hidden cell → smallest and largest count found; a range that is wide enough may be wider.
    """

    findings: list[Finding] = field(default_factory=list)
    ranges: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    programmes_solved: int = 0

    @property
    def recoverable(self) -> list[Finding]:
        """The findings that are hidden cells."""
        return [finding for finding in self.findings if finding.kind.startswith("recoverable")]

    @property
    def narrowest_range(self) -> int | None:
        """The width of the narrowest range of a hidden cell, None where nothing is hidden."""
        return min((high - low for low, high in self.ranges.values()), default=None)


def attack(
    released: pl.DataFrame,
    policy: Policy,
    recodes: Iterable[Recode] = (),
    completed: Mapping[str, int] | None = None,
    previous: pl.DataFrame | None = None,
    previous_completed: Mapping[str, int] | None = None,
    targets: Iterable[Cell] | None = None,
) -> AttackResult:
    """Attack a release with everything that is public.

    For every hidden cell the smallest and the largest count are found that agree with all counts,
    bases, shares, linked tables, recodes and the release before. The policy is public as well.

    Args:
        released: columns `tables.RELEASED`.
        policy: its thresholds say how wide a range must be.
        recodes, completed: as published beside the tables.
        previous, previous_completed: the release before, and the completed it named.
        targets: (universe, table_id, row, column) of the hidden cells to judge; all where None. A cell
            that is not shown because its base is small, but counts k or more, needs no protection.
    """
    recodes, result = list(recodes), AttackResult()
    chosen = None if targets is None else set(targets)
    result.findings += _small_counts(released, policy)
    if previous is not None:
        result.findings += _small_changes(released, previous, policy)
    for universe in released["universe"].unique().sort():
        mine = [recode for recode in recodes if recode.universe == universe]
        now = _View(universe, released, mine, (completed or {}).get(universe), policy, chosen)
        before = None
        if previous is not None:
            before = _View(universe, previous, mine, (previous_completed or {}).get(universe), policy, chosen)
        _attack_alone(now, before, result)
        if before is not None and now.counts != before.counts:
            _attack_together(now, before, result)
    return result


class _View:
    """One universe of one release: what is printed, and what logic adds."""

    def __init__(
        self,
        universe: str,
        released: pl.DataFrame,
        recodes: list[Recode],
        completed: int | None,
        policy: Policy,
        chosen: set[Cell] | None,
    ) -> None:
        self.universe, self.policy, self.chosen = universe, policy, chosen
        self.frame = released.filter(pl.col("universe") == universe).select(*RELEASED)
        self.tables = known.read(self.frame)
        self.evidence = known.gather(self.tables, recodes, completed)
        places = self.frame.select("table_id", "row", "column").iter_rows()
        self.counts = dict(zip(places, self.frame["published_count"].to_list(), strict=True))

    def asked(self, is_before: bool = False) -> dict[Cell, tuple[int, int]]:
        """Hidden cell → its unknown and the width that it needs; of the release before, `.` counts too."""
        hidden = self.frame.filter(pl.col("published_count").is_null())
        found = {}
        for *key, sign, is_sensitive in hidden.select(*KEY, "sign", "is_sensitive").iter_rows():
            cell: Cell = (key[0], key[1], key[2], key[3])
            if self.chosen is None or cell in self.chosen or (is_before and sign == "."):
                found[cell] = (self.evidence.cell_of[cell[1:]], self.policy.threshold(is_sensitive))
        return found

    def bounds(self, before: "_View | None") -> tuple[np.ndarray, np.ndarray]:
        """Bounds of the unknowns by what is printed; a count that stayed may hide a change below k."""
        low, high = np.array(self.evidence.low, float), np.array(self.evidence.high, float)
        for table_id, table in self.tables.items():
            k = self.policy.threshold(table.is_sensitive)
            for (row, column), count in table.counts.items():
                if row == BASE and self._is_sum(table, column):
                    continue
                base = table.counts.get((BASE, column))
                least, most = known.bounds_of(count, table.shares[row, column], base, self.policy.round_to, k)
                if count is not None and before and before.counts.get((table_id, row, column)) == count:
                    least, most = max(0, min(least, count - k + 1)), max(most, count + k - 1)
                unknown = self.evidence.cell_of[table_id, row, column]
                low[unknown], high[unknown] = max(low[unknown], least), min(high[unknown], most)
        return low, high

    @staticmethod
    def _is_sum(table: Seen, column: str) -> bool:
        """A base that sums up its printed column says nothing more than they do."""
        parts = [table.counts[row, column] for row in table.rows]
        shown = [part for part in parts if part is not None]
        return table.shape == "partition" and len(shown) == len(parts)


def _small_counts(released: pl.DataFrame, policy: Policy) -> Iterator[Finding]:
    """What the printed numbers tell by themselves."""
    bases = {
        key[:2] + key[3:]: count
        for *key, count in released.filter(pl.col("row") == BASE).select(*KEY, "published_count").iter_rows()
        for key in [tuple(key)]
    }
    columns = released.select(*KEY, "shape", "is_sensitive", "published_count")
    for universe, table_id, row, column, shape, is_sensitive, count in columns.iter_rows():
        k = policy.threshold(is_sensitive)
        base = bases.get((universe, table_id, column))
        if count is None:
            continue
        place = (universe, table_id, row, column, count, count)
        if 1 <= count < k:
            yield Finding("small_count", *place)
        if row != BASE and base and shape == "marks" and 1 <= base - count < k:
            yield Finding("small_complement", *place)
        if row != BASE and base and is_sensitive and base == count and policy.round_to == 1:
            yield Finding("whole_group", *place)


def _small_changes(released: pl.DataFrame, previous: pl.DataFrame, policy: Policy) -> Iterator[Finding]:
    """Counts that changed so little since the last release that the change is a handful of persons."""
    pairs = released.join(previous.select(*KEY, before="published_count"), on=KEY, how="inner")
    # A base that is the sum of its column tells nothing that its parts do not tell.
    parts = pl.col("published_count").filter(pl.col("row") != BASE)
    is_sum = (pl.col("row") == BASE) & (parts.null_count() == 0) & (parts.sum() == pl.col("published_count"))
    pairs = pairs.with_columns(is_sum=is_sum.over("universe", "table_id", "column"))
    changed = pairs.filter(~pl.col("is_sum") & (pl.col("published_count") != pl.col("before")))
    for *key, is_sensitive, now, then in changed.select(*KEY, "is_sensitive", "published_count", "before").iter_rows():
        if abs(now - then) < policy.threshold(is_sensitive):
            yield Finding("small_change", *key, min(now, then), max(now, then))


def _attack_alone(now: _View, before: _View | None, result: AttackResult) -> None:
    """The release by itself; read literally, and where that cannot be, as one that keeps old counts."""
    asked = now.asked()
    matrix, is_equal = now.evidence.matrix()
    widths = {unknown: width for unknown, width in asked.values()}
    for kept_from in (None, before) if before else (None,):
        try:
            ranges = solve(matrix, is_equal, *now.bounds(kept_from), widths)
        except Contradiction:
            continue
        _judge(asked, ranges, 0, "recoverable", result)
        return
    result.findings.append(Finding("contradiction", now.universe, "", "", ""))


def _attack_together(now: _View, before: _View, result: AttackResult) -> None:
    """Both releases of a survey that goes on: those who came since are respondents, too.

    Where counts fell, responses were taken out and the two releases are not about the same persons.
    """
    old, new = before.evidence, now.evidence
    size = len(old.low)
    bounds = zip(before.bounds(None), now.bounds(before), strict=True)
    low, high = (np.concatenate(pair) for pair in bounds)
    asked_old, asked_new = before.asked(is_before=True), now.asked()
    widths = {unknown: width for unknown, width in asked_old.values()}
    widths |= {size + unknown: width for unknown, width in asked_new.values()}
    try:
        ranges = solve(*_growth(old, new), low, high, widths)
    except Contradiction:
        return
    _judge(asked_old, ranges, 0, "recoverable_before", result)
    _judge(asked_new, ranges, size, "recoverable", result)


def _growth(old: Evidence, new: Evidence) -> tuple[csr_array, np.ndarray]:
    """Relations over (old counts, new counts): each release's own, and those of who came since."""
    places = [(i, new.names[name]) for name, i in old.names.items() if name in new.names]
    i, j = (np.array(part, int) for part in zip(*places, strict=True))
    shared = np.arange(len(i))
    pick_old = csr_array((np.ones(len(i)), (shared, i)), shape=(len(i), len(old.low)))
    pick_new = csr_array((np.ones(len(i)), (shared, j)), shape=(len(i), len(new.low)))
    (old_rows, old_equal), (new_rows, new_equal) = old.matrix(), new.matrix()
    inequalities = old_rows[np.flatnonzero(~old_equal)]
    inside = np.isin(np.arange(len(old.low)), i)
    inequalities = inequalities[np.flatnonzero(abs(inequalities) @ (~inside).astype(float) == 0)]
    carried = inequalities @ pick_old.T @ pick_new
    matrix = vstack(
        [
            hstack([old_rows, csr_array((old_rows.shape[0], len(new.low)))]),
            hstack([csr_array((new_rows.shape[0], len(old.low))), new_rows]),
            hstack([-pick_old, pick_new]),
            hstack([-inequalities, carried]),
        ],
        format="csr",
    )
    since = np.zeros(len(i) + inequalities.shape[0], bool)
    return matrix, np.concatenate([old_equal, new_equal, since])


def _judge(
    asked: Mapping[Cell, tuple[int, int]], ranges: Ranges, offset: int, kind: str, result: AttackResult
) -> None:
    result.programmes_solved += ranges.solved
    ranges.solved = 0
    reported = {(f.universe, f.table_id, f.row, f.column) for f in result.findings if f.kind == kind}
    for cell, (unknown, width) in asked.items():
        low, high = int(ranges.low[offset + unknown]), int(ranges.high[offset + unknown])
        if kind == "recoverable":
            earlier = result.ranges.get(cell, (low, high))
            result.ranges[cell] = min((low, high), earlier, key=lambda pair: pair[1] - pair[0])
        if high - low < width and cell not in reported:
            result.findings.append(Finding(kind, *cell, low, high))
