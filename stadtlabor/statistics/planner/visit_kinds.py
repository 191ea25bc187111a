"""Kinds of visits: when they begin, how long they last, how often they occur; and visits drawn from them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stadtlabor.statistics.planner.measured import Measured
from stadtlabor.statistics.planner.stays import arrivals

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Kinds:
    """Visits that begin in some slot and last so long, with how often on a mean day: rows of (start, length)."""

    start: Ints
    length: Ints
    often: Floats


def inside_hours(seen: Measured, weekday: int) -> Kinds:
    """The visits of a mean day of a weekday within its hours."""
    often = arrivals(seen.slots(weekday), seen.lengths)
    start, length = np.nonzero(often)
    return Kinds(start + seen.opens[weekday], length, often[start, length])


def outside_hours(seen: Measured, open_hours: Kinds, weekday: int, first: int, last: int) -> Kinds:
    """Visits beginning while it was closed, each slot as many as a mean open one, of the usual lengths."""
    slots = np.array([at for at in range(first, last) if not seen.opens[weekday] <= at < seen.closes[weekday]])
    lengths = np.flatnonzero(seen.lengths)
    each = open_hours.often.sum() / max(seen.closes[weekday] - seen.opens[weekday], 1)
    start, length = (grid.ravel() for grid in np.meshgrid(slots, lengths, indexing="ij"))
    return Kinds(start.astype(np.intp), length, each * seen.lengths[length])


def a_week(kinds: Mapping[int, Kinds]) -> float:
    """How many visits all weekdays together have."""
    return float(sum(one.often.sum() for one in kinds.values()))


def mean_day(kinds: list[Kinds], of: int | None = None) -> Kinds:
    """All kinds of several days together, as often as on their mean day (or on one of `of` days)."""
    count = of or len(kinds)
    return Kinds(
        np.concatenate([one.start for one in kinds]),
        np.concatenate([one.length for one in kinds]),
        np.concatenate([one.often for one in kinds]) / count,
    )


def visits_of(
    kinds: Mapping[int, Kinds], weekday: Ints, busyness: Floats, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """Visits for simulated days: day, start, length."""
    parts = [(np.zeros(0, dtype=np.intp),) * 3]
    for of, kind in kinds.items():
        total = kind.often.sum()
        days = np.flatnonzero(weekday == of)
        if total <= 0 or not len(days):
            continue
        counts = rng.poisson(busyness[days] * total)
        chosen = rng.choice(len(kind.often), int(counts.sum()), p=kind.often / total)
        parts.append((np.repeat(days, counts), kind.start[chosen], kind.length[chosen]))
    day, start, length = (np.concatenate(one) for one in zip(*parts, strict=True))
    return day, start, length
