"""The home-office gap on the page: from published quartiles to ranges, and the reader's own assumptions."""

from dataclasses import fields

import polars as pl
import pytest

from dashboard import texts
from dashboard.pages.surveys import gap, gap_inputs
from dashboard.parts.visit import Visit
from dashboard.release import store
from dashboard.words.numbers import Numbers
from stadtlabor.statistics.homeoffice import HomeOfficeGap
from tests.dashboard.conftest import words
from tests.dashboard.samples import sample, survey_sample


@pytest.fixture
def now(warehouse):
    sample.write_release(warehouse, **survey_sample.tables())
    return Visit("de", "light", texts.of("de"), Numbers("de"), store.current())


@pytest.fixture
def wittenberge(now):
    (found,) = gap_inputs.candidates(now)
    return found


def test_only_a_survey_with_everything_published_is_offered(wittenberge):
    assert (wittenberge.survey_id, wittenberge.out_commuters) == ("wi-commuters", 2707)


def test_a_town_without_official_commuters_is_not_offered(warehouse):
    tables = survey_sample.tables()
    tables["indicator_values"] = [
        row for row in tables["indicator_values"] if row["indicator_id"] != "out_commuter_share"
    ]
    sample.write_release(warehouse, **tables)
    now = Visit("de", "light", texts.of("de"), Numbers("de"), store.current())

    assert gap_inputs.candidates(now) == []


def quantiles(*values: float | None, base: int = 200) -> pl.DataFrame:
    rows = survey_sample.number("wi-commuters", "commute_km", survey_sample.quartiles(*values), base, "km")
    return pl.DataFrame(rows, schema_overrides={"value": pl.Float64})


@pytest.mark.parametrize("answers", [[1.0] * 200, [float(value) for value in range(200)], [0.0] * 150 + [60.0] * 50])
def test_the_mean_of_the_answers_lies_in_the_range_that_their_quartiles_allow(answers):
    frame = pl.Series(answers)
    at = [frame.quantile(part, "linear") for part in (0.25, 0.5, 0.75, 0.9)]

    found = gap_inputs.mean_of(quantiles(*at), largest=240.0)

    assert found.low <= frame.mean() <= found.high


def test_a_hidden_quartile_gives_no_mean_and_a_hidden_end_a_wider_one():
    assert gap_inputs.mean_of(quantiles(10, None, 30, 40), 240.0) is None
    known, hidden = (
        gap_inputs.mean_of(quantiles(10, 20, 30, 40), 240.0),
        gap_inputs.mean_of(quantiles(10, 20, 30, None), 240.0),
    )
    assert hidden.high > known.high


def test_the_sliders_start_where_the_published_ranges_end(wittenberge):
    for name, (low, high, _) in gap_inputs.BOUNDS.items():
        first = gap_inputs.first_span(name, wittenberge.ranges[name])
        assert low <= first[0] <= wittenberge.ranges[name].low
        assert wittenberge.ranges[name].high <= first[1] <= high


def test_leaving_the_sliders_alone_changes_nothing(wittenberge):
    untouched = {name: gap_inputs.first_span(name, given) for name, given in wittenberge.ranges.items()}

    assert gap.computed(wittenberge, untouched)[0] == gap.computed(wittenberge, {})[0]


def test_a_narrower_assumption_narrows_every_result_that_rests_on_it(wittenberge):
    wide, _ = gap.computed(wittenberge, {})
    narrow, _ = gap.computed(wittenberge, {"carries_over": (70, 80)})

    for one in fields(HomeOfficeGap):
        before, after = getattr(wide, one.name), getattr(narrow, one.name)
        assert before.low <= after.low <= after.high < before.high


def test_the_commuters_are_reckoned_by_hand(wittenberge):
    given = {"could_stay": (60, 60), "carries_over": (50, 50)}

    found, _ = gap.computed(wittenberge, given)

    assert (found.commuters.low, found.commuters.high) == pytest.approx((2707 * 0.3, 2707 * 0.3))


def test_one_part_alone_never_swings_more_than_all_together(wittenberge):
    whole, alone = gap.computed(wittenberge, {})

    assert set(alone) == set(gap_inputs.BOUNDS)
    for one in alone.values():
        assert whole.hours.low <= one.hours.low <= one.hours.high <= whole.hours.high


def test_the_pictures_name_tells_its_assumptions(wittenberge):
    spans = {"working_weeks": (41, 45), "possible_days": (1.5, 2.5), "carries_over": (50, 100)}

    name = gap_inputs.name_of(wittenberge, spans)

    assert name == "wi-commuters~working_weeks=41-45~possible_days=1,5-2,5"
    assert gap_inputs.spans_in(name) == {"working_weeks": (41, 45), "possible_days": (1.5, 2.5)}


def test_the_page_says_two_sentences_and_every_assumption(now, open_page):
    page = open_page("surveys", ansicht="gap")

    said = words(page)
    assert "Von 2.707 Menschen, die zur Arbeit aus Wittenberge fahren, könnten" in said
    assert "Das wären im Jahr" in said
    assert {slider.label for slider in page.slider} == set(texts.of("de").group("gap_inputs").values())
    assert texts.of("de").group("gap_reasons")["carries_over"] in said


def weeks_of(page):
    label = texts.of("de").group("gap_inputs")["working_weeks"]
    return next(slider for slider in page.slider if slider.label == label)


def test_an_assumption_stands_in_the_address_and_the_address_sets_it(now, open_page):
    page = open_page("surveys", ansicht="gap", wochen="41-45")
    assert weeks_of(page).value == (41, 45)

    weeks_of(page).set_value((42, 44)).run()

    assert page.query_params["wochen"] == "42-44"


@pytest.mark.parametrize("written", ["9-99", "45-41", "a-b", "41", "-5-3"])
def test_an_impossible_assumption_in_the_address_is_passed_over(now, open_page, written):
    page = open_page("surveys", ansicht="gap", wochen=written)

    assert not page.exception
    assert weeks_of(page).value == (40, 46)


def test_without_a_town_that_has_both_the_page_says_what_is_needed(warehouse, open_page):
    sample.write_release(warehouse, **survey_sample.tables(survey_numbers=[]))

    assert texts.of("de").gap_nothing in words(open_page("surveys", ansicht="gap"))
