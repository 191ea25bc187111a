"""Places as calendars write them: the venue's name stays, its address goes no further."""

import pytest

from stadtlabor.readers.events.addresses import name_of
from tests.readers.events.export import SUMMER, events_manifest, ics, read, rows, whole


@pytest.mark.parametrize(
    "place",
    [
        "Kulturhaus @ Beispielstraße 5 01234 Ort", "Kulturhaus @ Lindenweg 12", "Kulturhaus - Hauptstraße 3",
        "Kulturhaus | Am Markt 1", "Kulturhaus | Lange Str. 5a, 01234 Ort", "Kulturhaus, Hauptstraße 5",
        "Kulturhaus – Hauptstr.5 - 7", "Kulturhaus @ Beispielbogen 5, 01234 Ort", "Kulturhaus - 01234 Ort",
        "Kulturhaus 01234 Ort", "Kulturhaus | Am Sportplatz 3 | 01234 Ort", "Kulturhaus: Straße des Friedens 5",
        "Hauptstraße 3 - Kulturhaus", "Kulturhaus (Markt 5)",
    ],
)  # fmt: skip
def test_a_name_before_an_address(place):
    assert name_of(place) == "Kulturhaus"


@pytest.mark.parametrize(
    "place",
    [
        "Haus 5", "Raum 2 - Seminarraum", "Schule am Park - Aula", "Marktplatz", "Halle 7 | Hof", "Halle 7 | Hof 2",
        "Raum 12345", "Rathaus / Ratssaal", "Bibliothek - 1. OG", "Im Saal 2", "Platz 1", "Am Hafen", "Labor @ Raum 3",
        "Raum 101 - Gebäude 3 - Campus Nord", "Co-Working-Space", "Werkstatt 3 im Hof",
    ],
)  # fmt: skip
def test_a_name_that_is_all_name(place):
    assert name_of(place) == place


@pytest.mark.parametrize(
    "place",
    ["Weststraße 12b", "Hauptstr. 5", "48157 Münster", "Lange Straße 8 48157 Ort", "Am Hof 3", "Straße des Friedens 5",
     "@ Beispielstraße 5", "Markt 5", "Unter den Linden 5"],
)  # fmt: skip
def test_an_address_alone(place):
    assert name_of(place) is None


@pytest.mark.parametrize("place", ["Treff @ Lindenweg 12 01234 Ort", r"Treff\nLindenweg 12\n01234 Ort"])
def test_of_a_place_in_a_calendar_its_name_lands_and_the_manifest_may_know_it_whole(deliver, place):
    file = deliver(ics(f"UID:1\nLOCATION:{place}\n{SUMMER}"), "a.ics")
    result = read(file, "ical-events", events_manifest())
    known = events_manifest(venues=[{"id": "t", "name": "T", "written": [place.replace(r"\n", " ")]}])

    assert [row["venue"] for row in rows(result)] == ["Treff"]
    assert "Lindenweg" not in whole(result)
    assert [row["venue_id"] for row in rows(read(file, "ical-events", known))] == ["t"]
