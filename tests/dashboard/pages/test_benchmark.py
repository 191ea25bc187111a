"""The benchmark: its selections, its sentences, its presentation and its files."""

import polars as pl
import pytest

from dashboard import texts
from dashboard.pages.benchmark import selection
from dashboard.pages.surveys.subject import Surveys
from dashboard.parts import subjects
from dashboard.parts.visit import Visit
from dashboard.words.numbers import Numbers
from tests.dashboard.conftest import words
from tests.dashboard.samples import sample, survey_sample

WORSE = ("besser", "schlechter", "Rang", "Platz", "Spitze", "Schlusslicht", "führt", "zurück")


@pytest.fixture
def surveyed(warehouse):
    sample.write_release(warehouse, **survey_sample.tables())
    return warehouse


@pytest.fixture
def visit(surveyed):
    from dashboard.release import store

    return Visit("de", "light", texts.of("de"), Numbers("de"), store.current())


def said(visit, indicator_id):
    indicator = visit.release.indicator(indicator_id, "de")
    return {one.town_id: one.sentences for one in selection.sentences_of_towns(indicator, visit)}


def test_one_of_each_theme_comes_first_and_themes_keep_their_order(visit):
    chosen = selection.chosen(selection.ACROSS, "", visit)

    themes = [one.theme for one in chosen]
    assert themes == list(selection.by_theme(visit))
    assert "survey_quality" not in themes
    # An indicator with a band is preferred within its theme.
    assert [one.indicator_id for one in chosen if one.theme == "housing"] == ["housing__rent"]


def test_a_theme_brings_all_its_indicators(visit):
    assert [one.indicator_id for one in selection.chosen("housing", "", visit)] == ["housing__rent", "housing__vacancy"]


def test_an_own_selection_keeps_its_order_and_leaves_out_what_is_unknown(visit):
    chosen = selection.chosen(selection.OWN, "housing__vacancy,unknown,commuting__out_share,housing__vacancy", visit)

    assert [one.indicator_id for one in chosen] == ["housing__vacancy", "commuting__out_share"]


def test_no_selection_has_more_than_the_most(visit, monkeypatch):
    monkeypatch.setattr(selection, "MOST", 5)
    everything = ",".join(one.indicator_id for of_theme in selection.by_theme(visit).values() for one in of_theme)
    assert len(everything.split(",")) > 5

    assert len(selection.chosen(selection.OWN, everything, visit)) == 5


def test_every_town_has_a_sentence_in_the_fixed_order(visit):
    for of_theme in selection.by_theme(visit).values():
        for indicator in of_theme:
            towns = selection.sentences_of_towns(indicator, visit)
            assert [one.town_id for one in towns] == sample.ORDER
            assert all(one.sentences for one in towns), indicator.indicator_id


def test_no_sentence_ranks(visit):
    everything = [
        sentence
        for of_theme in selection.by_theme(visit).values()
        for indicator in of_theme
        for one in selection.sentences_of_towns(indicator, visit)
        for sentence in one.sentences
    ]
    assert [one for one in everything if any(word in one for word in WORSE)] == []


def test_a_value_is_set_against_the_middle_half(visit):
    # The middle half of the sample reaches from 69.1 to 86.7 %.
    sentences = said(visit, "commuting__out_share")

    assert sentences["diessen"] == [
        "Stand 2015: 75,1\u202f%; das liegt im Bereich der mittleren Hälfte der Gemeinden dieser Größe."
    ]
    assert sentences["wittenberge"] == [
        "Stand 2015: 47,2\u202f%; das liegt unter der mittleren Hälfte der Gemeinden dieser Größe."
    ]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(60.0, 66.0, "unter der mittleren"), (60.0, 72.0, "nicht unterscheidbar"), (64.0, 90.0, "nicht unterscheidbar")],
)
def test_an_interval_over_the_edge_cannot_be_told_apart(warehouse, low, high, expected):
    from dashboard.release import store

    row = sample.value("commuting__out_share", "moelln", "2015-06-30", 65.0, interval_low=low, interval_high=high)
    sample.write_release(warehouse, indicator_values=[row])
    visit = Visit("de", "light", texts.of("de"), Numbers("de"), store.current())

    assert expected in said(visit, "commuting__out_share")["moelln"][0]


def test_a_hidden_value_and_one_never_delivered_are_told_apart(warehouse):
    from dashboard.release import store

    values = [
        sample.value("housing__rent", "moelln", "2022-05-15", 7.0),
        sample.value("housing__rent", "diessen", "2022-05-15", None),
    ]
    sample.write_release(warehouse, indicator_values=values)
    visit = Visit("de", "light", texts.of("de"), Numbers("de"), store.current())

    sentences = said(visit, "housing__rent")
    assert sentences["diessen"] == [texts.of("de").group("benchmark_missing")["."]]
    assert sentences["wittenberge"] == [texts.of("de").group("benchmark_missing")["not_delivered"]]


def test_a_survey_says_its_uncertainty_its_base_and_who_was_not_asked(visit):
    sentences = said(visit, "coworking_interest_share")

    assert "(Unsicherheit: 41 bis 53\u202f%), n = 263" in " ".join(sentences["wittenberge"])
    assert sentences["moelln"] == ["Keine Befragung."]
    remarks = Surveys().remarks(visit.release.indicator("coworking_interest_share", "de"), visit)
    assert remarks[0] == texts.of("de").benchmark_no_band


def test_what_is_not_counted_everywhere_at_once_shows_its_own_time(warehouse):
    from dashboard.release import store

    entry = {**sample.default_tables()["indicator_catalogue"][0], "indicator_id": "visits", "theme": "events"}
    values = [sample.value("visits", "moelln", "2023", 120.0), sample.value("visits", "wittenberge", "2022", 80.0)]
    sample.write_release(warehouse, indicator_catalogue=[entry], indicator_values=values, peer_bands=[])
    visit = Visit("de", "light", texts.of("de"), Numbers("de"), store.current())

    sentences = said(visit, "visits")
    assert sentences["moelln"][0].startswith("2023: 120")
    assert sentences["wittenberge"][0].startswith("2022: 80")
    assert sentences["diessen"] == [texts.of("de").group("benchmark_missing")["not_delivered"]]


def test_of_a_hidden_number_its_range_is_said_and_counts_for_the_headline(warehouse):
    from dashboard.release import store

    entry = {**sample.default_tables()["indicator_catalogue"][0], "indicator_id": "visits", "theme": "events"}
    hidden = {"sign": ".", "interval_low": 342.0, "interval_high": 372.0}
    values = [
        sample.value("visits", "moelln", "2023", 120.0, interval_low=120.0, interval_high=120.0),
        sample.value("visits", "wittenberge", "2022", None, **hidden),
    ]
    sample.write_release(warehouse, indicator_catalogue=[entry], indicator_values=values, peer_bands=[])
    visit = Visit("de", "light", texts.of("de"), Numbers("de"), store.current())

    sentences = said(visit, "visits")
    assert sentences["wittenberge"][0].startswith("2022: 342–372 Einwohner; genauer bleibt es verborgen")
    assert "Unsicherheit" not in sentences["moelln"][0]
    shown = subjects.of("events").picture(visit.release.indicator("visits", "de"), visit)
    assert shown.headline == "Einwohnerzahl: von 120 in Mölln bis 342–372 in Wittenberge"
    assert "Wittenberge 342–372 Einwohner" in shown.alt


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_shows_a_picture_and_sentences_for_each(surveyed, open_page, language):
    page = open_page("benchmark", thema="housing", sprache=language)

    assert not page.exception
    assert len(page.get("vega_lite_chart")) == 2
    assert words(page).count('<dl class="sl-said">') == 2


def test_the_own_selection_stands_in_the_address(surveyed, open_page):
    page = open_page("benchmark", thema="eigene", kennzahlen="housing__rent,commuting__balance")
    assert len(page.get("vega_lite_chart")) == 2

    group = next(one for one in page.button_group if one.label == texts.of("de").group("themes")["housing"])
    group.set_value(["housing__rent", "housing__vacancy"]).run()

    assert page.query_params["kennzahlen"] == "housing__rent,commuting__balance,housing__vacancy"
    assert len(page.get("vega_lite_chart")) == 3


def test_another_theme_forgets_the_own_selection(surveyed, open_page):
    page = open_page("benchmark", thema="eigene", kennzahlen="housing__rent")

    page.selectbox[0].set_value("housing").run()

    assert "kennzahlen" not in page.query_params


def test_a_benchmark_without_any_value_says_so(warehouse, open_page):
    sample.write_release(warehouse, indicator_values=[], peer_bands=[])

    page = open_page("benchmark")

    assert not page.exception
    assert texts.of("de").benchmark_empty in words(page)


def test_a_screen_shows_one_indicator_and_its_place(surveyed, open_page):
    page = open_page("benchmark", thema="housing", vorfuehrung="2")

    assert not page.exception
    assert len(page.get("vega_lite_chart")) == 1
    assert "2 von 2 · Wohnen" in words(page)
    assert [one.disabled for one in page.button] == [False, True, False]


@pytest.mark.parametrize("asked", ["", "0", "99", "-1", "zwei", "<b>"])
def test_a_screen_that_is_not_there_is_the_first(surveyed, open_page, asked):
    assert "1 von 2 · Wohnen" in words(open_page("benchmark", thema="housing", vorfuehrung=asked))


def test_turning_and_leaving(surveyed, open_page):
    page = open_page("benchmark", thema="housing")
    page.button(key="sl-present").click().run()
    assert page.query_params["vorfuehrung"] == "1"

    page.button(key="sl-next").click().run()
    assert page.query_params["vorfuehrung"] == "2"

    page.button(key="sl-leave").click().run()
    assert "vorfuehrung" not in page.query_params
    assert "<h1>Benchmark</h1>" in words(page)


def test_sample_data_are_marked_on_their_screen(surveyed, open_page):
    page = open_page("benchmark", thema="survey_coworking", vorfuehrung="1")

    assert texts.of("de").sample_strip_here in words(page)


def test_the_selection_comes_as_one_table(surveyed, fetched):
    table = fetched("benchmark/housing__rent~coworking_interest_share.csv").table

    assert table["Kennzahl"].n_unique() == 2
    assert table.filter(pl.col("Kennzahl") == "Nettokaltmiete")["Stadt"].to_list() == [
        sample.NAMES[town] for town in sample.ORDER
    ]
    marked = table.filter(pl.col("Kennzahl") != "Nettokaltmiete")["Beispieldaten"]
    assert set(marked) == {texts.of("de").sample_in_file}
    assert fetched("benchmark/housing__rent.xlsx").content.startswith(b"PK")


@pytest.mark.parametrize(
    "address", ["benchmark/unknown.csv", "benchmark/housing__rent.png", "neueste/housing__rent.svg"]
)
def test_a_file_that_is_not_there_is_said(surveyed, fetched, address):
    assert fetched(address).status_code == 404
