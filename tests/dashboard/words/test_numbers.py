"""Numbers, dates and lists in both languages."""

from datetime import date, datetime, timedelta

import pytest

from dashboard import texts
from dashboard.words.numbers import Numbers

DE, EN = Numbers("de"), Numbers("en")


@pytest.mark.parametrize(
    ("numbers", "value", "unit", "decimals", "text"),
    [
        (DE, 1234.5, "", 1, "1.234,5"),
        (EN, 1234.5, "", 1, "1,234.5"),
        (DE, 52.04, "%", 0, "52\u202f%"),
        (EN, 52.04, "%", 0, "52%"),
        (DE, 6.87, "€ je m²", 2, "6,87\u202f€"),
        (EN, 6.87, "€ per m²", 2, "€6.87"),
        (EN, -6.87, "€", 2, "\u2212€6.87"),
        (DE, -141.13, "je 100", 1, "\u2212141,1"),
        (DE, -0.04, "%", 1, "0,0\u202f%"),
        (DE, 103.99, "km²", 2, "103,99\u202fkm²"),
        (DE, 19_469.0, "Personen", 0, "19.469"),
        (DE, 7.0, "Eurostat-Punkte", 0, "7"),
    ],
)
def test_a_quantity_is_written_as_its_language_writes_it(numbers, value, unit, decimals, text):
    assert numbers.quantity(value, unit, decimals) == text


@pytest.mark.parametrize(
    ("value", "sign", "text"),
    [
        (52.0, "", "52\u202f%"),
        (52.0, "()", "(52\u202f%)"),
        (None, "", "."),
        (None, ".", "."),
        (None, "-", "–"),
        (None, "...", "..."),
        (None, "/", "/"),
        (None, "x", "x"),
        (52.0, "/", "/"),
    ],
)
def test_a_sign_stands_where_the_value_is_missing_or_limited(value, sign, text):
    assert DE.published(value, sign, "%") == text


@pytest.mark.parametrize(
    ("value", "sign", "text"),
    [(1.94, "", "+1,9\u202f%"), (-69.3, "", "−69,3\u202f%"), (0.04, "", "0,0\u202f%"), (1.94, "()", "(+1,9\u202f%)")],
)
def test_a_balance_bears_its_sign_where_it_is_above_nothing_too(value, sign, text):
    assert DE.published(value, sign, "%", 1, is_balance=True) == text


def test_a_whole_unit_is_named_once():
    assert DE.measured(6.87, "€ je m²", 2) == "6,87\u202f€ je m²"
    assert DE.measured(10_596, "Personen") == "10.596 Personen"
    assert DE.measured(52, "%") == "52\u202f%"


def test_a_share_of_a_small_base_has_no_decimal():
    assert DE.decimals_for("share", 1, 199) == 0
    assert DE.decimals_for("share", 1, 200) == 1
    assert DE.decimals_for("share", 1, None) == 1
    assert DE.decimals_for("amount", 2, 50) == 2


def test_dates_and_periods():
    assert DE.date(date(2022, 6, 21)) == "21. Juni 2022"
    assert EN.date(date(2022, 6, 21)) == "21 June 2022"
    assert DE.period("2015-06-30") == "30. Juni 2015"
    assert DE.period("2015") == "2015"
    assert DE.period("2022-06-21/2022-06-21") == "21. Juni 2022"
    assert DE.period("2022-06-21/2022-12-21") == "21. Juni – 21. Dezember 2022"
    assert DE.period("2022-10-24/2022-10-29") == "24.–29. Oktober 2022"
    assert EN.period("2022-10-24/2022-10-29") == "24–29 October 2022"
    assert EN.period("2021-10-24/2022-10-29") == "24 October 2021 – 29 October 2022"
    assert DE.period(None) == ""
    assert DE.moment(datetime(2022, 6, 21, 14, 5)) == "21. Juni 2022, 14:05"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "heute"),
        (1, "vor 1 Tag"),
        (45, "vor 6 Wochen"),
        (200, "vor 6 Monaten"),
        (729, "vor 24 Monaten"),
        (1665, "vor 4 Jahren"),
    ],
)
def test_an_age_is_said_in_whole_steps_that_have_passed(days, said):
    today = date(2026, 11, 22)
    assert DE.ago(today - timedelta(days=days), today) == said


def test_lists():
    assert DE.listed(["Mölln"]) == "Mölln"
    assert DE.listed(["Dießen", "Mölln", "Wittenberge"]) == "Dießen, Mölln und Wittenberge"
    assert EN.listed(["Dießen", "Mölln"]) == "Dießen and Mölln"


@pytest.mark.parametrize(
    ("language", "value", "unit", "expected"),
    [
        ("de", 1, "Besuche", "1 Besuch"),
        ("de", 2, "Besuche", "2 Besuche"),
        ("de", 0, "Orte", "0 Orte"),
        ("en", 1, "venues", "1 venue"),
        ("de", 1, "€ je m²", "1\u202f€ je m²"),
    ],
)
def test_one_of_a_thing_is_said_in_the_singular(language, value, unit, expected):
    assert Numbers(language).measured(value, unit) == expected


def test_every_unit_of_several_has_its_singular():
    for language in ("de", "en"):
        say = texts.of(language)
        assert set(say.group("units_of_several")) == set(say.group("units_of_one"))
