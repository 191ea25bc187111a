"""What its source marks as private or confidential: set aside with a reason, and nothing of what it is goes further."""

import json

import pytest

from stadtlabor.readers import registry
from tests.readers.bookings.export import bookings_manifest
from tests.readers.bookings.export import rows as booking_rows
from tests.readers.bookings.export import whole as whole_bookings
from tests.readers.events.export import SUMMER, events_manifest, faults, ics, read, rows, whole

PRIVATE = SUMMER.replace("Sommerfest", "Gespräch Frau Muster") + "\nLOCATION:Praxis Muster\nCATEGORIES:Muster"
NOTE = "1 event(s) are marked as private or confidential and set aside"


@pytest.mark.parametrize(
    "mark", ["CLASS:PRIVATE", "CLASS:CONFIDENTIAL", "class:private", "CLASS:X-GEHEIM", "CLASS:PUBLIC\nCLASS:PRIVATE"]
)
def test_a_private_event_is_set_aside(deliver, mark):
    text = ics("UID:1\nCLASS:PUBLIC\n" + SUMMER, f"UID:2\n{mark}\n{PRIVATE}")
    result = read(deliver(text, "a.ics"), "ical-events", events_manifest())

    assert [row["title"] for row in rows(result)] == ["Sommerfest"]
    assert faults(result) == [(11, "marked_private")]
    assert "Muster" not in whole(result) + str(result.facts)
    assert NOTE in result.notes


def test_a_private_series_is_one_reject_and_its_changes_are_private_too(deliver):
    series = f"UID:s\nCLASS:PRIVATE\nRRULE:FREQ=DAILY;COUNT=5\n{PRIVATE}"
    change = f"UID:s\nRECURRENCE-ID;TZID=Europe/Berlin:20220622T180000\n{PRIVATE.replace('0621', '0630')}"
    result = read(deliver(ics(series, change), "a.ics"), "ical-events", events_manifest())

    assert rows(result) == []
    assert {reason for _, reason in faults(result)} == {"marked_private"}
    assert len(result.rejects) == 2
    assert "Muster" not in whole(result)


def test_a_private_change_takes_its_date_out_of_a_public_series(deliver):
    series = "UID:s\nRRULE:FREQ=DAILY;COUNT=3\n" + SUMMER
    change = (
        f"UID:s\nCLASS:PRIVATE\nRECURRENCE-ID;TZID=Europe/Berlin:20220622T180000\n{PRIVATE.replace('0621', '0630')}"
    )
    result = read(deliver(ics(series, change), "a.ics"), "ical-events", events_manifest())

    assert [row["starts_at"][8:10] for row in rows(result)] == ["21", "23"]
    assert faults(result) == [(11, "marked_private")]


def test_a_private_event_with_a_fault_says_nothing_of_itself(deliver):
    text = ics("UID:1\nCLASS:PRIVATE\nDTSTART:Gespräch Frau Muster\nSUMMARY:x", "UID:2\n" + SUMMER)

    assert "Muster" not in whole(read(deliver(text, "a.ics"), "ical-events", events_manifest()))


@pytest.mark.parametrize(("heading", "word"), [("Sichtbarkeit", "Vertraulich"), ("Privat", "ja"), ("CLASS", "PRIVATE")])
def test_columns_of_that_name(deliver, heading, word):
    text = f"Titel;Datum;Ort;{heading}\nSommerfest;21.06.2022;Saal;\nGespräch Muster;22.06.2022;Muster;{word}\n"
    result = read(deliver(text), "events-table", events_manifest())

    assert [row["title"] for row in rows(result)] == ["Sommerfest"]
    assert faults(result) == [(3, "marked_private")]
    assert "Muster" not in whole(result)


def test_json_of_google(deliver):
    found = {"summary": "Gespräch Muster", "start": {"date": "2022-06-21"}, "visibility": "private"}
    text = json.dumps({"items": [found, {**found, "summary": "Sommerfest", "visibility": "default"}]}, indent=1)
    result = read(deliver(text, "a.json"), "events-json", events_manifest())

    assert [row["title"] for row in rows(result)] == ["Sommerfest"]
    assert "Muster" not in whole(result)


def test_a_private_booking_holds_its_desk_and_loses_its_purpose(deliver):
    times = SUMMER.replace("SUMMARY:Sommerfest", "SUMMARY:Kurs Muster\nCATEGORIES:Kurs")
    text = ics(
        f"UID:1\nLOCATION:Platz 1\n{times}",
        f"UID:2\nCLASS:PRIVATE\nLOCATION:Platz 1\n{times}",
        f"UID:3\nCLASS:PRIVATE\nLOCATION:Praxis Muster\n{times}",
    )
    manifest = bookings_manifest(purposes=[{"purpose": "event", "titles": ["Kurs"], "categories": ["Kurs"]}])
    result = registry.by_name("ical-bookings").read(deliver(text, "a.ics"), manifest)

    assert [row["purpose"] for row in booking_rows(result)] == ["event", "own_work"]
    assert [one.detail for one in result.rejects] == ["resource = –"]
    assert "Muster" not in whole_bookings(result)
    assert (
        "2 booking(s) are marked as private or confidential: counted, their title and purpose dropped" in result.notes
    )


def test_a_private_booking_of_a_table_loses_its_purpose_too(deliver):
    text = (
        "Beginn;Ende;Raum;Titel;Privat\n22.06.2022 09:00;22.06.2022 10:00;Platz 1;Kurs;nein\n"
        "22.06.2022 09:00;22.06.2022 10:00;Platz 2;Kurs;ja\n22.06.2022 09:00;22.06.2022 10:00;Praxis Muster;Kurs;ja\n"
    )
    manifest = bookings_manifest(purposes=[{"purpose": "event", "titles": ["Kurs"]}])
    result = registry.by_name("bookings-table").read(deliver(text), manifest)

    assert [row["purpose"] for row in booking_rows(result)] == ["event", "own_work"]
    assert "Muster" not in whole_bookings(result)
