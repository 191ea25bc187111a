"""Any table of bookings, CSV or Excel, and calendars: columns by name, days and times apart, series, zones."""

import datetime as dt
import tempfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.inspect.inspection import inspect
from stadtlabor.inspect.inspection_text import lines_of
from stadtlabor.inspect.source_yml import source_yml
from stadtlabor.manifest import source as manifests
from stadtlabor.readers import registry
from tests.readers.bookings.export import BERLIN, bookings_manifest, faults, read, rows, spans, utc, whole

PLAIN = "Buchungsnummer;Datum;Beginn;Ende;Platz;Name;Storniert;Anlass\n"


def test_days_and_times_apart_over_midnight_and_cancelled(deliver):
    text = PLAIN + (
        "1;21.06.2022;09:00;12.30;Platz 1;Erika Muster;nein;Arbeit\n"
        "2;29.10.2022;22 Uhr;4 Uhr;Platz 1;Erika  MUSTER;Ja;Arbeit\n"
        "3;21.06.2022;9;10;Platz 2;Max Muster;2022-06-20;Arbeit\n"
    )
    result = read(deliver(text), "bookings-table", bookings_manifest())
    first, second, third = rows(result)

    assert spans(result) == [
        ("desk-1", utc(2022, 6, 21, 9), utc(2022, 6, 21, 12, 30)),
        ("desk-1", utc(2022, 10, 29, 22), utc(2022, 10, 30, 4)),
        ("desk-2", utc(2022, 6, 21, 9), utc(2022, 6, 21, 10)),
    ]
    assert [row["status"] for row in rows(result)] == ["booked", "cancelled", "cancelled"]
    assert second["time_note"] == "the end is on the next day"
    assert first["tells_cancelled"] == "true"
    assert first["user_pseudonym"] == second["user_pseudonym"] != third["user_pseudonym"]
    assert "Muster" not in whole(result)
    assert "dropped on load as personal: 'Name', 'Anlass'" in result.notes


def test_columns_named_in_the_manifest(deliver):
    text = "wann;wie lange;was;wer;wofür\n2022-06-21T09:00;90 min;Lounge;a@example.org;Kurs\n"
    columns = {"start": "Wann", "duration": "wie lange", "resource": "was", "user": "wer", "category": "wofür"}
    manifest = bookings_manifest(columns=columns, purposes=[{"purpose": "event", "categories": ["Kurs"]}])
    result = registry.by_name("bookings-table").read(deliver(text), manifest)

    assert spans(result) == [("lounge", utc(2022, 6, 21, 9), utc(2022, 6, 21, 10, 30))]
    assert rows(result)[0]["purpose"] == "event"
    assert rows(result)[0]["time_note"] == "the end is worked out from the length"
    assert "example.org" not in whole(result)


def test_a_column_the_manifest_names_and_the_file_lacks(deliver):
    manifest = bookings_manifest(columns={"start": "wann", "resource": "was"})

    with pytest.raises(DeliveryError, match="no line has all the columns named in source.yml: 'wann', 'was'"):
        registry.by_name("bookings-table").read(deliver("wann;ende\n1;2\n"), manifest)


def test_a_column_that_is_called_otherwise_is_told_with_what_the_file_has(deliver):
    manifest = bookings_manifest(columns={"start": "Anfang"})

    with pytest.raises(DeliveryError, match="Line 2 has: 'Datum', 'Von', 'Bis', 'Platz'"):
        registry.by_name("bookings-table").read(deliver("Belegung;;;\nDatum;Von;Bis;Platz\n1;2;3;4\n"), manifest)


def test_a_tool_s_column_named_otherwise(deliver):
    text = (
        'Benutzer,Ressource,Beginn,Ende,Referenznummer,Platznr\n"A","?",21.06.2022 09:00,21.06.2022 10:00,r1,Platz 2\n'
    )
    manifest = bookings_manifest(columns={"resource": "Platznr"})

    assert spans(read(deliver(text), "librebooking", manifest))[0][0] == "desk-2"


def test_an_unknown_status_is_not_guessed(deliver):
    text = "id,start,end,resource,status\n1,2022-06-21 09:00,2022-06-21 10:00,Platz 1,{}\n"
    fault = [(2, "status", "booking_status_unknown")]

    assert faults(read(deliver(text.format("geparkt")), "bookings-table", bookings_manifest())) == fault
    manifest = bookings_manifest(status={"no_show": ["Geparkt"]})
    assert rows(read(deliver(text.format("geparkt")), "bookings-table", manifest))[0]["status"] == "no_show"


def test_two_desks_in_one_booking(deliver):
    text = (
        "id,start,end,resource\n"
        "1,2022-06-21 09:00,2022-06-21 10:00,Platz 1 + Platz 2\n"
        "2,2022-06-21 09:00,2022-06-21 10:00,Platz 1 und Sauna\n"
    )
    result = read(deliver(text), "bookings-table", bookings_manifest())

    assert [(row["resource_id"], row["unit"], row["units"]) for row in rows(result)] == [
        ("desk-1", "1", "2"), ("desk-2", "2", "2")
    ]  # fmt: skip
    assert faults(result) == [(3, "resource", "resource_unknown")]


def test_a_sheet_with_real_dates(tmp_path):
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, day, time = (
            book.add_worksheet(),
            book.add_format({"num_format": "dd.mm.yyyy"}),
            book.add_format({"num_format": "hh:mm"}),
        )
        sheet.write_row(0, 0, ["Datum", "Startzeit", "Endzeit", "Raum", "Anzahl"])
        sheet.write_datetime(1, 0, dt.datetime(2022, 6, 21), day)
        sheet.write_datetime(1, 1, dt.time(9, 30), time)
        sheet.write_datetime(1, 2, dt.time(11, 0), time)
        sheet.write_row(1, 3, ["Arbeitsplatz", 2])
    result = read(RawFile(path), "bookings-table", bookings_manifest())

    assert spans(result) == [("pool", utc(2022, 6, 21, 9, 30), utc(2022, 6, 21, 11))] * 2


def test_a_towns_sheet_with_title_rows_and_times_of_day_under_begin_and_end(tmp_path):
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd.mm.yyyy"})
        time, length = book.add_format({"num_format": "hh:mm"}), book.add_format({"num_format": "[h]:mm"})
        sheet.merge_range("A1:E1", "Belegung Co-Working")
        sheet.write_row(2, 0, ["Datum", "Beginn", "Ende", "Raum", "Anzahl Plätze"])
        ends = [(dt.time(11, 0), time), (dt.time(2, 0), time), (1.0, length), (dt.time(0, 0), time)]
        for row, (end, form) in enumerate(ends, 3):
            sheet.write_datetime(row, 0, dt.datetime(2022, 6, 21), day)
            sheet.write_datetime(row, 1, dt.time(9, 30), time)
            sheet.write(row, 2, end, form)
            sheet.write_row(row, 3, ["Arbeitsplatz", 1])
    result = read(RawFile(path), "bookings-table", bookings_manifest())

    begin, midnight = utc(2022, 6, 21, 9, 30), utc(2022, 6, 22)
    ends = [utc(2022, 6, 21, 11), utc(2022, 6, 22, 2), midnight, midnight]
    assert spans(result) == [("pool", begin, end) for end in ends]
    assert not result.rejects


def test_an_end_without_its_day_behind_a_start_with_one(deliver):
    rows = ("22.06.2022 09:00;13:30;Platz 1", "22.06.2022, 18 Uhr;x;Platz 1", "22.06.2022 22:00;02:00;Platz 2")
    text = "\n".join(("Beginn;Ende;Raum", *rows))
    result = read(deliver(text), "bookings-table", bookings_manifest())

    assert spans(result) == [
        ("desk-1", utc(2022, 6, 22, 9), utc(2022, 6, 22, 13, 30)),
        ("desk-2", utc(2022, 6, 22, 22), utc(2022, 6, 23, 2)),
    ]
    assert faults(result) == [(3, "end", "not_a_time")]


def test_a_range_of_times_in_one_column_and_a_remark_that_cancels(deliver):
    times = ("08:00-12:00", "13.30 – 17 Uhr", "ganztägig", "mittags")
    records = "".join(f"21.06.22;{when};Platz 1;{'storniert am 3.' if when[0] == '0' else ''}\n" for when in times)
    result = read(deliver("Datum;Zeitraum;Platz;Bemerkung\n" + records), "bookings-table", bookings_manifest())

    day = utc(2022, 6, 21)
    ends = [(utc(2022, 6, 21, 8), utc(2022, 6, 21, 12)), (utc(2022, 6, 21, 13, 30), utc(2022, 6, 21, 17))]
    assert spans(result) == [("desk-1", *span) for span in (*ends, (day, utc(2022, 6, 22)))]
    assert [row["status"] for row in rows(result)] == ["cancelled", "booked", "booked"]
    assert faults(result) == [(5, "start", "not_a_time")]


@pytest.mark.parametrize(("heading", "length"), [("Dauer (Minuten)", "90"), ("Dauer in Stunden", "1,5")])
def test_a_bare_length_is_of_the_unit_in_its_heading(deliver, heading, length):
    text = f"Beginn;{heading};Platz\n21.06.2022 09:00;{length};Platz 1\n"
    result = read(deliver(text), "bookings-table", bookings_manifest())

    assert spans(result) == [("desk-1", utc(2022, 6, 21, 9), utc(2022, 6, 21, 10, 30))]


def test_sheets_without_a_column_for_the_desk_are_a_desk_each(tmp_path):
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Platz 1", "Platz 2"):
            sheet = book.add_worksheet(name)
            sheet.write_row(1, 0, ["Tag", "von", "bis", "gebucht von"])
            sheet.write_row(2, 0, ["21.06.2022", "09:00", "10:00", "M"])
        book.add_worksheet("Preise").write_row(0, 0, ["Art", "Preis"])
    inspection = inspect(path)
    described = tmp_path / "source.yml"
    described.write_text(source_yml(inspection), "utf-8")
    file, hour = RawFile(path), (utc(2022, 6, 21, 9), utc(2022, 6, 21, 10))

    # Opened a second time a workbook is not read twice.
    for manifest in (None, manifests.load(described)):
        result = registry.by_name("bookings-table").read(file, manifest)
        assert [span[1:] for span in spans(result)] == [hour, hour]
        assert [row["resource_id"] for row in rows(result)] == ["platz-1", "platz-2"]


DATES = "Room,Start,End,Check in\nPlatz 1,{},{},n/a\nPlatz 1,01/02/2022 09:00,01/02/2022 10:00,n/a\n"
EITHER = DATES.format("03/04/2022 09:00", "03/04/2022 10:00")
BOTH = DATES.format("25/04/2022 09:00", "04/25/2022 10:00")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (EITHER, "line 2, column 'Start': the dates' day and month cannot be told apart (03/04/2022 09:00)"),
        (BOTH, "line 2, column 'End': dates are written with the day first (25/04/2022 09:00) and with the month"),
    ],
)
def test_dates_that_may_mean_two_days_are_not_guessed(deliver, text, what):
    with pytest.raises(DeliveryError) as caught:
        read(deliver(text), "bookings-table", bookings_manifest())
    assert str(caught.value).startswith(what)
    assert "'day_first: true' reads 03/04 as 3 April" in str(caught.value)

    meant = read(deliver(text), "bookings-table", bookings_manifest(times={"day_first": True}))
    assert utc(2022, 2, 1, 9) in {start for _, start, _ in spans(meant)}
    looked_at = read(deliver(text), "bookings-table")
    assert any("read as month/day" in note for note in looked_at.notes)
    reader, _ = registry.recognise(deliver(text))
    assert reader.scaffold(deliver(text), looked_at)["bookings"]["times"]["day_first"] is None


def test_content_tells_bookings_without_numbers_apart(deliver):
    text = "start,end,resource,user\n" + "2022-06-21 09:00,2022-06-21 10:00,Arbeitsplatz,{}\n" * 3
    landed = rows(read(deliver(text.format("a", "b", "A ")), "bookings-table", bookings_manifest()))

    keys = [row["booking_key"] for row in landed]
    assert keys[0] == keys[2] != keys[1]
    assert {row["key_source"] for row in landed} == {"content"}
    assert len({row["match_key"] for row in landed}) == 1


def ics(*events, head=""):
    body = "".join(f"BEGIN:VEVENT\r\n{event.strip()}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{body}END:VCALENDAR\r\n".replace("\r\n", "\n").replace(
        "\n", "\r\n"
    )


OUTLOOK = """\
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def test_clock_changes_in_outlooks_zone_are_those_of_the_space(deliver):
    """A time that clocks skip is set aside under any name of the zone; one that they repeat goes by the rule."""
    spring, night, autumn = (
        f"DTSTART;TZID=W. Europe Standard Time:{begin}\nDTEND;TZID=W. Europe Standard Time:{end}\nLOCATION:Platz 1"
        for begin, end in (
            ("20220327T023000", "20220327T050000"),
            ("20220326T220000", "20220327T040000"),
            ("20221030T023000", "20221030T050000"),
        )
    )
    text = ics(spring, night, autumn, head=OUTLOOK)
    result = read(deliver(text, "a.ics"), "ical-bookings", bookings_manifest(times={"ambiguous": "later"}))

    assert spans(result) == [
        ("desk-1", utc(2022, 3, 26, 22), utc(2022, 3, 27, 4)),
        ("desk-1", utc(2022, 10, 30, 2, 30, fold=1), utc(2022, 10, 30, 5)),
    ]
    assert [(column, reason) for _, column, reason in faults(result)] == [("start", "time_does_not_exist")]


def test_zones_floating_utc_and_whole_days(deliver):
    text = ics(
        "UID:1\nDTSTART;TZID=Europe/Berlin:20220621T090000\nDTEND;TZID=Europe/Berlin:20220621T100000\nLOCATION:Platz 1",
        "UID:2\nDTSTART:20220621T070000Z\nDTEND:20220621T080000Z\nLOCATION:Platz 1",
        "UID:3\nDTSTART:20220621T090000\nDURATION:PT1H\nLOCATION:Platz 1",
        "UID:4\nDTSTART;TZID=Europe/London:20220621T080000\nDTEND;TZID=Europe/London:20220621T090000\n"
        "LOCATION:Pla\n tz 1",
        "UID:5\nDTSTART;VALUE=DATE:20220621\nDTEND;VALUE=DATE:20220623\nLOCATION:Saal, Lounge",
        "UID:6\nDTSTART;VALUE=DATE:20220621\nLOCATION:Lounge",
    )
    result = read(deliver(text, "a.ics"), "ical-bookings", bookings_manifest())
    hour = ("desk-1", utc(2022, 6, 21, 9), utc(2022, 6, 21, 10))

    assert spans(result) == [hour] * 4 + [("lounge", utc(2022, 6, 21), utc(2022, 6, 22))]
    assert faults(result) == [(28, "resource", "resource_unknown")]


def test_source_yml_says_which_zone_is_meant_by_one_that_nobody_knows(deliver):
    event = "DTSTART;TZID=Hauszeit:20220621T080000\nDTEND;TZID=Hauszeit:20220621T090000\nLOCATION:Platz 1"
    unknown, told = (
        read(deliver(ics(event), "a.ics"), "ical-bookings", manifest)
        for manifest in (bookings_manifest(), bookings_manifest(zone="Europe/London"))
    )

    assert [(column, reason) for _, column, reason in faults(unknown)] == [("DTSTART", "zone_unknown")]
    assert "'bookings: zone:' in source.yml" in unknown.rejects[0].detail
    assert spans(told) == [("desk-1", utc(2022, 6, 21, 9), utc(2022, 6, 21, 10))]


def test_an_inclusive_end_by_the_manifest(deliver):
    text = ics("UID:5\nDTSTART;VALUE=DATE:20220621\nDTEND;VALUE=DATE:20220622\nLOCATION:Lounge")
    inclusive = bookings_manifest(times={"end_day": "inclusive"})

    assert spans(read(deliver(text, "a.ics"), "ical-bookings", inclusive))[0][2] == utc(2022, 6, 23)


def test_a_series_over_a_clock_change_with_an_exception_and_a_changed_one(deliver):
    text = ics(
        "UID:s\nDTSTART;TZID=Europe/Berlin:20221019T090000\nDTEND;TZID=Europe/Berlin:20221019T120000\n"
        "RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/Berlin:20221026T090000\nLOCATION:Platz 1\n"
        "SUMMARY:Kurs Frau Muster",
        "UID:s\nRECURRENCE-ID;TZID=Europe/Berlin:20221102T090000\nDTSTART;TZID=Europe/Berlin:20221103T100000\n"
        "DTEND;TZID=Europe/Berlin:20221103T110000\nLOCATION:Platz 2\nSTATUS:CANCELLED",
    )
    result = read(deliver(text, "a.ics"), "ical-bookings", bookings_manifest())
    nine = [(utc(2022, 10, day, 9), utc(2022, 10, day, 12)) for day in (19,)] + [
        (utc(2022, 11, 9, 9), utc(2022, 11, 9, 12))
    ]

    assert sorted(spans(result)) == sorted(
        [("desk-1", *one) for one in nine] + [("desk-2", utc(2022, 11, 3, 10), utc(2022, 11, 3, 11))]
    )
    assert sorted(row["status"] for row in rows(result)) == ["booked", "booked", "cancelled"]
    assert len({row["booking_key"] for row in rows(result)}) == 3
    assert "Muster" not in whole(result)


def test_an_endless_series_ends_with_the_delivery(deliver):
    text = ics("UID:s\nDTSTART:20220620T070000Z\nDTEND:20220620T080000Z\nRRULE:FREQ=DAILY\nLOCATION:Platz 1")
    manifest = bookings_manifest(("2022-06-21", "2022-06-30"))

    days = {span[1][:10] for span in spans(read(deliver(text, "a.ics"), "ical-bookings", manifest))}
    assert {f"2022-06-{day}" for day in range(21, 31)} <= days
    assert max(days) <= "2022-07-02"


def test_faulty_events_are_named_by_line_and_the_others_read(deliver):
    minutes = ",".join(map(str, range(60)))
    text = ics(
        "UID:1\nDTSTART:20220621T070000Z\nDTEND:20220621T080000Z\nLOCATION:Platz 1",
        "UID:2\nDTSTART:gestern\nLOCATION:Platz 1",
        "UID:3\nLOCATION:Platz 1",
        "UID:4\nDTSTART:20220621T070000Z\nDURATION:PT1H\nRRULE:FREQ=SECONDLY\nLOCATION:Platz 1",
        "UID:5\nDTSTART:20220622T070000Z\nDTEND:20220622T080000Z\nLOCATION:Platz 1",
        f"UID:6\nDTSTART:20220621T070000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYMINUTE={minutes}\nLOCATION:Platz 1",
    )
    result = read(deliver(text, "a.ics"), "ical-bookings", bookings_manifest())

    assert [line for line, _, reason in faults(result) if reason == "recurrence_unreadable"] == [9, 14, 18, 31]
    assert len(rows(result)) == 2


def test_a_calendar_of_one_room_is_named_by_its_title(deliver):
    text = ics("DTSTART:20220621T070000Z\nDTEND:20220621T080000Z", head="X-WR-CALNAME:Konferenztisch\r\n")
    result = read(deliver(text, "a.ics"), "ical-bookings", bookings_manifest())

    assert spans(result)[0][0] == "table"
    assert rows(result)[0]["key_source"] == "content"
    assert "1 event(s) without a UID: told apart by content" in result.notes


@given(
    st.datetimes(dt.datetime(2022, 1, 1), dt.datetime(2022, 12, 30)).map(
        lambda one: one.replace(second=0, microsecond=0)
    ),
    st.integers(1, 3 * 24 * 60),
)
@settings(max_examples=100, deadline=None)
def test_a_booking_is_as_long_in_utc_as_it_was(start, minutes):
    """Start and end of a booking of true length, written as local times with a zone, come back exactly."""
    begin = start.replace(tzinfo=dt.UTC)
    end = begin + dt.timedelta(minutes=minutes)
    local = [moment.astimezone(BERLIN) for moment in (begin, end)]
    if any(moment.fold or moment.replace(fold=1).utcoffset() != moment.utcoffset() for moment in local):
        return
    text = "id,start,end,resource\n1,{:%d.%m.%Y %H:%M},{:%d.%m.%Y %H:%M},Platz 1\n".format(*local)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "b.csv")
        path.write_text(text, "utf-8")
        result = registry.by_name("bookings-table").read(RawFile(path), bookings_manifest())

    assert spans(result) == [("desk-1", f"{begin:%Y-%m-%dT%H:%M:%SZ}", f"{end:%Y-%m-%dT%H:%M:%SZ}")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("table.csv", PLAIN + "1;21.06.2022;09:00;12:30;Platz 1;Erika Muster;nein;Arbeit\n"),
        # Every column that a scaffold names is one that a manifest may name.
        (
            "portal.csv",
            "Ressource;Startdatum;Enddatum;Dauer (Minuten);Währung;Preis;Privat\n"
            "Platz 1;21.06.2022 09:00;21.06.2022 12:00;180;EUR;12,00;nein\n",
        ),
        ("cal.ics", ics("UID:1\nDTSTART:20220621T070000Z\nDTEND:20220621T080000Z\nLOCATION:Platz 1")),
        ("cobot.csv", "from,to,units,resource,membership\n2022-06-21 08:00:00,2022-06-21 10:00:00,2,Platz 1,m\n"),
    ],
)
def test_inspect_writes_a_manifest_that_loads_and_reads_the_file(deliver, tmp_path, name, text):
    file = deliver(text, name)
    inspection = inspect(file.path)
    path = tmp_path / "source.yml"
    path.write_text(source_yml(inspection), "utf-8")
    described = manifests.load(path)
    reader = registry.reader_for(file, described, described.files[0])
    result = reader.read(file, described)

    assert described.kind == reader.kind == "bookings"
    assert result.rejects == []
    assert spans(result) == spans(inspection.result)
    assert "Bookings: 1" in "\n".join(lines_of(inspection))


def test_a_calendar_goes_to_the_reader_of_the_delivery_s_kind(deliver):
    file = deliver(ics("UID:1\nDTSTART:20220621T070000Z\nDTEND:20220621T080000Z\nLOCATION:Platz 1"), "a.ics")
    manifest = bookings_manifest()

    assert registry.reader_for(file, manifest, manifest.files[0]).name == "ical-bookings"
