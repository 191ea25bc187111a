"""Spaces that are no office from nine to five: never booked, only the room booked, open past midnight."""

from typing import Any

import duckdb
import pytest

from stadtlabor.disclosure.spaces.audit import attack_spaces
from stadtlabor.manifest.source import Manifest
from tests.dbt import building
from tests.dbt.bookings.half_year import HOLIDAYS, half_year
from tests.dbt.bookings.landing_rows import OESTRICH_WINKEL, rows_of
from tests.dbt.bookings.worlds import World

NIGHTS = [{"weekdays": ["fri", "sat"], "opens": "22:00", "closes": "02:30"}]
WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]
CHANGING = [
    {"weekdays": WORKDAYS, "opens": "09:00", "closes": "17:00", "valid_to": "2022-08-31"},
    {"weekdays": WORKDAYS, "opens": "08:00", "closes": "18:00", "valid_from": "2022-09-01"},
]
USLAR = {
    "town_id": "uslar", "ags": "03155012", "name": "Uslar", "land": "Niedersachsen", "central_place": "Grundzentrum",
    "slot": "6",
}  # fmt: skip


def other(name: str, world: World, town: str = "", period: Any = None, **space: Any) -> World:
    """The half year under another name, with something of its space changed, or its town, or the days it is of."""
    tree = world.manifest.model_dump(by_alias=True)
    tree |= {"id": name, "town": town or tree["town"], "period": period or tree["period"]}
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


def doubly_booked(world: World) -> list[World]:
    """Two who booked one desk for the same day, in two warehouses whose keys give other pseudonyms."""
    made = []
    for name, keys in (("one-key", ("a", "b")), ("other-key", ("b", "a"))):
        template = {**other(name, world).bookings[0], "resource_id": "desk-1", "unit": 1, "status": "booked"}
        day = {"starts_at_utc": "2022-07-04T07:00:00Z", "ends_at_utc": "2022-07-04T15:00:00Z"}
        rows = [
            {**template, **day, "booking_key": f"{name}-{key}", "user_pseudonym": who, "created_at_utc": created}
            for key, who, created in zip(
                keys, ("early", "late"), ("2022-06-20T08:00:00Z", "2022-06-24T08:00:00Z"), strict=True
            )
        ]
        made.append(World(other(name, world).manifest, rows))
    return made


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
    # Of Hessen's school holidays only 2022 is on file, of Lower Saxony's nothing.
    more = [{"id": "desk-8", "name": "Desk 8", "capacity": [{"valid_from": "2022-10-01"}]}]
    desks = [*usual.manifest.model_dump()["bookings"]["spaces"][0]["desks"], *more]
    elsewhere = other("elsewhere", usual, town="uslar", opening_hours=CHANGING, desks=desks)
    longer = other("longer", usual, period={"from": "2022-06-21", "to": "2023-01-13"})
    no_desks = other("no-desks", World(usual.manifest, []), desks=[{"id": "table", "name": "Table", "kind": "table"}])
    landed = rows_of([*worlds, elsewhere, longer, no_desks, *doubly_booked(usual)], (OESTRICH_WINKEL, USLAR))
    built = building.build(tmp_path_factory.mktemp("odd"), holidays=HOLIDAYS, **landed)
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


def test_school_holidays_that_are_not_on_file_are_unknown_and_not_none(odd):
    told = odd.rows(
        "select space_id, difference is not null, sign, weeks_inside > 0, weeks_outside > 0 from space_holiday_effect "
        "where comparison = 'school_holidays' and space_id in ('usual', 'elsewhere', 'longer') order by all"
    )

    assert told == [
        ("elsewhere", False, "x", False, False),
        ("longer", False, "x", False, False),
        ("usual", True, "", True, True),
    ]
    assert odd.rows(
        "select distinct public_holiday from space_days where space_id = 'elsewhere' and day = date '2022-10-31'"
    ) == [("Reformationstag",)]


def test_hours_and_desks_that_change_are_told_with_their_dates(odd):
    [(german, english, denominator)] = odd.rows(
        "select hours_de, hours_en, denominator_de from spaces where space_id = 'elsewhere'"
    )

    assert german == "Mo–Fr 09:00–17:00 Uhr (bis 31.08.2022); Mo–Fr 08:00–18:00 Uhr (ab 01.09.2022)"
    assert english == "Mon–Fri 09:00–17:00 (until 31 August 2022); Mon–Fri 08:00–18:00 (from 1 September 2022)"
    assert denominator.startswith("bis zu 8 Plätze, ")
    assert odd.rows("select hours_de, denominator_de like '7 Plätze, %' from spaces where space_id = 'usual'") == [
        ("Mo–Fr 09:00–17:00 Uhr", True)
    ]
    assert odd.rows("select denominator_de, denominator_en from spaces where space_id = 'no-desks'") == [
        ("keine Arbeitsplätze", "no desks")
    ]


def test_of_two_that_begin_together_who_booked_first_has_the_desk_whatever_the_key(odd):
    with duckdb.connect(str(odd.warehouse), read_only=True) as connection:
        used = connection.execute(
            "select space_id, user_id, sum(seat_seconds) / 3600 from core.core__seat_time "
            "where space_id in ('one-key', 'other-key') and seat_seconds > 0 group by all order by all"
        ).fetchall()

    assert used == [("one-key", "early", 8), ("other-key", "early", 8)]
