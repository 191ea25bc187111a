"""What of spaces leaves the warehouse: nothing that rests on a handful, nothing that follows from the rest."""

import dataclasses
import datetime as dt
import shutil

import duckdb
import polars as pl
import pytest

from stadtlabor.disclosure.spaces.audit import attack_spaces
from stadtlabor.disclosure.spaces.protection import protected
from stadtlabor.landing import previous_space_cells
from tests.dbt import building
from tests.dbt.bookings.half_year import HOLIDAYS, half_year
from tests.dbt.bookings.landing_rows import rows_of


def test_the_attack_finds_nothing(released):
    found = attack_spaces(released.release, released.warehouse)

    assert found.findings == []
    assert [row[0] for row in found.rows] == ["space_hours", "space_previous_release"]
    for _, tables, hidden, recoverable, narrowest, _ in found.rows:
        assert (tables, recoverable) == (11, 0)
        assert hidden > 50
        assert narrowest >= 1


def test_no_single_day_is_told(released):
    assert released.rows("select count(*) from space_days where utilisation is not null") == [(0,)]
    assert released.rows("select count(*) > 10 from space_weeks where sign = ''") == [(True,)]


# Which number of the warehouse a column of the release shows, and in which unit.
COLUMNS = {
    "space_weeks": ("week", "cast(week_start as varchar)", "booked_seat_hours", "truth.amount / 3600"),
    "space_months": ("month", "month", "booked_seat_hours", "truth.amount / 3600"),
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


def previous_of(built):
    """What a build leaves for the next one to be held against."""
    return {name: rows.to_dicts() for name, rows in previous_space_cells.read(built.warehouse).items()}


def test_bookings_that_come_later_take_nothing_back(made_up, tmp_path):
    """Half a year as it stood in the middle of November, then whole: both releases together tell nothing hidden."""
    until = [row for row in made_up.bookings if row["starts_at_utc"] < "2022-11-15"]
    folders = [tmp_path / name for name in ("before", "after")]
    for folder in folders:
        folder.mkdir()
    landed = rows_of([dataclasses.replace(made_up, bookings=until)])
    before = building.build(folders[0], holidays=HOLIDAYS, **landed)
    known = previous_of(before)
    after = building.build(folders[1], holidays=HOLIDAYS, **{**rows_of([made_up]), **known})

    assert attack_spaces(after.release, after.warehouse, before.release).findings == []
    told_weeks = "select week_start from space_weeks where sign = '' and week_start < date '2022-11-01'"
    assert set(before.rows(told_weeks)) <= set(after.rows(told_weeks))
    assert len(before.rows(told_weeks)) > 5


def test_one_booking_more_changes_nothing_that_is_told(made_up, released, tmp_path):
    """A user who was not there before comes once, in weeks that were not delivered: of two totals that would be all."""
    one = {**made_up.bookings[100], "booking_key": "new", "match_key": "new", "user_pseudonym": "somebody",
           "starts_at_utc": "2023-01-10T10:00:00Z", "ends_at_utc": "2023-01-10T12:00:00Z"}  # fmt: skip
    longer = made_up.manifest.period.model_copy(update={"last": dt.date(2023, 1, 31)})
    manifest = made_up.manifest.model_copy(update={"period": longer})
    more = dataclasses.replace(made_up, manifest=manifest, bookings=[*made_up.bookings, one])
    after = building.build(tmp_path, holidays=HOLIDAYS, **{**rows_of([more]), **previous_of(released)})

    assert after.result.ok, after.result.failures
    assert after.private("select distinct status from core.core__space_protection") == [("kept",)]
    assert after.private("select count(*) from core.core__space_use where used_desk_day_count > 0") == [(1,)]
    for table in ("space_weeks", "space_months", "space_levels", "space_kinds", "space_purposes", "space_lead_times",
                  "space_stays", "indicator_values"):  # fmt: skip
        # How many days it was open is no secret, and goes on.
        told = f"from {table} where sign = ''" + (" and indicator_id <> 'open_days'" if "indicator" in table else "")
        assert sorted(map(str, after.rows(told))) == sorted(map(str, released.rows(told))), table
    profile = "select weekday, part, round(sum(booked), 9) from space_profile group by all order by all"
    spaces = "select booked_seat_hours, utilisation, space_users, days_per_user from spaces"
    for query in (profile, spaces):
        assert after.rows(query) == released.rows(query)
    found = attack_spaces(after.release, after.warehouse, released.release)
    assert (found.findings, found.rows[1][5].endswith("1 spaces stay as the release before tells them")) == ([], True)
    with duckdb.connect(str(after.release)) as connection:
        connection.execute("update space_months set booked_seat_hours = booked_seat_hours + 1 where sign = ''")
    spoilt = attack_spaces(after.release, after.warehouse, released.release).findings
    assert any("is said to stay as it was told" in one for one in spoilt)


def test_a_week_that_tells_of_too_few_by_subtraction_is_caught(released, tmp_path):
    """All weeks and months as they are: what of a month lies in no week of its own follows."""
    spoilt = tmp_path / "release.duckdb"
    shutil.copy(released.release, spoilt)
    with duckdb.connect(str(spoilt)) as connection:
        connection.execute(f"attach '{released.warehouse}' as warehouse (read_only)")
        connection.execute(
            "update space_weeks set sign = '', booked_seat_hours = truth.amount / 3600 "
            "from warehouse.core.core__space_cells as truth where sign <> 'x' and truth.family = 'week' "
            "and truth.cell = cast(week_start as varchar)"
        )

    assert any("tells of too few people" in one for one in attack_spaces(spoilt, released.warehouse).findings)


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
    """One space as protection takes it: {user: seat-hours} of the Mondays of one month, each a week by itself."""
    amounts, people, limits = {}, {}, {}
    for number, (_, users) in enumerate(rows):
        day = str(dt.date(2022, 8, 1) + dt.timedelta(7 * number))
        for cell in (("total", ""), ("month", "2022-08"), ("week", day), ("segment", f"{day}/2022-08"), ("day", day)):
            amounts[cell] = amounts.get(cell, 0) + int(3600 * sum(users.values()))
            limits[cell] = limits.get(cell, 0) + 3600 * 1000
            for user, hours in users.items():
                people[(*cell, user)] = people.get((*cell, user), 0) + int(hours * 3600)

    def few(cell):
        return len([key for key in people if key[:2] == cell and key[2]]) < 5

    cells = [("s", *cell, amount, "few_contributors" if few(cell) else None, limits[cell])
             for cell, amount in amounts.items()]  # fmt: skip
    contributions = [("s", *key, amount) for key, amount in people.items()]
    return (
        pl.DataFrame(cells, schema=NUMBERS, orient="row"),
        pl.DataFrame(contributions, schema=["space_id", "family", "cell", "user_id", "amount"], orient="row"),
    )


def statuses(*rows, known=()):
    weeks = {str(dt.date(2022, 8, 1) + dt.timedelta(7 * n)): name for n, (name, _) in enumerate(rows)}
    previous = pl.DataFrame(
        [("s", "week", week) for week, name in weeks.items() if name in known],
        schema=dict.fromkeys(("space_id", "family", "cell"), pl.String),
        orient="row",
    )
    decided = protected(*numbers(*rows), previous)
    return {weeks[cell]: status for _, family, cell, status in decided.iter_rows() if family == "week"}


MANY = {f"user-{n}": 10 for n in range(8)}


def test_one_hidden_week_gets_company_of_the_least_used():
    assert statuses(("mon", {"a": 5}), ("tue", MANY | {"x": 9}), ("wed", MANY)) == {
        "mon": "primary", "tue": "published", "wed": "secondary",
    }  # fmt: skip


def test_what_was_told_before_is_told_again():
    """Without the older release the less used Wednesday would go; with both, Monday would follow."""
    days = (("mon", {"a": 5}), ("tue", MANY | {"x": 9}), ("wed", MANY))

    assert statuses(*days, known=["wed"]) == {"mon": "primary", "tue": "secondary", "wed": "published"}


def test_two_hidden_weeks_of_different_people_are_company_for_each_other():
    first, second = ({f"{day}-{n}": 10 for n in range(3)} for day in ("mon", "tue"))

    assert statuses(("mon", first), ("tue", second), ("wed", MANY)) == {
        "mon": "primary", "tue": "primary", "wed": "published",
    }  # fmt: skip


def test_two_hidden_weeks_of_the_same_people_are_none():
    few = {f"user-{n}": 10 for n in range(3)}

    assert statuses(("mon", few), ("tue", few), ("wed", MANY))["wed"] == "secondary"


def test_the_unnamed_are_no_company():
    """Three unnamed bookings may be of one of the named: four persons and they are still too few."""
    first, second = {"a": 10, "b": 10, "": 10}, {"c": 10, "d": 10, "": 20}

    assert statuses(("mon", first), ("tue", second), ("wed", MANY))["wed"] == "secondary"


def test_a_hidden_week_is_not_told_to_within_an_hour():
    """Six people are company enough, but all they stayed was six tenths of an hour: each day lies in between."""
    first, second = ({f"{day}-{n}": 0.1 for n in range(3)} for day in ("mon", "tue"))

    assert statuses(("mon", first), ("tue", second), ("wed", MANY), ("thu", MANY | {"x": 2})) == {
        "mon": "primary", "tue": "primary", "wed": "secondary", "thu": "published",
    }  # fmt: skip


def test_where_nothing_needs_hiding_all_is_published():
    assert set(statuses(("mon", MANY), ("tue", MANY)).values()) == {"published"}
