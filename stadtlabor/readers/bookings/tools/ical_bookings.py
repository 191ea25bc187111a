"""iCalendar as a source of bookings: one VEVENT per booking, series unrolled over the delivery's period.

Floating times are those of the space, a DATE is a whole day, DTEND is exclusive (RFC 5545; `end_day: inclusive` in
source.yml for publishers who mean it otherwise). What was booked stands in LOCATION, else in RESOURCES, else the
calendar is of one room and its name says which.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.rejects import Reject
from stadtlabor.files import calendar_event, calendar_file, calendar_series
from stadtlabor.files.calendar_file import Calendars
from stadtlabor.files.layout import Layout
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.bookings.desks import DEFAULT_ZONE
from stadtlabor.readers.bookings.land import land
from stadtlabor.readers.bookings.model import DRAFT, BookingPlan
from stadtlabor.readers.bookings.scaffold import lines, scaffold
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.values import visibility
from stadtlabor.values.times import Clock

# An endless series looked at without a manifest is unrolled this far.
LOOKED_AT = dt.timedelta(days=731)
MOST_EVENTS = 2_000_000
DAY = dt.timedelta(days=1)
DROPPED = ("SUMMARY", "DESCRIPTION", "ORGANIZER", "ATTENDEE", "COMMENT", "CONTACT", "URL")


class IcalBookings:
    """Calendars of bookings."""

    name = "ical-bookings"
    kind = "bookings"
    title = "iCalendar, as bookings of the room or desk in LOCATION"
    looks_for = "BEGIN:VCALENDAR"

    def recognise(self, file: RawFile) -> Recognition | None:
        """Every calendar may be one of bookings; only the delivery's kind tells."""
        if file.is_workbook or not file.head.lstrip().upper().startswith("BEGIN:VCALENDAR"):
            return None
        return Recognition(0.6, "BEGIN:VCALENDAR")

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """Read the whole file; DeliveryError where it is no calendar or holds no event."""
        calendar = calendar_file.parse(file.text, "bookings", file.name)
        rows, rejects = _rows(calendar, manifest)
        frame = pl.DataFrame(rows, schema={"line": pl.Int64, **dict.fromkeys(DRAFT, pl.String)}).sort("line", "start")
        plan = BookingPlan(frame, self.name, Clock(rule="local", end_day="exclusive", day_first=False))
        plan.rejects = [*calendar.rejects, *rejects]
        plan.tells_cancelled = frame["status"].is_not_null().any()
        plan.dropped = sorted({name for event in calendar.events for name in DROPPED if name in event})
        plan.notes = list(_notes(calendar, frame, manifest))
        plan.layout = Layout.without_table(file, calendar.records)
        return land(plan, manifest)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The `bookings:` part of a ready-to-edit source.yml."""
        return scaffold(result)

    def describe(self, result: ReadResult) -> list[str]:
        """The bookings in a few sentences, for `inspect`."""
        return lines(result)


def _rows(calendar: Calendars, manifest: Manifest | None) -> tuple[list[dict[str, Any]], list[Reject]]:
    """Single events as they are, series unrolled over the period."""
    events = calendar.events
    first, last = _span(events, manifest)
    changed = {calendar_event.text(event, "UID") for event in events if "RECURRENCE-ID" in event}
    rows: list[dict[str, Any]] = []
    rejects: list[Reject] = []
    series = []
    for event in events:
        number = calendar_event.text(event, "UID")
        if calendar_event.is_of_series(event) or (number is not None and number in changed):
            series.append(event)
        else:
            rows.append(_row(event, calendar, number))
    for event in calendar_series.unrolled(series, first, last, "bookings", rejects, calendar.aside):
        uid = calendar_event.text(event, "UID")
        number = f"{uid} {calendar_series.original(event).isoformat()}" if uid else None
        rows.append(_row(event, calendar, number))
        if len(rows) > MOST_EVENTS:
            raise DeliveryError(f"more than {MOST_EVENTS:,} bookings", remedy="Deliver a shorter period.")
    return rows, rejects


def _span(events: list[Any], manifest: Manifest | None) -> tuple[dt.datetime, dt.datetime]:
    """The days over which series are unrolled: the delivery's, else two years from the first event."""
    if manifest and manifest.period:
        first, last = manifest.period.first, manifest.period.last
    else:
        first = min(
            (calendar_event.day_of(calendar_event.start(event)) for event in events), default=dt.date(2000, 1, 1)
        )
        last = first + LOOKED_AT
    # A day more at both ends, for zones: the gate cuts off what lies outside.
    midnight = dt.time(tzinfo=ZoneInfo(DEFAULT_ZONE))
    return (
        dt.datetime.combine(first - dt.timedelta(days=1), midnight),
        dt.datetime.combine(last + dt.timedelta(days=2), midnight),
    )


def _row(event: Any, calendar: Calendars, number: str | None) -> dict[str, Any]:
    person = calendar_event.text(event, "ORGANIZER") or calendar_event.text(event, "ATTENDEE")
    status = calendar_event.text(event, "STATUS")
    return {
        "line": calendar_event.line_of(event),
        "booking_id": number,
        "resource": _where(event, calendar),
        "user": person.lower().removeprefix("mailto:") if person else None,
        "title": calendar_event.text(event, "SUMMARY"),
        "category": _categories(event),
        "status": status.lower() if status else None,
        "visibility": visibility.PRIVATE if calendar_event.is_closed(event) else None,
        "start": _written(calendar_event.start(event)),
        "end": _written(calendar_event.end(event)),
        "created": _stamp(event, "CREATED"),
        "modified": _stamp(event, "LAST-MODIFIED"),
    }


def _where(event: Any, calendar: Calendars) -> str | None:
    return calendar_event.text(event, "LOCATION") or calendar_event.text(event, "RESOURCES") or calendar.name


def _categories(event: Any) -> str | None:
    found: Any = calendar_event.one(event, "CATEGORIES")
    return str(found.cats[0]) if found and found.cats else None


def _stamp(event: Any, name: str) -> str | None:
    found = calendar_event.one(event, name)
    return None if found is None else _written(found.dt)


def _written(moment: dt.date | dt.datetime) -> str:
    """A time as ISO text: with its offset where it has a zone, without where it is floating or does not exist.

    Without an offset it goes the way of local times, by which a time that clocks skipped is found.
    """
    if not isinstance(moment, dt.datetime):
        return moment.isoformat()
    naive = moment.replace(tzinfo=None).isoformat()
    if moment.tzinfo is None:
        return naive
    if moment.utcoffset() == dt.timedelta(0) and "UTC" in str(moment.tzinfo):
        return naive + "Z"
    ours = moment.replace(tzinfo=ZoneInfo(DEFAULT_ZONE))
    # Outlook gives the zone a name of its own; that it keeps the same time a day before and after tells.
    is_ours = all((moment + day).utcoffset() == (ours + day).utcoffset() for day in (-DAY, DAY))
    is_skipped = ours.astimezone(dt.UTC).astimezone(ours.tzinfo).replace(tzinfo=None) != moment.replace(tzinfo=None)
    is_twice = ours.replace(fold=0).utcoffset() != ours.replace(fold=1).utcoffset()
    return naive if is_ours and (is_skipped or is_twice) else moment.isoformat()


def _notes(calendar: Calendars, frame: pl.DataFrame, manifest: Manifest | None) -> Iterator[str]:
    if frame.height > calendar.records:
        yield f"{calendar.records} event(s) with series unrolled to {frame.height} bookings"
    if frame["booking_id"].is_null().any():
        yield f"{frame['booking_id'].null_count()} event(s) without a UID: told apart by content"
    nowhere = sum(calendar_event.lost_zone(event) is not None for event in calendar.events)
    if nowhere:
        yield f"{nowhere} event(s) name a time zone the file does not define: read as local time of the space"
    if manifest is None and any("RRULE" in event for event in calendar.events):
        yield "series are unrolled for two years; with a manifest, for its period"


READER = IcalBookings()
