"""A calendar file: its events with the lines they begin on, faulty ones named, copies sorted out.

Every VEVENT is an event or a reject with its line.
"""

import datetime as dt
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import icalendar
from icalendar.timezone import tzp

from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.rejects import Reject
from stadtlabor.files import calendar_zones
from stadtlabor.files.calendar_event import (
    LINE,
    UNREADABLE,
    close,
    error_text,
    is_closed,
    is_of_series,
    line_of,
    one,
    settle,
    start,
    text,
)

REASON = "recurrence_unreadable"
COPY = "duplicate_record"
# A calendar of a town for a hundred years; 100,000 events take half a minute.
MOST_EVENTS = 300_000
MOST_CHARACTERS = 1_000_000

_MARK = re.compile(r"^(BEGIN|END):(VEVENT|VCALENDAR|VTODO|VJOURNAL|VFREEBUSY)[ \t]*$", re.M | re.I)
_ZONE = re.compile(r"^BEGIN:VTIMEZONE[ \t]*$.*?^END:VTIMEZONE[ \t]*$", re.M | re.S | re.I)
# RFC 5545 forbids it, and tools that write it mean either.
_TWO_ZONES = re.compile(r"^DT(?:START|END);[^:\n]*TZID=\"?(?!UTC|GMT|Etc/)[^:\n]*:\d{8}T\d{6}Z\s*$", re.M | re.I)
_CLOSED = re.compile(r"^CLASS[^:\n]*:(?!\s*(?:PUBLIC)?\s*$)", re.M | re.I)
_NAME = re.compile(r"^(?:X-WR-CALNAME|NAME)(?:;[^:\n]*)?:(.*)$", re.M | re.I)


@dataclass
class Calendars:
    """What a file holds: `events` that can be read (each with LINE), `records` the VEVENTs there are, `name` its own.

    `aside` are changes of a series that are rejects, of which no more is known than which date they change; `private`
    are the numbers of events that others must not read. `others` counts components that are no events (VTODO),
    `has_producer` is whether a PRODID says who wrote it.
    """

    events: list[Any] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    aside: list[Any] = field(default_factory=list)
    private: set[str] = field(default_factory=set)
    records: int = 0
    name: str | None = None
    others: Counter[str] = field(default_factory=Counter)
    has_producer: bool = False
    odd_lines: int = 0
    calendars: int = 0


def parse(content: str, table: str, name: str, zone: str | None = None) -> Calendars:
    """All events of all calendars of a text; DeliveryError where there is none, or more than MOST_EVENTS.

    `zone` is the one meant by the names of zones that neither the file nor the world knows.
    """
    plain = re.sub(r"\r*\n|\r", "\n", content)
    found = Calendars(has_producer=bool(re.search(r"^PRODID[;:]", plain, re.M | re.I)))
    spans = list(_spans(plain, found, table))
    if not spans and not found.rejects:
        raise DeliveryError("the calendar holds no event", name, 1, remedy="Export it again, with its events.")
    if found.records > MOST_EVENTS:
        raise DeliveryError(
            f"more than {MOST_EVENTS:,} events ({found.records:,})", name, remedy="Deliver a shorter period."
        )
    head = plain[: spans[0][1]] if spans else plain
    if calendar_name := _NAME.search(re.sub(r"\n[ \t]", "", head)):
        found.name = re.sub(r"\\([,;\\])", r"\1", calendar_name[1]).strip() or None
    with warnings.catch_warnings():
        # That a zone's name with a maker's prefix is guessed is what we want.
        warnings.simplefilter("ignore")
        _learn_zones(plain)
        for line, begin, stop in spans:
            _take(plain[begin:stop], line, found, table, zone)
    _close_changes(found)
    found.events = _newest(found, table)
    return found


def _spans(text: str, found: Calendars, table: str) -> Iterator[tuple[int, int, int]]:
    """Each whole VEVENT: its line, and where it begins and ends in the text; those without an end are rejects."""
    line, counted = 1, 0
    open_event: tuple[int, int] | None = None
    for mark in _MARK.finditer(text):
        what, kind = mark[1].upper(), mark[2].upper()
        line, counted = line + text.count("\n", counted, mark.start()), mark.start()
        if open_event and (what, kind) != ("END", "VEVENT"):
            found.rejects.append(Reject(table, open_event[0], "", REASON, "the event has no END:VEVENT"))
            open_event = None
        if kind == "VEVENT" and what == "BEGIN":
            found.records += 1
            open_event = line, mark.start()
        elif kind == "VEVENT" and open_event:
            yield open_event[0], open_event[1], mark.end()
            open_event = None
        elif what == "BEGIN" and kind == "VCALENDAR":
            found.calendars += 1
        elif what == "BEGIN" and kind != "VEVENT":
            found.others[kind] += 1
    if open_event:
        found.rejects.append(Reject(table, open_event[0], "", REASON, "the file ends within the event"))


def _learn_zones(text: str) -> None:
    """Make the file's own time zones known, and none of the files read before."""
    tzp.use_default()
    for found in _ZONE.finditer(text):
        try:
            icalendar.Timezone.from_ical(found[0])
        except UNREADABLE:
            # Events in it are found to be in no known zone.
            continue


def _take(block: str, line: int, found: Calendars, table: str, zone: str | None) -> None:
    """Read one event, or say why it cannot be."""
    if len(block) > MOST_CHARACTERS:
        found.rejects.append(Reject(table, line, "", "field_too_long", f"{len(block):,} characters in one event"))
        return
    if any("\ud800" <= sign <= "\udfff" for sign in block) if not block.isascii() else False:
        found.rejects.append(Reject(table, line, "", "undecodable"))
        return
    marked = re.sub(r"(?i)\A(BEGIN:VEVENT[ \t]*)", rf"\1\n{LINE}:{line}|", block)
    event: Any = None
    try:
        event = icalendar.Event.from_ical(marked)
        fault = "both a time zone and UTC (Z)" if _TWO_ZONES.search(marked) else None
        fault = settle(event) or fault
    except UNREADABLE as error:
        fault = error_text(error)
    if fault:
        # A library's words may hold what stands in the event.
        detail = "" if _CLOSED.search(marked) else fault
        found.rejects.append(Reject(table, line, "", REASON, detail))
        if _is_change(event):
            found.aside.append(event)
    else:
        found.odd_lines += sum(name is None for name, _ in event.errors)
        calendar_zones.settle(event, zone)
        found.events.append(event)
    if event is not None and is_closed(event) and "RECURRENCE-ID" not in event:
        found.private.add(text(event, "UID") or "")


def _is_change(event: Any) -> bool:
    """Whether what cannot be read changes a date of a series that is known."""
    at = None if event is None else event.get("RECURRENCE-ID")
    if at is None or isinstance(at, list | icalendar.vBroken):
        return False
    return "UID" in event and isinstance(getattr(at, "dt", None), dt.date)


def _close_changes(found: Calendars) -> None:
    """The changes of a private series are private as well, unless they say otherwise."""
    for event in found.events:
        if "CLASS" not in event and "RECURRENCE-ID" in event and text(event, "UID") in found.private:
            close(event)


def _newest(found: Calendars, table: str) -> list[Any]:
    """The events without older copies of the same one (same UID and RECURRENCE-ID): the highest SEQUENCE counts.

    Events that share a number and nothing else, as some tools write them, are all kept.
    """
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    kept = []
    for event in found.events:
        if "UID" in event:
            at = one(event, "RECURRENCE-ID")
            groups[str(event["UID"]), at.dt.isoformat() if at is not None else ""].append(event)
        else:
            kept.append(event)
    for own in groups.values():
        newest = max(own, key=_version)
        for event in own:
            is_copy = event is not newest and (_same_moment(event, newest) or _version(event)[0] != _version(newest)[0])
            if is_copy:
                detail = f"the same event stands in line {line_of(newest)}, newer"
                found.rejects.append(Reject(table, line_of(event), "UID", COPY, detail))
            else:
                kept.append(event)
    return sorted(kept, key=line_of)


def _version(event: Any) -> tuple[int, str, int]:
    sequence, changed = one(event, "SEQUENCE"), one(event, "LAST-MODIFIED") or one(event, "DTSTAMP")
    number = int(sequence) if isinstance(sequence, int) else 0
    return number, changed.dt.isoformat() if changed is not None else "", line_of(event)


def _same_moment(event: Any, other: Any) -> bool:
    is_either_series = is_of_series(event) or is_of_series(other)
    return is_either_series or "RECURRENCE-ID" in event or start(event) == start(other)
