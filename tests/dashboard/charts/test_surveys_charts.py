"""Survey charts: what is hidden stays hidden and is seen to be, and the words say what is drawn."""

from typing import Any

import polars as pl
import pytest

from dashboard import charts
from dashboard.charts.surveys.around_middle import pieces
from dashboard.charts.surveys.likert import HUES, INKS
from dashboard.charts.theme import INKS as PAGE
from dashboard.release import store
from dashboard.release import survey_queries as queries
from dashboard.release.share_differences import differences
from dashboard.words import survey_words
from tests.dashboard.charts.test_charts import rows_of
from tests.dashboard.charts.test_palette import CONTRAST_OF_TEXT, contrast
from tests.dashboard.samples import sample, survey_sample


@pytest.fixture
def shown(warehouse):
    sample.write_release(warehouse, **survey_sample.tables())
    return store.current()


@pytest.fixture
def interest(shown):
    return queries.values(shown, "coworking_interest_share"), shown.indicator("coworking_interest_share", "de")


def test_the_dots_stand_in_the_towns_order_whatever_their_values(interest):
    values, indicator = interest

    drawn = rows_of(charts.survey_dots(values, indicator, "de", "light"))

    assert [row["name"] for row in drawn] == [
        "Dießen am Ammersee",
        "Dippoldiswalde",
        "Dippoldiswalde",
        "Wittenberge",
    ]
    assert [row["note"] for row in drawn] == [
        "n = 325 · Bürgerschaft 2022",
        "n = 226 · Bürgerschaft 2022",
        "n = 40 · Bürgerschaft 2023",
        "n = 263 · Pendelnde 2022",
    ]


def test_a_small_base_is_in_brackets_and_a_large_one_has_a_decimal(interest):
    values, indicator = interest

    labels = [row["label"] for row in rows_of(charts.survey_dots(values, indicator, "de", "light"))]

    assert labels == ["42,5\u202f%", "17,3\u202f%", "(30\u202f%)", "47,1\u202f%"]


@pytest.mark.parametrize(("base", "sign", "words"), [(16, "/", "weniger als 30 Antworten"), (72, ".", "verborgen")])
def test_a_row_without_a_value_has_its_sign_and_the_reason(shown, base, sign, words):
    rows = pl.DataFrame([survey_sample.share("coworking_interest_share", "di-citizens", None, base)])
    values = rows.join(queries.surveys(shown), left_on="sources", right_on="survey_id").rename({"sources": "survey_id"})

    drawn = rows_of(charts.survey_dots(values, shown.indicator("coworking_interest_share", "de"), "de", "light"))[0]

    assert (drawn["label"], drawn["value"], drawn["low"]) == (sign, None, None)
    assert words in drawn["aside"]


def test_three_surveys_are_named_with_words_for_their_shares(shown):
    values = queries.values(shown, "presence_not_required_share")

    said = survey_words.finding(values, shown.indicator("presence_not_required_share", "de"), "de")

    assert said == (
        "Anwesenheit nicht nötig: 45\u202f% in Dießen am Ammersee, rund drei Fünftel (60,7\u202f%) in Wittenberge"
    )


def test_more_surveys_are_told_from_lowest_to_highest(interest):
    values, indicator = interest

    assert survey_words.finding(values, indicator, "de") == (
        "Interesse: von 17,3\u202f% in Dippoldiswalde (Bürgerschaft 2022) bis 47,1\u202f% in Wittenberge"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (47.0, "knapp die Hälfte"),
        (50.0, "die Hälfte"),
        (53.0, "gut die Hälfte"),
        (34.0, "rund ein Drittel"),
        (66.0, "rund zwei Drittel"),
        (45.0, ""),
        (0.0, ""),
        (100.0, ""),
    ],
)
def test_a_share_has_a_word_only_where_one_is_near(value, words):
    assert survey_words.share_words(value, "de") == words


def test_pairs_are_told_apart_or_not_and_never_ranked(shown, interest):
    values, _ = interest
    pairs = differences(shown, "coworking_interest_share", "total", None)

    assert survey_words.pair_words(pairs, values, "de") == [
        "Nicht unterscheidbar: Dießen am Ammersee und Dippoldiswalde (Bürgerschaft 2023); Dießen am Ammersee und"
        " Wittenberge; Dippoldiswalde (Bürgerschaft 2022) und Dippoldiswalde (Bürgerschaft 2023)."
        " Der Abstand ist kleiner als die Unsicherheit.",
        "Unterscheidbar: Dießen am Ammersee und Dippoldiswalde (Bürgerschaft 2022)"
        " (Abstand zwischen 18 und 32 Prozentpunkten);"
        " Dippoldiswalde (Bürgerschaft 2022) und Wittenberge (Abstand zwischen 22 und 37 Prozentpunkten);"
        " Dippoldiswalde (Bürgerschaft 2023) und Wittenberge (Abstand zwischen 1 und 31 Prozentpunkten).",
    ]


def test_the_distance_of_a_pair_has_no_sign_of_its_own(shown):
    values = queries.values(shown, "presence_not_required_share")
    pairs = differences(shown, "presence_not_required_share", "total", None)

    assert "Abstand zwischen 6 und 25 Prozentpunkten" in survey_words.pair_words(pairs, values, "de")[0]


def test_two_surveys_of_one_town_in_one_year_have_their_month(shown):
    values = queries.values(shown, "coworking_interest_share").with_columns(
        period_from=pl.when(pl.col("survey_id") == "dw-again")
        .then(pl.date(2022, 11, 1))
        .otherwise(pl.col("period_from"))
    )

    names = survey_words.called(values, "de")

    assert names["dw-first"][0] == "Dippoldiswalde (Bürgerschaft Mai 2022)"
    assert names["dw-again"][0] == "Dippoldiswalde (Bürgerschaft November 2022)"
    assert names["di-citizens"] == ("Dießen am Ammersee", "Bürgerschaft 2022")


def test_the_text_alternative_tells_every_row(interest):
    values, indicator = interest

    said = survey_words.describe_values(values, indicator, "de")

    assert "Dießen am Ammersee 42,5\u202f% (zwischen 37\u202f% und 48\u202f%), n = 325" in said
    assert said.count("n = ") == 4


def test_a_scale_lies_around_the_middle_of_its_middle_answer():
    laid = pieces([("++", 10.0), ("+", 20.0), ("0", 40.0), ("-", 20.0), ("--", 10.0)])

    assert [(one.answer, one.start, one.end, one.place) for one in laid] == [
        ("--", -50.0, -40.0, 0),
        ("-", -40.0, -20.0, 1),
        ("0", -20.0, 20.0, 2),
        ("+", 20.0, 40.0, 3),
        ("++", 40.0, 50.0, 4),
    ]


def test_a_scale_without_a_middle_lies_around_the_step_between():
    laid = pieces([("ja", 50.0), ("eher ja", 20.0), ("eher nein", 20.0), ("nein", 10.0)])

    assert [(one.start, one.end, one.place) for one in laid] == [
        (-30.0, -20.0, 0),
        (-20.0, 0.0, 1),
        (0.0, 20.0, 3),
        (20.0, 70.0, 4),
    ]


def test_hidden_neighbours_are_one_piece_of_what_is_left():
    laid = pieces([("++", 40.0), ("+", 30.0), ("0", 20.0), ("-", None), ("--", None)])

    first = laid[0]
    assert (first.answer, first.place, first.start, first.end) == ("--, -", None, -20.0, -10.0)
    assert len(laid) == 4


def test_hidden_answers_apart_are_drawn_alike_so_that_neither_is_told():
    laid = pieces([("++", None), ("+", 30.0), ("0", 20.0), ("-", 20.0), ("--", None)])

    assert [one.share for one in laid if one.place is None] == [15.0, 15.0]


def test_the_bars_of_a_grid_never_carry_a_hidden_number(shown):
    counts = queries.counts(shown, "di-citizens", "town_satisfaction")

    drawn = rows_of(charts.likert(counts, "de", "light"))

    hidden = [row for row in drawn if row.get("is_hidden")]
    assert [row["label"] for row in hidden] == ["."]
    assert not any("3,6" in str(row.get("label", "")) for row in drawn), "12 of 333 is the sum that stays unsaid"
    assert [row["name"] for row in drawn if "name" in row] == ["Bus und Bahn", "Natur"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_numbers_can_be_read_upon_every_hue(theme):
    for hue, own in zip(HUES[theme], INKS[theme], strict=True):
        assert contrast(hue, own) >= CONTRAST_OF_TEXT
    assert contrast(HUES[theme][0], PAGE[theme].paper) >= 3
    assert contrast(HUES[theme][-1], PAGE[theme].paper) >= 3


def test_bars_of_answers_have_figures_and_the_hidden_none(shown):
    counts = queries.counts(shown, "di-citizens", "presence_required").with_columns(
        share=pl.when(pl.col("answer") == "never").then(None).otherwise(pl.col("share")),
        sign=pl.when(pl.col("answer") == "never").then(pl.lit(".")).otherwise(pl.lit("")),
    )

    drawn = rows_of(charts.answer_bars(counts, 1, "de", "light"))

    assert [(row["name"], row["label"], row["aside"]) for row in drawn] == [
        ("immer", "55,8\u202f%", ""),
        ("manchmal", "30,0\u202f%", ""),
        ("nie", ".", "verborgen, damit niemand zu erkennen ist"),
    ]
    assert drawn[2]["share"] is None


def test_the_curve_breaks_where_a_price_is_hidden(shown):
    drawn = rows_of(charts.demand_curve(queries.demand(shown, "willingness_to_pay"), "€ je Tag", "de", "light"))

    assert [row["price"] for row in drawn] == [5, 10, 12, 15, 20, 30]
    stretches = {row["price"]: row["stretch"] for row in drawn}
    assert stretches[5] == stretches[10] == stretches[12]
    assert stretches[30] != stretches[12]
    assert [row["share"] for row in drawn if row["price"] in (15, 20)] == [None, None]
    assert drawn[3]["said"] == "15\u202f€ je Tag: verborgen"


def test_the_figures_in_the_bars_of_a_grid_are_also_in_its_file(shown):
    drawn = charts.likert(queries.counts(shown, "di-citizens", "town_satisfaction"), "de", "light")

    picture = charts.svg(charts.sheet(drawn, "Title", "Subtitle", [])).decode("utf-8")

    assert ">39,2\u202f%<" in picture


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_survey_chart_can_be_drawn_as_a_file(shown, language):
    values, indicator = (
        queries.values(shown, "coworking_interest_share"),
        shown.indicator("coworking_interest_share", language),
    )
    drawn: list[Any] = [
        charts.survey_dots(values, indicator, language, "light"),
        charts.likert(queries.counts(shown, "di-citizens", "town_satisfaction"), language, "light"),
        charts.answer_bars(queries.counts(shown, "di-citizens", "coworking_wishes"), 1, language, "light"),
        charts.demand_curve(queries.demand(shown, "willingness_to_pay"), "€", language, "light"),
        charts.influences([("all", 0.0, 5.0, 12.0), ("one", 4.0, 5.0, 6.0)], 1, language, "light"),
    ]

    for chart in drawn:
        picture = charts.svg(charts.sheet(chart, "Title", "Subtitle", ["Foot"])).decode("utf-8")
        assert "Title" in picture
        assert "Foot" in picture
