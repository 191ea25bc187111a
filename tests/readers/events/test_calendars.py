"""Calendars as tools write them: zones, series, folding, copies, faults; every VEVENT accounted for."""

import re
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.readers import registry
from tests.readers.events.export import HEAD, SUMMER, events_manifest, faults, ics, read, rows, spans, whole

EVENING = ("Sommerfest", "2022-06-21T18:00:00", "2022-06-21T20:00:00")
ZONE = (
    "BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\nDTSTART:16011028T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n"
    "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010325T020000\n"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
)


@pytest.fixture
def calendar(deliver):
    """Read a calendar given as events, text or bytes, within 2022."""

    def of(*events, text=None, manifest=None, **given):
        content = text if text is not None else ics(*events, **given)
        return read(deliver(content, "a.ics"), "ical-events", manifest or events_manifest())

    return of


@pytest.mark.parametrize(
    "times",
    [
        "DTSTART;TZID=Europe/Berlin:20220621T180000\nDTEND;TZID=Europe/Berlin:20220621T200000",
        "DTSTART:20220621T160000Z\nDTEND:20220621T180000Z",
        "DTSTART:20220621T180000\nDTEND:20220621T200000",
        "DTSTART:20220621T180000\nDURATION:PT2H",
        "DTSTART;TZID=Europe/London:20220621T170000\nDTEND;TZID=America/New_York:20220621T140000",
        "DTSTART;TZID=W. Europe Standard Time:20220621T180000\nDURATION:PT120M",
        'DTSTART;TZID="W. Europe Standard Time":20220621T180000\nDURATION:PT2H',
        "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20220621T180000\nDURATION:PT2H",
        "DTSTART;VALUE=DATE-TIME;TZID=Europe/Berlin:20220621T180000\nDURATION:P0DT2H0M0S",
        "DTSTART;TZID=Europe/Ber\n lin:20220621T180000\nDTEND;TZID=Europe/Berlin:20220621T\n\t200000",
    ],
)
def test_one_moment_however_it_is_written(calendar, times):
    result = calendar(f"UID:1\n{times}\nSUMMARY:Sommerfest")

    assert spans(result) == [EVENING]
    assert rows(result)[0]["starts_at_utc"] == "2022-06-21T16:00:00Z"
    assert rows(result)[0]["planned_minutes"] == "120"


@pytest.mark.parametrize("name", ["W. Europe Standard Time", "Customized Time Zone", "(UTC+01:00) Amsterdam, Berlin"])
def test_a_zone_the_file_defines(calendar, name):
    event = f'UID:1\nDTSTART;TZID="{name}":20220621T180000\nDTEND;TZID="{name}":20220621T200000\nSUMMARY:Sommerfest'

    assert spans(calendar(event, head=HEAD + ZONE.format(name=name))) == [EVENING]


def test_a_zone_of_another_file_is_not_known_here(calendar):
    event = "UID:1\nDTSTART;TZID=Mittelerde:20220621T180000\nSUMMARY:x"
    calendar(event, head=HEAD + ZONE.format(name="Mittelerde"))
    result = calendar(event, "UID:2\n" + SUMMER)

    assert faults(result) == [(4, "zone_unknown")]
    assert [one.detail for one in result.rejects] == [
        "TZID = Mittelerde; 'events: zone:' in source.yml says which one is meant"
    ]
    assert spans(result) == [EVENING]


def test_source_yml_says_which_zone_is_meant_by_one_that_nobody_knows(calendar):
    """A series with its exception, its moved date and a name that is known and keeps its meaning."""
    series = "UID:1\nDTSTART;TZID=Hauszeit:20220301T180000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=6\nSUMMARY:Treff\n"
    series += "EXDATE;TZID=Hauszeit:20220308T180000"
    moved = "UID:1\nRECURRENCE-ID;TZID=Hauszeit:20220315T180000\nDTSTART;TZID=Hauszeit:20220316T190000\nDURATION:PT1H"
    other = "UID:2\nDTSTART;TZID=Eastern Standard Time:20220701T120000\nDURATION:PT1H\nSUMMARY:Anruf"

    result = calendar(series, f"{moved}\nSUMMARY:Treff", other, manifest=events_manifest(zone="Europe/Berlin"))

    assert faults(result) == []
    assert [row["starts_at_utc"] for row in sorted(rows(result), key=lambda row: row["starts_at_utc"])] == [
        "2022-03-01T17:00:00Z",
        "2022-03-16T18:00:00Z",
        "2022-03-22T17:00:00Z",
        "2022-03-29T16:00:00Z",
        "2022-04-05T16:00:00Z",
        "2022-07-01T16:00:00Z",
    ]


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r", "\r\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_line_ends_and_encodings(calendar, newline, encoding):
    text = ics("UID:1\n" + SUMMER.replace("Sommerfest", "Eröffnung für alle"), newline=newline)
    result = calendar(text=text.encode(encoding))

    assert spans(result) == [("Eröffnung für alle", *EVENING[1:])]
    assert rows(result)[0]["line"] == "4"


def test_a_letter_cut_in_two_by_a_folded_line(calendar):
    text = ics("UID:1\n" + SUMMER.replace("Sommerfest", "Er@ffnung für alle")).encode().replace(b"@", b"\xc3\r\n \xb6")

    assert spans(calendar(text=text))[0][0] == "Eröffnung für alle"


def test_days_without_times(calendar):
    result = calendar(
        "UID:1\nDTSTART;VALUE=DATE:20220621\nSUMMARY:one",
        "UID:2\nDTSTART;VALUE=DATE:20220621\nDTEND;VALUE=DATE:20220624\nSUMMARY:three",
        "UID:3\nDTSTART;TZID=Europe/Berlin:20220621T000000\nDTEND;TZID=Europe/Berlin:20220621T235959\nSUMMARY:x",
        "UID:4\nDTSTART:20220621\nDURATION:P2D\nSUMMARY:two",
    )

    assert {row["is_all_day"] for row in rows(result)} == {"true"}
    assert [row["ends_at"][:10] for row in rows(result)] == ["2022-06-22", "2022-06-24", "2022-06-22", "2022-06-23"]
    assert {row["planned_minutes"] for row in rows(result)} == {None}


def test_no_end_is_no_end(calendar):
    result = calendar(
        "UID:1\nDTSTART:20220621T180000\nSUMMARY:a",
        "UID:2\nDTSTART:20220621T180000\nDTEND:20220621T180000\nSUMMARY:b",
        "UID:3\nDTSTART:20220621T180000\nDTEND;VALUE=DATE:20220622\nSUMMARY:c",
    )

    assert [row["ends_at"] for row in rows(result)] == [None] * 3
    assert {row["time_note"] for row in rows(result)} == {"no end is given"}
    assert any("3 event(s): no end is given (line 4, 9, 15)" in note for note in result.notes)


def test_inclusive_ends_are_found_out_unless_the_manifest_says_otherwise(calendar):
    events = (
        "UID:1\nDTSTART;VALUE=DATE:20220621\nDTEND;VALUE=DATE:20220621\nSUMMARY:one",
        "UID:2\nDTSTART;VALUE=DATE:20220621\nDTEND;VALUE=DATE:20220624\nSUMMARY:four",
    )
    exclusive = events_manifest(times={"end_day": "exclusive"})

    assert [row["ends_at"][8:10] for row in rows(calendar(*events))] == ["22", "25"]
    assert [row["ends_at"][8:10] for row in rows(calendar(*events, manifest=exclusive))] == ["22", "24"]
    assert not any("inclusively" in note for note in calendar(events[1]).notes)


def test_a_series_over_a_clock_change_with_exceptions_and_a_moved_occurrence(calendar):
    result = calendar(
        "UID:s\nDTSTART;TZID=Europe/Berlin:20221019T090000\nDTEND;TZID=Europe/Berlin:20221019T100000\n"
        "RRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;TZID=Europe/Berlin:20221026T090000\nSUMMARY:Treff\n"
        "RDATE;TZID=Europe/Berlin:20221020T150000",
        "UID:s\nRECURRENCE-ID;TZID=Europe/Berlin:20221102T090000\nDTSTART;TZID=Europe/Berlin:20221103T110000\n"
        "DTEND;TZID=Europe/Berlin:20221103T120000\nSUMMARY:Treff verlegt\nSTATUS:CANCELLED",
    )
    starts = sorted(row["starts_at"] for row in rows(result))

    assert starts == ["2022-10-19T09:00:00", "2022-10-20T15:00:00", "2022-11-03T11:00:00", "2022-11-09T09:00:00",
                      "2022-11-16T09:00:00"]  # fmt: skip
    assert len({row["event_key"] for row in rows(result)}) == 5
    assert len({row["series_key"] for row in rows(result)}) == 1
    assert [row["status"] for row in rows(result)].count("cancelled") == 1
    assert result.rejects == []


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;VALUE=DATE:20220628", 3),
        ("RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE:20220628T160000Z", 3),
        ("RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE:", 4),
        ("RRULE:FREQ=WEEKLY;UNTIL=20220705", 2),
        ("RRULE:FREQ=WEEKLY;UNTIL=20220705T160000Z", 3),
        ("RRULE:FREQ=WEEKLY;UNTIL=20220705T235959", 3),
        ("RRULE:FREQ=MONTHLY;BYDAY=3TU", 7),
        ("RDATE;TZID=Europe/Berlin:20220701T180000,20220702T180000", 3),
    ],
)
def test_series_as_tools_write_them(calendar, rule, count):
    result = calendar(f"UID:1\n{rule}\n{SUMMER}")

    assert len(rows(result)) == count
    assert result.rejects == []


def test_an_endless_series_is_unrolled_over_the_delivery_s_days_and_no_further(calendar):
    manifest = events_manifest(("2022-06-21", "2022-06-30"))
    event = "UID:s\nDTSTART;TZID=Europe/Berlin:20190101T003000\nDURATION:PT1H\nSUMMARY:Nacht\nRRULE:FREQ=DAILY"
    days = [row["starts_at"][:10] for row in rows(calendar(event, manifest=manifest))]

    assert days == [f"2022-06-{day}" for day in range(21, 31)]


def test_an_occurrence_has_the_same_key_whatever_period_is_asked_for(calendar):
    event = "UID:s\nRRULE:FREQ=DAILY\n" + SUMMER
    wide = {row["starts_at"]: row["event_key"] for row in rows(calendar(event))}
    narrow = rows(calendar(event, manifest=events_manifest(("2022-06-25", "2022-06-26"))))

    assert [row["event_key"] for row in narrow] == [wide[row["starts_at"]] for row in narrow]
    assert len(narrow) == 2


def test_a_series_outside_the_period_is_set_aside_by_line(calendar):
    result = calendar(
        "UID:s\nRRULE:FREQ=DAILY;COUNT=3\n" + SUMMER, manifest=events_manifest(("2022-01-01", "2022-02-01"))
    )

    assert rows(result) == []
    assert faults(result) == [(4, "outside_period")]


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=MINUTELY;COUNT=3",
        "RRULE:FREQ=DAILY;INTERVAL=0",
        "RRULE:FREQ=DAILY;COUNT=-1",
        "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=NONSENSE",
        f"RRULE:FREQ=DAILY;BYMINUTE={','.join(map(str, range(60)))}",
        "DTSTAMP:20220101T000000Z\nRRULE:FREQ=HOURLY\nX-START:1",
    ],
)
def test_rules_that_would_fill_the_machine_are_named_and_the_rest_is_read(calendar, rule):
    start = "DTSTART:19200101T000000Z\nSUMMARY:x" if "HOURLY" in rule else SUMMER
    begun = time.monotonic()
    result = calendar(f"UID:1\n{rule}\n{start}", "UID:2\n" + SUMMER)

    assert time.monotonic() - begun < 5
    assert faults(result) == [(4, "recurrence_unreadable")]
    assert spans(result) == [EVENING]


def test_a_hundred_years_of_days(calendar):
    result = calendar("UID:1\nDTSTART:19200101T100000Z\nSUMMARY:x\nRRULE:FREQ=DAILY")

    assert len(rows(result)) == 365


@pytest.mark.parametrize(
    "properties",
    [
        "DTSTART:gestern\nSUMMARY:x",
        "SUMMARY:kein Anfang",
        "DTSTART:20220230T100000\nSUMMARY:x",
        "DTSTART:20220621T180000\nDURATION:P1X\nSUMMARY:x",
        "DTSTART:20220621T180000\nDTSTART:20220622T180000\nSUMMARY:x",
        "DTSTART;TZID=Europe/Berlin:20220621T160000Z\nSUMMARY:x",
        "RECURRENCE-ID:morgen\n" + SUMMER,
        "RRULE:FREQ=WEEKLY\nEXDATE:nie\n" + SUMMER,
    ],
)
def test_faulty_events_are_named_by_line_and_the_others_read(calendar, properties):
    result = calendar("UID:0\n" + SUMMER, "UID:1\n" + properties, "UID:2\n" + SUMMER)

    assert faults(result) == [(10, "recurrence_unreadable")]
    assert spans(result) == [EVENING] * 2


def test_events_cut_off_or_left_open(calendar):
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VEVENT\nUID:2\n{SUMMER}\nEND:VEVENT\nBEGIN:VEVENT\nUID:3\n"
    result = calendar(text=text)

    assert faults(result) == [(2, "recurrence_unreadable"), (10, "recurrence_unreadable")]
    assert spans(result) == [EVENING]


def test_copies_of_one_event_count_once_and_events_that_share_a_number_all_do(calendar):
    later = SUMMER.replace("0621", "0622")
    result = calendar(
        "UID:1\nSEQUENCE:2\nSTATUS:CANCELLED\n" + later, "UID:1\nSEQUENCE:1\n" + SUMMER,
        "UID:2\n" + SUMMER, "UID:2\n" + SUMMER, "UID:3\n" + SUMMER, "UID:3\n" + later,
    )  # fmt: skip

    assert faults(result) == [(12, "duplicate_record"), (19, "duplicate_record")]
    assert [row["event_uid"] for row in rows(result)] == ["1", "2", "3", "3"]
    assert rows(result)[0]["status"] == "cancelled"
    assert len({row["event_key"] for row in rows(result)}) == 4


def test_a_recurrence_given_twice_counts_in_its_newest_state(calendar):
    moved = "UID:s\nRECURRENCE-ID;TZID=Europe/Berlin:20220628T180000\nSEQUENCE:{}\nSUMMARY:{}\nDTSTART:20220629T100000"
    result = calendar("UID:s\nRRULE:FREQ=WEEKLY;COUNT=2\n" + SUMMER, moved.format(1, "alt"), moved.format(3, "neu"))

    assert [row["title"] for row in rows(result)] == ["Sommerfest", "neu"]
    assert faults(result) == [(11, "duplicate_record")]


def test_called_off_in_the_title(calendar):
    result = calendar(
        "UID:1\n" + SUMMER.replace("Sommerfest", "+++ ABGESAGT +++ Sommerfest"), "UID:2\nSTATUS:TENTATIVE\n" + SUMMER
    )

    assert [row["status"] for row in rows(result)] == ["cancelled", "tentative"]
    assert "1 event(s) are called off in their title: read as cancelled" in result.notes


def test_a_series_told_as_one_block_is_said_to_be_one(calendar):
    block = (
        "UID:1\nDTSTART;TZID=Europe/Berlin:20220620T100000\nDTEND;TZID=Europe/Berlin:20220703T180000\nSUMMARY:Wochen"
    )
    result = calendar(block)

    assert rows(result)[0]["planned_minutes"] is None
    assert any("told as one block" in note and "line 4" in note for note in result.notes)


def test_clock_changes(calendar):
    skipped = "UID:1\nDTSTART;TZID=Europe/Berlin:20220327T023000\nDURATION:PT1H\nSUMMARY:x"
    twice = "UID:2\nDTSTART;TZID=Europe/Berlin:20221030T013000\nDTEND;TZID=Europe/Berlin:20221030T023000\nSUMMARY:x"

    assert faults(calendar(skipped)) == [(4, "time_does_not_exist")]
    assert rows(calendar(twice))[0]["ends_at_utc"] == "2022-10-30T00:30:00Z"
    late = rows(calendar(twice, manifest=events_manifest(times={"ambiguous": "later"})))[0]
    assert (late["ends_at_utc"], late["planned_minutes"]) == ("2022-10-30T01:30:00Z", "120")
    assert faults(calendar(twice, manifest=events_manifest(times={"ambiguous": "quarantine"}))) == [
        (4, "time_ambiguous")
    ]


def test_people_places_and_nested_alarms(calendar):
    result = calendar(
        "UID:1\nORGANIZER;CN=Erika Muster:mailto:erika@example.org\nATTENDEE:mailto:max@example.org\n"
        "DESCRIPTION:Anmeldung bei Frau Muster 04542 1234\nLOCATION:Bahnhof\\, Bahnhofstraße 1\\, 23879 Mölln\n"
        "BEGIN:VALARM\nTRIGGER:-PT15M\nDESCRIPTION:Muster\nEND:VALARM\nX-ALT-DESC:<b>Muster</b>\n" + SUMMER,
        "UID:2\nLOCATION:Königsberger Straße 8\\, 48157 Münster\n" + SUMMER,
        "UID:3@muster.example.org\nLOCATION:https://zoom.us/j/123\n" + SUMMER,
    )

    assert [row["venue"] for row in rows(result)] == ["Bahnhof", None, "online"]
    for word in ("Muster", "example.org", "04542", "Straße", "zoom.us"):
        assert word not in whole(result)
    assert "1 place(s) are told by address alone and dropped; name them under 'venues: written'" in result.notes


def test_an_address_is_a_venue_where_the_manifest_names_it(calendar):
    manifest = events_manifest(
        venues=[{"id": "treff", "name": "Treff", "written": ["Königsberger Straße 8"], "capacity": 30}]
    )
    row = rows(calendar("UID:1\nLOCATION:Königsberger Straße 8\\, 48157 Münster\n" + SUMMER, manifest=manifest))[0]

    assert (row["venue_id"], row["venue"], row["capacity"]) == ("treff", "Treff", "30")


def test_words_by_rules_and_defaults(calendar):
    manifest = events_manifest(
        rules=[
            {"titles": ["sommer"], "format": "opening"},
            {"categories": ["Kultur"], "format": "talk", "theme": "culture", "capacity": 40},
        ],
        defaults={"target_group": "citizens", "organiser_kind": "town"},
    )
    result = calendar(
        "UID:1\nCATEGORIES:Kultur,Musik\n" + SUMMER, "UID:2\n" + SUMMER.replace("Sommerfest", "x"), manifest=manifest
    )
    told = [
        tuple(row[name] for name in ("format", "theme", "target_group", "organiser_kind", "capacity"))
        for row in rows(result)
    ]

    assert told == [("opening", "culture", "citizens", "town", "40"), (None, None, "citizens", "town", None)]


def test_several_calendars_tasks_odd_lines_and_no_producer_are_said(calendar):
    text = ics("UID:1\n" + SUMMER, head="") + ics(
        "UID:2\nDESCRIPTION:a\nnoch was\n" + SUMMER, head="BEGIN:VTODO\nEND:VTODO\n"
    )
    result = calendar(text=text)

    assert len(rows(result)) == 2
    for said in ("2 calendars in one file", "passed over 1 VTODO", "1 line(s) within events", "no PRODID"):
        assert any(said in note for note in result.notes), said


@pytest.mark.parametrize(
    "text", ["BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VTODO\n"]
)
def test_a_calendar_without_events_is_a_clear_error(calendar, text):
    with pytest.raises(DeliveryError, match=r"a\.ics, line 1: the calendar holds no event"):
        calendar(text=text)


def test_more_events_than_a_town_has_are_refused_before_they_are_read(deliver):
    text = "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nEND:VEVENT\n" * 300_001 + "END:VCALENDAR\n"

    with pytest.raises(DeliveryError, match="more than 300,000 events"):
        registry.by_name("ical-events").read(deliver(text, "a.ics"), events_manifest())


def test_ten_megabytes_in_one_event(calendar):
    result = calendar(
        "UID:1\n" + SUMMER.replace("Sommerfest", "x" * 10_000_000), "UID:2\n" + SUMMER.replace("Sommerfest", "y" * 301)
    )

    assert faults(result) == [(4, "field_too_long"), (10, "field_too_long")]
    assert len(whole(result)) < 2000


def test_every_event_is_accounted_for_whatever_is_broken(deliver):
    """Cut a calendar at every line: what begins is read or named."""
    lines = ics("UID:1\n" + SUMMER, "UID:2\nRRULE:FREQ=WEEKLY;COUNT=2\n" + SUMMER, newline="\n").split("\n")
    for end in range(4, len(lines)):
        text = "\n".join(lines[:end]) + "\n"
        result = registry.by_name("ical-events").read(deliver(text, "a.ics"), events_manifest())
        begun = {number for number, line in enumerate(text.split("\n"), 1) if line == "BEGIN:VEVENT"}
        assert begun == {int(row["line"]) for row in rows(result)} | {one.line for one in result.rejects}


@pytest.mark.parametrize("package", ["icalendar/tests", "recurring_ical_events/test"])
def test_the_libraries_own_calendars(package):
    """Some 250 calendars of many tools, odd and broken ones among them: each VEVENT is read or named by its line."""
    name, _, folder = package.partition("/")
    found = find_spec(name)
    assert found is not None
    assert found.origin is not None
    paths = sorted((Path(found.origin).parent / folder).rglob("*.ics"))
    if not paths:
        pytest.skip(f"{name} came without its tests")
    read_files = 0
    for path in paths:
        file = RawFile(path)
        try:
            result = registry.by_name("ical-events").read(file, events_manifest(("2015-01-01", "2025-12-31")))
        except DeliveryError:
            # A file that is no calendar, or one without an event.
            continue
        lines = re.sub(r"\r*\n|\r", "\n", file.text).split("\n")
        begun = {number for number, line in enumerate(lines, 1) if line.rstrip().upper() == "BEGIN:VEVENT"}
        assert begun == {int(row["line"]) for row in rows(result)} | {one.line for one in result.rejects}, path
        read_files += 1
    assert read_files > 50
