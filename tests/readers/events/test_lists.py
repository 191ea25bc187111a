"""Event lists and attendance lists, CSV, Excel and JSON: dates as people write them, counts, words, what is dropped."""

import datetime as dt
import json

import pytest
import xlsxwriter

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.readers import registry
from tests.readers.events.export import events_manifest, faults, read, rows, spans, whole

EVENING = ("Fest", "2022-06-21T18:00:00", "2022-06-21T20:00:00")


def listed(deliver, text, **events):
    return registry.by_name("events-table").read(deliver(text), events_manifest(**events))


@pytest.mark.parametrize(
    "text",
    [
        "Titel;Datum;Beginn;Ende\nFest;21.06.2022;18:00;20:00\n",
        "Titel;Datum;Beginn;Ende\nFest;21. Juni 2022;18 Uhr;20.00 Uhr\n",
        "Veranstaltung;Datum;Uhrzeit\nFest;Di., 21.06.2022;18:00 - 20:00 Uhr\n",
        "Anlass,Start,End\nFest,2022-06-21T18:00,2022-06-21 20:00:00\n",
        "Anlass,starts_at,ends_at\nFest,2022-06-21T16:00:00Z,2022-06-21T20:00:00+02:00\n",
        "Name;Von;Bis;Ort\nFest;21.06.2022 18:00;20:00;Saal\n",
        "Titel;Wann\nFest;21.06.2022 18:00-20:00\n",
        "Titel;Datum;Startzeit;Dauer\nFest;21.06.22;18:00;2 Stunden\n",
        "Monat;Tag;Jahr;Anlass;Beginn;Ende\nJuni;21;2022;Fest;18:00;20:00\n",
        "Kursnr.;Titel;Beginn;Ende;Uhrzeit;Status\n7;Fest;21.06.2022;21.06.2022;18:00 - 20:00 Uhr;Warteliste\n",
        "Betreff,Beginnt am,Beginnt um,Endet am,Endet um,Ganztägiges Ereignis\n"
        "Fest,21.06.2022,18:00:00,21.06.2022,20:00:00,Falsch\n",
    ],
)
def test_one_evening_however_it_is_written(deliver, text):
    result = listed(deliver, text)

    assert result.rejects == []
    assert spans(result) == [EVENING]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Titel;Datum\nFest;21.06.2022\n", ("2022-06-21", "2022-06-22")),
        ("Titel;Datum\nFest;21.-23.06.2022\n", ("2022-06-21", "2022-06-24")),
        ("Titel;Datum\nFest;28.02.–01.03.2022\n", ("2022-02-28", "2022-03-02")),
        ("Titel;Datum;Enddatum\nFest;21. Juni 2022;23. Juni 2022\n", ("2022-06-21", "2022-06-24")),
        ("Titel;Datum;Uhrzeit\nFest;2022-06-21;ganztägig\n", ("2022-06-21", "2022-06-22")),
        ("Subject,Start Date,Start Time,All Day Event\nFest,06/21/2022,12:00 AM,TRUE\n", ("2022-06-21", "2022-06-22")),
    ],
)
def test_days(deliver, text, span):
    row = rows(listed(deliver, text))[0]

    assert (row["starts_at"][:10], row["ends_at"][:10]) == span
    assert row["is_all_day"] == "true"


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("Mai", "day_unknown"),
        ("Mai 2022", "day_unknown"),
        ("05/2022", "day_unknown"),
        ("5. Mai", "year_unknown"),
        ("05.05.", "year_unknown"),
        ("12.-14.5.", "year_unknown"),
        ("Mo 21.06.2022", "weekday_contradicts"),
        ("31.04.2022", "not_a_time"),
        ("demnächst", "not_a_time"),
        ("", "event_time_missing"),
    ],
)
def test_a_date_that_cannot_be_known_is_not_guessed(deliver, date, reason):
    result = listed(deliver, f"Titel;Datum\nFest;21.06.2022\nFest;{date}\n")

    assert faults(result) == [(3, reason)]
    assert len(rows(result)) == 1


def test_the_year_of_the_manifest_is_for_dates_without_one_only(deliver):
    text = "Titel;Datum\na;5. Mai\nb;05.05.\nc;12.-14.5.\nd;05.05.2021\ne;Mai\nf;Fr 6. Mai\ng;Mo 6. Mai\n"
    result = listed(deliver, text, times={"year": 2022})

    assert [(row["title"], row["starts_at"][:10]) for row in rows(result)] == [
        ("a", "2022-05-05"), ("b", "2022-05-05"), ("c", "2022-05-12"), ("d", "2021-05-05"), ("f", "2022-05-06")
    ]  # fmt: skip
    assert faults(result) == [(6, "day_unknown"), (8, "weekday_contradicts")]


def test_an_attendance_list_kept_by_hand(deliver):
    text = (
        "Veranstaltung;Datum;Angemeldet;Teilgenommen;Firmen;Spontan;Kosten;Ansprechpartner\n"
        "Eröffnung;16.01.2022;40;1.045;12;niemand;250,50 €;Frau Muster\n"
        "Sprechstunde;17.01.2022;;0;-;;kostenlos;\n"
        "Workshop;18.01.2022;10;ca. 8;k. A.;;viel;\n"
    )
    result = read(deliver(text), "events-table", events_manifest())
    counted = [
        tuple(row[name] for name in ("registered", "attended", "organisations", "walk_ins", "cost_eur"))
        for row in rows(result)
    ]

    assert counted == [
        ("40", "1045", "12", "0", "250.50"),
        (None, "0", None, None, "0"),
        ("10", None, None, None, None),
    ]
    assert "1 value(s) of attended are no exact number and are left empty (line 4)" in result.notes
    assert "1 value(s) of cost_eur are no exact number and are left empty (line 4)" in result.notes
    assert "Muster" not in whole(result)


def test_an_english_attendance_list(deliver):
    text = "event,date,registered,attended,companies,capacity,format\nOpening,2022-01-16,40,45,6,60,Talk\n"
    row = rows(read(deliver(text), "events-table", events_manifest()))[0]

    assert tuple(row[name] for name in ("registered", "attended", "organisations", "capacity", "format")) == (
        "40", "45", "6", "60", "talk"
    )  # fmt: skip


def test_words_of_the_dictionary_by_label_and_unknown_ones_said(deliver):
    text = (
        "Titel;Datum;Format;Thema;Zielgruppe\na;16.01.2022;Vortrag;Pendeln;Unternehmen\n"
        "b;17.01.2022;Ringelpiez;Pendeln;\n"
    )
    result = listed(deliver, text)

    assert [(row["format"], row["theme"], row["target_group"]) for row in rows(result)] == [
        ("talk", "commuting", "companies"), (None, "commuting", None)
    ]  # fmt: skip
    assert any("not in the dictionary: 'Ringelpiez'" in note for note in result.notes)


def test_origin_row_by_row(deliver):
    text = "Titel;Datum;Herkunft;Abschnitt\na;16.01.2022;Bericht;3.3\nb;17.01.2022;synthetisch;\nc;18.01.2022;;\n"

    assert [(row["row_origin"], row["report_section"]) for row in rows(listed(deliver, text))] == [
        ("report", "3.3"), ("synthetic", None), ("delivered", None)
    ]  # fmt: skip


def test_columns_named_in_the_manifest(deliver):
    text = "wat;wanneer;hoeveel\nFest;21.06.2022;12\n"
    result = listed(deliver, text, columns={"title": "wat", "date": "wanneer", "attended": "hoeveel"})

    assert rows(result)[0]["attended"] == "12"
    with pytest.raises(DeliveryError, match="no line has all the columns named in source.yml: 'was', 'wann'"):
        listed(deliver, text, columns={"title": "was", "date": "wann"})


def test_a_status_nobody_knows_is_set_aside(deliver):
    text = "Titel;Datum;Status\na;16.01.2022;abgesagt\nb;17.01.2022;vielleicht\nc;18.01.2022;findet statt\n"
    result = listed(deliver, text)

    assert [row["status"] for row in rows(result)] == ["cancelled", "confirmed"]
    assert faults(result) == [(3, "event_status_unknown")]
    known = listed(deliver, text, status={"tentative": ["Vielleicht"]})
    assert rows(known)[1]["status"] == "tentative"


def test_an_end_before_the_start_by_time_of_day_is_the_next_day(deliver):
    row = rows(listed(deliver, "Titel;Datum;Beginn;Ende\nParty;21.06.2022;22:00;02:00\n"))[0]

    assert row["ends_at"] == "2022-06-22T02:00:00"
    assert row["time_note"] == "the end is on the next day"


def test_a_sheet_with_real_dates(tmp_path):
    path = tmp_path / "e.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day, time = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "hh:mm"})
        sheet.write_row(0, 0, ["Unsere Termine"])
        sheet.write_row(2, 0, ["Titel", "Datum", "Beginn", "Ende", "Ort", "Teilnehmer"])
        for line, title in enumerate(("Fest", "Markt"), 3):
            sheet.write(line, 0, title)
            sheet.write_datetime(line, 1, dt.datetime(2022, 6, 21), day)
            sheet.write_datetime(line, 2, dt.time(18, 0), time)
            sheet.write_datetime(line, 3, dt.time(20, 0), time)
            sheet.write_row(line, 4, ["Saal", 7])
    result = read(RawFile(path), "events-table", events_manifest())

    assert spans(result) == [EVENING, ("Markt", *EVENING[1:])]
    assert [(row["attended"], row["line"]) for row in rows(result)] == [("7", "4"), ("7", "5")]


TIMES = {"startDate": "2022-06-21T18:00", "endDate": "2022-06-21T20:00"}
PERSON = {
    "@type": "Person",
    "name": "Erika Muster",
    "organizer": "Erika Muster",
    "email": "e@example.org",
    "phone": "0454 2",
}
SCHEMA = {"@type": "Event", "name": "Fest", **TIMES, "location": {"name": "Saal"}, "organizer": PERSON}
SHAPES = {
    "a list": [{"title": "Fest", "start": "2022-06-21T18:00:00", "end": "2022-06-21T20:00:00", "location": "Saal"}],
    "events": {
        "count": 1,
        "events": [
            {"name": "Fest", "start_date": "2022-06-21", "start_time": "18:00", "end_time": "20:00",
             "location": {"name": "Saal", "address": "Weg 1"}}
        ],
    },
    "schema.org": {
        "@context": "https://schema.org", **SCHEMA, "startDate": "2022-06-21T18:00:00+02:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": {"@type": "Place", "name": "Saal", "address": {"streetAddress": "Weg 1"}},
    },
    "schema.org graph": {"@context": "https://schema.org", "@graph": [SCHEMA]},
    "an item list": {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": SCHEMA}]},
    "FullCalendar": [
        {"id": "7", "title": "Fest", "start": "2022-06-21T18:00:00", "end": "2022-06-21T20:00:00", "allDay": False,
         "extendedProps": {"location": "Saal", "description": "Erika Muster"}}
    ],
    "Google": {
        "kind": "calendar#events",
        "items": [
            {"id": "x", "status": "confirmed", "summary": "Fest", "location": "Saal, Weg 1", "attendees": [PERSON],
             "start": {"dateTime": "2022-06-21T18:00:00+02:00", "timeZone": "Europe/Berlin"},
             "end": {"dateTime": "2022-06-21T20:00:00+02:00"}}
        ],
    },
    "The Events Calendar": {
        "events": [
            {"id": 5, "title": "Fest", "start_date": "2022-06-21 18:00:00", "end_date": "2022-06-21 20:00:00",
             "all_day": False, "venue": {"venue": "Saal", "address": "Weg 1"}, "cost": "", "organizer": [PERSON]}
        ]
    },
    "JSON:API": {
        "data": [
            {"id": "1", "type": "event", "attributes": {"title": "Fest", "start": "2022-06-21T18:00:00",
                                                        "end": "2022-06-21T20:00:00", "location": "Saal"}}
        ]
    },
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_json_in_the_shapes_websites_give(deliver, shape):
    result = read(deliver(json.dumps(SHAPES[shape], indent=1), "a.json"), "events-json", events_manifest())

    assert result.rejects == []
    assert spans(result) == [EVENING]
    assert rows(result)[0]["venue"] == "Saal"
    for word in ("Muster", "example.org", "Weg 1", "0454"):
        assert word not in whole(result)


def test_whole_days_of_fullcalendar_and_google_end_the_day_before(deliver):
    full = [{"title": "a", "start": "2022-06-21", "end": "2022-06-23", "allDay": True}]
    google = {
        "kind": "calendar#events",
        "items": [{"summary": "a", "start": {"date": "2022-06-21"}, "end": {"date": "2022-06-23"}}],
    }
    plain = [{"title": "a", "start": "2022-06-21", "end": "2022-06-22"}]

    ends = [
        rows(read(deliver(json.dumps(one)), "events-json", events_manifest()))[0]["ends_at"]
        for one in (full, google, plain)
    ]
    assert ends == ["2022-06-23T00:00:00"] * 3


def test_json_records_keep_their_line_and_faulty_ones_are_named(deliver):
    text = '{"events": [\n{"title": "a", "start": "2022-06-21"},\n7,\n{"title": "b", "start": "Mai"},\n{}\n]}'
    result = read(deliver(text, "a.json"), "events-json", events_manifest())

    assert [row["line"] for row in rows(result)] == ["2"]
    assert faults(result) == [(3, "not_understood"), (4, "day_unknown"), (5, "not_understood")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"events": [{"title": "a", "start": "2022-06-21"}', r"a\.json, line 1: not readable as JSON"),
        ('{"events": []}', r"the list of events is empty"),
        ('{"title": "x", "pages": 3}', "holds no list of events"),
        ('[{"title": "a"}]', "no column says what the events are and when"),
        ("[" * 100_000, "not readable as JSON"),
    ],
)
def test_json_that_holds_no_events_is_a_clear_error(deliver, text, message):
    with pytest.raises(DeliveryError, match=message):
        registry.by_name("events-json").read(deliver(text, "a.json"), events_manifest())


def test_html_left_in_titles(deliver):
    result = listed(deliver, 'Titel;Datum\n"Kaffee &amp; Kuchen &#8211; für alle";21.06.2022\n')

    assert rows(result)[0]["title"] == "Kaffee & Kuchen – für alle"


def test_a_list_without_events_and_a_header_alone(deliver):
    with pytest.raises(DeliveryError, match="there is a header and no event below it"):
        listed(deliver, "Titel;Datum\n")
    with pytest.raises(DeliveryError, match="no list of events found"):
        listed(deliver, "Farbe;Geschmack\nrot;süß\n")
