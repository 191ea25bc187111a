"""What follows from the printed counts of one event, for somebody who knows the rules by which they are printed.

All worlds of counts are tried that would have been printed exactly so. Who knows the rules learns from a gap,
too: were a number only hidden where another is 2, the gap would say 2.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Any

from stadtlabor.disclosure.policy import POLICY

K = POLICY.k
Count = int | None
# What stands for a count: the number, `.` hidden or `x` not recorded.
Cell = int | str
HIDDEN, UNKNOWN = ".", "x"


@dataclass(frozen=True)
class World:
    """The counts of an event as they may be; None where nobody recorded one."""

    registered: Count
    attended: Count
    walk_ins: Count
    taken_up: Count = None
    organisations: Count = None
    # Whether the number of registrations was out before anybody came.
    is_published: bool = False


@dataclass(frozen=True)
class Print:
    """An event as the release prints it."""

    registered: Cell
    attended: Cell
    walk_ins: Cell
    taken_up: Cell = UNKNOWN
    organisations: Cell = UNKNOWN
    low: Count = None
    high: Count = None

    @property
    def keeps_value(self) -> bool:
        """Attendance is hidden for the sake of registrations that were out before."""
        return self.attended == HIDDEN and self.registered not in (HIDDEN, UNKNOWN) and self.high != K - 1


def printed(world: World) -> Print | None:
    """How these counts have to be printed; None where they contradict each other.

    The rules in words, independent of the models that apply them: counts of 1 to 4 are hidden; of two whose
    difference is 1 to 4 one is; whether a count is hidden depends on printed counts alone.
    """
    registered, attended, walk_ins = world.registered, world.attended, world.walk_ins
    if _contradicts(world):
        return None
    few = _small(attended)
    close = registered is not None and attended is not None and not few and _small(abs(registered - attended))
    keeps = close and world.is_published
    hides_registered = not keeps and (
        _small(registered) or close or (few and registered is not None and registered < 2 * K - 1)
    )
    hides_walk_ins = walk_ins is not None and (
        keeps
        or _small(walk_ins)
        or (hides_registered and walk_ins == 0)
        or (attended is not None and not few and _small(attended - walk_ins))
        or (_missed(world) is not None and not few and not hides_registered and _small(_missed(world)))
    )
    hides_taken_up = _small(world.taken_up) or (
        world.taken_up is not None
        and ((keeps and world.taken_up > 0) or (attended is not None and not few and _small(attended - world.taken_up)))
    )
    low, high = (1, K - 1) if few else (attended, attended)
    if keeps and registered is not None:
        low, high = max(registered - K + 1, 0), registered + K - 1
    return Print(
        _cell(registered, hides_registered),
        _cell(attended, few or keeps),
        _cell(walk_ins, hides_walk_ins),
        _cell(world.taken_up, hides_taken_up),
        _cell(world.organisations, _small(world.organisations)),
        low,
        high,
    )


@dataclass(frozen=True)
class Finding:
    """What follows of one event: counts that are disclosed though they should not be, and how narrow the closest is.

    `narrowest` is the least number of values that a count which may be a handful can still have; None where
    no count may be one.
    """

    disclosed: tuple[str, ...]
    narrowest: int | None


def attacked(seen: Print, before: Print | None = None) -> Finding:
    """What follows of an event printed like this, for all its counts and those that follow from them.

    `before` is how the last release printed it; what it published and this one hides is taken to be still true.
    """
    # Neither what was taken up nor companies depend on the rest but on attendance: apart, there are fewer worlds.
    parts: tuple[dict[str, Any], ...] = (
        {"taken_up": UNKNOWN, "organisations": UNKNOWN},
        {"walk_ins": UNKNOWN, "organisations": UNKNOWN} | ({} if seen.keeps_value else {"registered": UNKNOWN}),
        {"walk_ins": UNKNOWN, "taken_up": UNKNOWN} | ({} if seen.keeps_value else {"registered": UNKNOWN}),
    )
    found = [_attacked(replace(seen, **part), before and replace(before, **part)) for part in parts]
    widths = [one.narrowest for one in found if one.narrowest is not None]
    return Finding(
        tuple(dict.fromkeys(name for one in found for name in one.disclosed)), min(widths) if widths else None
    )


@lru_cache(maxsize=200_000)
def _attacked(seen: Print, before: Print | None) -> Finding:
    worlds = list(_worlds(seen))
    if not worlds:
        return Finding(("a count printed against the rules",), None)
    if before is not None:
        worlds = [world for world in worlds if _agrees(world, seen, before)]
    widths = {}
    for name in COUNTS if worlds else ():
        values = {_counts(world)[name] for world in worlds}
        # None stands for any number, so nothing is certain.
        if None not in values and any(_small(value) for value in values):
            widths[name] = len(values)
    return Finding(
        tuple(name for name, width in widths.items() if width < K - 1), min(widths.values()) if widths else None
    )


COUNTS = (
    "registered",
    "attended",
    "walk-ins",
    "taken up",
    "organisations",
    "registered and did not come",
    "came without being registered, at least",
    "registered and came",
    "came and took nothing up",
)


def _counts(world: World) -> dict[str, Count]:
    """All counts that may point at persons, those among them that follow from others."""
    registered, attended = world.registered, world.attended
    extra = _less(attended, registered)
    counts = (
        registered,
        attended,
        world.walk_ins,
        world.taken_up,
        world.organisations,
        _missed(world),
        None if extra is None else max(extra, 0),
        _less(attended, world.walk_ins),
        _less(attended, world.taken_up),
    )
    return dict(zip(COUNTS, counts, strict=True))


def _less(whole: Count, part: Count) -> Count:
    return None if whole is None or part is None else whole - part


def _missed(world: World) -> Count:
    missed = _less(world.registered, world.attended)
    if missed is None or world.walk_ins is not None:
        return None if missed is None else missed + (world.walk_ins or 0)
    return missed if missed >= 0 else None


def _contradicts(world: World) -> bool:
    missed = _missed(world)
    parts = (world.walk_ins, world.taken_up, world.organisations)
    larger = world.attended is not None and any(part is not None and part > world.attended for part in parts)
    return larger or (missed is not None and missed < 0)


def _worlds(seen: Print) -> Iterator[World]:
    """All worlds that would be printed like this."""
    attended = _values(seen.attended, range(seen.low or 0, (seen.high or 0) + 1))
    for came in attended:
        near = range(max(came - K, 0), came + K) if came is not None else range(0)
        registered = _values(seen.registered, sorted({*range(2 * K), *near}))
        for signed_up, took, companies in product(
            registered, _values(seen.taken_up, _ends(came)), _values(seen.organisations, range(K))
        ):
            for walked_in in _values(seen.walk_ins, _walk_ins(came, signed_up)):
                world = World(signed_up, came, walked_in, took, companies, seen.keeps_value)
                if printed(world) == seen:
                    yield world


def _values(cell: Cell, hidden: Iterable[int]) -> list[Count]:
    """What a cell may stand for."""
    if cell == HIDDEN:
        return list(hidden)
    return [None if isinstance(cell, str) else cell]


def _ends(attended: Count) -> list[int]:
    """Few, or all but few; a part that is hidden is one of these."""
    rest = range(max((attended or 0) - K, 0), (attended or 0) + 1)
    return sorted({*range(K), *rest})


def _walk_ins(attended: Count, registered: Count) -> list[int]:
    extra = max((attended or 0) - (registered or 0), 0)
    return sorted({*_ends(attended), *range(extra, extra + K)})


def _agrees(world: World, seen: Print, before: Print) -> bool:
    pairs = (
        (world.registered, seen.registered, before.registered),
        (world.attended, seen.attended, before.attended),
        (world.walk_ins, seen.walk_ins, before.walk_ins),
        (world.taken_up, seen.taken_up, before.taken_up),
        (world.organisations, seen.organisations, before.organisations),
    )
    return all(now != HIDDEN or isinstance(then, str) or value == then for value, now, then in pairs)


def _small(count: Count) -> bool:
    return count is not None and 1 <= count < K


def _cell(count: Count, is_hidden: bool) -> Cell:
    if count is None:
        return UNKNOWN
    return HIDDEN if is_hidden else count
