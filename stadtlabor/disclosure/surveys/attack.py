"""The attack: what an outsider can work out from a release, its shares and the release before.

Shares no code with protection but the description of tables. What it is given is what is published.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import inf

import numpy as np
import polars as pl
from scipy.sparse import csr_array, hstack, vstack

from stadtlabor.disclosure.policy import Policy
from stadtlabor.disclosure.ranges import ContradictionError, Ranges, solve
from stadtlabor.disclosure.surveys.count_tables import BASE, KEY, Bound, Nested, Recode
from stadtlabor.disclosure.surveys.evidence import Evidence
from stadtlabor.disclosure.surveys.view import Cell, View


@dataclass(frozen=True)
class Finding:
    """One thing a release gives away. `kind` is one of

    small_count (1 … k−1 is published), small_complement (so is base − count), whole_group (everybody
    gave a sensitive answer), recoverable (a hidden count is known to less than k), recoverable_before
    (so is one that the last release hid), small_change (1 … k−1 came or went, as far as two releases tell),
    unstated (so is how many of those without a group, who are not shown, gave an answer, if they are 1 … k−1),
    contradiction (the published numbers cannot all be true).
    """

    kind: str
    universe: str
    table_id: str
    row: str
    column: str
    low: int | None = None
    high: int | None = None

    @property
    def place(self) -> Cell:
        """Where it is."""
        return (self.universe, self.table_id, self.row, self.column)


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
    nested: Iterable[Nested] = (),
    printed: Iterable[Bound] = (),
    previous_printed: Iterable[Bound] = (),
) -> AttackResult:
    """Attack a release with everything that is public.

    For every hidden cell the smallest and the largest count are found that agree with all counts,
    bases, shares, linked tables, recodes and the release before. The policy is public as well.

    Args:
        released: columns `tables.RELEASED`.
        policy: its thresholds say how wide a range must be.
        recodes, completed, nested: as published beside the tables, and as the questionnaire says.
        previous, previous_completed: the release before, and the completed it named.
        targets: (universe, table_id, row, column) of the hidden cells to judge; all where None. A cell
            that is not shown because its base is small, but counts k or more, needs no protection.
        printed, previous_printed: what the numbers printed beside the tables say of them.
    """
    recodes, nested, result = list(recodes), list(nested), AttackResult()
    printed, previous_printed = list(printed), list(previous_printed)
    chosen = None if targets is None else set(targets)
    result.findings += _small_counts(released, policy)
    if previous is not None:
        result.findings += _small_changes(released, previous, policy)
    for universe in released["universe"].unique().sort():
        mine = [recode for recode in recodes if recode.universe == universe]
        inside = [one for one in nested if one.universe == universe]
        rest = (policy, chosen, inside)
        size, then = ((found or {}).get(universe) for found in (completed, previous_completed))
        now = View(universe, released, mine, size, *rest, printed)
        before = None if previous is None else View(universe, previous, mine, then, *rest, previous_printed)
        _attack_alone(now, before, result)
        if before is None or (now.counts, now.evidence.bounded) == (before.counts, before.evidence.bounded):
            continue
        _attack_together(now, before, result)
        since = _since(now.frame, before.frame)
        if since is not None:
            come = None if size is None or then is None else size - then
            hidden = set(since.filter(pl.col("published_count").is_null()).select(KEY).iter_rows())
            _attack_since(View(universe, since, mine, come, policy, hidden, inside, has_signs=False), result)
    return result


def _small_counts(released: pl.DataFrame, policy: Policy) -> Iterator[Finding]:
    """What the printed numbers tell by themselves."""
    is_base = pl.col("row") == BASE
    base = pl.col("published_count").filter(is_base).first().over("universe", "table_id", "column")
    shown = released.with_columns(base=base).filter(pl.col("published_count").is_not_null())
    for cell in shown.iter_rows(named=True):
        count, base_count, k = cell["published_count"], cell["base"], policy.threshold(cell["is_sensitive"])
        place = (cell["universe"], cell["table_id"], cell["row"], cell["column"], count, count)
        if 1 <= count < k:
            yield Finding("small_count", *place)
        if cell["row"] == BASE or not base_count:
            continue
        if cell["shape"] == "marks" and 1 <= base_count - count < k:
            yield Finding("small_complement", *place)
        # Rounded, "everybody" is no more than "nearly everybody".
        if cell["is_sensitive"] and count == base_count and policy.round_to == 1:
            yield Finding("whole_group", *place)


def _small_changes(released: pl.DataFrame, previous: pl.DataFrame, policy: Policy) -> Iterator[Finding]:
    """Counts that changed so little since the last release that the change is a handful of persons."""
    pairs = released.join(previous.select(*KEY, before="published_count"), on=KEY, how="inner")
    # A base that is the sum of its column tells nothing that its parts do not tell.
    parts = pl.col("published_count").filter(pl.col("row") != BASE)
    is_sum = (pl.col("row") == BASE) & (parts.null_count() == 0) & (parts.sum() == pl.col("published_count"))
    pairs = pairs.with_columns(is_sum=is_sum.over("universe", "table_id", "column"))
    changed = pairs.filter(~pl.col("is_sum") & (pl.col("published_count") != pl.col("before")))
    for cell in changed.iter_rows(named=True):
        now, then = cell["published_count"], cell["before"]
        if abs(now - then) < policy.threshold(cell["is_sensitive"]):
            place = (cell["universe"], cell["table_id"], cell["row"], cell["column"])
            yield Finding("small_change", *place, min(now, then), max(now, then))


def _attack_alone(now: View, before: View | None, result: AttackResult) -> None:
    """The release by itself; read literally, and where that cannot be, as one that keeps old numbers beside it."""
    asked = now.asked()
    matrix, is_equal = now.evidence.matrix()
    widths = {unknown: k for *unknowns, k in now.rests.values() for unknown in unknowns} | dict(asked.values())
    for kept_from in (None, before) if before else (None,):
        try:
            ranges = solve(matrix, is_equal, *now.known(kept_from), widths)
        except ContradictionError:
            continue
        _judge(asked, ranges, 0, "recoverable", result)
        _judge_rests(now, ranges, result)
        return
    result.findings.append(Finding("contradiction", now.universe, "", "", ""))


def _attack_together(now: View, before: View, result: AttackResult) -> None:
    """Both releases of a survey that goes on: those who came since are respondents, too.

    Where counts fell, responses were taken out and the two releases are not about the same persons.
    """
    old, new = before.evidence, now.evidence
    size = len(old.low)
    asked_old, asked_new = before.asked(is_before=True), now.asked()
    widths = dict(asked_old.values())
    widths |= {size + unknown: width for unknown, width in asked_new.values()}
    try:
        low, high = (np.concatenate(pair) for pair in zip(before.known(None), now.known(before), strict=True))
        ranges = solve(*_growth(old, new), low, high, widths)
    except ContradictionError:
        return
    _judge(asked_old, ranges, 0, "recoverable_before", result)
    _judge(asked_new, ranges, size, "recoverable", result)


def _since(released: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame | None:
    """What two releases tell of those who came since, as a release of them; None where counts fell."""
    both = released.join(previous.select(*KEY, before="published_count"), on=KEY)
    both = both.with_columns(
        published_count=pl.col("published_count") - pl.col("before"), share=pl.lit(None, pl.Float64), sign=pl.lit("")
    )
    return None if both.filter(pl.col("published_count") < 0).height else both.drop("before")


def _attack_since(since: View, result: AttackResult) -> None:
    """Those who came since a release must be told of as little as if they were all: their answers are differences."""
    own, k_of = AttackResult([*_small_counts(since.frame, since.policy)]), dict(since.asked())
    _attack_alone(since, None, own)
    small = (one for one in own.findings if one.high and (one.low or 0) < k_of.get(one.place, (0, inf))[1])
    result.findings += [replace(one, kind="small_change") for one in small]
    result.programmes_solved += own.programmes_solved


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


def _judge(asked: Mapping[Cell, tuple[int, int]], ranges: Ranges, offset: int, kind: str, result: AttackResult) -> None:
    result.programmes_solved += ranges.solved
    ranges.solved = 0
    reported = {finding.place for finding in result.findings if finding.kind == kind}
    for cell, (unknown, width) in asked.items():
        low, high = int(ranges.low[offset + unknown]), int(ranges.high[offset + unknown])
        if kind == "recoverable":
            earlier = result.ranges.get(cell, (low, high))
            result.ranges[cell] = min((low, high), earlier, key=lambda pair: pair[1] - pair[0])
        if high - low < width and cell not in reported:
            result.findings.append(Finding(kind, *cell, low, high))


def _judge_rests(now: View, ranges: Ranges, result: AttackResult) -> None:
    """Those without a group need a range of k, or of as many as they are."""
    for cell, (unknown, base, k) in now.rests.items():
        low, high = int(ranges.low[unknown]), int(ranges.high[unknown])
        if low >= 1 and high < k and high - low < min(k, ranges.low[base]):
            result.findings.append(Finding("unstated", *cell, low, high))
