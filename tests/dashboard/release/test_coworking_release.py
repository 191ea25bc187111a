"""What the queries say of spaces: in which order, of which stretch of time, and whose value is whose."""

from datetime import date

import polars as pl
import pytest

from dashboard.release import space_queries as queries
from dashboard.release import store
from tests.dashboard.samples import booking_sample, sample


@pytest.fixture
def shown(warehouse):
    sample.write_release(warehouse, **booking_sample.tables())
    return store.current()


def test_spaces_stand_by_town_and_then_by_time_not_as_in_the_file(shown):
    assert queries.spaces(shown).get_column("space_id").to_list() == ["ed-night", "mo-day", "mo-hidden", "ow-popup"]


def test_days_weeks_and_hours_stand_in_their_order(shown):
    days = queries.days(shown, "ow-popup")

    assert days.get_column("day").is_sorted()
    assert (days.height, days["day"][0]) == (73, date(2022, 9, 19))
    assert queries.weeks(shown, "ow-popup").get_column("week_start").is_sorted()
    assert queries.profile(shown, "ow-popup").select("weekday", "hour").rows()[:2] == [(1, 9), (1, 10)]
    assert queries.lead_times(shown, "ow-popup").get_column("position").is_sorted()
    assert queries.purposes(shown, "ow-popup").get_column("purpose").to_list() == ["own_work", "meeting", "event"]
    assert queries.effects(shown, "ow-popup").get_column("comparison").to_list() == ["school_holidays", "after_summer"]


def test_a_month_knows_the_days_of_the_record_in_it(shown):
    months = queries.months(shown, "ow-popup").select("month", "begins", "ends").rows()

    assert months[0] == ("2022-09", date(2022, 9, 19), date(2022, 9, 30))
    assert months[-1] == ("2022-11", date(2022, 11, 1), date(2022, 11, 30))


def test_only_a_long_record_is_looked_at_year_by_year(shown):
    years = {row["space_id"]: queries.years(row) for row in queries.spaces(shown).iter_rows(named=True)}

    assert years == {"ed-night": ["2022", "2023"], "mo-day": [], "mo-hidden": [], "ow-popup": []}


def test_a_year_has_its_own_days_and_every_week_with_a_day_in_it(shown):
    assert queries.days(shown, "ed-night", "2022").height == 61
    assert queries.days(shown, "ed-night", "2023").height == 365
    assert queries.months(shown, "ed-night", "2023").height == 12
    assert queries.weeks(shown, "ed-night", "2022")["week_start"][-1] == date(2022, 12, 26)
    assert queries.weeks(shown, "ed-night", "2023")["week_start"][0] == date(2022, 12, 26)


def test_days_in_a_row_with_the_same_words_are_one_stretch(shown):
    days = queries.days(shown, "ow-popup")

    assert queries.runs(days, "school_holiday") == [
        (date(2022, 10, 24), date(2022, 10, 29), "Herbstferien"),
        (date(2022, 11, 16), date(2022, 11, 16), "Bettag"),
    ]
    assert queries.runs(days.filter(pl.col("day") != date(2022, 11, 22)), "closure") == [
        (date(2022, 11, 21), date(2022, 11, 21), "Wasserschaden"),
        (date(2022, 11, 23), date(2022, 11, 23), "Wasserschaden"),
    ]


def test_of_two_spaces_in_one_town_each_has_its_own_value(shown):
    rows = queries.values(shown, "utilisation").select("space_id", "value", "sign").rows()

    assert rows == [("ed-night", 16.0, ""), ("mo-day", 55.0, ""), ("mo-hidden", None, "."), ("ow-popup", 14.0, "")]


def test_a_value_of_a_whole_town_is_no_value_of_one_of_its_two_spaces(warehouse):
    whole = sample.value("utilisation", "moelln", "2023-03-31", 99.0, sources="mo-day-bookings")
    values = [*booking_sample.values([booking_sample.POP_UP]), whole]
    sample.write_release(warehouse, **booking_sample.tables(indicator_values=values))

    rows = queries.values(store.current(), "utilisation").select("space_id", "value").rows()

    assert rows == [("ed-night", None), ("mo-day", None), ("mo-hidden", None), ("ow-popup", 14.0)]


def test_a_space_without_a_row_has_no_value_that_can_be_told(shown):
    rows = queries.values(shown, "holiday_effect")

    assert set(rows.select("value", "sign").rows()) == {(None, "x")}


def test_only_measures_with_a_value_can_be_chosen(shown):
    assert [one.indicator_id for one in queries.indicators(shown, "de")] == ["utilisation", "booking_cancellation_rate"]


def test_towns_without_bookings_are_named_in_their_order(shown):
    assert queries.without_space(shown) == ["Dießen am Ammersee", "Dippoldiswalde", "Wittenberge"]


def test_statements_are_found_by_the_indicators_of_spaces_not_by_names_that_begin_alike(shown):
    assert queries.statements(shown).get_column("statement_id").to_list() == ["S13"]


def test_a_release_from_before_bookings_has_no_spaces(published):
    shown = store.current()

    assert queries.spaces(shown).is_empty()
    assert queries.indicators(shown, "de") == []
    assert queries.statements(shown).is_empty()
