"""What the queries say of surveys: which asked, in which order, and why others have no value."""

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from dashboard.release import store
from dashboard.release import survey_queries as queries
from dashboard.release.share_differences import differences
from dashboard.words import survey_words
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
    rows = differences(shown, "coworking_interest_share", "total", None)

    assert rows.select("survey_a", "survey_b").rows() == [
        ("di-citizens", "dw-first"),
        ("di-citizens", "dw-again"),
        ("di-citizens", "wi-commuters"),
        ("dw-first", "dw-again"),
        ("dw-first", "wi-commuters"),
        ("dw-again", "wi-commuters"),
    ]
    assert differences(shown, "commute_minutes", "total", None).is_empty()


def test_the_interval_of_a_difference_is_newcombes(shown):
    counts = {row["survey_id"]: (row["numerator"], row["base_n"]) for row in _interest(shown).iter_rows(named=True)}
    for one in differences(shown, "coworking_interest_share", "total", None).iter_rows(named=True):
        expected = confint_proportions_2indep(*counts[one["survey_a"]], *counts[one["survey_b"]], method="newcomb")

        assert (one["low"], one["high"]) == pytest.approx([100 * end for end in expected])
        assert one["is_distinguishable"] == (not one["low"] <= 0 <= one["high"])


def test_newcombe_meets_the_published_example(warehouse):
    """Newcombe (1998), table II, 56/70 against 48/80: 0.0524 to 0.3339 by method 10."""
    shares = [
        survey_sample.share("coworking_interest_share", *one) for one in (("di-citizens", 56, 70), ("dw-first", 48, 80))
    ]
    sample.write_release(warehouse, **survey_sample.tables(indicator_values=shares))

    (found,) = differences(store.current(), "coworking_interest_share", "total", None).iter_rows(named=True)
    assert (round(found["low"], 2), round(found["high"], 2)) == (5.24, 33.39)


def test_of_many_surveys_only_those_of_one_town_are_set_against_each_other(shown, monkeypatch):
    monkeypatch.setattr(survey_words, "MOST_COMPARED", 3)
    rows = differences(shown, "coworking_interest_share", "total", None)

    assert rows.select("survey_a", "survey_b").rows() == [("dw-first", "dw-again")]
    assert survey_words.pair_words(rows, _interest(shown), "de")[-1] == (
        "Bei 4 Befragungen wird hier nur verglichen, was dieselbe Stadt mehrmals gefragt hat."
    )


def _interest(release):
    return queries.values(release, "coworking_interest_share")


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
