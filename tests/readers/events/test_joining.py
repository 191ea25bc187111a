"""Several files of one delivery: one key per event, statements of source.yml, registrations that find their event."""

import hashlib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from stadtlabor.base.errors import DeliveryError
from stadtlabor.intake import verdict
from stadtlabor.intake.reading import read as read_delivery
from stadtlabor.intake.reading import rejection_reason
from stadtlabor.manifest.delivered import Delivery
from stadtlabor.manifest.source import load
from tests.readers.events.export import ics

WEEK = ics(
    "UID:open@town\nDTSTART;TZID=Europe/Berlin:20230116T180000\nDURATION:PT2H\nSUMMARY:Eröffnung\nLOCATION:Bahnhof",
    "UID:talk@town\nDTSTART;TZID=Europe/Berlin:20230117T100000\nDURATION:PT2H\nSUMMARY:Sprechstunde\n"
    "RRULE:FREQ=DAILY;COUNT=3",
)
ATTENDANCE = (
    "Veranstaltung;Datum;Angemeldet;Teilgenommen\nEröffnung;16.01.2023;40;45\nSprechstunde;17.01.2023;;4\n"
    "Sprechstunde;18.01.2023;;3\n"
)
ORDERS = (
    "Order code,Position ID,Status,Order date,Product,Attendee name,Pseudonymization ID\n"
    "A1,1,paid,2023-01-02,Eintritt,Erika Muster,P1\nA1,2,paid,2023-01-02,Eintritt,Max Muster,P2\n"
)
CHECK_IN = (
    "Order code,Attendee name,Product,Checked in\nA1,Max Muster,Eintritt,2023-01-16 18:05\nA1,Erika Muster,Eintritt,\n"
)
RECORDED = ("title", "starts_at", "registered", "attended")


@pytest.fixture
def taken(tmp_path, monkeypatch):
    """Read a delivery of some files with an `events:` part; the rows of all files and the rejects."""
    monkeypatch.chdir(tmp_path)

    def take(files, events=None):
        for name, content in files.items():
            Path(name).write_text(content, "utf-8")
        tree = {
            "id": "delivery", "kind": "events", "town": "moelln", "title": "T", "producer": "P", "licence": "L",
            "received": "2023-02-01", "synthetic": False, "period": {"from": "2023-01-16", "to": "2023-01-20"},
            "files": [{"name": name} for name in files], "events": events or {},
        }  # fmt: skip
        with Path("source.yml").open("w", encoding="utf-8") as stream:
            YAML().dump(tree, stream)
        hashes = {name: hashlib.sha256(content.encode()).hexdigest() for name, content in files.items()}
        delivery = Delivery(tmp_path, load(Path("source.yml")), hashes)
        if fault := rejection_reason(delivery, {"moelln"}):
            raise fault
        return delivery, read_delivery(delivery)

    return take


def events_of(reading, *columns):
    return [tuple(row[name] for name in columns) for row in reading.frames()["events"].iter_rows(named=True)]


def registered(reading, *columns):
    return [tuple(row[name] for name in columns) for row in reading.frames()["registrations"].iter_rows(named=True)]


@pytest.mark.parametrize("order", [("w.ics", "a.csv"), ("a.csv", "w.ics")])
def test_a_list_kept_by_hand_joins_the_calendar(taken, order):
    files = {"w.ics": WEEK, "a.csv": ATTENDANCE}
    _, reading = taken({name: files[name] for name in order})
    frame = reading.frames()["events"]

    assert frame.height == 7
    assert frame["event_key"].n_unique() == 4
    by_key = {}
    for key, *told in frame.select("event_key", *RECORDED).iter_rows():
        by_key.setdefault(key, []).append(told)
    opening = next(rows for rows in by_key.values() if rows[0][0] == "Eröffnung")
    # Both rows describe the event alike; the numbers stand where they were counted.
    assert {tuple(row[:2]) for row in opening} == {("Eröffnung", "2023-01-16T18:00:00")}
    assert sorted(str(row[2:]) for row in opening) == ["['40', '45']", "[None, None]"]
    assert {len(rows) for rows in by_key.values()} == {1, 2}


def test_the_same_title_at_another_place_or_time_is_another_event(taken):
    text = (
        "Veranstaltung;Datum;Beginn;Ort;Teilgenommen\nEröffnung;16.01.2023;;Rathaus;5\nEröffnung;16.01.2023;20:00;;6\n"
    )
    _, reading = taken({"w.ics": WEEK, "a.csv": text})

    assert len(set(events_of(reading, "event_key"))) == 6


def test_a_count_that_could_mean_two_sessions_is_set_aside(taken):
    twice = ics(*(f"UID:{hour}\nDTSTART:20230116T{hour}0000\nSUMMARY:Kurs" for hour in (10, 14)))
    text = "Veranstaltung;Datum;Beginn;Teilgenommen\nKurs;16.01.2023;;5\nKurs;16.01.2023;14:00;6\n"
    _, reading = taken({"w.ics": twice, "a.csv": text})

    assert [(file, one.line, one.reason) for file, one in reading.rejects] == [("a.csv", 2, "event_ambiguous")]
    assert ("2023-01-16T14:00:00", "6") in events_of(reading, "starts_at", "attended")


def test_statements_of_the_manifest_and_events_told_by_it_alone(taken):
    part = {
        "venues": [{"id": "station", "name": "Bahnhof", "capacity": 60}],
        "events": [
            {"uid": "open", "format": "opening", "attended": 50, "origin": "report", "section": "3.3"},
            {"title": "Sprechstunde", "date": "2023-01-18", "capacity": 8, "cost_eur": "12.50"},
            {"uid": "talk", "series": True, "theme": "coworking"},
            {"title": "Abschluss", "starts_at": "2023-01-20T19:00:00", "venue": "station", "attended": 7},
        ],
    }
    _, reading = taken({"w.ics": WEEK, "a.csv": ATTENDANCE}, part)
    told = events_of(reading, "file", "title", "format", "theme", "capacity", "attended", "cost_eur", "row_origin")

    assert told == [
        ("w.ics", "Eröffnung", "opening", None, "60", None, None, "report"),
        ("w.ics", "Sprechstunde", None, "coworking", None, None, None, "delivered"),
        ("w.ics", "Sprechstunde", None, "coworking", "8", None, "12.50", "delivered"),
        ("w.ics", "Sprechstunde", None, "coworking", None, None, None, "delivered"),
        # The number is corrected where it stands; that row's origin stays its own.
        ("a.csv", "Eröffnung", "opening", None, None, "50", None, "delivered"),
        ("a.csv", "Sprechstunde", None, "coworking", None, "4", None, "delivered"),
        ("a.csv", "Sprechstunde", None, "coworking", None, "3", None, "delivered"),
        ("source.yml", "Abschluss", None, None, "60", "7", None, "delivered"),
    ]
    assert reading.files[-1]["file"] == "source.yml"


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (
            {"events": [{"uid": "nobody", "attended": 1}]},
            r"source\.yml, line \d+, field events\.events\.0: no file .* 'nobody'",
        ),
        ({"events": [{"uid": "talk", "attended": 1}]}, r"3 events could be meant by 'talk'.*series: true"),
        (
            {"events": [{"uid": "open", "theme": "quatsch"}]},
            r"field events\.events\.0\.theme: .* no theme 'quatsch'.*coworking",
        ),
        ({"defaults": {"target_group": "katzen"}}, r"field events\.defaults\.target_group"),
        ({"registrations": [{"file": "x.csv", "uid": "open"}]}, r"the delivery has no file 'x\.csv'"),
        ({"registrations": [{"file": "w.ics", "uid": "nobody"}]}, r"no event of the delivery is 'nobody'"),
    ],
)
def test_a_statement_that_fits_nothing_is_refused_by_line_and_field(taken, part, message):
    with pytest.raises(DeliveryError, match=message):
        taken({"w.ics": WEEK}, part)


def test_orders_and_check_in_list_tell_of_the_same_people(taken):
    part = {"registrations": [{"file": name, "uid": "open"} for name in ("o.csv", "c.csv")]}
    _, reading = taken({"w.ics": WEEK, "o.csv": ORDERS, "c.csv": CHECK_IN}, part)
    rows = registered(reading, "file", "registration_key", "checked_in_at", "event_ref")
    keys = {key for _, key, _, _ in rows}

    assert len(rows) == 4
    assert len(keys) == 2
    assert {ref for _, _, _, ref in rows} == {events_of(reading, "event_key")[0][0]}
    came = {key: came for file, key, came, _ in rows if file == "c.csv"}
    assert sorted(came.values()) == ["2023-01-16T17:05:00Z", "no"]
    # Who came in second in the check-in list stands second in the orders as well.
    max_muster = next(key for file, key, _, _ in rows if file == "c.csv")
    assert [key for file, key, _, _ in rows if file == "o.csv"][1] == max_muster


def test_registrations_find_their_event_by_title_and_date(taken):
    text = (
        "Veranstaltung;Datum;Name;Anwesend\nEröffnung;16.01.2023;Erika;x\nSprechstunde;18.01.2023;Max;x\n"
        "Sprechstunde;;Uwe;x\nFlohmarkt;;Eva;x\nKonzert;19.01.2023 20:00;Ida;x\n"
    )
    _, reading = taken({"w.ics": WEEK, "l.csv": text})
    keys = {key: (title, start) for title, start, key in events_of(reading, "title", "starts_at", "event_key")}

    assert [keys[ref] for (ref,) in registered(reading, "event_ref")] == [
        ("Eröffnung", "2023-01-16T18:00:00"), ("Sprechstunde", "2023-01-18T10:00:00"),
        # The list itself tells this one whole.
        ("Konzert", "2023-01-19T20:00:00"),
    ]  # fmt: skip
    assert [(one.line, one.reason) for _, one in reading.rejects] == [(4, "event_ambiguous"), (5, "event_unknown")]


def test_a_list_of_the_only_event_needs_no_link(taken):
    only = ics("UID:open\nDTSTART:20230116T180000\nSUMMARY:Eröffnung")
    _, reading = taken({"w.ics": only, "o.csv": ORDERS})

    assert {ref for (ref,) in registered(reading, "event_ref")} == {events_of(reading, "event_key")[0][0]}


def test_what_is_delivered_is_accepted_or_quarantined(taken):
    wide = WEEK.replace("RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=DAILY")
    old = wide.replace(
        "BEGIN:VEVENT",
        "BEGIN:VEVENT\r\nUID:old\r\nDTSTART:20200101T100000\r\nSUMMARY:alt\r\nEND:VEVENT\r\nBEGIN:VEVENT",
        1,
    )
    part = {"registrations": [{"file": "o.csv", "title": "alt", "date": "2020-01-01"}]}
    delivery, reading = taken({"w.ics": old, "a.csv": ATTENDANCE + "Fest;Mai;;1\n", "o.csv": ORDERS}, part)
    gated = verdict.gate(delivery, reading, {"01053090"})
    said = gated.summary
    reasons = gated.quarantine["reason"].value_counts().sort("reason").rows()

    assert said["refused"] is None
    assert said["delivered_rows"] == said["accepted_rows"] + said["quarantined_rows"] == 12
    # The registrations go with their event, which is of another period.
    assert reasons == [("day_unknown", 1), ("event_before_period", 1), ("event_not_accepted", 2)]


def test_an_event_nobody_is_checked_in_at_counts_nobody_instead_of_none(taken):
    text = (
        "Veranstaltung;Datum;Name;Anwesend\nEröffnung;16.01.2023;Erika;x\nEröffnung;16.01.2023;Max;\n"
        "Sprechstunde;18.01.2023;Uwe;\n"
    )
    _, reading = taken({"w.ics": WEEK, "l.csv": text})

    assert [came for (came,) in registered(reading, "checked_in_at")] == ["yes", "no", None]
    assert any("1 event(s) without a single check-in" in note for file in reading.files for note in file["notes"])
