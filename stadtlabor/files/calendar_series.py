"""Series of a calendar unrolled over a period, with the changes of their dates put where they belong."""

import datetime as dt
import math
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]

from stadtlabor.base.rejects import Reject
from stadtlabor.files.calendar_event import (
    UNREADABLE,
    day_of,
    error_text,
    is_of_series,
    line_of,
    lost_zone,
    one,
    several,
    start,
    text,
)

REASON = "recurrence_unreadable"
OUTSIDE = "outside_period"
ZONE = "zone_unknown"
# Steps a series may take up to the period's end: daily since the year 1000, hourly for 40 years.
MOST_STEPS = 400_000
STEPS_A_DAY = {"YEARLY": 1 / 365, "MONTHLY": 1 / 28, "WEEKLY": 1 / 7, "DAILY": 1.0, "HOURLY": 24.0}
# How many years a series that ends is followed to its end.
MOST_YEARS = 5
WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")


def unrolled(
    events: Sequence[Any],
    first: dt.datetime,
    last: dt.datetime,
    table: str,
    rejects: list[Reject],
    aside: Sequence[Any] = (),
) -> Iterator[Any]:
    """The occurrences of series (events with a rule and their changed occurrences) between two moments.

    A series that cannot be unrolled is named in `rejects`, as is each of its events that has no occurrence there.
    `aside` are changes that could not be read: the dates they change are set aside with them.
    """
    lost = _by_number(aside)
    for number, own in _by_number(events).items():
        fitting, unfit = _fitted(own, first.tzinfo)
        for event in unfit:
            rejects.append(Reject(table, line_of(event), "RECURRENCE-ID", ZONE, zone_said(event, "RECURRENCE-ID")))
        try:
            occurrences = _occurrences(fitting, first, last)
        except UNREADABLE as error:
            rejects += [Reject(table, line_of(event), "RRULE", REASON, error_text(error)) for event in fitting]
            continue
        held = [one(event, "RECURRENCE-ID").dt for event in (*unfit, *lost.get(number, ()))]
        masters = {line_of(event) for event in fitting if is_of_series(event)}
        yield from (one for one in occurrences if line_of(one) not in masters or not _is_held(one, held))
        seen = {line_of(occurrence) for occurrence in occurrences}
        for event in fitting:
            # As well a series whose occurrences in the period are all told by events of their own.
            if line_of(event) not in seen:
                detail = "no occurrence of its own within the period"
                rejects.append(Reject(table, line_of(event), "RRULE", OUTSIDE, detail))


def last_day(event: Any, most: dt.timedelta) -> dt.date | None:
    """The last day of a series whose rule ends; None for one without end, or one that goes on for many years."""
    rule: Any = event.get("RRULE")
    if not rule:
        return max((day_of(one.dt) for dates in several(event, "RDATE") for one in dates.dts), default=None)
    begin = day_of(start(event))
    if "COUNT" not in rule and "UNTIL" not in rule:
        return None
    far = dt.datetime.combine(begin + most * MOST_YEARS, dt.time(), tzinfo=dt.UTC)
    try:
        lone = event.copy()
        lone["RRULE"] = icalendar.vRecur(rule)
        found = _occurrences([lone], dt.datetime.combine(begin, dt.time(), tzinfo=dt.UTC) - most, far)
    except UNREADABLE:
        return None
    return max((day_of(start(one)) for one in found), default=None)


def original(occurrence: Any) -> dt.date:
    """The start that the rule gives an occurrence, whatever became of it."""
    found = one(occurrence, "RECURRENCE-ID")
    return start(occurrence) if found is None else found.dt


def zone_said(event: Any, *names: str) -> str:
    """Which zone it is that nobody knows."""
    found = lost_zone(event, *names)
    return f"{found[0]}: TZID = {found[1][:60]}" if found else ""


def _by_number(events: Sequence[Any]) -> dict[str, list[Any]]:
    own: dict[str, list[Any]] = defaultdict(list)
    for event in events:
        own[text(event, "UID") or f"line {line_of(event)}"].append(event)
    return own


def _occurrences(own: Sequence[Any], first: dt.datetime, last: dt.datetime) -> list[Any]:
    series = icalendar.Calendar()
    _bound(own, last)
    for event in own:
        series.add_component(event)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(recurring_ical_events.of(series).between(first, last))


def _is_held(occurrence: Any, held: Collection[dt.date]) -> bool:
    """Whether the date of an occurrence is one of those; by the day, where not both have a zone."""
    at = original(occurrence)
    return any(one == at if _kind(one) == _kind(at) else day_of(one) == day_of(at) for one in held)


def _fitted(own: Sequence[Any], zone: dt.tzinfo | None) -> tuple[list[Any], list[Any]]:
    """The events with each RECURRENCE-ID of the kind of its series, and those for which that cannot be known.

    Where a series has one date a day, the day tells which one is meant: Exchange names the moment, and a zone of its
    own, for a change in a series of whole days.
    """
    master = next((event for event in own if is_of_series(event)), None)
    fitting: list[Any] = []
    unfit: list[Any] = []
    for event in own:
        given = one(event, "RECURRENCE-ID")
        is_lost = lost_zone(event, "RECURRENCE-ID") is not None
        if master is None or given is None or (_kind(given.dt) == _kind(start(master)) and not is_lost):
            fitting.append(event)
        elif _is_once_a_day(master):
            event["RECURRENCE-ID"] = meant = icalendar.vDDDTypes(_like(start(master), given.dt, zone))
            meant.params.update({name: word for name, word in given.params.items() if name == "RANGE"})
            fitting.append(event)
        else:
            (unfit if is_lost else fitting).append(event)
    return fitting, unfit


def _kind(moment: dt.date) -> str:
    return "day" if not isinstance(moment, dt.datetime) else "local" if moment.tzinfo is None else "moment"


def _is_once_a_day(master: Any) -> bool:
    rule: Any = master.get("RRULE") or {}
    often = str(rule.get("FREQ", [""])[0]).upper()
    return (
        "RDATE" not in master and STEPS_A_DAY.get(often, 24.0) <= 1 and not any(part in rule for part in WITHIN_A_DAY)
    )


def _like(begin: dt.date, at: dt.date, zone: dt.tzinfo | None) -> dt.date:
    """The date of a series that begins at `begin` on the day of `at`."""
    if isinstance(at, dt.datetime) and at.tzinfo is not None:
        at = at.astimezone(zone)
    return dt.datetime.combine(day_of(at), begin.timetz()) if isinstance(begin, dt.datetime) else day_of(at)


def _bound(own: Sequence[Any], last: dt.datetime) -> None:
    """Refuse rules that take too many steps until the period's end; end those without one there."""
    for event in own:
        rule: Any = event.get("RRULE")
        if not rule:
            continue
        begin = start(event)
        days = (last.date() - day_of(begin)).days + 1
        often = STEPS_A_DAY.get(str(rule.get("FREQ", [""])[0]).upper(), 1.0)
        a_step = math.prod(max(len(rule.get(part, [])), 1) for part in WITHIN_A_DAY)
        if days * often * a_step > MOST_STEPS:
            raise ValueError(f"the series takes more than {MOST_STEPS:,} steps to the end of the period")
        if "COUNT" not in rule and "UNTIL" not in rule:
            rule["UNTIL"] = [last if isinstance(begin, dt.datetime) and begin.tzinfo else _as(last, begin)]


def _as(last: dt.datetime, begin: dt.date) -> dt.date:
    """The end of the period in the kind of the start: a day, or a time without a zone."""
    return last.replace(tzinfo=None) if isinstance(begin, dt.datetime) else last.date()
