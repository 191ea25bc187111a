"""iCalendar as a source of events: every VEVENT accounted for.

A file in which whole days end on the day they begin means its ends inclusively, as one publisher does; that is
reported, and `times: end_day` in source.yml overrules it. A time zone that nobody knows is no guess but a reject.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from stadtlabor.files.calendar_event import end, is_of_series, line_of, start, text
from stadtlabor.files.calendar_file import Calendars
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.events_section import Events
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers import calendar_export
from stadtlabor.readers.calendar_export import CalendarExport, categories, written
from stadtlabor.readers.events.land import land
from stadtlabor.readers.events.model import DRAFT, EventPlan
from stadtlabor.readers.events.scaffold import lines, scaffold
from stadtlabor.readers.landing_skeleton import some
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.values.times import Clock

PLACE = re.compile(r"^(?:LOCATION|RESOURCES)[;:]", re.M | re.I)
# What is booked and not visited.
DESK = re.compile(
    r"^(?:LOCATION|RESOURCES|X-WR-CALNAME)\b[^:\n]*:\s*(?:arbeits|sitz|schreib|konferenz|besprechungs)?"
    r"(?:platz|tisch|desk|lounge|hot ?desk|workspace)\b.{0,8}$",
    re.M | re.I,
)


class IcalEvents(CalendarExport[EventPlan]):
    """Calendars of events."""

    name = "ical-events"
    kind = "events"
    title = "iCalendar, as events"
    table = "events"
    draft = DRAFT

    def certainty(self, head: str) -> Recognition:
        """Less sure with desks in LOCATION."""
        desks, places = len(DESK.findall(head)), len(PLACE.findall(head))
        if desks and desks * 2 >= places:
            return Recognition(0.5, f"{self.looks_for}, with desks as places")
        return Recognition(0.7, self.looks_for)

    def zone(self, manifest: Manifest | None) -> str:
        """The manifest's."""
        return _part(manifest).timezone

    def row(self, event: Any, original: dt.date | None, calendar: Calendars, zone: str) -> dict[str, Any]:
        """An event; where the file gives no end there is none, so that a day or a moment is not made a length."""
        has_end = "DTEND" in event or "DURATION" in event
        return {
            "line": line_of(event),
            "event_id": text(event, "UID"),
            "occurrence": None if original is None else _original(original, zone),
            "title": text(event, "SUMMARY"),
            "start": written(start(event), zone),
            "end": written(end(event), zone) if has_end else None,
            "venue": text(event, "LOCATION"),
            "category": ", ".join(categories(event)) or None,
            "status": text(event, "STATUS"),
            "visibility": calendar_export.mark(event),
        }

    def plan(self, frame: pl.DataFrame, calendar: Calendars, manifest: Manifest | None) -> EventPlan:
        """Local times, and ends as this file means them."""
        # A private series is one reject, not one for each of its dates.
        frame = frame.filter(pl.col("visibility").is_null() | pl.struct("line", "visibility").is_first_distinct())
        same_day = [line_of(event) for event in calendar.events if _is_single_day(event)]
        plan = EventPlan(
            frame,
            Clock(rule="local", end_day="inclusive" if same_day else "exclusive", day_first=False),
            tool=self.name,
        )
        plan.notes = list(_notes(calendar, frame, same_day, _part(manifest)))
        return plan

    def land(self, plan: EventPlan, manifest: Manifest | None) -> ReadResult:
        """The events on their way to the landing table."""
        return land(plan, manifest)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The `events:` part of a ready-to-edit source.yml."""
        return scaffold(result)

    def describe(self, result: ReadResult) -> list[str]:
        """The events in a few sentences, for `inspect`."""
        return lines(result)


def _part(manifest: Manifest | None) -> Events:
    return (manifest.events if manifest else None) or Events()


def _original(moment: dt.date, zone: str) -> str:
    """The start a rule gives an occurrence, as local time, whatever became of it."""
    if isinstance(moment, dt.datetime) and moment.tzinfo is not None:
        moment = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return moment.isoformat() if isinstance(moment, dt.datetime) else f"{moment.isoformat()}T00:00:00"


def _is_single_day(event: Any) -> bool:
    """Whether a whole-day event ends on the day it begins."""
    begin, stop = start(event), getattr(event.get("DTEND"), "dt", None)
    return not isinstance(begin, dt.datetime) and stop == begin


def _notes(calendar: Calendars, frame: pl.DataFrame, same_day: Sequence[int], part: Events) -> Iterator[str]:
    if series := sum(is_of_series(event) for event in calendar.events):
        occurrences = frame["occurrence"].is_not_null().sum()
        yield f"{series} series, unrolled to {occurrences} event(s) within the period"
    if same_day and part.times.end_day is None:
        yield (
            f"{len(same_day)} whole-day event(s) end on the day they begin (line {some(same_day)}): this file means "
            "its last days inclusively; read so ('times: end_day: exclusive' in source.yml if that is wrong)"
        )
    if nameless := sum("UID" not in event for event in calendar.events):
        yield f"{nameless} event(s) without a UID: told apart by title, start and place"


READER = IcalEvents()
