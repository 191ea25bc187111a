"""iCalendar as a source of bookings: one VEVENT per booking.

`end_day: inclusive` in source.yml is for publishers who mean DTEND so. What was booked stands in LOCATION, else in
RESOURCES, else before the colon of a title, else the calendar is of one room and its name says which.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from stadtlabor.files import calendar_series
from stadtlabor.files.calendar_event import end, line_of, one, start, text
from stadtlabor.files.calendar_file import Calendars
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers import calendar_export
from stadtlabor.readers.bookings import rooms
from stadtlabor.readers.bookings.desks import DEFAULT_ZONE
from stadtlabor.readers.bookings.land import land
from stadtlabor.readers.bookings.model import DRAFT, BookingPlan
from stadtlabor.readers.bookings.scaffold import lines, scaffold
from stadtlabor.readers.calendar_export import CalendarExport, categories, written
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.values.times import Clock


class IcalBookings(CalendarExport[BookingPlan]):
    """Calendars of bookings."""

    name = "ical-bookings"
    kind = "bookings"
    title = "iCalendar, as bookings of the room or desk in LOCATION"
    table = "bookings"
    draft = DRAFT
    dropped = ("SUMMARY", *calendar_export.DROPPED)
    # The gate cuts off what lies outside.
    margin = calendar_export.DAY

    def certainty(self, head: str) -> Recognition:
        """Only the delivery's kind tells."""
        return Recognition(0.6, self.looks_for)

    def zone(self, manifest: Manifest | None) -> str:
        """That of most spaces; a space may have its own, by which a time without an offset is read."""
        return DEFAULT_ZONE

    def row(self, event: Any, original: dt.date | None, calendar: Calendars, zone: str) -> dict[str, Any]:
        """A booking; the dates of a series share its UID and are told apart by their start."""
        uid, status = text(event, "UID"), text(event, "STATUS")
        is_dated = original is not None or "RECURRENCE-ID" in event
        person = text(event, "ORGANIZER") or text(event, "ATTENDEE")
        return {
            "line": line_of(event),
            "booking_id": f"{uid} {calendar_series.original(event).isoformat()}" if uid and is_dated else uid,
            "resource": text(event, "LOCATION") or text(event, "RESOURCES") or calendar.name,
            "user": person.lower().removeprefix("mailto:") if person else None,
            "title": text(event, "SUMMARY"),
            "category": next(iter(categories(event)), None),
            "status": status.lower() if status else None,
            "visibility": calendar_export.mark(event),
            "start": written(start(event), zone),
            "end": written(end(event), zone),
            "created": _stamp(event, "CREATED", zone),
            "modified": _stamp(event, "LAST-MODIFIED", zone),
        }

    def plan(self, frame: pl.DataFrame, calendar: Calendars, manifest: Manifest | None) -> BookingPlan:
        """Local times, and ends that lie behind the last day."""
        frame, in_titles = rooms.from_titles(frame, calendar.name, manifest)
        plan = BookingPlan(frame, Clock(rule="local", end_day="exclusive", day_first=False), tool=self.name)
        plan.tells_cancelled = frame["status"].is_not_null().any()
        plan.notes = [*_notes(calendar, frame), *in_titles]
        return plan

    def land(self, plan: BookingPlan, manifest: Manifest | None) -> ReadResult:
        """The bookings on their way to the landing table."""
        return land(plan, manifest)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The `bookings:` part of a ready-to-edit source.yml."""
        return scaffold(result)

    def describe(self, result: ReadResult) -> list[str]:
        """The bookings in a few sentences, for `inspect`."""
        return lines(result)


def _stamp(event: Any, name: str, zone: str) -> str | None:
    found = one(event, name)
    return None if found is None else written(found.dt, zone)


def _notes(calendar: Calendars, frame: pl.DataFrame) -> Iterator[str]:
    if frame.height > calendar.records:
        yield f"{calendar.records} event(s) with series unrolled to {frame.height} bookings"
    if frame["booking_id"].is_null().any():
        yield f"{frame['booking_id'].null_count()} event(s) without a UID: told apart by content"


READER = IcalBookings()
