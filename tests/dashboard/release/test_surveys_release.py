"""What the queries say of surveys: which asked, in which order, and why others have no value."""

import pytest

from dashboard.release import store
from dashboard.release import survey_queries as queries
from tests.dashboard.samples import sample, survey_sample


@pytest.fixture
def shown(warehouse):
    sample.write_release(warehouse, **survey_sample.tables())
    return store.current()


def test_surveys_stand_by_town_and_then_by_time_not_as_in_the_file(shown):
    assert queries.surveys(shown).get_column("survey_id").to_list() == [
        "di-citizens",
        "dw-first",
        "dw-again",
        "wi-commuters",
        "wi-users",
    ]


def test_themes_are_those_with_an_answer_and_never_the_surveys_quality(shown):
    assert queries.themes(shown) == ["survey_work", "survey_commuting", "survey_coworking"]


def test_a_town_without_a_survey_has_no_row_among_the_values(shown):
    rows = queries.values(shown, "presence_not_required_share")

    assert rows.get_column("survey_id").to_list() == ["di-citizens", "wi-commuters"]


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (("moelln", None), "no_survey"),
        (("oestrich-winkel", None), "no_survey"),
        (("dippoldiswalde", "dw-first"), "hidden"),
    ],
)
def test_who_has_no_value_is_named_with_the_reason(shown, who, reason):
    rows = queries.not_asked(shown, "presence_not_required_share")

    assert {(row["town_id"], row["survey_id"]): row["reason"] for row in rows.iter_rows(named=True)}[who] == reason


def test_asked_of_others_is_not_the_same_as_not_asked(warehouse):
    asked = {"survey_id": "wi-users", "concept": "coworking_interest", "item": "", "sign": "", "scale": "single"}
    questions = [*survey_sample.questions(), asked]
    sample.write_release(warehouse, **survey_sample.tables(survey_questions=questions))

    rows = queries.not_asked(store.current(), "coworking_interest_share")

    reasons = {(row["town_id"], row["survey_id"]): row["reason"] for row in rows.iter_rows(named=True)}
    assert reasons[("wittenberge", "wi-users")] == "asked_differently"
    assert reasons[("moelln", None)] == "no_survey"


def test_a_town_whose_surveys_asked_other_things_did_not_ask(shown):
    rows = queries.not_asked(shown, "wishes_share")

    reasons = {row["town_id"]: row["reason"] for row in rows.iter_rows(named=True)}
    assert reasons == {
        "dippoldiswalde": "not_asked",
        "moelln": "no_survey",
        "oestrich-winkel": "no_survey",
    }


def test_answers_stand_in_the_dictionarys_order_with_its_words(shown):
    rows = queries.values(shown, "wishes_share", "item").filter(survey_id="di-citizens")

    assert rows.select("code", "label_de", "label_en").rows() == [
        ("internet", "schnelles Internet", "fast internet"),
        ("coffee", "Kaffee", "coffee"),
    ]


def test_an_indicators_own_ways_come_before_the_groups(shown):
    assert queries.breakdowns(shown, "coworking_interest_share") == ["total", "age_group"]
    assert queries.breakdowns(shown, "commute_minutes") == ["total", "statistic"]


def test_quartiles_stand_beside_the_median(shown):
    assert queries.quartiles(shown, "commute_minutes").rows() == [("di-citizens", 40.0, 60.0, 70.0)]
    assert queries.quartiles(shown, "wishes_share").is_empty()


def test_pairs_follow_the_order_of_the_surveys(shown):
    rows = queries.differences(shown, "coworking_interest_share", "total", None)

    assert rows.select("survey_a", "survey_b").rows() == [
        ("di-citizens", "dw-first"),
        ("di-citizens", "wi-commuters"),
    ]


def test_the_rows_of_a_grid_are_one_question(shown):
    rows = queries.questions(shown, "di-citizens")

    assert rows.get_column("concept").to_list().count("town_satisfaction") == 1
    assert rows.row(0, named=True) | {"asked": 371, "answered": 333} == rows.row(0, named=True)


def test_a_code_without_words_is_shown_as_it_is(shown):
    assert queries.words(shown, "age_group", "answer", "en", "young") == "under 45"
    assert queries.words(shown, "age_group", "answer", "en", "unheard_of") == "unheard_of"
    assert queries.words(shown, "unheard_of", "concept", "de") == "unheard_of"


def test_the_audit_counts_what_is_hidden_once_and_what_is_recoverable_always(warehouse):
    found = [survey_sample.audit("small_counts"), survey_sample.audit("linked_tables", recoverable_cells=3)]
    sample.write_release(warehouse, **survey_sample.tables(disclosure_audit=found))

    assert queries.disclosure(store.current()) == {"hidden": 2078, "recoverable": 3, "tables": 348}


def test_without_an_audit_there_is_nothing_to_say(published):
    assert queries.disclosure(store.current()) is None
