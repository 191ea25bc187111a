"""MRBS reports and LibreBooking reservations, German and English, with the quirks seen in real files."""

import pytest

from stadtlabor.manifest.source import Manifest
from stadtlabor.readers import registry
from tests.readers.bookings.export import SPACE, bookings_manifest, faults, read, rows, spans, utc, whole

MRBS_DE = (
    '"Kurzbeschreibung","Bereich","Raum","Anfangsdatum","Enddatum","Dauer","Vollständige Beschreibung","Kategorie",'
    '"Erstellt von","Bestätigungsstatus","Genehmigungsstatus","Letzte Änderung"\n'
)
MRBS_EN = (
    '"Brief description","Area","Room","Start time","End time","Duration","Full Description","Type","Created by",'
    '"Confirmation status","Last updated"\n'
)
LIBRE_EN = (
    '"User","Resource","Title","Description","Begin","End","Duration","Created","Last Modified","Reference Number",'
    '"Check In Time","Check Out Time","Original End",\n\n'
)


def test_a_german_mrbs_report(deliver):
    text = MRBS_DE + (
        '"Erika Muster","Pop-up","Platz 1","09:00:00 - Dienstag 21 Juni 2022","12:30:00 - Dienstag 21 Juni 2022",'
        '"3,5 Stunden","kommt mit Hund","Extern","emuster","Bestätigt","","10:00:12 - Montag 20 Juni 2022"\n'
        '"Saal","Pop-up","Platz 2","22:00:00 - Samstag 29 Oktober 2022","04:00:00 - Sonntag 30 Oktober 2022",'
        '"6 Stunden","","Intern","admin","Bestätigt","Genehmigung ausstehend","10:00:12 - Montag 20 Juni 2022"\n'
    )
    result = read(deliver(text.encode("utf-16")), "mrbs", bookings_manifest())
    first, second = rows(result)

    assert spans(result) == [
        ("desk-1", utc(2022, 6, 21, 9), utc(2022, 6, 21, 12, 30)),
        ("desk-2", utc(2022, 10, 29, 22), utc(2022, 10, 30, 4)),
    ]
    assert (first["status"], second["status"]) == ("booked", "tentative")
    assert first["modified_at_utc"] == utc(2022, 6, 20, 10, 0)[:-3] + "12Z"
    assert (first["created_at_utc"], first["tells_cancelled"], first["tells_attendance"]) == (None, "false", "false")
    for secret in ("Muster", "emuster", "Hund"):
        assert secret not in whole(result)


def test_an_english_mrbs_report_with_twelve_hours(deliver):
    text = MRBS_EN + (
        '"Jane","Pop-up","Platz 1","09:00AM - Tuesday 21 June 2022","12:30PM - Tuesday 21 June 2022",'
        '"3.5 hours","","External","jane","Confirmed","10:00AM - Monday 20 June 2022"\n'
    )
    result = read(deliver(text), "mrbs", bookings_manifest())

    assert spans(result) == [("desk-1", utc(2022, 6, 21, 9), utc(2022, 6, 21, 12, 30))]


def test_mrbs_rooms_of_the_same_name_are_told_apart_by_their_area(deliver):
    spaces = [{**SPACE, "written": ["Bahnhof"]}, {**SPACE, "id": "second", "name": "Zwei", "written": ["Rathaus"]}]
    manifest = Manifest.model_validate(
        {**bookings_manifest().model_dump(by_alias=True), "bookings": {"spaces": spaces}}
    )
    row = ',"Platz 1","09:00:00 - Dienstag 21 Juni 2022","10:00:00 - Dienstag 21 Juni 2022","","","","","","",""\n'
    result = read(
        deliver(MRBS_DE + '"a","Rathaus"' + row + '"b","Bahnhof"' + row + '"c","Bad"' + row), "mrbs", manifest
    )

    assert [one["space_id"] for one in rows(result)] == ["second", "popup"]
    assert faults(result) == [(4, "resource", "resource_unknown")]


def test_a_category_is_a_purpose(deliver):
    text = MRBS_DE + (
        '"x","Pop-up","Platz 1","09:00:00 - Dienstag 21 Juni 2022","10:00:00 - Dienstag 21 Juni 2022","","","Kurs",'
        '"","","",""\n'
    )
    manifest = bookings_manifest(purposes=[{"purpose": "event", "categories": ["Kurs"]}])

    assert rows(read(deliver(text), "mrbs", manifest))[0]["purpose"] == "event"


def test_english_librebooking_without_years_and_with_commas_in_dates(deliver):
    """As a real export has it: trailing commas, dates quoted in one version and bare in another, no year."""
    text = LIBRE_EN + (
        '"Marta Muster {title} {resourcename}","Platz 1","CRYO","","Sat, 9/30 9:00 AM","Sun, 10/01 11:00 PM",'
        '"1 days 14 hours","04/14/2017 12:22:02 PM","","58f0a2ca644f7908614935",,,,\n'
        '"Alex Beispiel","Platz 2","","",Mon, 10/02 9:00 AM,Mon, 10/02 10:00 AM,"1 hours",09/01/2017 7:05:27 PM,'
        '"",59a993571c159469569353,10/02/2017 9:01:00 AM,10/02/2017 9:45:00 AM,,\n'
    )
    result = read(deliver(text), "librebooking", bookings_manifest(("2017-01-01", "2017-12-31")))
    first, second = rows(result)

    assert spans(result) == [
        ("desk-1", utc(2017, 9, 30, 9), utc(2017, 10, 1, 23)),
        ("desk-2", utc(2017, 10, 2, 9), utc(2017, 10, 2, 10)),
    ]
    assert first["created_at_utc"] == "2017-04-14T10:22:02Z"
    assert (first["status"], second["status"]) == ("booked", "attended")
    assert second["checked_out_at_utc"] == utc(2017, 10, 2, 9, 45)
    assert first["tells_attendance"] == "true"
    for secret in ("Muster", "CRYO", "58f0a2"):
        assert secret not in whole(result)


def test_english_librebooking_with_every_date_split_by_its_comma(deliver):
    """As the administration's list writes it: no quotes around dates, a comma more at the end, early days only."""
    row = '"{}","Platz 1","","",{},{},"4 hours",3/01/2023 7:00:00 AM,,{},\n'
    text = "User,Resource,Title,Description,Begin,End,Duration,Created,Last Modified,Reference Number\n" + (
        row.format("A", "Wed, 4/05 8:00 AM", "Wed, 4/05 12:00 PM", "r1")
        + row.format("B", "Thu, 4/06 8:00 AM", "Thu, 4/06 12:00 PM", "r2")
    )
    result = read(deliver(text), "librebooking", bookings_manifest(("2023-01-01", "2023-12-31")))

    assert spans(result) == [
        ("desk-1", utc(2023, 4, 5, 8), utc(2023, 4, 5, 12)), ("desk-1", utc(2023, 4, 6, 8), utc(2023, 4, 6, 12))
    ]  # fmt: skip
    assert not result.rejects


def test_no_shows_where_everybody_has_to_check_in(deliver):
    text = LIBRE_EN + (
        '"A","Platz 1","","","21.06.2022 09:00","21.06.2022 10:00","","20.06.2022 12:00:00","","r1","","","",\n'
        '"B","Platz 1","","","21.06.2022 10:00","21.06.2022 11:00","","20.06.2022 12:00:00","","r2",'
        '"21.06.2022 10:04:00","","",\n'
    )
    manifest = bookings_manifest(status={"no_show_without_check_in": True})

    assert [row["status"] for row in rows(read(deliver(text), "librebooking", manifest))] == ["no_show", "attended"]
    assert rows(read(deliver(text), "librebooking", bookings_manifest()))[0]["status"] == "booked"


def test_german_librebooking_without_quotes(deliver):
    text = (
        "Benutzer,Ressource,Titel,Beschreibung,Beginn,Ende,Dauer,Erzeugt,Zuletzt geändert,Referenznummer\n\n"
        '"Marta Muster","Konferenztisch","","",21.06.2022 09:00,21.06.2022 12:00,"3 Stunden",'
        "20.06.2022 12:22:02,,r1\n\n"
    )
    result = read(deliver(text), "librebooking", bookings_manifest())

    assert spans(result) == [("table", utc(2022, 6, 21, 9), utc(2022, 6, 21, 12))]
    assert rows(result)[0]["purpose"] == "meeting"


def test_a_reservation_of_two_resources_has_a_row_each_and_one_key(deliver):
    row = '"A","Platz {}","","","21.06.2022 09:00","21.06.2022 10:00","","","","r1","","","",\n'
    landed = rows(read(deliver(LIBRE_EN + row.format(1) + row.format(2)), "librebooking", bookings_manifest()))

    assert [one["resource_id"] for one in landed] == ["desk-1", "desk-2"]
    assert len({one["booking_key"] for one in landed}) == 1


@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [
        ("27.03.2022 02:30", "27.03.2022 04:00", ("start", "time_does_not_exist")),
        ("27.03.2022 01:30", "27.03.2022 02:30", ("end", "time_does_not_exist")),
        ("", "21.06.2022 10:00", ("start", "time_missing")),
        ("21.06.2022 09:00", "irgendwann", ("end", "not_a_time")),
    ],
)
def test_a_reservation_with_a_fault_is_set_aside_once(deliver, start, end, fault):
    text = LIBRE_EN + f'"A","Platz 1","","","{start}","{end}","","","","r1","","","",\n'
    result = read(deliver(text), "librebooking", bookings_manifest())

    assert faults(result) == [(3, *fault)]
    assert rows(result) == []


def test_an_end_in_the_repeated_hour_before_its_start_is_the_later_hour(deliver):
    text = LIBRE_EN + '"A","Platz 1","","","30.10.2022 02:30","30.10.2022 02:15","","","","r1","","","",\n'
    (row,) = rows(read(deliver(text), "librebooking", bookings_manifest()))

    assert (row["starts_at_utc"], row["ends_at_utc"]) == (utc(2022, 10, 30, 2, 30), utc(2022, 10, 30, 2, 15, fold=1))
    assert row["time_note"] == "clocks set back: the end is the later hour"


def test_a_record_cut_short_leaves_no_name_behind(deliver):
    text = (
        LIBRE_EN
        + '"Erika Muster","Platz 1","Geheimes Treffen"\n'
        + ('"A","Platz 1","","","21.06.2022 09:00","21.06.2022 10:00","","","","r1","","","",\n')
    )
    result = read(deliver(text), "librebooking", bookings_manifest())

    assert faults(result) == [(3, "", "wrong_number_of_fields")]
    assert "Muster" not in whole(result)
    assert "Geheim" not in whole(result)


def test_an_export_of_rooms_alone_is_told_before_anybody_looks_for_desks(deliver):
    times = '"09:00:00 - Dienstag 21 Juni 2022","10:00:00 - Dienstag 21 Juni 2022"'
    row = f'"a","Haus","Raum 1",{times},"","","","","","",""\n'
    rooms, desks = (
        registry.by_name("mrbs").describe(read(deliver(MRBS_DE + text), "mrbs"))
        for text in (row, row.replace("Raum 1", "Platz 1"))
    )

    assert any("None of them is a desk" in line for line in rooms)
    assert not any("None of them is a desk" in line for line in desks)
