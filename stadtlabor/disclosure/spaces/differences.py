"""Which sums of days printed numbers tell by subtraction, and which of them rest on too few people."""

from collections.abc import Iterable, Iterator, Mapping

import duckdb
import numpy as np

from stadtlabor.disclosure.dominance import dominance_reason
from stadtlabor.disclosure.policy import POLICY

# Sums told by sums told by subtraction, and so on: more rounds than months hang together by the weeks between them.
ROUNDS = 6
# Days whose use could be printed by the rule: the unnamed are no further person, and may all be the largest one.
HARMLESS = f"""
    create temp table harmless as
    with of_days as (
        select
            space_id, name, count(*) filter (where user_id <> '') as users, sum(amount) as total,
            max(amount) filter (where user_id <> '') + coalesce(sum(amount) filter (where user_id = ''), 0) as largest,
            coalesce((max(amount, 2) filter (where user_id <> ''))[2], 0) as second
        from people
        group by space_id, name
    )
    select space_id, name
    from release_numbers
    inner join of_days using (space_id, name)
    where starts_with(name, 'day ') and users >= {POLICY.k}
        and largest <= {POLICY.largest_share} * total and largest + second <= {POLICY.two_largest_share} * total
"""
# Printed sums of days, where a space has more than one.
SUMS = """
    select space_id, name, list(part) as parts
    from release_parts
    semi join (
        from release_numbers
        where value is not null
            and (name = 'the whole' or regexp_matches(name, '^(week|month|day) '))
        qualify count(*) over (partition by space_id) > 1
    ) using (space_id, name)
    group by space_id, name
    order by space_id, name
"""
PEOPLE = "select space_id, list((name, user_id, amount)) as rows from people group by space_id"


def found(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """In words, the differences of a release's printed sums that fail the rule; from the tables of `printed.read`."""
    people = dict(connection.execute(PEOPLE).fetchall())
    sums: dict[str, dict[str, list[str]]] = {}
    for space, name, parts in connection.execute(SUMS).fetchall():
        sums.setdefault(space, {})[name] = parts
    for space, mine in sums.items():
        for name in disclosed(mine, people.get(space, ())):
            yield f"{space}: {name} tells of too few people"


def disclosed(sums: Mapping[str, Iterable[str]], people: Iterable[tuple[str, str, float]]) -> list[str]:
    """The differences of printed sums of days that fail the rule of users and dominance, in words.

    Args:
        sums: by name the days that a printed number is the sum of.
        people: day, user ('' for the unnamed), amount; who was there on which day.
    """
    days = {part: n for n, part in enumerate(sorted({part for row in sums.values() for part in row}))}
    known: dict[int, str] = {}
    for name in sorted(sums):
        known.setdefault(sum(1 << days[part] for part in sums[name]), name)
    new = {mask: name for mask, name in _closure(known).items() if mask not in known}
    amounts = _amounts(people, days)
    return [name for mask, name in new.items() if _fails(amounts, mask)]


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


def _amounts(people: Iterable[tuple[str, str, float]], days: Mapping[str, int]) -> np.ndarray:
    """Days × persons, the first for all who are not named."""
    inside = [(days[day], user, amount) for day, user, amount in people if day in days]
    names = {user: n for n, user in enumerate(["", *sorted({user for _, user, _ in inside} - {""})])}
    table = np.zeros((len(days), len(names)))
    for day, user, amount in inside:
        table[day, names[user]] += amount
    return table


def _fails(amounts: np.ndarray, mask: int) -> bool:
    inside = [n for n in range(len(amounts)) if mask >> n & 1]
    sums = amounts[inside].sum(axis=0)
    named = np.sort(sums[1:][sums[1:] > 0])[::-1]
    if not len(named):
        return bool(sums[0] > 0)
    return dominance_reason([named[0] + sums[0], *named[1:]]) is not None
