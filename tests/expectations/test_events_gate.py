"""Each expectation on events and registrations, broken once; other periods; several files of one delivery."""

import pytest

from expectations.gate import run
from expectations.suites import load
from stadtlabor.values.stated import Period
from tests.expectations.rows import context, frame, heard, named

JANUARY = Period.model_validate({"from": "2023-01-16", "to": "2023-01-31"})

BROKEN = [
    ("required_field_missing", {"starts_at": None}),
    ("required_field_missing", {"row_origin": " "}),
    ("not_a_time", {"starts_at": "2023-01-16 18:00:00"}),
    ("not_a_utc_time", {"ends_at_utc": "2023-01-16T19:00:00+00:00"}),
    ("no_such_time", {"ends_at": "2023-02-30T20:00:00"}),
    ("event_before_period", {"starts_at": "2023-01-15T18:00:00", "ends_at": "2023-01-16T00:00:00"}),
    ("event_after_period", {"starts_at": "2023-02-01T00:00:00", "ends_at": "2023-02-01T20:00:00"}),
    ("end_not_after_start", {"ends_at_utc": "2023-01-16T17:00:00Z"}),
    ("event_too_long", {"ends_at_utc": "2024-01-18T17:00:00Z"}),
    ("event_status_unknown", {"status": "maybe"}),
    ("neither_true_nor_false", {"is_all_day": "ja"}),
    ("format_unknown", {"format": "Ringelpiez"}),
    ("word_malformed", {"theme": "Frau Muster lädt ein"}),
    ("identifier_malformed", {"venue_id": "Am Markt 1"}),
    ("key_malformed", {"event_key": "Eröffnung"}),
    ("number_malformed", {"attended": "-1", "walk_ins": None}),
    ("number_malformed", {"capacity": "ca. 30"}),
    ("amount_malformed", {"cost_eur": "12,50"}),
    ("more_walk_ins_than_attended", {"walk_ins": "46"}),
    ("row_origin_unknown", {"row_origin": "rumour"}),
    ("section_missing", {"row_origin": "report"}),
    ("formula_in_title", {"title": "=cmd|' /C calc'!A0"}),
    ("formula_in_title", {"venue": "@SUM(A1)"}),
    ("control_character_in_text", {"title": "a\x1b[31mb"}),
    ("field_too_long", {"note": "x" * 501}),
]
BROKEN_REGISTRATIONS = [
    ("registration_incomplete", {"quantity": None}),
    ("event_not_accepted", {"event_ref": "f" * 32}),
    ("pseudonym_malformed", {"person_pseudonym": "Erika Muster"}),
    ("registration_status_unknown", {"status": "paid"}),
    ("quantity_implausible", {"quantity": "10001"}),
    ("check_in_malformed", {"checked_in_at": "18:05"}),
    ("order_time_malformed", {"ordered_at": "2023-01-02"}),
    ("registration_time_impossible", {"ordered_at": "2023-02-30T08:00:00Z"}),
    ("walk_in_malformed", {"is_walk_in": "ja"}),
    ("formula_in_product", {"product": "=1+1"}),
    ("product_too_long", {"product": "x" * 301}),
]

FINE = [
    ("", cells)
    for cells in (
        {"title": "+++ abgesagt +++ Konzert", "status": "cancelled"},
        {"title": None, "ends_at": None, "ends_at_utc": None, "planned_minutes": None},
        {"starts_at": "2023-01-10T00:00:00", "ends_at": "2023-01-17T00:00:00"},
        {"row_origin": "report", "report_section": "3.3"},
        {"registered": None, "attended": "0", "walk_ins": "0"},
        {"title": "@home – Arbeiten zu Hause (1+1)"},
    )
]


def delivered(events=(), registrations=(), **changed):
    """These rows among ten good events with a registration each."""
    good = [{"event_key": f"{n:032x}"} for n in range(10)]
    listed = [{"registration_key": f"{n + 500:032x}", "event_ref": f"{n:032x}"} for n in range(10)]
    tables = {
        "events": frame("events", [*good, *events]),
        "registrations": frame("registrations", [*listed, *registrations]),
    }
    return tables, context(format="ical-events", **{"period": JANUARY, **changed})


def gated(*rows, **changed):
    """What the gate says to these rows among ten good ones."""
    return run("events", *delivered(*rows, **changed))


HEARD = heard("events", [*BROKEN, *FINE], lambda case: delivered([case[1]]))
HEARD_REGISTRATIONS = heard(
    "events", BROKEN_REGISTRATIONS, lambda case: delivered(registrations=[{"event_ref": f"{1:032x}", **case[1]}])
)


def reasons(result, table):
    rows = result.quarantine.rows(named=True)
    return {row["line"]: row["reason"] for row in rows if row["table_name"] == table}


@pytest.mark.parametrize("case", BROKEN, ids=named)
def test_a_broken_event_goes_to_quarantine_and_no_other(case):
    result = HEARD(case)

    assert reasons(result, "events") == {"12": case[0]}
    assert result.accepted["events"].height == result.accepted["registrations"].height == 10


@pytest.mark.parametrize("case", BROKEN_REGISTRATIONS, ids=named)
def test_a_broken_registration_goes_to_quarantine_and_no_other(case):
    result = HEARD_REGISTRATIONS(case)

    assert reasons(result, "registrations") == {"12": case[0]}
    assert result.accepted["registrations"].height == 10


def test_every_row_check_of_the_suite_is_broken_here():
    of_rows = {
        one.id for expectations in load("events").tables.values() for one in expectations if one.severity == "row"
    }
    broken = {reason for reason, _ in (*BROKEN, *BROKEN_REGISTRATIONS)}

    assert of_rows - broken == {"duplicate_event", "duplicate_registration", "event_before_1990"}


def test_an_event_of_the_middle_ages():
    old = {
        "starts_at": "1989-01-16T18:00:00",
        "ends_at": None,
        "starts_at_utc": "1989-01-16T17:00:00Z",
        "ends_at_utc": None,
    }

    assert reasons(gated([old], period=None), "events") == {"12": "event_before_1990"}


@pytest.mark.parametrize("case", FINE, ids=named)
def test_what_events_really_hold_passes(case):
    assert reasons(HEARD(case), "events") == {}


def test_an_event_twice_in_a_file_and_once_in_each_of_two():
    again = {"event_key": f"{1:032x}"}

    assert reasons(gated([again]), "events") == {"12": "duplicate_event"}
    assert reasons(gated([{**again, "file": "attendance.csv"}]), "events") == {}


def test_a_registration_twice_in_a_file_and_once_in_each_of_two():
    again = {"registration_key": f"{501:032x}", "event_ref": f"{1:032x}"}

    assert reasons(gated(registrations=[again]), "registrations") == {"12": "duplicate_registration"}
    assert reasons(gated(registrations=[{**again, "file": "check-in.csv"}]), "registrations") == {}


def test_registrations_go_with_their_event():
    outside = {"event_key": "e" * 32, "starts_at": "2023-02-01T00:00:00", "ends_at": "2023-02-01T20:00:00"}
    result = gated([outside], [{"event_ref": "e" * 32}])

    assert reasons(result, "registrations") == {"12": "event_not_accepted"}


def test_events_of_other_periods_do_not_speak_against_a_delivery():
    old = [
        {"event_key": f"{n + 100:032x}", "starts_at": "2020-01-15T18:00:00", "ends_at": "2020-01-15T20:00:00"}
        for n in range(50)
    ]
    result = gated(old)

    assert result.refused is None
    assert result.accepted["events"].height == 10
    assert result.quarantine.height == 50
    # Faults still count among the rows of the period: 11 of 21.
    faulty = [{"event_key": f"{n + 200:032x}", "status": "x"} for n in range(22)]
    assert "More than half of the rows are faulty" in gated([*old, *faulty]).refused


def test_a_delivery_of_another_period_alone_is_refused():
    old = frame("events", [{"starts_at": "2020-01-15T18:00:00", "ends_at": "2020-01-15T20:00:00"}])

    assert run("events", {"events": old}, context(format="ical-events", period=JANUARY)).refused is not None


def test_a_delivery_without_an_event_is_refused_with_a_way_out():
    result = run("events", {"events": frame("events", [])}, context(format="events-table"))

    assert "no readable row" in result.refused
    assert "lack a year" in result.refused
