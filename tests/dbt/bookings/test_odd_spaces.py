"""Spaces that are no office from nine to five: never booked, only the room booked, open past midnight."""

from typing import Any

import pytest

from stadtlabor.manifest import Manifest
from stadtlabor.space_audit import attack_spaces
from tests.dbt import building
from tests.dbt.bookings.half_year import HOLIDAYS, half_year
from tests.dbt.bookings.landing_rows import rows_of
from tests.dbt.bookings.worlds import World

NIGHTS = [{"weekdays": ["fri", "sat"], "opens": "22:00", "closes": "02:30"}]
SPACES = ("unused", "room-only", "night", "usual")


def other(name: str, world: World, **space: Any) -> World:
    """The half year under another name, with something of its space changed."""
    tree = world.manifest.model_dump(by_alias=True)
    tree["id"] = name
    tree["bookings"]["spaces"][0] |= {"id": name, **space}
    rows = [{**row, "space_id": name, "delivery_id": name} for row in world.bookings]
    return World(Manifest.model_validate(tree), rows)


def at_night(world: World) -> World:
    """The same bookings, moved to Saturdays from 22:00 to 2:00 and to the Fridays before."""
    rows = []
    for row in world.bookings:
        first = "2022-07-09" if int(row["starts_at_utc"][8:10]) % 2 else "2022-07-08"
        rows.append(
            {
                **row,
                "starts_at_utc": f"{first}T20:00:00Z",
                "ends_at_utc": f"{first[:8]}{int(first[8:]) + 1:02}T00:00:00Z",
            }
        )
    return World(world.manifest, rows)


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    usual = half_year()
    worlds = [
        other("usual", usual),
        World(other("unused", usual).manifest, []),
        World(
            other("room-only", usual).manifest,
            [row for row in other("room-only", usual).bookings if row["resource_kind"] == "table"],
        ),
        other("night", at_night(usual), opening_hours=NIGHTS),
    ]
    built = building.build(tmp_path_factory.mktemp("odd"), holidays=HOLIDAYS, **rows_of(worlds))
    assert built.result.ok, built.result.failures
    return built


def test_nothing_that_is_hidden_of_them_follows(odd):
    assert attack_spaces(odd.release, odd.warehouse).findings == []


@pytest.mark.parametrize("name", ["unused", "room-only"])
def test_desks_that_nobody_used_have_a_denominator_and_no_number(odd, name):
    [(available, days, told)] = odd.rows(
        "select any_value(spaces.available_seat_hours), count(*), count(space_days.utilisation) "
        f"from spaces inner join space_days using (space_id) where space_id = '{name}' and space_days.sign <> 'x'"
    )
    [(used, level)] = odd.rows(
        f"select any_value(utilisation_sign), count(space_levels.sign = '.') from spaces "
        f"left join space_levels using (space_id) where space_id = '{name}'"
    )

    assert (available, days, told) == (917 * 8, 131, 0)
    assert (used, level) == (".", 1)


def test_hours_after_midnight_stand_with_the_evening_before(odd):
    hours = odd.rows("select weekday, hour, available from space_profile where space_id = 'night' order by all")
    weeks = 26 * 7
    friday = [(5, hour, weeks / (2 if hour == 26 else 1)) for hour in range(22, 27)]

    assert [row for row in hours if row[0] == 5] == friday
    assert {weekday for weekday, _, _ in hours} == {5, 6}
