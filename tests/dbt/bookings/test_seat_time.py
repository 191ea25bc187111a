"""Seat-time in SQL against counting minutes, on random calendars and bookings: equal to the minute."""

import duckdb
import pytest

from tests.dbt import building
from tests.dbt.bookings.comparing import SELECTION, differences, expected
from tests.dbt.bookings.landing_rows import rows_of
from tests.dbt.bookings.worlds import world

WORLDS = 120


@pytest.fixture(scope="module")
def worlds():
    return [world(seed) for seed in range(WORLDS)]


@pytest.fixture(scope="module")
def built(worlds, tmp_path_factory):
    built = building.build(tmp_path_factory.mktemp("worlds"), SELECTION, **rows_of(worlds))
    assert built.result.ok, built.result.failures
    return built


def test_every_world_is_counted_equal_to_the_minute(built, worlds):
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        assert differences(connection, expected(worlds)) == []


def test_the_worlds_are_worth_comparing(built):
    """They hold what is hard: overlaps, pools, clock changes, midnight, and time outside the hours."""
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        found = connection.execute(
            "select count(*) filter (overlap_second_count > 0 and unit_count = 1) > 20, "
            "count(*) filter (overlap_second_count > 0 and unit_count > 1) > 5, "
            "count(*) filter (not is_in_place) > 20 from core.core__booked_pieces"
        ).fetchall()
        clocks = connection.execute(
            "select count(distinct space_id) > 20 from core.core__openings "
            "where extract(month from day_date) in (3, 10)"
        ).fetchall()
    assert found == [(True, True, True)]
    assert clocks == [(True,)]


def test_the_days_of_a_weekday_and_its_hours_add_up_to_the_same(built):
    """What protection and its attack take for known; hours after midnight would break it."""
    by_day = """
        select space_id, isodow(day_date) as weekday, sum(available_seat_seconds) as seconds
        from core.core__available_days where kind = 'desk' group by all having seconds > 0
    """
    by_hour = """
        select space_id, weekday, sum(available_seat_seconds) as seconds
        from core.core__available_hours group by all having seconds > 0
    """
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        late = connection.execute("select count(*) > 20 from core.core__available_hours where hour > 23").fetchall()
        apart = connection.execute(f"({by_day} except {by_hour}) union all ({by_hour} except {by_day})").fetchall()
    assert late == [(True,)]
    assert apart == []
