"""Each expectation on bookings, broken once; one booking in two files, in two tools' exports, on another desk."""

import polars as pl
import pytest

from expectations.gate import run
from expectations.suites import load
from stadtlabor.values.stated import Period
from tests.expectations.rows import context, frame, heard, named

AUTUMN = Period.model_validate({"from": "2022-09-01", "to": "2022-12-21"})
OTHER = {"booking_key": "d" * 32, "match_key": "e" * 32}

BROKEN = [
    ("required_field_missing", {"resource_id": None}),
    ("required_field_missing", {"ends_at_utc": " "}),
    ("not_a_time", {"starts_at_utc": "2022-09-05 07:00:00"}),
    ("not_a_time", {"created_at_utc": "2022-09-01T10:12:00+02:00"}),
    ("no_such_time", {"modified_at_utc": "2022-04-31T10:12:00Z"}),
    ("zero_length", {"ends_at_utc": "2022-09-05T07:00:00Z"}),
    ("end_before_start", {"ends_at_utc": "2022-09-05T06:59:59Z"}),
    ("booking_too_long", {"ends_at_utc": "2023-09-07T07:00:00Z"}),
    ("time_implausible", {"starts_at_utc": "1970-01-01T00:00:00Z", "ends_at_utc": "1970-01-01T01:00:00Z"}),
    ("booking_before_period", {"starts_at_utc": "2022-08-31T20:00:00Z", "ends_at_utc": "2022-08-31T22:00:00Z"}),
    ("booking_after_period", {"starts_at_utc": "2022-12-21T23:00:00Z", "ends_at_utc": "2022-12-22T08:00:00Z"}),
    ("check_out_before_check_in",
     {"checked_in_at_utc": "2022-09-05T08:00:00Z", "checked_out_at_utc": "2022-09-05T07:00:00Z"}),
    ("booking_status_unknown", {"status": "maybe"}),
    ("purpose_unknown", {"purpose": "Frühstück mit Frau Muster"}),
    ("resource_kind_unknown", {"resource_kind": "sauna"}),
    ("neither_true_nor_false", {"is_block_out": "ja"}),
    ("identifier_malformed", {"resource_id": "Arbeitsplatz 1"}),
    ("pseudonym_malformed", {"user_pseudonym": "Erika Muster"}),
    ("units_malformed", {"units": "0"}),
    ("unit_beyond_units", {"unit": "2"}),
    ("price_malformed", {"price": "12,50"}),
    ("currency_unknown", {"currency": "€"}),
    ("formula_in_text", {"starts_at_text": "=cmd|' /C calc'!A0"}),
    ("field_too_long", {"ends_at_text": "x" * 201}),
]  # fmt: skip

FINE = [
    ("", cells)
    for cells in (
        {"user_pseudonym": None, "is_block_out": "true"},
        {"room_id": "hall", "price": None, "currency": None},
        {"starts_at_utc": "2022-08-31T21:00:00Z", "ends_at_utc": "2022-09-01T00:00:00Z"},
        {"ends_at_utc": "2022-09-19T07:00:00Z"},
        {"created_at_utc": "2022-09-06T07:00:00Z"},
        {"unit": "2", "units": "3"},
        {"status": "no_show", "checked_in_at_utc": None},
    )
]


def delivered(rows, **changed):
    """These bookings among ten good ones."""
    good = [{"booking_key": f"{n:032x}", "match_key": f"{n + 500:032x}"} for n in range(10)]
    return {"bookings": frame("bookings", [*good, *rows])}, context(format="cobot", **changed)


def gated(rows):
    """What the gate says to these bookings among ten good ones."""
    return run("bookings", *delivered(rows))


HEARD = heard("bookings", [*BROKEN, *FINE], lambda case: delivered([case[1]], period=AUTUMN))


def reasons(result):
    return dict(result.quarantine.select("line", "reason").rows())


@pytest.mark.parametrize("case", BROKEN, ids=named)
def test_a_broken_row_goes_to_quarantine_and_no_other(case):
    result = HEARD(case)

    assert reasons(result) == {"12": case[0]}
    assert result.accepted["bookings"].height == 10


def test_every_row_check_of_the_suite_is_broken_here():
    of_rows = {one.id for one in load("bookings").tables["bookings"] if one.severity == "row"}

    assert of_rows - {reason for reason, _ in BROKEN} == {"duplicate_booking", "same_booking_in_two_exports"}


@pytest.mark.parametrize("case", FINE, ids=named)
def test_what_bookings_really_hold_passes(case):
    result = HEARD(case)

    assert reasons(result) == {}
    assert result.accepted["bookings"].height == 11


def test_a_delivery_without_a_booking_is_refused():
    result = run("bookings", {"bookings": frame("bookings", [])}, context(format="cobot"))

    assert "no readable row" in result.refused


def test_of_one_booking_in_two_files_the_later_one_counts():
    result = gated([{"file": "june.json"}, {"file": "july.json", "status": "cancelled"}])

    assert reasons(result) == {"12": "duplicate_booking"}
    assert result.accepted["bookings"]["status"].to_list()[-1] == "cancelled"


def test_the_time_of_change_decides_before_the_order_of_files():
    newer, older = "2022-09-04T10:00:00Z", "2022-09-01T10:00:00Z"
    result = gated([{"file": "a.json", "modified_at_utc": newer}, {"file": "b.json", "modified_at_utc": older}])

    assert reasons(result) == {"13": "duplicate_booking"}


def test_a_booking_moved_to_another_desk_is_not_there_twice():
    moved = {"file": "july.json", "resource_id": "desk-2", "match_key": "f" * 32}

    assert reasons(gated([{"file": "june.json"}, moved])) == {"12": "duplicate_booking"}


def test_two_desks_of_one_booking_and_two_units_of_one_desk_stay():
    second_desk = {"resource_id": "desk-2", "match_key": "f" * 32}
    units = [{**OTHER, "unit": "1", "units": "2"}, {**OTHER, "unit": "2", "units": "2"}]

    assert reasons(gated([{}, second_desk, *units])) == {}


def test_the_same_booking_in_the_exports_of_two_tools_counts_once():
    twin = {"file": "calendar.ics", "key_source": "ical-bookings", "booking_key": "9" * 32}

    assert reasons(gated([{"file": "cobot.json"}, twin])) == {"13": "same_booking_in_two_exports"}


def test_several_bookings_of_one_slot_are_paired_off_one_by_one():
    """A pool's desks are booked at the same hours by several people: three here, two of them in the calendar too."""
    cobot = [{"file": "cobot.json", "booking_key": f"{n}" * 32} for n in (1, 2, 3)]
    calendar = [{"file": "calendar.ics", "key_source": "ical-bookings", "booking_key": f"{n}" * 32} for n in (4, 5)]

    assert reasons(gated([*cobot, *calendar])) == {
        "15": "same_booking_in_two_exports", "16": "same_booking_in_two_exports"
    }  # fmt: skip
    assert gated([*calendar, *cobot]).accepted["bookings"].height == 13


def test_people_on_one_desk_at_the_same_time_in_one_tool_are_two_bookings():
    result = gated([{"file": "a.json"}, {"file": "b.json", "booking_key": "8" * 32}])

    assert reasons(result) == {}


def test_accepted_rows_leave_the_gate_as_they_came():
    rows = frame("bookings", [{}, {**OTHER, "price": ""}])
    result = run("bookings", {"bookings": rows}, context(format="cobot"))

    assert result.accepted["bookings"].equals(rows)
    assert isinstance(result.accepted["bookings"], pl.DataFrame)
