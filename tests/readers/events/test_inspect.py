"""`stadtlabor inspect` names each format of events and writes a source.yml that loads and reads the file."""

import json

import pytest

from stadtlabor.inspect.inspection import inspect
from stadtlabor.inspect.inspection_text import lines_of
from stadtlabor.inspect.source_yml import source_yml
from stadtlabor.manifest import source as manifests
from stadtlabor.readers import registry
from tests.readers.events.export import SUMMER, ics
from tests.readers.registrations.test_registrations import CHECK_IN, EVENTBRITE, ORDERS

FILES = {
    "ical-events": (
        "a.ics",
        ics("UID:1\nLOCATION:Saal\nCATEGORIES:Kultur\n" + SUMMER, "UID:2\nRRULE:FREQ=WEEKLY;COUNT=3\n" + SUMMER),
    ),
    "events-table": ("a.csv", "Titel;Datum;Ort;Teilnehmer\nFest;21.06.2022;Saal;7\n"),
    "events-json": (
        "a.json",
        json.dumps({"events": [{"title": "Fest", "start": "2022-06-21T18:00", "location": "Saal"}]}),
    ),
    "pretix": ("o.csv", ORDERS),
    "eventbrite": ("e.csv", EVENTBRITE.format(order="Order #", last="Last Name")),
    "registrations-table": ("l.csv", "Veranstaltung;Datum;Vorname;Nachname;Anwesend\nFest;21.06.2022;Eva;Muster;x\n"),
}


@pytest.mark.parametrize("name", FILES)
def test_inspect_names_the_format_and_scaffolds_what_reads_it(deliver, tmp_path, name):
    file_name, text = FILES[name]
    file = deliver(text, file_name)
    inspection = inspect(file.path)
    path = tmp_path / "source.yml"
    written = source_yml(inspection)
    path.write_text(
        written if "\nperiod:" in written else written + "period: {from: 2022-01-01, to: 2022-12-31}\n", "utf-8"
    )
    described = manifests.load(path)
    reader = registry.reader_for(file, described, described.files[0])
    result = reader.read(file, described)

    assert (described.kind, described.format, reader.name) == ("events", name, name)
    assert inspection.result is not None
    heights = {table: frame.height for table, frame in inspection.result.tables.items()}
    assert heights == {table: frame.height for table, frame in result.tables.items()}
    assert sum(heights.values()) > 0
    assert result.rejects == []


@pytest.mark.parametrize("text", [ORDERS, CHECK_IN, EVENTBRITE.format(order="Order no.", last="Surname")])
def test_what_inspect_prints_and_writes_names_nobody(deliver, text):
    inspection = inspect(deliver(text).path)
    said = "\n".join(lines_of(inspection)) + source_yml(inspection)

    for word in ("Muster", "Erika", "example.org", "Weg 1", "PSEUDO1"):
        assert word not in said


def test_venues_of_the_scaffold_are_names_without_addresses(deliver):
    calendar = ics(
        "UID:1\nLOCATION:Saal\\, Weg 1\\, 23879 Mölln\n" + SUMMER, "UID:2\nLOCATION:SAAL\n" + SUMMER,
        "UID:3\nLOCATION:Königsberger Straße 8\n" + SUMMER,
    )  # fmt: skip
    written = source_yml(inspect(deliver(calendar, "a.ics").path))

    assert written.count("- id: saal") == 1
    assert "Weg 1" not in written
    assert "Königsberger" not in written


def test_a_calendar_goes_to_the_reader_of_the_delivery_s_kind(deliver):
    of_desks = deliver(ics("UID:1\nLOCATION:Platz 1\n" + SUMMER), "d.ics")
    of_events = deliver(ics("UID:1\nLOCATION:Saal\n" + SUMMER), "e.ics")

    assert registry.recognise(of_desks)[0].name == "ical-bookings"
    assert registry.recognise(of_events)[0].name == "ical-events"
    assert {reader.name for reader, _ in registry.candidates(of_desks)} >= {"ical-bookings", "ical-events"}
