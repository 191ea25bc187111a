"""A town's calendar as iCalendar: local times with their zone, long lines folded, one event in a zone nobody knows."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from stadtlabor.samples.events.event_shape import Event, Shape

BERLIN = ZoneInfo("Europe/Berlin")
WRITTEN = dt.datetime(2022, 8, 15, 9, tzinfo=dt.UTC)


def calendar(shape: Shape, made: Sequence[Event]) -> bytes:
    """The events as a calendar file."""
    book = Calendar()
    book.add("prodid", "-//StadtLabor Kleinstadt//Beispielkalender//DE")
    book.add("version", "2.0")
    for number, one in enumerate(made, 1):
        book.add_component(_entry(one, f"{shape.manifest['id']}-{number}@example.org"))
    for number, fault in enumerate(shape.faults, 1):
        entry = Entry()
        entry.add("uid", f"{shape.manifest['id']}-fault-{number}@example.org")
        entry.add("dtstamp", WRITTEN)
        for name, value in fault.items():
            entry[name] = value
        book.add_component(entry)
    text: bytes = book.to_ical()
    # A zone that is no zone can only be put in afterwards.
    return text.replace(b"DTSTART:UNKNOWN/", b"DTSTART;TZID=Altstadt/Markt:")


def _entry(one: Event, uid: str) -> Entry:
    entry = Entry()
    entry.add("uid", uid)
    entry.add("dtstamp", WRITTEN)
    entry.add("dtstart", one.starts.replace(tzinfo=BERLIN))
    entry.add("dtend", one.ends.replace(tzinfo=BERLIN))
    entry.add("summary", one.title)
    entry.add("location", one.venue)
    entry.add("organizer", "mailto:themenwoche@example.org")
    if one.note:
        entry.add("description", one.note)
    return entry
