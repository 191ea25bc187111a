"""One event of a calendar made safe to read: each property is what its name promises, or gone, or a fault.

Properties without which nothing can be said of when an event is make it a reject; any other is of no weight.
"""

import calendar
import datetime as dt
import math
import re
from typing import Any

import icalendar

LINE = "X-STADTLABOR-LINE"
# What a library may raise over a text that keeps no rule.
UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    AssertionError,
    # The name of a time zone is looked up as a file's, which may be too long for one.
    OSError,
)
# Properties without which nothing can be said of when an event is.
NEEDED = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
MOMENTS = ("DTSTART", "DTEND", "RECURRENCE-ID")
# They decide between copies and nothing else.
STAMPS = ("CREATED", "LAST-MODIFIED", "DTSTAMP")
TEXTS = ("UID", "SUMMARY", "LOCATION", "RESOURCES", "STATUS", "ORGANIZER", "ATTENDEE")
# Of what is marked as private: when it is, and whose and where, for a desk; nothing of what it is.
KEPT_OF_CLOSED = NEEDED | {*STAMPS, *TEXTS, "SEQUENCE", "CLASS", LINE} - {"SUMMARY"}
# Between them there is room for a zone and a day at both ends.
FIRST_YEAR, LAST_YEAR = 100, 9900
# Unrolled over a year a series by the second fills the machine.
MOST_A_DAY = 48
TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY"})
LEAP_YEAR = 2024


def settle(event: Any) -> str | None:
    """Leave of an event what can be read, each property once; why the event cannot be used, or None."""
    if is_closed(event):
        close(event)
    fault = _fault(event)
    if fault:
        return fault
    for name in [name for name, value in event.items() if name not in NEEDED and name not in TEXTS]:
        _keep(event, name, [one for one in several(event, name) if not isinstance(one, icalendar.vBroken)])
    _keep(event, "CATEGORIES", [one for one in several(event, "CATEGORIES") if isinstance(one, icalendar.vCategory)])
    for name in STAMPS:
        _keep(event, name, [one for one in several(event, name) if isinstance(getattr(one, "dt", None), dt.date)][:1])
    for name in TEXTS:
        texts = [text for one in several(event, name) if (text := _text(one)).strip()]
        _keep(event, name, [icalendar.vText(", ".join(texts if name == "RESOURCES" else texts[:1]))] if texts else [])
    return None


def one(event: Any, name: str) -> Any:
    """A property, the first one where it is given several times; None where it is not there."""
    return next(iter(several(event, name)), None)


def several(event: Any, name: str) -> list[Any]:
    """A property as often as it is given."""
    found = event.get(name)
    return found if isinstance(found, list) else [] if found is None else [found]


def text(event: Any, name: str) -> str | None:
    """A property as text; None where it is not there."""
    found = one(event, name)
    return None if found is None else str(found)


def line_of(event: Any) -> int:
    """The line of the file on which an event begins."""
    # A line that begins with a blank goes on with the one before, which is this one where it is an event's first.
    return int(str(one(event, LINE)).partition("|")[0])


def start(event: Any) -> dt.date:
    """DTSTART, a day or a moment."""
    begin: dt.date = event["DTSTART"].dt
    return begin


def end(event: Any) -> dt.date:
    """DTEND, else start and DURATION, else the whole day, else the start: the standard's order, faults and all."""
    if "DTEND" in event:
        stop: dt.date = event["DTEND"].dt
        return stop
    if "DURATION" in event:
        later: dt.date = start(event) + event["DURATION"].dt
        return later
    begin = start(event)
    return begin if isinstance(begin, dt.datetime) else begin + dt.timedelta(days=1)


def day_of(moment: dt.date) -> dt.date:
    """The day of a day or a moment."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def is_of_series(event: Any) -> bool:
    """Whether an event repeats."""
    return "RRULE" in event or "RDATE" in event


def is_closed(event: Any) -> bool:
    """Whether others must not read it: by the standard (RFC 5545, 3.8.1.3) any CLASS but PUBLIC."""
    return any(str(word).strip().upper() not in ("", "PUBLIC") for word in several(event, "CLASS"))


def close(event: Any) -> None:
    """Take out of an event what it is; when it is stays."""
    event["CLASS"] = icalendar.vText("PRIVATE")
    for name in [name for name in event if name not in KEPT_OF_CLOSED]:
        del event[name]
    event.subcomponents.clear()


def lost_zone(event: Any, *names: str) -> tuple[str, str] | None:
    """Which of some properties names a zone that neither the file nor the world defines, and that zone."""
    for name in names or ("DTSTART", "DTEND"):
        given: Any = one(event, name)
        moment = getattr(given, "dt", None)
        if isinstance(moment, dt.datetime) and moment.tzinfo is None and "TZID" in given.params:
            return name, str(given.params["TZID"])
    return None


def error_text(error: object) -> str:
    """A library's words in one line."""
    return re.sub(r"\s+", " ", str(error))[:100] or type(error).__name__


def _keep(event: Any, name: str, values: list[Any]) -> None:
    event.pop(name, None)
    if values:
        event[name] = values[0] if len(values) == 1 else values


def _text(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    written: bytes = value.to_ical()
    return written.decode("utf-8", "replace")


def _fault(event: Any) -> str | None:
    """Why one event cannot be used; None where it can."""
    if any(not isinstance(given, icalendar.vBroken) for given in several(event, "DTEND")):
        # DTEND goes before DURATION: the standard allows one of them, and tools write both.
        event.pop("DURATION", None)
    for name, words in event.errors:
        if name in ("EXDATE", "RDATE") and not str(one(event, name)):
            # Some tools write the property and nothing in it.
            event.pop(name, None)
        elif name in NEEDED and name in event:
            return f"{name}: {error_text(words)}"
    for name in NEEDED - {"RDATE", "EXDATE"}:
        if isinstance(event.get(name), list):
            return f"{name} is given more than once"
    if "DTSTART" not in event:
        return "no start"
    return _odd_moment(event) or _odd_rule(event.get("RRULE") or {})


def _odd_moment(event: Any) -> str | None:
    for name in MOMENTS:
        moment = getattr(event.get(name), "dt", None)
        if name in event and not isinstance(moment, dt.date):
            return f"{name} is no time"
        if isinstance(moment, dt.date) and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            return f"{name} is of the year {moment.year}"
    if "DURATION" in event and not isinstance(getattr(event["DURATION"], "dt", None), dt.timedelta):
        return "DURATION is no length"
    return None if FIRST_YEAR <= end(event).year <= LAST_YEAR else "the event never ends"


def _odd_rule(rule: Any) -> str | None:
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
