"""The attack on a finished release's tables of spaces, from everything that is printed of them.

Reads the release as anybody could. For each hidden number it asks in which range all numbers lie that agree with
everything printed, in this release and in the one that still serves: none may follow exactly, or nearly. And every sum
of days that printed numbers tell by subtraction must be one that could be printed. From the private warehouse it takes
who was there on which day, to hold such sums to the rule, and the true use as one that agrees with what is printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np

from stadtlabor.disclosure.policy import POLICY
from stadtlabor.disclosure.spaces import differences
from stadtlabor.disclosure.spaces import printed as space_printed
from stadtlabor.disclosure.spaces.grouped import ENOUGH, Key, ranges_of
from stadtlabor.disclosure.spaces.spans import TOLERANCE

RULE = (
    f"users >= {POLICY.k}, largest <= {POLICY.largest_share:.0%}, "
    f"two largest <= {POLICY.two_largest_share:.0%} of seat-hours; ranges >= {ENOUGH['hours']:.0f} seat-hour, "
    f">= {ENOUGH['bookings']:.0f} bookings"
)
# Who was there, by day; the true use by part.
PEOPLE = """
    create temp table people as
    select space_id, 'day ' || cell as name, user_id, amount
    from warehouse.core.core__space_contributions where family = 'day'
"""
TRUTH = """
    create temp table truth as
    select
        space_id,
        case family when 'lead_time' then 'bookings' when 'stay' then 'stays' else 'hours' end as sort,
        case family when 'lead_time' then 'lead' else family end || ' ' || cell as part,
        case when family in ('lead_time', 'stay') then amount else amount / 3600 end as amount
    from warehouse.core.core__space_cells
    where family in ('day', 'part', 'level', 'kind', 'purpose', 'lead_time', 'stay')
"""
# Hidden numbers; where a day follows of which the use could be printed by the rule, that is no harm.
SECRET = """
    create temp table secret as
    select space_id, sort, name from release_numbers anti join harmless using (space_id, name) where value is null
"""
# Of a space that stays as the last release tells it nothing new is told, if that is so.
KEPT = """
    create temp table kept as
    select distinct space_id from warehouse.core.core__space_protection where status = 'kept'
"""
NOT_AS_BEFORE = """
    select distinct space_id
    from (from release_numbers semi join kept using (space_id)) as now
    left join serving_numbers as old using (space_id, sort, name)
    where now.value is not null and (old.value is null or abs(now.value - old.value) > 1e-6)
    order by space_id
"""
# What everybody knows: of numbers with a law in common the sum is 0.
KNOWN = """
    create temp table known as
    select space_id, sort, name, value from release_numbers where value is not null
    union all
    select distinct space_id, sort, name, 0.0
    from release_parts semi join (from release_numbers where value is not null) using (space_id, sort)
    where starts_with(name, 'law ')
"""
# What the older release prints beyond the newer one, of parts in which nothing has changed since. That sums of all
# parts changed says nothing of a single day.
OLDER = f"""
    create temp table known_before as
    with
    told_twice as (
        select now.space_id, now.sort, now.name, abs(now.value - old.value) > {TOLERANCE} as is_changed
        from release_numbers as now
        inner join serving_numbers as old using (space_id, sort, name)
        where now.value is not null and old.value is not null
    ),
    changed as (
        select parts.space_id, parts.sort, parts.part
        from release_parts as parts
        inner join told_twice as two on is_changed and parts.space_id = two.space_id and parts.sort = two.sort
            and (parts.name = two.name and two.name not in ('the whole', 'kind desk', 'all bookings', 'all stays')
                or two.name in ('the whole', 'kind desk', 'all bookings', 'all stays')
                and not starts_with(parts.part, 'day '))
    ),
    spoilt as (
        select old.space_id, old.sort, old.name
        from serving_parts as old
        left join (select distinct space_id, sort, part, true as is_there from release_parts)
            using (space_id, sort, part)
        left join (select distinct *, true as is_changed from changed) using (space_id, sort, part)
        group by all
        having bool_or(is_there is null or is_changed is not null)
    )
    select space_id, sort, name, value
    from serving_numbers
    semi join serving_parts using (space_id, sort, name)
    anti join told_twice using (space_id, sort, name)
    anti join spoilt using (space_id, sort, name)
    where value is not null
"""
Row = tuple[str, int, int, int, int | None, str]


@dataclass(frozen=True)
class SpaceAudit:
    """The rows for `disclosure_audit` (none where there is no space), and in words what must not go out."""

    rows: list[Row]
    findings: list[str]


@dataclass
class _Tally:
    """What one attack found: hidden numbers, the narrowest of their ranges in seat-hours, findings."""

    findings: list[str] = field(default_factory=list)
    hidden: int = 0
    narrowest: float = np.inf
    kept: int = 0

    def row(self, name: str) -> Row:
        """The tally as a row of `disclosure_audit`."""
        narrowest = None if np.isinf(self.narrowest) else int(self.narrowest)
        kept = f"; {self.kept} spaces stay as the release before tells them" if self.kept else ""
        return (name, len(space_printed.TABLES), self.hidden, len(self.findings), narrowest, RULE + kept)

    def add(self, key: Key, names: Sequence[str], ranges: np.ndarray) -> None:
        """Judge one space's ranges, each for all hidden numbers that are like the one named."""
        space, sort = key
        if sort == "hours" and len(ranges):
            self.narrowest = min(self.narrowest, float(ranges.min()))
        for name, width in zip(names, ranges, strict=True):
            if width < TOLERANCE:
                self.findings.append(f"{space}: {name} follows from what is printed")
            elif width < ENOUGH[sort] - TOLERANCE:
                self.findings.append(f"{space}: {name} can be inferred to within {width:.2f} {sort}")


def attack_spaces(release: Path, warehouse: Path, serving_release: Path | None = None) -> SpaceAudit:
    """Attack the tables of spaces of a release file, alone and together with the release that still serves."""
    with duckdb.connect() as connection:
        files = {"release": release, "warehouse": warehouse}
        for name, path in {**files, **({"serving": serving_release} if serving_release else {})}.items():
            connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")
        assert space_printed.read(connection, "release")
        is_followed = serving_release is not None and space_printed.read(connection, "serving")
        return _attack(connection, is_followed)


def _attack(connection: duckdb.DuckDBPyConnection, is_followed: bool) -> SpaceAudit:
    for query in (PEOPLE, TRUTH, differences.HARMLESS, SECRET, KNOWN, KEPT):
        connection.execute(query)
    alone, together = _Tally(), _Tally()
    alone.hidden = together.hidden = connection.execute("select count(*) from secret").fetchall()[0][0]
    together.kept = connection.execute("select count(*) from kept").fetchall()[0][0]
    connection.execute(
        "create temp table concerned as select distinct space_id, sort from known anti join kept using (space_id)"
    )
    for key, names, ranges in ranges_of(connection):
        if ranges is None:
            alone.findings.append(f"{key[0]}: the numbers printed contradict each other")
        else:
            alone.add(key, names, ranges)
            together.add(key, names, ranges)
    alone.findings += differences.found(connection)
    if is_followed:
        changed = connection.execute(NOT_AS_BEFORE).fetchall()
        together.findings += [f"{space}: is said to stay as it was told, and does not" for (space,) in changed]
        together.findings += differences.found_since(connection)
        connection.execute(OLDER)
        connection.execute(
            "create or replace temp table concerned as "
            "select distinct space_id, sort from known_before anti join kept using (space_id)"
        )
        connection.execute("insert into known from known_before")
        for key, names, ranges in ranges_of(connection):
            # Where both cannot be true, bookings came in between: the older numbers are of another record.
            if ranges is not None:
                together.add(key, names, ranges)
    is_any = connection.execute("select 1 from release_parts limit 1").fetchall()
    rows = [alone.row("space_hours"), together.row("space_previous_release")] if is_any else []
    return SpaceAudit(rows, list(dict.fromkeys([*alone.findings, *together.findings])))
