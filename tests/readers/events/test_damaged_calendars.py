"""Calendars with one property that cannot be read: the event is read without it, or named once, and nothing raises."""

import re

import pytest

from stadtlabor.readers import registry
from tests.readers.bookings.export import bookings_manifest
from tests.readers.events.export import SUMMER, events_manifest, faults, ics, read, rows

PLACE = "\nLOCATION:Platz 1"
SERIES = (
    "UID:s\nDTSTAMP:20220601T080000Z\nCREATED:20220601T080000Z\nLAST-MODIFIED:20220601T080000Z\nSEQUENCE:1\n"
    "STATUS:CONFIRMED\nCLASS:PUBLIC\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=Europe/Berlin:20220622T180000\n"
    "RDATE;TZID=Europe/Berlin:20220629T180000\nCATEGORIES:A,B\nRESOURCES:Platz 1\nORGANIZER:mailto:a@example.org\n"
    f"ATTENDEE:mailto:b@example.org\n{SUMMER}{PLACE}"
)
CHANGE = (
    "UID:s\nRECURRENCE-ID;TZID=Europe/Berlin:20220623T180000\nDTSTART;TZID=Europe/Berlin:20220623T190000\nDURATION:PT1H"
    f"{PLACE}\nSUMMARY:x"
)
KINDS = {"ical-events": ("events", events_manifest()), "ical-bookings": ("bookings", bookings_manifest())}
DAMAGES = (
    ":", ":quatsch", ":00001231T000000Z", ":00010101T000000Z", ":99991231", ":P99999999D", ":20220621",
    ";VALUE=TEXT:20220621", ";VALUE=BINARY;ENCODING=BASE64:AAAA", ";TZID=UTC+01:20220621T180000",
)  # fmt: skip


def damaged():
    """The series and its change with each property in turn spoilt, doubled or taken out; each pair has its number."""
    for which, event in enumerate((SERIES, CHANGE)):
        lines = event.split("\n")
        for at, line in enumerate(lines):
            name = re.split("[;:]", line)[0]
            for spoilt in ([], [line, line], *([name + damage] for damage in DAMAGES)):
                other = "\n".join([*lines[:at], *spoilt, *lines[at + 1 :]])
                yield (other, CHANGE) if which == 0 else (SERIES, other)


@pytest.mark.parametrize("reader", KINDS)
def test_whatever_property_is_damaged_every_event_is_read_or_named(deliver, reader):
    kind, manifest = KINDS[reader]
    events = [one.replace("UID:s\n", f"UID:s{n}\n") for n, pair in enumerate(damaged()) for one in pair]
    text = ics(*events, "UID:ok\n" + SUMMER + PLACE, newline="\n")
    result = registry.by_name(reader).read(deliver(text, "a.ics"), manifest)
    begun = [number for number, line in enumerate(text.split("\n"), 1) if line == "BEGIN:VEVENT"]
    landed = {int(row["line"]) for row in rows(result, kind)}
    unread = [line for line, reason in faults(result) if reason == "recurrence_unreadable"]

    assert set(begun) == landed | {one.line for one in result.rejects}
    assert begun[-1] in landed
    assert len(unread) == len(set(unread))
    assert not landed & set(unread)


@pytest.mark.parametrize("reader", KINDS)
@pytest.mark.parametrize("name", ["DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE"])
@pytest.mark.parametrize("value", ["", "00001231T000000Z", "01.08.2022 08:00", "0000-00-00"])
def test_what_only_decides_between_copies_is_of_no_weight(deliver, reader, name, value):
    kind, manifest = KINDS[reader]
    text = ics(f"UID:1\n{name}:{value}\n{SUMMER}{PLACE}", f"UID:2\n{SUMMER}{PLACE}")
    result = registry.by_name(reader).read(deliver(text, "a.ics"), manifest)

    assert (len(rows(result, kind)), result.rejects) == (2, [])


@pytest.mark.parametrize("reader", KINDS)
@pytest.mark.parametrize("length", ["PT8H", "quatsch"])
def test_an_end_goes_before_a_length(deliver, reader, length):
    kind, manifest = KINDS[reader]
    text = ics(f"UID:1\nDURATION:{length}\n{SUMMER}{PLACE}")
    result = registry.by_name(reader).read(deliver(text, "a.ics"), manifest)

    assert [row["ends_at_utc"] for row in rows(result, kind)] == ["2022-06-21T18:00:00Z"]


DAYS = "UID:s\nDTSTART;VALUE=DATE:20220602\nDTEND;VALUE=DATE:20220603\nRRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:Tag"
MOVED = "UID:s\nRECURRENCE-ID{}\nDTSTART;VALUE=DATE:20220610\nDTEND;VALUE=DATE:20220611\nSUMMARY:Freitag"


@pytest.mark.parametrize(
    "at", [";TZID=UTC+01:20220609T000000", ":20220608T220000Z", ":20220609T000000", ";VALUE=DATE:20220609"]
)
def test_in_a_series_of_whole_days_the_day_tells_which_date_is_changed(deliver, at):
    result = read(deliver(ics(DAYS, MOVED.format(at)), "a.ics"), "ical-events", events_manifest())

    assert sorted(row["starts_at"][8:10] for row in rows(result)) == ["02", "10", "16", "23"]
    assert result.rejects == []


def test_a_change_that_is_set_aside_takes_the_date_it_changes_with_it(deliver):
    changes = (
        "UID:s\nRECURRENCE-ID;VALUE=DATE:20220609\nDTSTART:gestern\nSUMMARY:x",
        "UID:s\nRECURRENCE-ID;VALUE=DATE:20220616\nDTSTART;TZID=Mittelerde:20220617T100000\nSUMMARY:x",
    )
    result = read(deliver(ics(DAYS, *changes), "a.ics"), "ical-events", events_manifest())

    assert [row["starts_at"][8:10] for row in rows(result)] == ["02", "23"]
    assert faults(result) == [(11, "recurrence_unreadable"), (17, "zone_unknown")]


def test_a_series_of_several_dates_a_day_does_not_guess_which_one_is_changed(deliver):
    series = "UID:s\nDTSTART;TZID=Europe/Berlin:20220602T100000\nRRULE:FREQ=DAILY;COUNT=4;BYHOUR=10,16\nSUMMARY:x"
    change = "UID:s\nRECURRENCE-ID;TZID=Mittelerde:20220602T110000\nDTSTART:20220605T100000\nSUMMARY:y"
    result = read(deliver(ics(series, change), "a.ics"), "ical-events", events_manifest())

    assert [row["starts_at"] for row in rows(result)] == ["2022-06-03T10:00:00", "2022-06-03T16:00:00"]
    assert [(one.column, one.detail) for one in result.rejects] == [
        ("RECURRENCE-ID", "RECURRENCE-ID: TZID = Mittelerde")
    ]


def test_a_zone_whose_name_is_too_long_for_a_file_sets_its_event_aside(deliver):
    far = f"UID:1\nDTSTART;TZID={'O' * 300}:20220617T100000\nSUMMARY:x"
    file = deliver(ics(far, "UID:2\n" + SUMMER + PLACE), "a.ics")
    result = registry.by_name("ical-events").read(file, events_manifest())

    assert len(rows(result)) == len(result.rejects) == 1


def test_a_first_line_that_begins_with_a_blank_harms_no_event(deliver):
    """Folding would join it to the mark of the event's line."""
    events = ics(f"UID:1\n{SUMMER}", f"UID:2\n{SUMMER}").replace("UID:1", " UID:1")
    result = read(deliver(events, "a.ics"), "ical-events")

    assert [row["line"] for row in rows(result)] == ["4", "10"]
    assert faults(result) == []
