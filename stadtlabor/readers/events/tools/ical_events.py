"""iCalendar as a source of events: series unrolled over the delivery's period, every VEVENT accounted for.

Floating times are those of the manifest's zone, a DATE is a whole day, DTEND is exclusive (RFC 5545). A file in which
whole days end on the day they begin means its ends inclusively, as one publisher does; that is reported, and
`times: end_day` in source.yml overrules it. A time zone that nobody knows is no guess but a reject.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal
from zoneinfo import ZoneInfo

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.rejects import Reject
from stadtlabor.files import calendar_event, calendar_file, calendar_series
from stadtlabor.files.calendar_event import text
from stadtlabor.files.calendar_file import Calendars
from stadtlabor.files.calendar_text import text_of
from stadtlabor.files.layout import Layout
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.events_section import Events
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.events.land import land, some
from stadtlabor.readers.events.model import DRAFT, EventPlan
from stadtlabor.readers.events.scaffold import lines, scaffold
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.values import visibility
from stadtlabor.values.times import Clock

TABLE = "events"
# An endless series looked at without a manifest is unrolled this far, where no single event lies later.
LOOKED_AT = dt.timedelta(days=366)
MOST_OCCURRENCES = 500_000
PLACE = re.compile(r"^(?:LOCATION|RESOURCES)[;:]", re.M | re.I)
# What is booked and not visited.
DESK = re.compile(
    r"^(?:LOCATION|RESOURCES|X-WR-CALNAME)\b[^:\n]*:\s*(?:arbeits|sitz|schreib|konferenz|besprechungs)?"
    r"(?:platz|tisch|desk|lounge|hot ?desk|workspace)\b.{0,8}$",
    re.M | re.I,
)
DROPPED = ("DESCRIPTION", "ORGANIZER", "ATTENDEE", "COMMENT", "CONTACT", "URL", "ATTACH", "X-ALT-DESC")


class IcalEvents:
    """Calendars of events."""

    name = "ical-events"
    kind = "events"
    title = "iCalendar, as events"
    looks_for = "BEGIN:VCALENDAR"

    def recognise(self, file: RawFile) -> Recognition | None:
        """Every calendar may be one of events; the delivery's kind decides, and desks in LOCATION where it is open."""
        if file.is_workbook or not file.head.lstrip("\ufeff \t\r\n").upper().startswith("BEGIN:VCALENDAR"):
            return None
        desks, places = len(DESK.findall(file.head)), len(PLACE.findall(file.head))
        if desks and desks * 2 >= places:
            return Recognition(0.5, "BEGIN:VCALENDAR, with desks as places")
        return Recognition(0.7, "BEGIN:VCALENDAR")

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """Read the whole file; DeliveryError where it is no calendar or holds no event."""
        content, mended = text_of(file)
        calendar = calendar_file.parse(content, TABLE, file.name)
        part = (manifest.events if manifest else None) or Events()
        rows, rejects = _rows(calendar, manifest, part.timezone)
        frame = pl.DataFrame(rows, schema={"line": pl.Int64, **dict.fromkeys(DRAFT, pl.String)})
        # A private series is one reject, not one for each of its dates.
        frame = frame.filter(pl.col("visibility").is_null() | pl.struct("line", "visibility").is_first_distinct())
        same_day = [line_of for line_of, event in _single_days(calendar) if event]
        end_day: Literal["inclusive", "exclusive"] = "inclusive" if same_day else "exclusive"
        plan = EventPlan(frame.sort("line", "start"), Clock(rule="local", end_day=end_day, day_first=False))
        plan.rejects = [*calendar.rejects, *rejects]
        plan.dropped = sorted({name for event in calendar.events for name in DROPPED if name in event})
        plan.notes = [*mended, *_notes(calendar, frame, manifest, same_day, part)]
        plan.layout, plan.tool = Layout.without_table(file, calendar.records), self.name
        return land(plan, manifest)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The `events:` part of a ready-to-edit source.yml."""
        return scaffold(result)

    def describe(self, result: ReadResult) -> list[str]:
        """The events in a few sentences, for `inspect`."""
        return lines(result)


def _rows(calendar: Calendars, manifest: Manifest | None, zone: str) -> tuple[list[dict[str, Any]], list[Reject]]:
    """Single events as they are, series unrolled over the period."""
    rejects: list[Reject] = []
    known = []
    for event in calendar.events:
        if lost := calendar_event.lost_zone(event):
            detail = f"TZID = {lost[1][:60]}"
            rejects.append(Reject(TABLE, calendar_event.line_of(event), lost[0], calendar_series.ZONE, detail))
        else:
            known.append(event)
    aside = [*calendar.aside, *(event for event in calendar.events if "RECURRENCE-ID" in event and event not in known)]
    numbers = {text(event, "UID") for event in known if calendar_event.is_of_series(event)} - {None}
    series = [event for event in known if calendar_event.is_of_series(event) or text(event, "UID") in numbers]
    in_series = {calendar_event.line_of(event) for event in series}
    rows = [_row(event, zone, None) for event in known if calendar_event.line_of(event) not in in_series]
    if series:
        first, last = _span(known, manifest, zone)
        for event in calendar_series.unrolled(series, first, last, TABLE, rejects, aside):
            rows.append(_row(event, zone, calendar_series.original(event)))
            if len(rows) > MOST_OCCURRENCES:
                raise DeliveryError(f"more than {MOST_OCCURRENCES:,} events", remedy="Deliver a shorter period.")
    return rows, rejects


def _span(events: list[Any], manifest: Manifest | None, zone: str) -> tuple[dt.datetime, dt.datetime]:
    """The moments between which series are unrolled: the delivery's days, else as far as the file's events reach."""
    if manifest and manifest.period:
        first, last = manifest.period.first, manifest.period.last
    else:
        days = sorted(_day(event) for event in events)
        alone = [_day(event) for event in events if not calendar_event.is_of_series(event)]
        first, last = days[0], max(alone) if alone else days[-1] + LOOKED_AT
    midnight = dt.time(tzinfo=ZoneInfo(zone))
    return dt.datetime.combine(first, midnight), dt.datetime.combine(last + dt.timedelta(days=1), midnight)


def _day(event: Any) -> dt.date:
    return calendar_event.day_of(calendar_event.start(event))


def _row(event: Any, zone: str, original: dt.date | None) -> dict[str, Any]:
    return {
        "line": calendar_event.line_of(event),
        "event_id": text(event, "UID"),
        "occurrence": None if original is None else _original(original, zone),
        "title": text(event, "SUMMARY"),
        "start": _written(calendar_event.start(event), zone),
        "end": _end(event, zone),
        "venue": text(event, "LOCATION"),
        "category": _categories(event),
        "status": text(event, "STATUS"),
        "visibility": visibility.PRIVATE if calendar_event.is_closed(event) else None,
    }


def _end(event: Any, zone: str) -> str | None:
    """The end as given; None where the file gives none, so that a day or a moment is not made a length."""
    if "DTEND" not in event and "DURATION" not in event:
        return None
    return _written(calendar_event.end(event), zone)


def _categories(event: Any) -> str | None:
    every = calendar_event.several(event, "CATEGORIES")
    names = [str(name) for one in every for name in one.cats]
    return ", ".join(names) or None


def _original(moment: dt.date, zone: str) -> str:
    """The start a rule gives an occurrence, as local time, whatever became of it."""
    if isinstance(moment, dt.datetime) and moment.tzinfo is not None:
        moment = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return moment.isoformat() if isinstance(moment, dt.datetime) else f"{moment.isoformat()}T00:00:00"


def _written(moment: dt.date | dt.datetime, zone: str) -> str:
    """A time as ISO text: local ones of the delivery's zone without an offset, by which a skipped hour is found."""
    if not isinstance(moment, dt.datetime):
        return moment.isoformat()
    moment = moment.replace(microsecond=0)
    if moment.tzinfo is None or getattr(moment.tzinfo, "key", None) == zone:
        return moment.replace(tzinfo=None).isoformat()
    return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat() + "Z"


def _single_days(calendar: Calendars) -> Iterator[tuple[int, bool]]:
    """Lines of whole-day events, and whether each ends on the day it begins."""
    for event in calendar.events:
        start, stop = calendar_event.start(event), getattr(event.get("DTEND"), "dt", None)
        if not isinstance(start, dt.datetime) and stop is not None and not isinstance(stop, dt.datetime):
            yield calendar_event.line_of(event), stop == start


def _notes(
    calendar: Calendars, frame: pl.DataFrame, manifest: Manifest | None, same_day: list[int], part: Events
) -> Iterator[str]:
    if calendar.calendars > 1:
        yield f"{calendar.calendars} calendars in one file: read together"
    series = sum(calendar_event.is_of_series(event) for event in calendar.events)
    if series:
        occurrences = frame["occurrence"].is_not_null().sum()
        yield f"{series} series, unrolled to {occurrences} event(s) within the period"
    if series and manifest is None:
        yield "series are unrolled as far as the file's other events reach; with a manifest, for its period"
    if same_day and part.times.end_day is None:
        yield (
            f"{len(same_day)} whole-day event(s) end on the day they begin (line {some(same_day)}): this file means "
            "its last days inclusively; read so ('times: end_day: exclusive' in source.yml if that is wrong)"
        )
    if nameless := sum("UID" not in event for event in calendar.events):
        yield f"{nameless} event(s) without a UID: told apart by title, start and place"
    if not calendar.has_producer:
        yield "the calendar has no PRODID: it does not say which tool wrote it"
    if calendar.odd_lines:
        yield f"{calendar.odd_lines} line(s) within events are no properties and are passed over"
    for kind, count in sorted(calendar.others.items()):
        yield f"passed over {count} {kind}: no events"


READER = IcalEvents()
