"""How long desks are taken, and how many at once, against counting minutes and bookings."""

from collections import Counter

import duckdb
import pytest

from tests.dbt import building
from tests.dbt.bookings.landing_rows import rows_of
from tests.dbt.bookings.oracle import Use
from tests.dbt.bookings.worlds import world

WORLDS = 80


def test_so_many_desks_are_in_use_at_once_as_minutes_count(tmp_path):
    """Random calendars: overlaps, pools, clock changes, midnight, desks that come and go."""
    worlds = [world(seed) for seed in range(WORLDS)]
    built = building.build(tmp_path, "+core__space_levels", **rows_of(worlds))
    assert built.result.ok, built.result.failures
    counted = {}
    for one in worlds:
        for level, minutes in Counter(Use(one.manifest, one.bookings).seats_in_use.values()).items():
            counted[one.space_id, level] = minutes

    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select space_id, used_count, sum(to_second - from_second) / 60 from core.core__space_levels group by all"
        ).fetchall()

    assert len(rows) > WORLDS / 2
    assert {(space, level): minutes for space, level, minutes in rows} == counted


def test_published_levels_are_what_minutes_count(released, made_up):
    counted = Counter(Use(made_up.manifest, made_up.bookings).seats_in_use.values())

    rows = released.rows("select desks, in_use, open_hours * 60 from space_levels where sign = ''")

    assert len(rows) >= 4
    assert rows == [(7, level, pytest.approx(counted[level])) for _, level, _ in rows]


def test_published_stays_are_as_many_as_were_booked(released):
    with duckdb.connect(str(released.warehouse), read_only=True) as connection:
        lengths = [seconds / 3600 for (seconds,) in connection.execute(
            "select to_second - from_second from core.core__seat_time where kind = 'desk'").fetchall()]  # fmt: skip
    ends = {"up_to_2_hours": 2, "up_to_4_hours": 4, "up_to_6_hours": 6, "up_to_8_hours": 8, "over_8_hours": 24}
    begins = dict(zip(ends, [0, *ends.values()], strict=False))

    rows = released.rows("select class, count from space_stays where sign = ''")

    assert rows
    assert rows == [(name, sum(begins[name] < length <= ends[name] for length in lengths)) for name, _ in rows]
