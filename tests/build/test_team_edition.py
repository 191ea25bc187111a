"""The team's edition: whatever the public one does not say just like that is marked, and nothing else is."""

import duckdb
import pytest

from stadtlabor.base import contract
from stadtlabor.base.errors import BuildError
from stadtlabor.build import finish, team_edition

CONTRACT = finish.published_tables()
WEEK = {"space_id": "s", "week_start": "2022-09-05", "open_days": 5, "available_seat_hours": 100.0}
SPACE = {"space_id": "s", "town_id": "t", "desks": 7, "utilisation_sign": ".", "peak_concurrency": 3.0}


def written(path, **tables):
    with duckdb.connect(str(path)) as connection:
        for name, columns in CONTRACT.items():
            connection.execute(f"create table {name} ({contract.definition(columns)})")
            for row in tables.get(name, []):
                marks = ", ".join("?" for _ in row)
                connection.execute(f"insert into {name} ({', '.join(row)}) values ({marks})", list(row.values()))
    return path


def editions(folder, public, team):
    """The two files with the rows given, not yet marked."""
    info = {"release_info": [{"release_id": "r", "edition": "public"}]}
    return written(folder / "public.duckdb", **info, **public), written(folder / "team.duckdb", **info, **team)


def rows(path, query):
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_row_that_the_public_edition_hides_is_marked_and_no_other(tmp_path):
    shown = WEEK | {"week_start": "2022-09-12", "utilisation": 40.0, "sign": ""}
    public, team = editions(
        tmp_path,
        {"space_weeks": [WEEK | {"sign": "."}, shown, WEEK | {"week_start": "2022-09-19", "sign": "x"}]},
        {
            "space_weeks": [
                WEEK | {"utilisation": 12.5, "sign": ""}, shown, WEEK | {"week_start": "2022-09-19", "sign": "x"},
                WEEK | {"week_start": "2022-09-26", "utilisation": 1.0, "sign": "()"},
            ]
        },
    )  # fmt: skip

    team_edition.mark(team, public)
    team_edition.check(team, public)

    signs = rows(team, "select cast(week_start as varchar), sign from space_weeks order by week_start")
    assert signs == [("2022-09-05", "intern"), ("2022-09-12", ""), ("2022-09-19", "x"), ("2022-09-26", "intern")]
    assert rows(team, "select edition from release_info") == [("team",)]
    assert rows(public, "select edition from release_info") == [("public",)]


def test_of_a_row_with_many_values_those_that_are_hidden_are_named(tmp_path):
    public, team = editions(
        tmp_path,
        {"spaces": [SPACE]},
        {"spaces": [SPACE | {"utilisation": 12.5, "utilisation_sign": "", "price": 8.0}]},
    )

    team_edition.mark(team, public)

    assert rows(team, "select utilisation, utilisation_sign, peak_concurrency_sign, internal from spaces") == [
        (12.5, "intern", None, "utilisation, price")
    ]


def test_a_table_that_differs_and_cannot_say_so_stops_the_build(tmp_path):
    public, team = editions(tmp_path, {}, {"towns": [{"town_id": "t"}]})

    with pytest.raises(BuildError, match="edition of towns differs from the public one, and no column could say so"):
        team_edition.mark(team, public)


def test_a_value_without_its_mark_stops_the_build(tmp_path):
    public, team = editions(
        tmp_path,
        {"space_weeks": [WEEK | {"sign": "."}]},
        {"space_weeks": [WEEK | {"utilisation": 12.5, "sign": ""}]},
    )

    with pytest.raises(BuildError, match="edition of space_weeks shows values of its own without the mark"):
        team_edition.check(team, public)
