"""Holds the warehouse's seat-time against the minute-by-minute count of worlds."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from tests.dbt.bookings.oracle import Use
from tests.dbt.bookings.worlds import World

SELECTION = (
    "+core__seat_time +core__available_days +core__available_hours +core__outside_time +core__space_peaks "
    "+core__desk_day_use"
)
# name → query of (space_id, key…, minutes or desks); a minute is 60 seconds, and a fraction of one would show.
QUERIES: Mapping[str, str] = {
    "booked": "select space_id, kind, sum(seat_seconds) / 60 from core.core__seat_time group by all",
    "available": "select space_id, kind, sum(available_seat_seconds) / 60 from core.core__available_days group by all",
    "outside": "select space_id, sum(outside_seat_seconds) / 60 from core.core__outside_time group by all",
    "booked_on": """
        select space_id, day_date, sum(seat_seconds) / 60 from core.core__seat_time where kind = 'desk' group by all""",
    "available_on": """
        select space_id, day_date, available_seat_seconds / 60 from core.core__available_days where kind = 'desk'""",
    "available_by_hour": "select space_id, weekday, hour, available_seat_seconds / 60 from core.core__available_hours",
    "by_user": """
        select space_id, user_id, sum(seat_seconds) / 60 from core.core__seat_time where kind = 'desk' group by all""",
    "by_purpose": "select space_id, purpose, sum(seat_seconds) / 60 from core.core__seat_time group by all",
    "peak": "select space_id, peak_desk_count from core.core__space_peaks",
    "desks_used": "select space_id, day_date, used_desk_count from core.core__desk_day_use",
}
Counted = dict[str, dict[tuple[Any, ...], int]]


def differences(connection: duckdb.DuckDBPyConnection, counted: Counted) -> list[str]:
    """In words where the warehouse and the count differ; empty where they agree everywhere."""
    found = []
    for name, query in QUERIES.items():
        rows = {tuple(row[:-1]): row[-1] for row in connection.execute(query).fetchall() if row[-1]}
        for key in sorted({*rows, *counted[name]}, key=str):
            if rows.get(key, 0) != counted[name].get(key, 0):
                found.append(f"{name} {key}: {rows.get(key, 0)} in SQL, {counted[name].get(key, 0)} counted")
    return found


def expected(worlds: Sequence[World]) -> Counted:
    """The same by counting; what is 0 is left out."""
    counted: Counted = {name: {} for name in QUERIES}
    for one in worlds:
        use = Use(one.manifest, one.bookings)
        for name in ("booked", "available", "booked_on", "available_on", "by_user", "by_purpose"):
            counted[name] |= {(one.space_id, key): minutes for key, minutes in getattr(use, name).items()}
        counted["outside"][one.space_id,] = use.outside
        counted["peak"][one.space_id,] = use.peak
        used = Counter(day for _, day, _ in use.desks_used_on)
        counted["desks_used"] |= {(one.space_id, day): count for day, count in used.items()}
        for (weekday, hour), (available, _) in use.profile.items():
            counted["available_by_hour"][one.space_id, weekday, hour] = available
    return {name: {key: minutes for key, minutes in rows.items() if minutes} for name, rows in counted.items()}
