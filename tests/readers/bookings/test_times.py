"""Times of booking tools: every form, clock changes, years left out; property-based against Python's own zones."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stadtlabor.values import times
from stadtlabor.values.day_order import both_orders, is_ambiguous
from stadtlabor.values.time_text import take_apart
from stadtlabor.values.times import Clock
from stadtlabor.values.words import amount, seconds
from tests.readers.bookings.export import BERLIN

JUNE = (2022, 6, 21)
EIGHT = 8 * 3600
TUESDAY = 2
WEEKDAYS_DE = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
MONTHS_DE = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
             "November", "Dezember"]  # fmt: skip
WEEKDAYS_EN = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


@pytest.mark.parametrize(
    ("text", "date", "weekday", "second", "offset"),
    [
        ("2022-06-21T08:00:00Z", JUNE, None, EIGHT, 0),
        ("2022-06-21 08:00", JUNE, None, EIGHT, None),
        ("2022-06-21T08:00+02:00", JUNE, None, EIGHT, 120),
        ("2022/06/21 08:00:00 +0000", JUNE, None, EIGHT, 0),
        ("2022-06-21T08:00:00-0330", JUNE, None, EIGHT, -210),
        ("20220621T080000Z", JUNE, None, EIGHT, 0),
        ("2022-06-21 08:00:00+02", JUNE, None, EIGHT, 120),
        ("2022-06-21T08:00:00-03", JUNE, None, EIGHT, -180),
        ("20220621", JUNE, None, None, None),
        ("21.06.2022 08:00", JUNE, None, EIGHT, None),
        ("21.6.22, 8:00 Uhr", JUNE, None, EIGHT, None),
        ("21.06.2022 8 Uhr", JUNE, None, EIGHT, None),
        ("Dienstag, 21. Juni 2022 um 08:00", JUNE, TUESDAY, EIGHT, None),
        ("08:00:00 - Dienstag 21 Juni 2022", JUNE, TUESDAY, EIGHT, None),
        ("08:00am - Tuesday 21 June 2022", JUNE, TUESDAY, EIGHT, None),
        ("Tuesday, June 21, 2022 at 8:00 AM", JUNE, TUESDAY, EIGHT, None),
        ("06/21/2022 8:00:00 AM", JUNE, None, EIGHT, None),
        ("Di 21.06.2022 24:00", JUNE, TUESDAY, 86_400, None),
        ("21.06.2022 08:00 MESZ", JUNE, None, EIGHT, 120),
        ("2022/06/21 8:00:00 AM OESZ", JUNE, None, EIGHT, 180),
        ("2022/06/21 8:00 AM GMT+2", JUNE, None, EIGHT, 120),
        ("2022-06-21 08:00 UTC-3:30", JUNE, None, EIGHT, -210),
        ("Sonnabend, 25. Juni 2022 08:00", (2022, 6, 25), 6, EIGHT, None),
        ("Tue, 6/21 8:00 AM", (None, 6, 21), TUESDAY, EIGHT, None),
        ("12:30 AM 2022-06-21", JUNE, None, 1800, None),
        ("2022-06-21 12:30 PM", JUNE, None, 45_000, None),
    ],
)
def test_forms_of_time(text, date, weekday, second, offset):
    assert take_apart(text) == (*date, weekday, second, offset)


@pytest.mark.parametrize(
    "text",
    [
        "", "08:00", "Juni 2022", "31.02.2022", "2022-13-01", "2022-06-21 25:00", "2022-06-21 08:60",
        "13:00 PM 2022-06-21", "21.06.2022 mittags", "2022-06-21 10:00-12:00", "2022-06-21 08:00 bis 10:00",
        "Montag, 21.06.2022 08:00",
        "1.2.3.4", "2022-06-21 08:00 Raum 5", "heute", "0 AM 2022-06-21", "2022-06-21 24:01",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none(text):
    assert take_apart(text) is None


def converted(texts, clock=None, zone="Europe/Berlin", is_end=False, near=None, years=()):
    cells = pl.Series("t", texts, dtype=pl.String)
    booked = pl.Series("n", [near] * len(texts), dtype=pl.Datetime("us"))
    found = times.with_years(times.parts(cells), booked, years)
    made = times.utc(found, pl.Series([zone] * len(texts)), clock or Clock(), is_end)
    return list(zip(made["utc"], made["fault"], strict=True))


def test_hours_that_come_twice_and_hours_that_do_not_come():
    set_back, set_forward = "2022-10-30 02:30", "2022-03-27 02:30"
    early, late = dt.datetime(2022, 10, 30, 0, 30), dt.datetime(2022, 10, 30, 1, 30)

    assert converted([set_back]) == [(early, None)]
    assert converted([set_back], Clock(ambiguous="later")) == [(late, None)]
    assert converted([set_back], Clock(ambiguous="quarantine")) == [(None, "time_ambiguous")]
    for ambiguous in ("earlier", "later", "quarantine"):
        assert converted([set_forward], Clock(ambiguous=ambiguous)) == [(None, "time_does_not_exist")]
    # With an offset, or in UTC, there is nothing to decide.
    assert converted(["2022-10-30T02:30:00+01:00"], Clock(ambiguous="quarantine")) == [(late, None)]
    assert converted([set_forward], Clock(rule="utc")) == [(dt.datetime(2022, 3, 27, 2, 30), None)]


def test_rules_for_times_without_an_offset():
    text = ["2022-06-21 08:00", "2022-06-21T08:00:00Z", "2022-06-21T08:00+05:00"]
    six, eight, three = (dt.datetime(2022, 6, 21, hour) for hour in (6, 8, 3))

    assert [moment for moment, _ in converted(text, Clock(rule="local"))] == [six, eight, three]
    assert [moment for moment, _ in converted(text, Clock(rule="utc"))] == [eight, eight, three]
    assert converted(text, Clock(rule="offset")) == [(None, "offset_missing"), (eight, None), (three, None)]


def test_whole_days_begin_and_end_at_local_midnight():
    assert converted(["2022-06-21"], Clock(rule="utc")) == [(dt.datetime(2022, 6, 20, 22), None)]
    assert converted(["2022-06-21"], Clock(end_day="inclusive"), is_end=True) == [(dt.datetime(2022, 6, 21, 22), None)]
    assert converted(["2022-06-21"], Clock(end_day="exclusive"), is_end=True) == [(dt.datetime(2022, 6, 20, 22), None)]


def test_years_left_out_are_found_by_weekday():
    booked = dt.datetime(2017, 4, 14)

    assert converted(["Sat, 9/30 9:00 AM"], near=booked) == [(dt.datetime(2017, 9, 30, 7), None)]
    # Booked in December for January.
    assert converted(["Mon, 1/1 9:00 AM"], near=dt.datetime(2017, 12, 20)) == [(dt.datetime(2018, 1, 1, 8), None)]
    assert converted(["Sat, 9/30 9:00 AM"], years=[2022, 2023]) == [(dt.datetime(2023, 9, 30, 7), None)]
    assert converted(["9/30 9:00 AM"], years=[2022]) == [(dt.datetime(2022, 9, 30, 7), None)]
    for text, years in (("9/30 9:00 AM", [2022, 2023]), ("Sat, 9/30 9:00 AM", [2022]), ("Sat, 9/30 9:00 AM", [])):
        assert converted([text], years=years) == [(None, "year_unknown")]


def test_the_order_of_day_and_month_is_that_of_the_column():
    by_day = pl.Series(["03/04/2022 10:00", "25/04/2022 10:00"])
    by_month = pl.Series(["03/04/2022 10:00", "04/25/2022 10:00"])

    assert times.parts(by_day)["month"].to_list() == [4, 4]
    assert times.parts(by_month)["month"].to_list() == [3, 4]
    assert is_ambiguous(by_day.head(1))
    assert not is_ambiguous(by_day)
    assert not is_ambiguous(pl.Series(["2022/03/04 10:00"]))
    assert not is_ambiguous(pl.Series(["04/04/2022 10:00"]))
    assert is_ambiguous(pl.Series(["03/04/2022 10:00", "n/a"]))
    assert both_orders(pl.concat([by_day, by_month])) == ("25/04/2022 10:00", "04/25/2022 10:00")
    assert times.parts(by_day.head(1), day_first=True)["month"].to_list() == [4]


def test_a_column_of_several_shapes_is_read_as_each_alone():
    texts = ["2022-06-21T08:00:00Z", "21.06.2022 08:00", "21/6/2022 8:00 AM", "44733,375", "mittags", None]
    column = pl.Series(texts, dtype=pl.String)
    alone = pl.concat(times.parts(column[place : place + 1], True) for place in range(len(texts)))

    assert times.parts(column, True).equals(alone)
    assert alone["second"].to_list() == [28800, 28800, 28800, 32400, None, None]


def test_a_column_of_nothing_names_no_time():
    nothing = times.parts(pl.Series([None, None], dtype=pl.String))

    assert nothing.height == nothing["month"].null_count() == 2
    for rule in ("local", "utc", "offset"):
        read = times.utc(nothing, pl.Series(["Europe/Berlin"] * 2), Clock(rule=rule))
        assert read.select("utc", "fault").rows() == [(None, "not_a_time")] * 2
        assert not read["is_ambiguous"].any()


def test_days_counted_by_a_sheet():
    assert converted(["44733.375", "44733,375", "44733"])[:2] == [(dt.datetime(2022, 6, 21, 7), None)] * 2
    assert converted(["44733"]) == [(dt.datetime(2022, 6, 20, 22), None)]
    assert converted(["7"]) == [(None, "not_a_time")]


MOMENTS = st.datetimes(dt.datetime(2015, 1, 1), dt.datetime(2035, 12, 31)).map(lambda one: one.replace(microsecond=0))
FORMS = {
    "iso": lambda one: one.strftime("%Y-%m-%d %H:%M:%S"),
    "iso T": lambda one: one.strftime("%Y-%m-%dT%H:%M:%S.000"),
    "german": lambda one: one.strftime("%d.%m.%Y %H:%M:%S"),
    "mrbs": lambda one: (
        f"{one:%H:%M:%S} - {WEEKDAYS_DE[one.weekday()]} {one.day:02} {MONTHS_DE[one.month - 1]} {one.year}"
    ),
    "spelt": lambda one: (
        f"{WEEKDAYS_DE[one.weekday()]}, {one.day}. {MONTHS_DE[one.month - 1]} {one.year} um {one:%H:%M:%S}"
    ),
    "american": lambda one: f"{WEEKDAYS_EN[one.weekday()]}, {one:%m/%d/%Y} {one:%I:%M:%S %p}",
    "compact": lambda one: one.strftime("%Y%m%dT%H%M%S"),
}


@given(MOMENTS, st.sampled_from(sorted(FORMS)), st.sampled_from(["earlier", "later"]))
@settings(max_examples=400, deadline=None)
def test_local_times_agree_with_pythons_zones_in_every_form(moment, form, ambiguous):
    """A time is what Python's zoneinfo says; one that does not come back from UTC does not exist."""
    local = moment.replace(tzinfo=BERLIN, fold=1 if ambiguous == "later" else 0)
    there = local.astimezone(dt.UTC)
    exists = there.astimezone(BERLIN).replace(tzinfo=None) == moment
    expected = (there.replace(tzinfo=None), None) if exists else (None, "time_does_not_exist")

    assert converted([FORMS[form](moment)], Clock(ambiguous=ambiguous)) == [expected]


@given(MOMENTS, st.integers(-14 * 60, 14 * 60))
@settings(max_examples=200, deadline=None)
def test_offsets_are_heeded_whatever_the_rule(moment, minutes):
    zone = dt.timezone(dt.timedelta(minutes=minutes))
    written = moment.replace(tzinfo=zone)
    expected = [(written.astimezone(dt.UTC).replace(tzinfo=None), None)]

    for rule in ("utc", "offset", "local"):
        assert converted([written.isoformat()], Clock(rule=rule)) == expected
        assert converted([written.strftime("%Y/%m/%d %H:%M:%S %z")], Clock(rule=rule)) == expected


@given(st.text(alphabet="0123456789.:-/TZ +Uhrampm,", max_size=24))
@settings(max_examples=300, deadline=None)
def test_no_text_brings_the_reading_down(text):
    (found,) = converted([text])

    assert (found[0] is None) == (found[1] is not None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4,5 Stunden", 16_200), ("1 Tag", 86_400), ("1 days 14 hours", 136_800), ("30 Minuten", 1800), ("1:30", 5400),
        ("PT1H30M", 5400), ("P1DT2H", 93_600), ("90 min", 5400), ("2 Std. 15 Min.", 8100), ("1.5 hours", 5400),
        ("3 Monate", None), ("lange", None), ("", None), ("5", None), ("P", None),
    ],
)  # fmt: skip
def test_lengths_of_time(text, expected):
    assert seconds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,50 €", ("12.50", "EUR")), ("12.0", ("12.0", None)), ("€ 7", ("7", "EUR")), ("1.234,50", ("1234.50", None)),
        ("1,234.50 EUR", ("1234.50", "EUR")), ("1.234", ("1234", None)), ("0", ("0", None)), ("frei", None),
    ],
)  # fmt: skip
def test_prices(text, expected):
    assert amount(text) == expected
