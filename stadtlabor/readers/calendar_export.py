"""What the readers of iCalendar share: a file's events read, zones settled, series unrolled over the delivery's period.

Floating times are those of the zone of the place, a DATE is a whole day, DTEND is exclusive (RFC 5545). A kind of
delivery adds what an event means to it: one row for each.
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.rejects import Reject
from stadtlabor.files import calendar_event, calendar_file, calendar_series
from stadtlabor.files.calendar_event import is_of_series, line_of, text
from stadtlabor.files.calendar_file import Calendars
from stadtlabor.files.calendar_text import text_of
from stadtlabor.files.layout import Layout
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.landing_skeleton import Plan
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.values import visibility

# A series looked at without a manifest is unrolled this far, where no single event lies later.
LOOKED_AT = dt.timedelta(days=366)
MOST_OCCURRENCES = 500_000
DAY = dt.timedelta(days=1)
DROPPED = ("DESCRIPTION", "ORGANIZER", "ATTENDEE", "COMMENT", "CONTACT", "URL", "ATTACH", "X-ALT-DESC")


P = TypeVar("P", bound=Plan)


class CalendarExport(ABC, Generic[P]):
    """A calendar as a source of one kind of delivery; each kind gives its rows and its plan.

    `draft` are the columns of a row beside `line`; `margin` is unrolled beyond both ends of the period, for zones.
    """

    name: str
    kind: str
    title: str
    table: str
    draft: Sequence[str]
    looks_for = "BEGIN:VCALENDAR"
    dropped: Sequence[str] = DROPPED
    margin = dt.timedelta()

    @abstractmethod
    def certainty(self, head: str) -> Recognition:
        """How sure a calendar is one of this kind."""

    @abstractmethod
    def zone(self, manifest: Manifest | None) -> str:
        """The time zone of the place."""

    def other_zone(self, manifest: Manifest | None) -> str | None:
        """The zone that source.yml gives for names nobody knows."""
        part = getattr(manifest, self.kind, None) if manifest else None
        return part.zone if part else None

    @abstractmethod
    def row(self, event: Any, original: dt.date | None, calendar: Calendars, zone: str) -> dict[str, Any]:
        """What an event means; `original` is the start a series gives it, None where it is of none."""

    @abstractmethod
    def plan(self, frame: pl.DataFrame, calendar: Calendars, manifest: Manifest | None) -> P:
        """The records with what the kind does with times, and its own notes."""

    @abstractmethod
    def land(self, plan: P, manifest: Manifest | None) -> ReadResult:
        """The plan on its way to the landing table."""

    def recognise(self, file: RawFile) -> Recognition | None:
        """Every calendar may be one of this kind; the delivery's kind decides."""
        if file.is_workbook or not file.head.lstrip("\ufeff \t\r\n").upper().startswith("BEGIN:VCALENDAR"):
            return None
        return self.certainty(file.head)

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """Read the whole file; DeliveryError where it is no calendar or holds no event."""
        content, mended = text_of(file)
        calendar = calendar_file.parse(content, self.table, file.name, self.other_zone(manifest))
        zone = self.zone(manifest)
        rows = [self.row(event, at, calendar, zone) for event, at in self._occurrences(calendar, manifest, zone)]
        frame = pl.DataFrame(rows, schema={"line": pl.Int64, **dict.fromkeys(self.draft, pl.String)})
        plan = self.plan(frame.sort("line", "start"), calendar, manifest)
        plan.rejects = calendar.rejects
        plan.dropped = sorted({name for event in calendar.events for name in self.dropped if name in event})
        plan.notes = [*mended, *plan.notes, *_notes(calendar, manifest)]
        plan.layout = Layout.without_table(file, calendar.records)
        return self.land(plan, manifest)

    def _occurrences(
        self, calendar: Calendars, manifest: Manifest | None, zone: str
    ) -> Iterator[tuple[Any, dt.date | None]]:
        """Single events as they are, series unrolled over the period; the calendar's rejects are added to."""
        known = list(self._in_known_zones(calendar))
        aside = [*calendar.aside, *(one for one in calendar.events if "RECURRENCE-ID" in one and one not in known)]
        numbers = {text(event, "UID") for event in known if is_of_series(event)} - {None}
        series = [event for event in known if is_of_series(event) or text(event, "UID") in numbers]
        lines = {line_of(event) for event in series}
        yield from ((event, None) for event in known if line_of(event) not in lines)
        if not series:
            return
        first, last = _span(known, manifest, zone)
        found = calendar_series.unrolled(
            series, first - self.margin, last + self.margin, self.table, calendar.rejects, aside
        )
        for count, event in enumerate(found, len(known) - len(series) + 1):
            if count > MOST_OCCURRENCES:
                raise DeliveryError(f"more than {MOST_OCCURRENCES:,} {self.table}", remedy="Deliver a shorter period.")
            yield event, calendar_series.original(event)

    def _in_known_zones(self, calendar: Calendars) -> Iterator[Any]:
        for event in calendar.events:
            lost = calendar_event.lost_zone(event)
            if lost is None:
                yield event
            else:
                detail = f"TZID = {lost[1][:60]}; '{self.kind}: zone:' in source.yml says which one is meant"
                calendar.rejects.append(Reject(self.table, line_of(event), lost[0], calendar_series.ZONE, detail))


def written(moment: dt.date, zone: str) -> str:
    """A time as ISO text: with its offset where it has a zone, without where it is floating or does not exist.

    Without an offset it goes the way of local times of `zone`, by which an hour that clocks skip or repeat is found.
    """
    if not isinstance(moment, dt.datetime):
        return moment.isoformat()
    moment = moment.replace(microsecond=0)
    naive = moment.replace(tzinfo=None).isoformat()
    if moment.tzinfo is None:
        return naive
    if moment.utcoffset() == dt.timedelta(0) and "UTC" in str(moment.tzinfo):
        return naive + "Z"
    ours = moment.replace(tzinfo=ZoneInfo(zone))
    # Outlook gives the zone a name of its own; that it keeps the same time a day before and after tells.
    is_ours = all((moment + day).utcoffset() == (ours + day).utcoffset() for day in (-DAY, DAY))
    is_skipped = ours.astimezone(dt.UTC).astimezone(ours.tzinfo).replace(tzinfo=None) != moment.replace(tzinfo=None)
    is_twice = ours.replace(fold=0).utcoffset() != ours.replace(fold=1).utcoffset()
    return naive if is_ours and (is_skipped or is_twice) else moment.isoformat()


def categories(event: Any) -> list[str]:
    """The categories of an event, in the file's order."""
    return [str(name) for one in calendar_event.several(event, "CATEGORIES") for name in one.cats]


def mark(event: Any) -> str | None:
    """The mark of an event that others must not read."""
    return visibility.PRIVATE if calendar_event.is_closed(event) else None


def _span(events: Sequence[Any], manifest: Manifest | None, zone: str) -> tuple[dt.datetime, dt.datetime]:
    """The moments between which series are unrolled: the delivery's days, else as far as the file's events reach."""
    if manifest and manifest.period:
        first, last = manifest.period.first, manifest.period.last
    else:
        days = sorted(_day(event) for event in events)
        alone = [_day(event) for event in events if not is_of_series(event) and "RECURRENCE-ID" not in event]
        ends = [calendar_series.last_day(event, LOOKED_AT) for event in events if is_of_series(event)]
        reached = [*alone, *(day for day in ends if day is not None)]
        # A series without an end is followed for a year, where nothing else says how far the file reaches.
        first, last = days[0], max(reached) if reached else days[-1] + LOOKED_AT
        last = max(last, days[-1])
    midnight = dt.time(tzinfo=ZoneInfo(zone))
    return dt.datetime.combine(first, midnight), dt.datetime.combine(last + DAY, midnight)


def _day(event: Any) -> dt.date:
    return calendar_event.day_of(calendar_event.start(event))


def _notes(calendar: Calendars, manifest: Manifest | None) -> Iterator[str]:
    """What was put together and passed over, and what the calendar does not say."""
    if calendar.calendars > 1:
        yield f"{calendar.calendars} calendars in one file: read together"
    if manifest is None and any(is_of_series(event) for event in calendar.events):
        yield "series are unrolled as far as the file's other events reach; with a manifest, for its period"
    if not calendar.has_producer:
        yield "the calendar has no PRODID: it does not say which tool wrote it"
    if calendar.odd_lines:
        yield f"{calendar.odd_lines} line(s) within events are no properties and are passed over"
    for kind, count in sorted(calendar.others.items()):
        yield f"passed over {count} {kind}: no events"
