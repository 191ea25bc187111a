"""What of spaces leaves the warehouse: nothing that rests on a handful, nothing that follows from the rest."""

import dataclasses
import shutil

import duckdb
import polars as pl
import pytest

from stadtlabor.disclosure.spaces.audit import attack_spaces
from stadtlabor.disclosure.spaces.protection import protected
from stadtlabor.landing.previous_space_cells import published_cells
from tests.dbt import building
from tests.dbt.bookings.half_year import HOLIDAYS, half_year
from tests.dbt.bookings.landing_rows import rows_of

USERS_PER_DAY = """
    select day_date, count(distinct user_id) as users, sum(seat_seconds) as total,
        max(mine) as largest
    from (
        select day_date, user_id, sum(seat_seconds) as seat_seconds, sum(sum(seat_seconds))
            over (partition by day_date, user_id) as mine
        from core.core__seat_time where kind = 'desk' group by day_date, user_id
    )
    group by day_date
"""


def test_the_attack_finds_nothing(released):
    found = attack_spaces(released.release, released.warehouse)

    assert found.findings == []
    assert [row[0] for row in found.rows] == ["space_hours", "space_previous_release"]
    for _, tables, hidden, recoverable, narrowest, _ in found.rows:
        assert (tables, recoverable) == (11, 0)
        assert hidden > 50
        assert narrowest >= 1


def test_no_day_with_fewer_than_five_users_or_a_dominant_one_is_told(released):
    with duckdb.connect(str(released.warehouse), read_only=True) as connection:
        days = {day: (users, total, largest) for day, users, total, largest in connection.execute(
            USERS_PER_DAY).fetchall()}  # fmt: skip
    told = [day for (day,) in released.rows("select day from space_days where utilisation is not null")]

    assert len(told) > 20
    for day in told:
        users, total, largest = days[day]
        assert users >= 5
        assert largest <= total / 2


# Which number of the warehouse a column of the release shows, and in which unit.
COLUMNS = {
    "space_days": ("day", "cast(day as varchar)", "utilisation", "100 * truth.amount / truth.available_seat_seconds"),
    "space_weeks": ("week", "cast(week_start as varchar)", "booked_seat_hours", "truth.amount / 3600"),
    "space_profile": ("profile", "weekday || '-' || hour", "booked", "truth.amount / 3600"),
    "space_levels": ("level", "desks || '-' || in_use", "open_hours", "truth.amount / 3600 / in_use"),
}


def all_but_one_told(released, folder, table):
    """A release in which every number of a table stands as it is but one, which is hidden."""
    family, cell, column, amount = COLUMNS[table]
    spoilt = folder / "release.duckdb"
    shutil.copy(released.release, spoilt)
    with duckdb.connect(str(spoilt)) as connection:
        connection.execute(f"attach '{released.warehouse}' as warehouse (read_only)")
        connection.execute(
            f"update {table} set sign = '', {column} = {amount} from warehouse.core.core__space_cells as truth "
            f"where sign <> 'x' and truth.family = '{family}' and truth.cell = {cell}"
        )
        connection.execute(
            f"update {table} set sign = '.', {column} = null "
            f"where rowid = (select min(rowid) from {table} where sign <> 'x')"
        )
    return spoilt


@pytest.mark.parametrize("table", COLUMNS)
def test_a_release_that_tells_one_number_too_many_is_caught(released, tmp_path, table):
    """All but one number of a kind are told: that one follows from the whole."""
    findings = attack_spaces(all_but_one_told(released, tmp_path, table), released.warehouse).findings

    assert any("follows from what is printed" in finding for finding in findings)


@pytest.mark.parametrize("table", COLUMNS)
def test_what_the_serving_release_tells_is_not_told_any_less(released, tmp_path, table):
    """The release hides what it must; the one before told all but one of a table, and nobody forgets that."""
    before = all_but_one_told(released, tmp_path, table)
    is_hiding = released.rows(f"select count(*) > 0 from {table} where sign = '.'") == [(True,)]

    found = attack_spaces(released.release, released.warehouse, before)

    assert found.rows[0][3] == 0
    assert (found.rows[1][3] > 0) == is_hiding
    assert bool(found.findings) == is_hiding


def test_bookings_that_come_later_take_nothing_back(made_up, tmp_path):
    """Half a year as it stood in the middle of November, then whole: both releases together tell nothing hidden."""
    until = [row for row in made_up.bookings if row["starts_at_utc"] < "2022-11-15"]
    folders = [tmp_path / name for name in ("before", "after")]
    for folder in folders:
        folder.mkdir()
    landed = rows_of([dataclasses.replace(made_up, bookings=until)])
    before = building.build(folders[0], holidays=HOLIDAYS, **landed)
    known = {"previous_space_cells": published_cells(before.release).to_dicts()}
    after = building.build(folders[1], holidays=HOLIDAYS, **{**rows_of([made_up]), **known})

    assert attack_spaces(after.release, after.warehouse, before.release).findings == []
    told_days = "select day from space_days where sign = '' and day < date '2022-11-01'"
    assert set(before.rows(told_days)) <= set(after.rows(told_days))
    assert len(before.rows(told_days)) > 20


def test_a_number_that_bounds_alone_tell_is_caught(released, tmp_path):
    """A week in which all was booked tells of each of its days, hidden or not."""
    spoilt = tmp_path / "release.duckdb"
    shutil.copy(released.release, spoilt)
    with duckdb.connect(str(spoilt)) as connection:
        connection.execute(
            "update space_weeks set booked_seat_hours = available_seat_hours where sign = '' and week_start = ("
            "select date_trunc('week', day) from space_days where sign = '.' and date_trunc('week', day) in "
            "(select week_start from space_weeks where sign = '') order by day limit 1)"
        )

    assert attack_spaces(spoilt, released.warehouse).findings


def test_a_day_told_of_too_few_people_is_caught(released, tmp_path):
    spoilt = tmp_path / "release.duckdb"
    shutil.copy(released.release, spoilt)
    with duckdb.connect(str(spoilt)) as connection:
        connection.execute("update space_days set utilisation = 1 where sign = '.'")

    assert any("fewer than five people" in one for one in attack_spaces(spoilt, released.warehouse).findings)


@pytest.fixture(scope="module")
def of_one_person(tmp_path_factory):
    """One person books more than half of all time; a handful of others fill the rest."""
    world = half_year(seed=3, demand=0.3, users=12)
    rows = [{**row, "user_pseudonym": "user-0"} if number % 3 else row for number, row in enumerate(world.bookings)]
    spoilt = dataclasses.replace(world, bookings=rows)
    built = building.build(tmp_path_factory.mktemp("one"), holidays=HOLIDAYS, **rows_of([spoilt]))
    assert built.result.ok, built.result.failures
    return built


@pytest.mark.parametrize(
    "table", ["space_weeks", "space_months", "space_days", "space_profile", "space_kinds", "space_purposes",
              "space_lead_times", "space_stays", "space_levels", "space_holiday_effect"],
)  # fmt: skip
def test_of_a_space_that_one_person_fills_nothing_is_told(of_one_person, table):
    assert of_one_person.rows(f"select count(*) from {table} where sign not in ('.', 'x')") == [(0,)]
    assert of_one_person.rows(f"select count(*) > 0 from {table}") == [(True,)]


def test_what_is_public_of_it_stays_public(of_one_person):
    assert of_one_person.rows("select desks, desk_days, available_seat_hours, booked_seat_hours from spaces") == [
        (7, 917, 7336, None)
    ]
    assert of_one_person.rows(
        "select indicator_id from indicator_values inner join indicator_catalogue using (indicator_id) "
        "where theme = 'coworking' and value is not null order by 1"
    ) == [("available_seat_hours",), ("desks",), ("highest_price",), ("open_days",)]


NUMBERS = {
    "space_id": pl.String, "family": pl.String, "cell": pl.String, "amount": pl.Int64, "reason": pl.String,
    "available_seat_seconds": pl.Int64,
}  # fmt: skip


def numbers(*rows):
    """One space's days as protection takes them: (day, {user: seat-hours}), all days of one week."""
    rows = [(day, {user: int(hours * 3600) for user, hours in users.items()}) for day, users in rows]
    total = sum(sum(users.values()) for _, users in rows)
    cells, contributions, members = [("s", "total", "", total, None, 3600 * 1000)], [], []
    whole = {}
    for day, users in rows:
        reason = "few_contributors" if len([user for user in users if user]) < 5 else None
        cells.append(("s", "day", day, sum(users.values()), reason, None))
        contributions += [("s", "day", day, user, amount) for user, amount in users.items()]
        members += [("s", "day", day, day, 1), ("s", "total", "", day, 1)]
        for user, amount in users.items():
            whole[user] = whole.get(user, 0) + amount
    contributions += [("s", "total", "", user, amount) for user, amount in whole.items()]
    lines = [("s", "week", "day", day) for day, _ in rows]
    return (
        pl.DataFrame(cells, schema=NUMBERS, orient="row"),
        pl.DataFrame(lines, schema=["space_id", "line", "family", "cell"], orient="row"),
        pl.DataFrame(contributions, schema=["space_id", "family", "cell", "user_id", "amount"], orient="row"),
        pl.DataFrame(members, schema=["space_id", "family", "cell", "atom", "factor"], orient="row"),
    )


def statuses(*rows, known=()):
    previous = pl.DataFrame(
        [("s", "day", day) for day in known],
        schema=dict.fromkeys(("space_id", "family", "cell"), pl.String),
        orient="row",
    )
    decided = protected(*numbers(*rows), previous)
    return {cell: status for _, family, cell, status in decided.iter_rows() if family == "day"}


MANY = {f"user-{n}": 10 for n in range(8)}


def test_one_hidden_day_gets_company_of_the_least_used():
    assert statuses(("mon", {"a": 5}), ("tue", MANY | {"x": 9}), ("wed", MANY)) == {
        "mon": "primary", "tue": "published", "wed": "secondary",
    }  # fmt: skip


def test_what_was_told_before_is_told_again():
    """Without the older release the less used Wednesday would go; with both, Monday would follow."""
    days = (("mon", {"a": 5}), ("tue", MANY | {"x": 9}), ("wed", MANY))

    assert statuses(*days, known=["wed"]) == {"mon": "primary", "tue": "secondary", "wed": "published"}


def test_two_hidden_days_of_different_people_are_company_for_each_other():
    first, second = ({f"{day}-{n}": 10 for n in range(3)} for day in ("mon", "tue"))

    assert statuses(("mon", first), ("tue", second), ("wed", MANY)) == {
        "mon": "primary", "tue": "primary", "wed": "published",
    }  # fmt: skip


def test_two_hidden_days_of_the_same_people_are_none():
    few = {f"user-{n}": 10 for n in range(3)}

    assert statuses(("mon", few), ("tue", few), ("wed", MANY))["wed"] == "secondary"


def test_the_unnamed_are_no_company():
    """Three unnamed bookings may be of one of the named: four persons and they are still too few."""
    first, second = {"a": 10, "b": 10, "": 10}, {"c": 10, "d": 10, "": 20}

    assert statuses(("mon", first), ("tue", second), ("wed", MANY))["wed"] == "secondary"


def test_a_hidden_day_is_not_told_to_within_an_hour():
    """Six people are company enough, but all they stayed was six tenths of an hour: each day lies in between."""
    first, second = ({f"{day}-{n}": 0.1 for n in range(3)} for day in ("mon", "tue"))

    assert statuses(("mon", first), ("tue", second), ("wed", MANY), ("thu", MANY | {"x": 2})) == {
        "mon": "primary", "tue": "primary", "wed": "secondary", "thu": "published",
    }  # fmt: skip


def test_where_nothing_needs_hiding_all_is_published():
    assert set(statuses(("mon", MANY), ("tue", MANY)).values()) == {"published"}
