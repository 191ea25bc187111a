"""The visits drawn from what was measured: made once for a release and a space, the same every time.

Weeks are drawn from the measured ones with replacement, so that results differ by as much as weeks do. Each
day's visits are a Poisson number around its measured load, times a factor by which days differ beyond that.
Every visit carries marks drawn in advance; a plan keeps those whose mark lies below its share. So two plans
are compared on the same visits, and what keeps less never gains a visit.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stadtlabor.statistics.planner.measured import Measured, measured
from stadtlabor.statistics.planner.seating import MOST_SLOTS, peaks, turned_away
from stadtlabor.statistics.planner.stays import SLOTS_PER_HOUR
from stadtlabor.statistics.planner.visit_kinds import Kinds, a_week, inside_hours, mean_day, outside_hours, visits_of

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]

# Demand can be planned up to this multiple of the one measured.
MOST_DEMAND = 2.0
# A run draws as many weeks as were measured, half a year at most: takings and crowding are of such a time.
# Where a space is so large that drawing would take long there are fewer runs, and then shorter ones.
LONGEST_RUN, SHORTEST_RUN = 26, 8
RUNS, FEWEST_RUNS, MOST_VISITS = 200, 30, 160_000
# The planner opens no earlier and no later than this, unless the space did.
EARLIEST, LATEST = 6 * SLOTS_PER_HOUR, 22 * SLOTS_PER_HOUR
# Nobody knows how many found all desks taken: at most so many times those who came are assumed.
MOST_UNSEEN = 2.0
UNSEEN_RUNS, FEWEST_UNSEEN_RUNS, UNSEEN_VISITS, UNSEEN_ROUNDS = 60, 5, 60_000, 3


@dataclass(frozen=True)
class World:
    """Simulated days, the visits of each, and for each run where in its uncertain shares it lies.

    Attributes:
        measured: what was measured.
        first, last: the earliest and latest slot that a plan may open.
        runs: how often a period was drawn.
        weeks: how many weeks a run has.
        run, weekday: by simulated day.
        day, start, length: by visit; slots. Visits of a day stand together, as they are booked.
        is_elsewhen: the visit begins at an hour or on a weekday that was never open.
        demand, elsewhen, pays: marks of a visit between 0 and 1.
        at_price, at_paying, at_elsewhen: by run, between 0 and 1.
        unseen: how much larger demand may have been than what was seen, over all days (1: not at all).
    """

    measured: Measured
    first: int
    last: int
    runs: int
    weeks: int
    run: Ints
    weekday: Ints
    day: Ints
    start: Ints
    length: Ints
    is_elsewhen: Bools
    demand: Floats
    elsewhen: Floats
    pays: Floats
    at_price: Floats
    at_paying: Floats
    at_elsewhen: Floats
    unseen: float


def prepare(tables: Mapping[str, pl.DataFrame], space_id: str, seed: int) -> World:
    """Draw everything that does not depend on a plan.

    Args:
        tables: the release's tables of spaces (`measured`).
        space_id: which space.
        seed: the same seed draws the same.

    Raises:
        CannotPlanError: see `measured`.
    """
    return drawn(measured(tables, space_id), np.random.default_rng(seed))


def drawn(seen: Measured, rng: np.random.Generator) -> World:
    """A world from what was measured; `prepare` without the tables."""
    first, last = _bounds(seen)
    inside, elsewhen = _kinds(seen, first, last)
    busy = _busyness(seen)
    unseen = _unseen(seen, inside, busy, rng)
    more = 1 + a_week(elsewhen) / max(a_week(inside), 1e-9)
    runs, weeks = _runs(seen.weeks, MOST_DEMAND * more * _visits_seen(seen, inside, busy) / seen.weeks)
    run, weekday, busyness, crowd = _days(seen, rng.integers(0, seen.weeks, (runs, weeks)), busy, unseen)
    if seen.swing > 0:
        busyness = busyness * rng.gamma(1 / seen.swing, seen.swing, len(run))
    at_unseen = rng.random(runs)
    own = visits_of(inside, weekday, busyness * crowd * MOST_DEMAND, rng)
    day, start, length, order = _booked(own, visits_of(elsewhen, weekday, busyness * MOST_DEMAND, rng), rng)
    is_elsewhen = order >= len(own[0])
    # Drawn for the largest demand there may have been; a mark of 1 is where it was as large as in this run.
    larger = np.where(is_elsewhen, 1.0, crowd[day] / (1 + at_unseen[run[day]] * (crowd[day] - 1)))
    loads = seen.load.sum(axis=1)
    return World(
        measured=seen,
        first=first,
        last=last,
        runs=runs,
        weeks=weeks,
        run=run,
        weekday=weekday,
        day=day,
        start=start,
        length=np.minimum(length, last - start),
        is_elsewhen=is_elsewhen,
        demand=rng.random(len(day)) * MOST_DEMAND * larger,
        elsewhen=rng.random(len(day)),
        pays=rng.random(len(day)),
        at_price=rng.random(runs),
        at_paying=rng.random(runs),
        at_elsewhen=rng.random(runs),
        unseen=float((unseen @ loads) / loads.sum()) if loads.sum() else 1.0,
    )


def _kinds(seen: Measured, first: int, last: int) -> tuple[dict[int, Kinds], dict[int, Kinds]]:
    """By weekday the visits within its hours, and those of all other hours and of weekdays never open."""
    inside = {day: inside_hours(seen, day) for day in range(1, 8) if seen.closes[day]}
    outside = {day: outside_hours(seen, inside[day], day, first, last) for day in inside}
    typical = mean_day([mean_day([*inside.values()]), mean_day([*outside.values()])], of=1)
    return inside, {**outside, **{day: typical for day in range(1, 8) if day not in inside}}


def _busyness(seen: Measured) -> Floats:
    """By measured day how much was going on, against a mean day of its weekday."""
    loads, typical = seen.load.sum(axis=1), np.zeros(8)
    for of in np.unique(seen.weekday):
        typical[of] = seen.slots(of).sum() / SLOTS_PER_HOUR
    usual = typical[seen.weekday]
    return np.divide(loads, usual, out=np.zeros(len(loads)), where=usual > 0)


def _booked(
    own: tuple[Ints, Ints, Ints], other: tuple[Ints, Ints, Ints], rng: np.random.Generator
) -> tuple[Ints, Ints, Ints, Ints]:
    """Visits of both kinds by day, in the order of booking: who books first has nothing to do with who comes first.

    Returns day, start and length, and which of all visits (the own ones first) stands there.
    """
    day, start, length = (np.concatenate(pair) for pair in zip(own, other, strict=True))
    order = np.lexsort((rng.random(len(day)), day))
    return day[order], start[order], length[order], order


def _runs(weeks: int, visits_a_week: float) -> tuple[int, int]:
    """How many runs are drawn, and of how many weeks each."""
    longest = min(weeks, LONGEST_RUN)
    within = MOST_VISITS / max(visits_a_week, 1e-9)
    length = int(np.clip(within / FEWEST_RUNS, min(longest, SHORTEST_RUN), longest))
    return int(np.clip(within / length, FEWEST_RUNS, RUNS)), length


def _bounds(seen: Measured) -> tuple[int, int]:
    return min(EARLIEST, int(seen.opens[seen.closes > 0].min())), min(MOST_SLOTS, max(LATEST, int(seen.closes.max())))


def _visits_seen(seen: Measured, inside: Mapping[int, Kinds], busy: Floats) -> float:
    """How many visits the measured days are expected to have."""
    return float(busy @ np.array([inside[day].often.sum() for day in seen.weekday]))


def _days(seen: Measured, weeks: Ints, busy: Floats, unseen: Floats) -> tuple[Ints, Ints, Floats, Floats]:
    """Simulated days: of the drawn weeks every open day, and each weekday that was never open once.

    Returns run, weekday, how busy against a mean day of the weekday, and how much larger demand may have been.
    """
    closed = [day for day in range(1, 8) if not seen.closes[day]]
    of_week = [np.flatnonzero(seen.week == week) for week in range(seen.weeks)]
    loads = seen.load.sum(axis=1)
    week_busy = np.array([loads[days].mean() for days in of_week]) / max(loads.mean(), 1e-9)
    parts = []
    for run, drawn_weeks in enumerate(weeks):
        days = np.concatenate([of_week[week] for week in drawn_weeks])
        parts.append((np.full(len(days), run), seen.weekday[days], busy[days], unseen[days]))
        if closed:
            count = len(drawn_weeks) * len(closed)
            again = np.repeat(week_busy[drawn_weeks], len(closed))
            parts.append((np.full(count, run), np.tile(closed, len(drawn_weeks)), again, np.ones(count)))
    runs, weekdays, busyness, crowd = (list(one) for one in zip(*parts, strict=True))
    return np.concatenate(runs), np.concatenate(weekdays), np.concatenate(busyness), np.concatenate(crowd)


def _unseen(seen: Measured, inside: Mapping[int, Kinds], busy: Floats, rng: np.random.Generator) -> Floats:
    """By measured day how many times those who came may have wanted to: who found all desks taken left no trace.

    With so much demand as many find a desk as were seen; at most MOST_UNSEEN.
    """
    factor = np.ones(len(busy))
    runs = UNSEEN_VISITS / max(_visits_seen(seen, inside, busy), 1e-9)
    runs = int(np.clip(runs, FEWEST_UNSEEN_RUNS, UNSEEN_RUNS))
    weekday = np.tile(seen.weekday, runs)
    for _ in range(UNSEEN_ROUNDS):
        day, start, length = visits_of(inside, weekday, np.tile(busy * factor, runs), rng)
        order = np.lexsort((rng.random(len(day)), day))
        day, start, end = day[order], start[order], (start + length)[order]
        most = peaks(day, start, end, len(weekday))
        lost = np.zeros(len(day), dtype=bool)
        desks = np.tile(seen.day_desks, runs)
        for count in np.unique(seen.day_desks):
            own = np.flatnonzero(desks[day] == count)
            lost[own] = turned_away(day[own], start[own], end[own], int(count), most)
        came = np.bincount(day % len(busy), minlength=len(busy))
        away = np.bincount(day % len(busy), lost, minlength=len(busy))
        share = np.divide(away, came, out=np.zeros(len(busy)), where=came > 0)
        factor = np.minimum(1 / (1 - np.minimum(share, 0.99)), MOST_UNSEEN)
    return np.asarray(factor, dtype=np.float64)
