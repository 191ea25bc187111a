"""The lab journal in the release: entries replaced, labelled, ordered; links that lead somewhere; S10 decided."""

import datetime as dt

import pytest

from stadtlabor.build import journal_check
from tests.dbt import building

WHENCE = {"source": "minutes", "row_origin": "delivered"}
LAB = {**WHENCE, "delivery_id": "report", "lab_id": "labor", "town_id": "wittenberge", "title_de": "Viele Wege"}
ACTIVITY = {**WHENCE, "delivery_id": "report", "lab_id": "labor", "town_id": "wittenberge", "kind": "workshop"}
LESSON = {
    **WHENCE, "delivery_id": "report", "lab_id": "labor", "town_id": "wittenberge", "theme": "spaces",
    "outcome": "partly", "again": "differently", "title_de": "Titel",
}  # fmt: skip


def dated(name, first, last=None, **more):
    return {**ACTIVITY, "activity_id": name, "title_de": name, "period_from": first, "period_to": last, **more}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return building.build(
        tmp_path_factory.mktemp("journal"),
        towns=[
            {},
            {"town_id": "wittenberge", "ags": "12070424", "name": "Wittenberge", "land": "Brandenburg", "slot": "5"},
        ],
        deliveries=[
            {"delivery_id": "report", "kind": "journal", "received": "2025-01-01"},
            {"delivery_id": "town", "kind": "journal", "received": "2026-01-01", "town_id": "wittenberge"},
            {"delivery_id": "sample", "kind": "journal", "received": "2025-06-01", "is_synthetic": "true"},
        ],
        labs=[
            LAB,
            {**LAB, "town_id": "moelln", "title_de": None, "title_en": "Theme week", "period_from": "2022-09-26"},
            {**LAB, "town_id": "elsewhere"},
        ],
        lab_phases=[
            {**WHENCE, "delivery_id": "report", "lab_id": "labor", "town_id": "wittenberge", "phase": phase,
             "is_estimated": "true", "note_de": "geschätzt"}
            for phase in ("transfer", "exploration", "consolidation")
        ],
        lab_activities=[
            dated("start", "2022-07-07", "2022-07-07"),
            dated("trial", "2023-01-01", "2023-01-31"),
            dated("end", "2023-06-15", delivery_id="sample", row_origin="synthetic"),
            dated("undated", None),
            dated("later", "2025-01-01", kind="idea"),
        ],
        learnings=[
            {**LESSON, "learning_id": "apples", "title_de": "alt", "position": "2"},
            {**LESSON, "learning_id": "apples", "title_de": "neu", "position": "2", "delivery_id": "town",
             "indicator_ids": "utilisation, no_such_thing , population,utilisation"},
            {**LESSON, "learning_id": "first", "position": "1", "again": None},
            {**LESSON, "learning_id": "apples", "town_id": None, "lab_id": None, "position": "1"},
            {**LESSON, "learning_id": "apples", "town_id": "moelln", "lab_id": "nowhere", "position": "9"},
        ],
    )  # fmt: skip


def test_everything_was_built_and_what_leads_nowhere_is_named(built):
    assert built.result.ok, built.result.failures
    warned = {one["name"]: one["failures"] for one in built.result.checks if one["status"] == "warn"}

    assert warned["every_indicator_a_lesson_names_exists"] == 1
    assert warned["every_activity_and_lesson_of_a_lab_finds_its_lab"] == 1


def test_a_town_outside_the_network_is_left_out_and_a_text_in_one_language_serves_both(built):
    assert built.rows("select lab_id, title_de, title_en, period_from from labs order by position") == [
        ("moelln.labor", "Theme week", "Theme week", dt.date(2022, 9, 26)),
        ("wittenberge.labor", "Viele Wege", "Viele Wege", None),
    ]


def test_phases_stand_in_their_order_with_their_labels(built):
    assert built.rows("select phase, phase_de, is_estimated from lab_phases") == [
        ("exploration", "Erkundung", True),
        ("consolidation", "Verdichtung", True),
        ("transfer", "Transfer", True),
    ]


def test_the_later_word_of_a_town_counts_and_shared_lessons_stand_last(built):
    assert built.rows("select learning_id, title_de, again, again_de, lab_id from learnings order by position") == [
        ("moelln.apples", "Titel", "differently", "wieder, aber anders", "moelln.nowhere"),
        ("wittenberge.first", "Titel", "unknown", "nicht bekannt", "wittenberge.labor"),
        ("wittenberge.apples", "neu", "differently", "wieder, aber anders", "wittenberge.labor"),
        ("shared.apples", "Titel", "differently", "wieder, aber anders", None),
    ]


def test_a_link_leads_to_an_indicator_that_exists_once(built):
    assert built.rows("select indicator_ids from learnings where learning_id = 'wittenberge.apples'") == [
        ("utilisation,population",)
    ]


def test_activities_stand_by_day_and_those_without_one_last(built):
    found = built.rows("select activity_id, kind_de, is_synthetic from lab_activities")

    assert [name for name, _, _ in found] == [
        f"wittenberge.{name}" for name in ("start", "trial", "end", "later", "undated")
    ]
    assert [synthetic for _, _, synthetic in found] == [False, False, True, False, False]


def test_a_lab_lasts_from_its_first_dated_activity_to_its_last_and_plans_do_not_count(built):
    assert (
        built.rows(
            "select period, value, base_n, is_synthetic from indicator_values "
            "where indicator_id = 'lab_months' and town_id = 'wittenberge' order by breakdown"
        )
        == [("2022-07-01/2023-06-30", 12.0, 3, True)] * 2
    )


def test_s10_is_decided_by_the_journal(built):
    assert built.rows("select verdict, indicator_ids, is_synthetic from statements where statement_id = 'S10'") == [
        ("agrees", "lab_months", True)
    ]


def test_the_build_names_what_leads_nowhere(built):
    assert journal_check.dangling_references(built.warehouse, built.release) == [
        "lessons name indicators that do not exist: wittenberge.apples → no_such_thing",
        "entries of the journal name labs that no delivery describes: moelln.nowhere",
    ]
