"""A calendar file: its events with the lines they begin on, faulty ones left out, series unrolled."""

import datetime as dt
import math
import re
from collections.abc import Iterator
from typing import Any

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]

from stadtlabor.errors import DeliveryError
from stadtlabor.readers import Reject

LINE = "X-STADTLABOR-LINE"
REASON = "recurrence_unreadable"
# Unrolled over a year a series by the second fills the machine.
MOST_A_DAY = 48
TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY"})


def blocks(text: str) -> Iterator[tuple[int, int, int]]:
    """Each VEVENT: its line, and where it begins and ends in the text."""
    line, counted = 1, 0
    for found in re.finditer(r"^BEGIN:VEVENT[ \t]*\r?$.*?^END:VEVENT[ \t]*\r?$", text, re.M | re.S | re.I):
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        yield line, found.start(), found.end()


def parsed(text: str, events: list[tuple[int, int, int]], name: str) -> tuple[icalendar.Calendar, list[Reject]]:
    """The calendar with each event's line in it; events that cannot be read are left out and named."""
    kept, rejects, last = [], [], 0
    for line, begin, stop in events:
        kept.append(text[last:begin])
        event = text[begin:stop].rstrip()
        marked = re.sub(r"(?i)\A(BEGIN:VEVENT[ \t]*)", rf"\1\r\n{LINE}:{line}", event)
        fault = _fault(marked)
        if fault:
            rejects.append(Reject("bookings", line, "", REASON, fault))
        else:
            kept.append(marked)
        last = stop
    try:
        return icalendar.Calendar.from_ical("".join([*kept, text[last:]])), rejects
    except ValueError as error:
        raise DeliveryError(
            f"not readable as a calendar: {str(error)[:100]}", name, 1, remedy="Export it again."
        ) from None


def _fault(event: str) -> str | None:
    """Why one event cannot be used; None where it can."""
    try:
        found: Any = icalendar.Event.from_ical(event)
        # Reading them shows whether their values are times at all.
        moment = found.start
        end(found)
    except (ValueError, icalendar.InvalidCalendar, icalendar.IncompleteComponent, AttributeError, TypeError) as error:
        return re.sub(r"\s+", " ", str(error))[:100] or type(error).__name__
    rule: Any = found.get("RRULE") or {}
    a_day = math.prod(max(len(rule.get(part, [])), 1) for part in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    if a_day > MOST_A_DAY or TOO_OFTEN & {str(often).upper() for often in rule.get("FREQ", [])}:
        return "a series by the minute or second is no booking"
    return None if isinstance(moment, dt.date) else "no start"


def unrolled(series: icalendar.Calendar, first: dt.datetime, last: dt.datetime, rejects: list[Reject]) -> Iterator[Any]:
    """The events of all series; one that cannot be unrolled is named, the others are."""
    by_number: dict[str, icalendar.Calendar] = {}
    for position, event in enumerate(series.walk("VEVENT")):
        own = by_number.setdefault(str(event.get("UID", position)), icalendar.Calendar())
        own.add_component(event)
    for own in by_number.values():
        try:
            yield from recurring_ical_events.of(own).between(first, last)
        except (ValueError, TypeError, recurring_ical_events.InvalidCalendar) as error:
            first_event: Any = own.walk("VEVENT")[0]
            line = int(first_event[LINE])
            rejects.append(Reject("bookings", line, "RRULE", REASON, str(error)[:100]))


def end(event: Any) -> dt.date:
    """DTEND, else start and DURATION, else the whole day, else the start: the standard's order, faults and all."""
    end: Any = event.get("DTEND")
    if end is not None and isinstance(end.dt, dt.date):
        return end.dt
    length: Any = event.get("DURATION")
    start = event.start
    if length is not None:
        return start + length.dt
    return start if isinstance(start, dt.datetime) else start + dt.timedelta(days=1)
