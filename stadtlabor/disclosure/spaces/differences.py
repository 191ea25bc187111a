"""Which sums of days printed numbers tell by subtraction, and which of them rest on too few people."""

from collections.abc import Iterable, Mapping

import numpy as np
import polars as pl

from stadtlabor.disclosure.dominance import dominance_reason

# Sums told by sums told by subtraction, and so on: more rounds than months hang together by the weeks between them.
ROUNDS = 6


def disclosed(sums: Mapping[str, Mapping[str, float]], printed: Iterable[str], people: pl.DataFrame) -> list[str]:
    """The differences of printed sums of days that fail the rule of users and dominance, in words.

    Args:
        sums: by name the days (parts named `day …`) that a number is the sum of.
        printed: the names that are printed.
        people: part, user_id ('' for the unnamed), amount; who was there on which day.
    """
    days = {part: n for n, part in enumerate(sorted({part for row in sums.values() for part in row}))}
    known: dict[int, str] = {}
    for name in sorted(printed):
        if name.startswith(("week ", "month ", "day ", "the whole")):
            known.setdefault(sum(1 << days[part] for part in sums[name]), name)
    if not known:
        return []
    found = {mask: name for mask, name in _closure(known).items() if mask not in known}
    amounts = _amounts(people, days)
    return [name for mask, name in found.items() if _fails(amounts, mask)]


def harmless_days(people: pl.DataFrame) -> set[str]:
    """The days of which the use could be printed by the rule; where one of them follows, that is no harm."""
    days = {part: n for n, part in enumerate(sorted(set(people["part"])))}
    amounts = _amounts(people, days)
    return {part for part, n in days.items() if not _fails(amounts, 1 << n)}


def _closure(known: Mapping[int, str]) -> dict[int, str]:
    """Everything that follows by taking from a sum those that lie within it, apart from each other, largest first."""
    found = dict(known)
    for _ in range(ROUNDS):
        by_size = sorted(found, key=lambda mask: (-mask.bit_count(), mask))
        new: dict[int, str] = {}
        for whole in by_size:
            rest = whole
            for part in by_size:
                if part != whole and part & rest == part:
                    rest ^= part
            if rest and rest not in found:
                new.setdefault(rest, f"{found[whole]} less what is printed within it")
        if not new:
            break
        found |= new
    return found


def _amounts(people: pl.DataFrame, days: Mapping[str, int]) -> np.ndarray:
    """Days × persons, the first for all who are not named."""
    names = {user: n for n, user in enumerate(["", *sorted(set(people["user_id"]) - {""})])}
    table = np.zeros((len(days), len(names)))
    for part, user, amount in people.select("part", "user_id", "amount").iter_rows():
        if part in days:
            table[days[part], names[user]] += amount
    return table


def _fails(amounts: np.ndarray, mask: int) -> bool:
    inside = [n for n in range(len(amounts)) if mask >> n & 1]
    sums = amounts[inside].sum(axis=0)
    named = np.sort(sums[1:][sums[1:] > 0])[::-1]
    if not len(named):
        return bool(sums[0] > 0)
    return dominance_reason([named[0] + sums[0], *named[1:]]) is not None
