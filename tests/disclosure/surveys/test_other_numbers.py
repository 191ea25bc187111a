"""Numbers printed beside the tables, each in a variant that gave a hidden cell away."""

import duckdb
import polars as pl
import pytest

from stadtlabor.disclosure.surveys.attack import attack
from stadtlabor.disclosure.surveys.count_tables import TOTAL, Bound
from stadtlabor.disclosure.surveys.other_numbers import beside_hidden, bounds
from tests.disclosure.surveys.frames import table
from tests.disclosure.surveys.test_attack import EXACT, blank, printed, ranges_of

COLUMNS = {
    "release.surveys": "survey_id text, n_eff double, item_nonresponse double",
    "release.survey_questions": "survey_id text, question_id text, concept text, item text, asked bigint, "
    "answered bigint, item_nonresponse double",
    "release.survey_cells": "survey_id text, table_id text, question text, breakdown text, answer text, "
    "breakdown_value text, respondent_count bigint",
    "release.survey_counts": "survey_id text, table_id text, weighted_share double",
    "release.survey_numbers": "survey_id text, concept text, breakdown text, breakdown_value text, statistic text, "
    "value double, base_n bigint",
    "warehouse.staging.stg_landing__survey_margins": "survey_id text, concept_id text",
    "warehouse.core.core__survey_tables": "survey_id text, table_id text, concept_id text, item text, level text, "
    "breakdown text, breakdown_concept_id text",
    "warehouse.core.core__survey_breakdowns": "concept_id text, leaves_out_rare boolean",
    "warehouse.core.core__survey_offered": "survey_id text, concept_id text, code text",
    "warehouse.core.core__survey_nested": "survey_id text, inner_question text, outer_question text, outer_answer text",
    "warehouse.core.core__survey_item_nonresponse": "survey_id text, concept_id text, item text, asked_count bigint",
    "warehouse.core.core__survey_cells": "survey_id text, question text, breakdown text, answer text, "
    "respondent_count bigint",
    "warehouse.core.core__survey_recodes": "survey_id text, concept_id text, item text, to_concept_id text, "
    "to_level text, to_code text, from_minimum double, from_below double",
}
WEIGHTED_BY_AGE = {
    "warehouse.staging.stg_landing__survey_margins": [("s", "age"), ("s", "sex")],
    "warehouse.core.core__survey_tables": [
        ("s", "age/sex", "age", "", "", "sex", "sex"), ("s", "q/age", "q", "", "", "age", "age"),
    ],
}  # fmt: skip
LEAKS = {
    "n_eff of s": {
        **WEIGHTED_BY_AGE,
        "release.surveys": [("s", 231.6, None)],
        "release.survey_cells": [("s", "age/sex", "age", "sex", "old", "m", None)],
    },
    "weighted_share of q of s": {
        **WEIGHTED_BY_AGE,
        "release.survey_counts": [("s", "q", 40.0)],
        "release.survey_cells": [("s", "q/age", "q", "age", "a", "old", None)],
    },
    "asked of gender of s": {
        "warehouse.core.core__survey_breakdowns": [("gender", True)],
        "release.survey_questions": [("s", "gender", "gender", "", 100, 93, 5.0)],
    },
    "asked of sex of s": {
        "warehouse.core.core__survey_breakdowns": [("sex", True)],
        "release.survey_questions": [("s", "sex", "sex", "", 100, 95, 5.0)],
        "warehouse.core.core__survey_offered": [("s", "sex", "m"), ("s", "sex", "other")],
        "release.survey_cells": [("s", "sex", "sex", "total", "m", "total", 95)],
    },
    "item_nonresponse of s": {
        "release.surveys": [("s", None, 9.0)],
        "release.survey_questions": [("s", "q", "q", "", 100, 95, 5.0), ("s", "r", "r", "", None, 50, None)],
    },
}  # fmt: skip


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        for place in ("release", "warehouse"):
            connection.execute(f"attach ':memory:' as {place}")
        for schema in ("core", "staging"):
            connection.execute(f"create schema warehouse.{schema}")
        for name, columns in COLUMNS.items():
            connection.execute(f"create table {name} ({columns})")
        yield connection


def fill(connection: duckdb.DuckDBPyConnection, rows: dict[str, list[tuple]]) -> None:
    for name, values in rows.items():
        marks = ", ".join("?" * len(values[0]))
        connection.executemany(f"insert into {name} values ({marks})", values)


@pytest.mark.parametrize("leak", LEAKS)
def test_a_number_that_tells_of_a_hidden_one_is_found(connection, leak: str):
    assert beside_hidden(connection, 5) == []
    fill(connection, LEAKS[leak])

    assert beside_hidden(connection, 5) == [f"{leak} tells of what is hidden"]


def test_that_nobody_is_left_out_tells_nothing_where_every_answer_is_shown(connection):
    leak = LEAKS["asked of sex of s"]
    cells = [("s", "sex", "sex", "total", "m", "total", 89), ("s", "sex", "sex", "total", "other", "total", 6)]
    fill(connection, {**leak, "release.survey_cells": cells})

    assert beside_hidden(connection, 5) == []


def test_quantiles_and_how_many_were_asked_bound_counts(connection):
    """The 90th percentile of 100 is 30 minutes: at most 89 below the class it is in, at least 90 up to it."""
    edges = {"short": (0, 15), "middle": (15, 45), "long": (45, 1e9)}
    fill(
        connection,
        {
            "release.survey_numbers": [("s", "minutes", "total", None, "p90", 30.0, 100)],
            "warehouse.core.core__survey_recodes": [
                ("s", "minutes", "", "minutes", "classes", code, *limits) for code, limits in edges.items()
            ],
            "warehouse.core.core__survey_tables": [("s", "m", "minutes", "", "classes", "total", None)],
            "release.survey_cells": [("s", "m", "minutes@classes", "total", code, "total", None) for code in edges],
            "release.survey_questions": [("s", "minutes", "minutes", "", 110, 100, 10.0)],
            "warehouse.core.core__survey_nested": [
                ("s", "minutes", "commutes", answer) for answer in ("yes", "partly")
            ],
            "warehouse.core.core__survey_item_nonresponse": [("s", "minutes", "", 110)],
            "warehouse.core.core__survey_cells": [
                ("s", "commutes", "total", "yes", 60),
                ("s", "commutes", "total", "partly", 50),
            ],
        },
    )
    short, middle = ((("minutes@classes", code),) for code in ("short", "middle"))

    assert set(bounds(connection, "release")) == {
        Bound("s", ((("commutes", "partly"),), (("commutes", "yes"),)), 110, 110),
        Bound("s", ((("minutes", "base"),),), 0, 99),
        Bound("s", (short,), 0, 89),
        Bound("s", (middle, short), 90, 1_000_000),
    }


def test_bounds_narrow_what_is_hidden_until_they_are_an_old_releases():
    """P90 of 100 in the middle class, 85 in the short one: 10 or fewer are long. Those who were asked are known."""
    cells = pl.concat([table("m", {"short": 85, "middle": 8, "long": 7}), table("outer", {"yes": 90, "no": 60})])
    hidden = [("m:total", row, TOTAL) for row in ("middle", "long")] + [
        ("outer:total", r, TOTAL) for r in ("yes", "no")
    ]
    release, exact = blank(printed(cells), *hidden), EXACT
    short, middle = ((("m", row),) for row in ("short", "middle"))
    told = [Bound("s", (short, middle), 90, 1000), Bound("s", ((("outer", "yes"),),), 90, 90)]

    assert ranges_of(attack(release, exact))["long"] == (0, 15)
    assert ranges_of(attack(release, exact, printed=told)) == {
        "long": (0, 10), "middle": (5, 15), "yes": (90, 90), "no": (60, 60),
    }  # fmt: skip
    # The same numbers in both releases may have been kept, but say of the old one what they say.
    again = attack(release, exact, printed=told, previous=release, previous_printed=told)
    assert {finding.kind for finding in again.findings if finding.row == "yes"} == {"recoverable"}
