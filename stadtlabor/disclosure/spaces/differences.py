"""Which sums of days printed numbers tell by subtraction, and which of them rest on too few people."""

from collections.abc import Iterable, Iterator, Mapping

import duckdb
import numpy as np

from stadtlabor.disclosure.dominance import dominance_reason
from stadtlabor.disclosure.policy import POLICY

# Part, user ('' for the unnamed), amount.
Contributions = Iterable[tuple[str, str, float]]
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
    anti join kept using (space_id)
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
# Of spaces of which a number changed since the release that serves: what either prints, and who stands behind it.
_PART = "case family when 'lead_time' then 'lead' else family end || ' ' || cell"
_OF_KIND = "split_part(part, ' ', 1)"
SINCE = f"""
    with changed as (
        select distinct now.space_id
        from release_numbers as now
        left join serving_numbers as old using (space_id, sort, name)
        semi join warehouse.staging.stg_landing__previous_space_people using (space_id)
        where now.value is not null and (old.value is null or abs(now.value - old.value) > 1e-7)
    ),
    sums as (
        select 0 as release, parts.* from serving_parts as parts semi join serving_numbers as told
            on told.value is not null and parts.space_id = told.space_id and parts.name = told.name
        union all
        select 1, parts.* from release_parts as parts semi join release_numbers as told
            on told.value is not null and parts.space_id = told.space_id and parts.name = told.name
    ),
    people as (
        select 0 as release, space_id, {_PART} as part, user_id, amount
        from warehouse.staging.stg_landing__previous_space_people
        union all
        select 1, space_id, {_PART}, user_id, amount from warehouse.core.core__space_contributions
    )
    select
        space_id, {_OF_KIND} as kind,
        list((name, part)) filter (release = 0 and name is not null) as old_sums,
        list((name, part)) filter (release = 1 and name is not null) as new_sums,
        list((part, user_id, amount)) filter (release = 0 and name is null) as old_people,
        list((part, user_id, amount)) filter (release = 1 and name is null) as new_people
    from (
        select space_id, release, part, name, null as user_id, null as amount from sums
        union all
        select space_id, release, part, null, user_id, amount from people
    )
    semi join changed using (space_id)
    where {_OF_KIND} in ('day', 'part', 'level', 'kind', 'purpose', 'lead', 'stay')
    group by all
"""


def found_since(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """In words, what this release and the one that serves tell of too few together."""
    for space, _, old, new, then, people in connection.execute(SINCE).fetchall():
        sums: list[dict[str, list[str]]] = [{}, {}]
        for which, pairs in enumerate((old, new)):
            for name, part in pairs or ():
                sums[which].setdefault(name, []).append(part)
        for name in told_since(sums[0], sums[1], then or [], people or []):
            yield f"{space}: {name} tells of too few people beside the last release"


def found(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """In words, the differences of a release's printed sums that fail the rule; from the tables of `printed.read`."""
    people = dict(connection.execute(PEOPLE).fetchall())
    sums: dict[str, dict[str, list[str]]] = {}
    for space, name, parts in connection.execute(SUMS).fetchall():
        sums.setdefault(space, {})[name] = parts
    for space, mine in sums.items():
        for name in disclosed(mine, people.get(space, ())):
            yield f"{space}: {name} tells of too few people"


def disclosed(sums: Mapping[str, Iterable[str]], people: Contributions) -> list[str]:
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


def told_since(
    before: Mapping[str, Iterable[str]], now: Mapping[str, Iterable[str]], then: Contributions, people: Contributions
) -> list[str]:
    """What two releases tell together of too few: sums of either, and of what changed in between.

    Args:
        before, now: by name the parts that a number is the sum of, printed in the one and in the other.
        then, people: part, user, amount, as either release counts them.
    """
    change: dict[tuple[str, str], float] = {}
    for way, rows in ((-1, then), (1, people)):
        for part, user, amount in rows:
            change[part, user] = change.get((part, user), 0) + way * amount
    change = {key: amount for key, amount in change.items() if amount}
    if not change:
        return []
    # Who has more here and less there can vanish from a sum of both, and so is nobody's company.
    ways = {user: {change[key] > 0 for key in change if key[1] == user} for user in {user for _, user in change}}
    rows = [(f"then {part}", user, amount) for part, user, amount in then]
    rows += [
        (f"since {part}", user if len(ways[user]) == 1 else "", abs(amount)) for (part, user), amount in change.items()
    ]
    changed = {part for part, _ in change}
    sums = {f"{name}, before": [f"then {part}" for part in parts] for name, parts in before.items()}
    for name, parts in now.items():
        inside = list(parts)
        grown = [f"since {part}" for part in inside if part in changed]
        sums[f"{name}, now"] = [*(f"then {part}" for part in inside), *grown]
    return disclosed(sums, rows)


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


def _amounts(people: Contributions, days: Mapping[str, int]) -> np.ndarray:
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
