"""A calendar file: its events with the lines they begin on, faulty ones named, copies sorted out, series unrolled.

Every VEVENT is an event, a reject with its line, or, in a series, the occurrences it has within the period.
"""

import calendar
import datetime as dt
import math
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]
from icalendar.timezone import tzp

from stadtlabor.errors import DeliveryError
from stadtlabor.readers import Reject

LINE = "X-STADTLABOR-LINE"
REASON = "recurrence_unreadable"
COPY = "duplicate_record"
OUTSIDE = "outside_period"
# Unrolled over a year a series by the second fills the machine.
MOST_A_DAY = 48
TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY"})
# Steps a series may take up to the period's end: daily since the year 1000, hourly for 40 years.
MOST_STEPS = 400_000
# A calendar of a town for a hundred years; 100,000 events take half a minute.
MOST_EVENTS = 300_000
MOST_CHARACTERS = 1_000_000
# Properties without which nothing can be said of when an event is.
NEEDED = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
LEAP_YEAR = 2024
STEPS_A_DAY = {"YEARLY": 1 / 365, "MONTHLY": 1 / 28, "WEEKLY": 1 / 7, "DAILY": 1.0, "HOURLY": 24.0}

_MARK = re.compile(r"^(BEGIN|END):(VEVENT|VCALENDAR|VTODO|VJOURNAL|VFREEBUSY)[ \t]*$", re.M | re.I)
_ZONE = re.compile(r"^BEGIN:VTIMEZONE[ \t]*$.*?^END:VTIMEZONE[ \t]*$", re.M | re.S | re.I)
# RFC 5545 forbids it, and tools that write it mean either.
_TWO_ZONES = re.compile(r"^DT(?:START|END);[^:\n]*TZID=\"?(?!UTC|GMT|Etc/)[^:\n]*:\d{8}T\d{6}Z\s*$", re.M | re.I)
_NAME = re.compile(r"^(?:X-WR-CALNAME|NAME)(?:;[^:\n]*)?:(.*)$", re.M | re.I)


@dataclass
class Calendars:
    """What a file holds: `events` that can be read (each with LINE), `records` the VEVENTs there are, `name` its own.

    `others` counts components that are no events (VTODO), `has_producer` is whether a PRODID says who wrote it.
    """

    events: list[Any] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    records: int = 0
    name: str | None = None
    others: Counter[str] = field(default_factory=Counter)
    has_producer: bool = False
    odd_lines: int = 0
    calendars: int = 0
    copies: int = 0


def parse(text: str, table: str, name: str) -> Calendars:
    """All events of all calendars of a text; DeliveryError where there is none, or more than MOST_EVENTS."""
    plain = re.sub(r"\r*\n|\r", "\n", text)
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
            _take(plain[begin:stop], line, found, table)
    found.events = _newest(found, table)
    return found


def unrolled(
    events: Sequence[Any], first: dt.datetime, last: dt.datetime, table: str, rejects: list[Reject]
) -> Iterator[Any]:
    """The occurrences of series (events with a rule and their changed occurrences) between two moments.

    A series that cannot be unrolled is named in `rejects`, as is each of its events that has no occurrence there.
    """
    for own in _by_number(events).values():
        seen: set[int] = set()
        try:
            _bounded(own, last)
            series = icalendar.Calendar()
            for event in own:
                series.add_component(event)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                for occurrence in recurring_ical_events.of(series).between(first, last):
                    seen.add(line_of(occurrence))
                    yield occurrence
        except (ValueError, TypeError, AttributeError, OverflowError, recurring_ical_events.InvalidCalendar) as error:
            rejects += [Reject(table, line_of(event), "RRULE", REASON, _said(error)) for event in own]
            continue
        for event in own:
            # As well a series whose occurrences in the period are all told by events of their own.
            if line_of(event) not in seen:
                detail = "no occurrence of its own within the period"
                rejects.append(Reject(table, line_of(event), "RRULE", OUTSIDE, detail))


def is_of_series(event: Any) -> bool:
    """Whether an event repeats."""
    return "RRULE" in event or "RDATE" in event


def line_of(event: Any) -> int:
    """The line of the file on which an event begins."""
    return int(one(event, LINE))


def one(event: Any, name: str) -> Any:
    """A property, the first one where it is given several times; None where it is not there."""
    found = event.get(name)
    return (found[0] if found else None) if isinstance(found, list) else found


def end(event: Any) -> dt.date:
    """DTEND, else start and DURATION, else the whole day, else the start: the standard's order, faults and all."""
    end: Any = event.get("DTEND")
    if end is not None and isinstance(end.dt, dt.date):
        return end.dt
    length: Any = event.get("DURATION")
    start = event["DTSTART"].dt
    if length is not None:
        return start + length.dt
    return start if isinstance(start, dt.datetime) else start + dt.timedelta(days=1)


def is_lost(event: Any) -> bool:
    """Whether start or end name a zone (TZID) that neither the file nor the world defines."""
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        given: Any = event.get(name)
        moment = getattr(given, "dt", None)
        if isinstance(moment, dt.datetime) and moment.tzinfo is None and "TZID" in given.params:
            return True
    return False


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
        except (ValueError, KeyError, TypeError, AttributeError, icalendar.InvalidCalendar):
            # Events in it are found to be in no known zone.
            continue


def _take(block: str, line: int, found: Calendars, table: str) -> None:
    """Read one event, or say why it cannot be."""
    if len(block) > MOST_CHARACTERS:
        found.rejects.append(Reject(table, line, "", "field_too_long", f"{len(block):,} characters in one event"))
        return
    if any("\ud800" <= sign <= "\udfff" for sign in block) if not block.isascii() else False:
        found.rejects.append(Reject(table, line, "", "undecodable"))
        return
    marked = re.sub(r"(?i)\A(BEGIN:VEVENT[ \t]*)", rf"\1\n{LINE}:{line}", block)
    try:
        event: Any = icalendar.Event.from_ical(marked)
        fault = "both a time zone and UTC (Z)" if _TWO_ZONES.search(marked) else _fault(event)
    except (ValueError, KeyError, TypeError, AttributeError, icalendar.InvalidCalendar) as error:
        fault = _said(error)
    if fault:
        found.rejects.append(Reject(table, line, "", REASON, fault))
        return
    found.odd_lines += sum(name is None for name, _ in event.errors)
    found.events.append(event)


def _fault(event: Any) -> str | None:
    """Why one event cannot be used; None where it can."""
    for name, said in event.errors:
        if name in ("EXDATE", "RDATE") and not str(one(event, name)):
            # Some tools write the property and nothing in it.
            event.pop(name, None)
        elif name in NEEDED:
            return f"{name}: {_said(said)}"
    for name in NEEDED - {"RDATE", "EXDATE"}:
        if isinstance(event.get(name), list):
            return f"{name} is given more than once"
    if not isinstance(getattr(event.get("DTSTART"), "dt", None), dt.date):
        return "no start"
    # Reading it shows whether it is a time at all.
    end(event)
    rule: Any = event.get("RRULE") or {}
    a_day = math.prod(max(len(rule.get(part, [])), 1) for part in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    if a_day > MOST_A_DAY or TOO_OFTEN & {str(often).upper() for often in rule.get("FREQ", [])}:
        return "a series by the minute or second"
    return _endless(rule)


def _endless(rule: Any) -> str | None:
    """Why a rule would be followed for ever: no step forward, or no day that exists."""
    if any(int(step) < 1 for part in ("INTERVAL", "COUNT") for step in rule.get(part, [])):
        return "INTERVAL or COUNT below 1"
    days, months = rule.get("BYMONTHDAY", []), rule.get("BYMONTH", range(1, 13))
    longest = max(
        (calendar.monthrange(LEAP_YEAR, int(month))[1] for month in months if 1 <= int(month) <= 12), default=0
    )
    if days and all(abs(int(day)) > longest for day in days):
        return "the series is on a day that no month has"
    return None


def _newest(found: Calendars, table: str) -> list[Any]:
    """The events without older copies of the same one (same UID and RECURRENCE-ID): the highest SEQUENCE counts.

    Events that share a number and nothing else, as some tools write them, are all kept.
    """
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    kept = []
    for event in found.events:
        if "UID" in event:
            at = one(event, "RECURRENCE-ID")
            groups[str(one(event, "UID")), at.dt.isoformat() if at is not None else ""].append(event)
        else:
            kept.append(event)
    for own in groups.values():
        newest = max(own, key=_version)
        for event in own:
            is_copy = event is not newest and (_same_moment(event, newest) or _version(event)[0] != _version(newest)[0])
            if is_copy:
                detail = f"the same event stands in line {line_of(newest)}, newer"
                found.rejects.append(Reject(table, line_of(event), "UID", COPY, detail))
                found.copies += 1
            else:
                kept.append(event)
    return sorted(kept, key=line_of)


def _version(event: Any) -> tuple[int, str, int]:
    sequence, changed = one(event, "SEQUENCE"), one(event, "LAST-MODIFIED") or one(event, "DTSTAMP")
    number = int(sequence) if isinstance(sequence, int) else 0
    moment = getattr(changed, "dt", None)
    return number, moment.isoformat() if isinstance(moment, dt.date) else "", line_of(event)


def _same_moment(event: Any, other: Any) -> bool:
    is_either_series = is_of_series(event) or is_of_series(other)
    return is_either_series or "RECURRENCE-ID" in event or event["DTSTART"].dt == other["DTSTART"].dt


def _by_number(events: Sequence[Any]) -> dict[str, list[Any]]:
    own: dict[str, list[Any]] = defaultdict(list)
    for event in events:
        own[str(one(event, "UID") or f"line {line_of(event)}")].append(event)
    return own


def _bounded(own: Sequence[Any], last: dt.datetime) -> None:
    """Refuse rules that take too many steps until the period's end; end those without one there."""
    for event in own:
        rule: Any = event.get("RRULE")
        if not rule:
            continue
        start = event["DTSTART"].dt
        days = (last.date() - (start.date() if isinstance(start, dt.datetime) else start)).days + 1
        often = STEPS_A_DAY.get(str(rule.get("FREQ", [""])[0]).upper(), 1.0)
        a_step = math.prod(max(len(rule.get(part, [])), 1) for part in ("BYHOUR", "BYMINUTE", "BYSECOND"))
        if days * often * a_step > MOST_STEPS:
            raise ValueError(f"the series takes more than {MOST_STEPS:,} steps to the end of the period")
        if "COUNT" not in rule and "UNTIL" not in rule:
            rule["UNTIL"] = [last if isinstance(start, dt.datetime) and start.tzinfo else _as(last, start)]


def _as(last: dt.datetime, start: dt.date) -> dt.date:
    """The end of the period in the kind of the start: a day, or a time without a zone."""
    return last.replace(tzinfo=None) if isinstance(start, dt.datetime) else last.date()


def _said(error: object) -> str:
    return re.sub(r"\s+", " ", str(error))[:100] or type(error).__name__
