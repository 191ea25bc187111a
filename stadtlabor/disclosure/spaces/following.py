"""Whether a space can be told anew beside its last release: no number may change by what a handful of people did.

Two values of one number tell their difference. So what a space publishes anew is held against what it published
last, with those who stood behind either; where any difference fails the rule of users and dominance, the whole space
stays as it is told. The next release is held against the same numbers, so that differences add up until they may be
told. Numbers of one space stay or change together: of different dates they would tell more by subtraction.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping

import polars as pl

from stadtlabor.disclosure.policy import POLICY
from stadtlabor.disclosure.spaces.differences import told_since
from stadtlabor.disclosure.spaces.space_cells import Cell

# Families that add up, each with what is the whole of it.
WHOLES: Mapping[str, str] = {"part": "total", "level": "total", "lead_time": "bookings", "purpose": "kind"}
PARTS = ("part", "level", "purpose", "kind", "lead_time", "stay", "outside", "cancelled", "no_show")
Sums = dict[str, list[str]]
People = list[tuple[str, str, float]]


def kept(
    published: pl.DataFrame,
    contributions: Callable[[], pl.DataFrame],
    told: pl.DataFrame,
    then: pl.DataFrame,
    counts: pl.DataFrame,
) -> set[str]:
    """The spaces that stay as the last release tells them.

    Args:
        published: space_id, family, cell; what this release would tell.
        contributions: gives space_id, family, cell, user_id, amount; asked only where there is a last release.
        told, then: the same of the last release.
        counts: space_id, measure, before, now: numbers of people, which tell who came or went.
    """
    if then.is_empty():
        return set()
    step = (pl.col("now") - pl.col("before")).abs()
    found = set(counts.filter((step > 0) & (step < POLICY.k))["space_id"])
    people, before = _by_space(contributions()), _by_space(then)
    shown, old = _by_space(published), _by_space(told)
    return found | {
        space
        for space in before.keys() & shown.keys() & old.keys() - found
        if any(True for _ in _told_of_few(old[space], shown[space], before[space], people.get(space, then.clear())))
    }


def _by_space(frame: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {str(name): rows for (name,), rows in frame.partition_by("space_id", as_dict=True).items()}


def _told_of_few(old: pl.DataFrame, now: pl.DataFrame, then: pl.DataFrame, people: pl.DataFrame) -> Iterator[str]:
    printed = [set(frame.select("family", "cell").iter_rows()) for frame in (old, now)]
    rows = [_by_family(frame) for frame in (then, people)]
    for family in ("day", *PARTS):
        both = [of.get(family, []) for of in rows]
        parts = sorted({part for one in both for part, _, _ in one})
        sums = [_of_days(cells, parts) if family == "day" else _of_parts(cells, family, parts) for cells in printed]
        yield from told_since(sums[0], sums[1], both[0], both[1])


def _by_family(frame: pl.DataFrame) -> dict[str, People]:
    found: dict[str, People] = {}
    for family, cell, user, amount in frame.select("family", "cell", "user_id", "amount").iter_rows():
        found.setdefault(family, []).append((cell, user, amount))
    return found


def _of_days(cells: Iterable[Cell], days: Iterable[str]) -> Sums:
    """The days of each published sum of days."""
    sums: Sums = {f"{family} {cell}": [] for family, cell in cells if family in ("total", "month", "week")}
    for day in days:
        date = dt.date.fromisoformat(day)
        for name in ("total ", f"month {day[:7]}", f"week {date - dt.timedelta(date.weekday())}"):
            if name in sums:
                sums[name].append(day)
    return sums


def _of_parts(cells: set[Cell], family: str, parts: list[str]) -> Sums:
    """Each published number of a family, and the whole where that is published."""
    sums: Sums = {f"{family} {part}": [part] for part in parts if (family, part) in cells}
    if any(kind == WHOLES.get(family) for kind, _ in cells):
        sums[f"all of {family}"] = parts
    return sums
