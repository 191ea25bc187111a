"""The attack on a finished release's tables of spaces, by adding and subtracting what is printed.

Reads the release as anybody could. Unknown are the booked hours of each open day, of each hour of the
week and with each number of desks in use at once; everything printed is a sum of them, and the days of a
weekday add up to its hours, all days to all numbers of desks in use. A hidden number
that is a sum of printed ones is found by linear algebra, however many steps away it lies. From the private
warehouse it only takes how many people were there on a day that is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from stadtlabor.disclosure.dominance import MAX_SHARE_OF_LARGEST, MAX_SHARE_OF_TWO_LARGEST, MIN_CONTRIBUTORS

POLICY = (
    f"users >= {MIN_CONTRIBUTORS}, largest <= {MAX_SHARE_OF_LARGEST:.0%}, "
    f"two largest <= {MAX_SHARE_OF_TWO_LARGEST:.0%} of seat-hours"
)
TABLES = (
    "spaces", "space_weeks", "space_months", "space_days", "space_profile", "space_levels", "space_holiday_effect",
)  # fmt: skip
# Printed numbers are doubles; a sum of them may be off by rounding and no more.
TOLERANCE = 1e-7
PRINTED = """
    select space_id, 'the whole' as name, booked_seat_hours_sign as sign from release.spaces
    union all select space_id, 'week ' || week_start, sign from release.space_weeks where sign <> 'x'
    union all select space_id, 'month ' || month, sign from release.space_months
    union all select space_id, 'day ' || day, sign from release.space_days where sign <> 'x'
    union all select space_id, 'hour ' || weekday || '-' || hour, sign from release.space_profile
    union all select space_id, 'level ' || desks || '-' || in_use, sign from release.space_levels
    union all
    select space_id, unnest(['inside', 'outside']), sign from release.space_holiday_effect
    where comparison = 'school_holidays' and sign = ''
    union all
    select space_id, unnest(['until summer end', 'after summer']), sign from release.space_holiday_effect
    where comparison = 'after_summer' and sign = ''
"""
# The sums that a day, and an hour of the week, is part of, and with which factor.
PARTS = """
    with weeks as (
        select
            *,
            max(case when is_school_holiday and holiday_name_de = 'Sommerferien' then week_start end)
                over (partition by space_id, year(week_start)) as last_of_summer
        from release.space_weeks
    )
    select
        days.space_id,
        'day ' || day as atom,
        1.0 as factor,
        unnest(list_filter([
            'the whole', 'day ' || day, 'week ' || week_start, 'month ' || strftime(day, '%Y-%m'),
            'weekday ' || weekday, 'weekday all', case when is_school_holiday then 'inside' else 'outside' end,
            case
                when week_start > last_of_summer - 56 and week_start <= last_of_summer then 'until summer end'
                when not is_school_holiday and week_start > last_of_summer and week_start <= last_of_summer + 56
                    then 'after summer'
            end
        ], lambda part: part is not null)) as name
    from release.space_days as days
    inner join weeks on days.space_id = weeks.space_id and date_trunc('week', day) = weeks.week_start
    where days.sign <> 'x'
    union all
    select space_id, 'hour ' || weekday || '-' || hour, 1.0, 'hour ' || weekday || '-' || hour
    from release.space_profile
    union all
    select space_id, 'hour ' || weekday || '-' || hour, -1.0, 'weekday ' || weekday
    from release.space_profile
    union all
    select
        space_id,
        'level ' || desks || '-' || in_use,
        unnest([1.0, -1.0]),
        unnest(['level ' || desks || '-' || in_use, 'weekday all'])
    from release.space_levels
"""
LONELY_DAYS = """
    select space_days.space_id || ': ' || space_days.day || ' is told of fewer than five people'
    from release.space_days
    left join warehouse.core.core__seat_time as used
        on space_days.space_id = used.space_id and space_days.day = used.day_date and used.kind = 'desk'
    where space_days.utilisation is not null
    group by space_days.space_id, space_days.day
    having count(distinct used.user_id) < $least
"""


@dataclass(frozen=True)
class SpaceAudit:
    """The rows for `disclosure_audit` (none where there is no space), and in words what must not go out."""

    rows: list[tuple[str, int, int, int, None, str]]
    findings: list[str]


def attack_spaces(release: Path, warehouse: Path) -> SpaceAudit:
    """Attack the tables of spaces of a release file."""
    with duckdb.connect() as connection:
        for name, path in (("release", release), ("warehouse", warehouse)):
            connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")
        printed = connection.sql(PRINTED).pl().partition_by("space_id", as_dict=True)
        parts = connection.sql(PARTS).pl().partition_by("space_id", as_dict=True)
        lonely = connection.execute(LONELY_DAYS, {"least": MIN_CONTRIBUTORS}).fetchall()
    hidden, findings = 0, [said for (said,) in lonely]
    for space in sorted(parts):
        vectors = _vectors(parts[space])
        signs = dict(printed[space].select("name", "sign").iter_rows())
        known = [vector for name, vector in vectors.items() if signs.get(name) == "" or name.startswith("weekday")]
        secret = {name: vector for name, vector in vectors.items() if signs.get(name, "") != ""}
        hidden += len(secret)
        findings += [f"{space[0]}: {name} follows from what is printed" for name in _told(known, secret)]
    row = ("space_hours", len(TABLES), hidden, len(findings), None, POLICY)
    return SpaceAudit([row] if parts else [], findings)


def _vectors(parts: pl.DataFrame) -> dict[str, np.ndarray]:
    """Each sum as a row over the days and hours of the week it may be made of."""
    atoms = {atom: n for n, atom in enumerate(parts["atom"].unique().sort())}
    vectors: dict[str, np.ndarray] = {}
    for atom, factor, name in parts.select("atom", "factor", "name").iter_rows():
        vectors.setdefault(name, np.zeros(len(atoms)))[atoms[atom]] = factor
    return vectors


def _told(known: list[np.ndarray], secret: Mapping[str, np.ndarray]) -> list[str]:
    """The hidden numbers that are sums and differences of known ones."""
    if not known or not secret:
        return []
    matrix, wanted = np.array(known).T, np.array(list(secret.values())).T
    weights, *_ = np.linalg.lstsq(matrix, wanted, rcond=None)
    is_told = np.abs(matrix @ weights - wanted).max(axis=0) < TOLERANCE
    return [name for name, told in zip(secret, is_told, strict=True) if told]
