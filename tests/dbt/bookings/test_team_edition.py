"""What dbt makes of the same warehouse for the team: all that happened, and no word more than a sum."""

import hashlib
import shutil

import duckdb
import pytest

from stadtlabor.build import team_edition, transform

TRUTH = """
    select day_date, sum(seat_seconds) / 3600 from core.core__seat_time where kind = 'desk' group by day_date
    order by day_date
"""


@pytest.fixture(scope="module")
def team(released, tmp_path_factory):
    folder = tmp_path_factory.mktemp("team")
    warehouse, file = folder / "warehouse.duckdb", folder / "release-intern.duckdb"
    shutil.copy(released.warehouse, warehouse)
    shutil.copy(released.release, file)
    public = released.warehouse.parent / "target"
    result = transform.run_team(warehouse, file, folder / "target", public, folder / "between.duckdb")
    assert result.ok, result.failures
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table release_info as select 'public' as edition")
    before = hashlib.sha256(released.release.read_bytes()).hexdigest()
    team_edition.mark(file, released.release)
    assert hashlib.sha256(released.release.read_bytes()).hexdigest() == before
    return file


def rows(file, query):
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_every_day_is_told_as_it_was(released, team):
    told = rows(
        team, "select day, utilisation * available_seat_hours / 100 from space_days where utilisation > 0 order by day"
    )
    truth = rows(released.warehouse, TRUTH)

    assert [day for day, _ in told] == [day for day, _ in truth]
    assert [hours for _, hours in told] == pytest.approx([hours for _, hours in truth])


@pytest.mark.parametrize(
    "table", ["space_days", "space_weeks", "space_months", "space_profile", "space_kinds", "space_purposes",
              "space_levels", "space_stays", "space_lead_times"]
)  # fmt: skip
def test_nothing_of_a_space_is_hidden_and_what_the_public_edition_hides_is_marked(released, team, table):
    assert rows(team, f"select count(*) from {table} where sign = '.'") == [(0,)]
    hidden = released.rows(f"select count(*) from {table} where sign = '.'")
    assert rows(team, f"select count(*) from {table} where sign = 'intern'") >= hidden


def test_nobody_stands_in_it(released, team):
    people = rows(released.warehouse, "select distinct user_id from core.core__seat_time where user_id is not null")
    content = team.read_bytes()

    assert len(people) > 10
    assert [user for (user,) in people if user.encode() in content] == []
