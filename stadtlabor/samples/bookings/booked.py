"""Who books what and when: days of a space, people with habits, events, block-outs, and faults put in by hand."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from stadtlabor.landing import calendars
from stadtlabor.landing.calendars import Covered
from stadtlabor.manifest.space_section import Desk, Space
from stadtlabor.samples.dice import Dice

Day = dt.date
LAND = {"oestrich-winkel": "HE", "wittenberge": "BB", "diessen": "BY"}
STARTS = {"0": 0.5, "0.5": 0.1, "1": 0.2, "3": 0.05, "4": 0.15}
LENGTHS = {"2": 0.1, "3": 0.2, "4": 0.3, "6": 0.15, "8": 0.25}
# Most book some days ahead, some on the day, and a few are written down afterwards.
AHEAD = {"-1": 0.03, "0": 0.25, "1": 0.25, "2": 0.15, "5": 0.17, "9": 0.1, "21": 0.05}


class Shape(BaseModel):
    """One delivery's shape; the fields are explained in the files."""

    model_config = ConfigDict(extra="forbid")

    tool: Literal["cobot", "librebooking", "plain"]
    persons: int
    demand: dict[int, float]
    holidays: list[tuple[dt.date, dt.date]]
    holiday_factor: float
    hours: tuple[int, int]
    lengths: dict[str, float] = LENGTHS
    events: dict[int, int]
    event_titles: list[str] = Field(min_length=1)
    meeting_rate: float
    cancelled: float
    no_show: float
    table: str
    lounge: str | None
    manifest: dict[str, Any]

    @property
    def space(self) -> Space:
        """The space as its manifest describes it."""
        return Space.model_validate(self.manifest["bookings"]["spaces"][0])

    @property
    def period(self) -> tuple[Day, Day]:
        """First and last day."""
        return self.manifest["period"]["from"], self.manifest["period"]["to"]


@dataclass(frozen=True)
class Booking:
    """One invented booking; times are local and without a zone, `person` None is the administration."""

    desk: str
    start: dt.datetime
    end: dt.datetime
    person: int | None
    title: str = ""
    units: int = 1
    is_event: bool = False
    is_guest: bool = False
    state: Literal["booked", "cancelled", "no_show"] = "booked"
    created: dt.datetime = dt.datetime(2022, 1, 1)


def bookings(shape: Shape, dice: Dice) -> list[Booking]:
    """All bookings of a space, in the order in which they begin."""
    made: list[Booking] = []
    for day in _open_days(shape):
        made += _of_day(shape, day, dice)
    made += _events(shape, dice)
    made += _planted(shape)
    dated = [replace(one, created=_created(one, dice)) for one in made]
    return sorted(dated, key=lambda one: (one.start, one.desk, one.person or 0))


def _open_days(shape: Shape) -> list[Day]:
    covered = [Covered(shape.space, LAND[shape.manifest["town"]], [shape.period])]
    days = calendars.calendar_days(covered, calendars.openings(covered))
    return [row["day"] for row in days.iter_rows(named=True) if row["state"] == "open"]


def _of_day(shape: Shape, day: Day, dice: Dice) -> Iterator[Booking]:
    """Desks booked on one day: each person by habit, on the first desk that is free; a meeting now and then."""
    demand = shape.demand[day.month]
    if any(first <= day <= last for first, last in shape.holidays):
        demand *= shape.holiday_factor
    taken: list[Booking] = []
    for person in range(shape.persons):
        # A few come often, most now and then.
        habit = 1 / (1 + person / 4)
        if not dice.chance(demand * habit):
            continue
        start, end = _hours(shape, day, dice)
        desk = _free(shape, day, start, end, taken)
        if desk is not None:
            state = (
                "cancelled" if dice.chance(shape.cancelled) else "no_show" if dice.chance(shape.no_show) else "booked"
            )
            made = Booking(desk, start, end, person, is_guest=person % 19 == 18, state=state)  # type: ignore[arg-type]
            taken += [made] if state != "cancelled" else []
            yield made
    if dice.chance(shape.meeting_rate):
        start = dt.datetime.combine(day, dt.time(shape.hours[0] + 1 + dice.below(5)))
        yield Booking(shape.table, start, start + dt.timedelta(hours=2), dice.below(shape.persons), "Besprechung")


def _hours(shape: Shape, day: Day, dice: Dice) -> tuple[dt.datetime, dt.datetime]:
    opens, closes = shape.hours
    start = dt.datetime.combine(day, dt.time()) + dt.timedelta(hours=opens + float(dice.pick(STARTS)))
    end = start + dt.timedelta(hours=float(dice.pick(shape.lengths)))
    latest = dt.datetime.combine(day, dt.time(closes))
    # Some stay after closing time: what is outside the opening hours is reported apart.
    return start, end if end <= latest or dice.chance(0.1) else latest


def _free(shape: Shape, day: Day, start: dt.datetime, end: dt.datetime, taken: list[Booking]) -> str | None:
    for desk in shape.space.desks:
        if desk.kind == "desk":
            busy = sum(one.desk == desk.id and one.start < end and start < one.end for one in taken)
            if busy < _units(desk, day):
                return desk.id
    return None


def _units(desk: Desk, day: Day) -> int:
    return sum(part.units for part in desk.capacity if (part.valid_from or day) <= day <= (part.valid_to or day))


def _events(shape: Shape, dice: Dice) -> Iterator[Booking]:
    """Events of the month, in the evening or afternoon; a lounge is booked with several units."""
    days = _open_days(shape)
    for month, count in shape.events.items():
        of_month = [day for day in days if day.month == month]
        for _ in range(count):
            day = of_month[dice.below(len(of_month))]
            start = dt.datetime.combine(day, dt.time(15 + dice.below(4)))
            title = shape.event_titles[dice.below(len(shape.event_titles))]
            in_lounge = shape.lounge is not None and dice.chance(0.5)
            desk, units = (shape.lounge or "", 1 + dice.below(4)) if in_lounge else (shape.table, 1)
            yield Booking(desk, start, start + dt.timedelta(hours=3), None, title, units, is_event=True)


def _planted(shape: Shape) -> Iterator[Booking]:
    """Block-outs, a night with a clock change, several days at once, two people on one desk."""
    desks = [desk.id for desk in shape.space.desks if desk.kind == "desk"]
    wide = shape.lounge or shape.table
    yield Booking(desks[-1], dt.datetime(2022, 10, 10, 8), dt.datetime(2022, 10, 14, 18), None, "gesperrt: Reparatur")
    yield Booking(wide, dt.datetime(2022, 11, 28, 9), dt.datetime(2022, 11, 28, 17), None, "gesperrt: Inventur")
    yield Booking(wide, dt.datetime(2022, 10, 29, 20), dt.datetime(2022, 10, 30, 9), 3, "Lange Nacht des Schreibens")
    yield Booking(desks[0], dt.datetime(2022, 11, 7, 9), dt.datetime(2022, 11, 9, 17), 5)
    for day in (15, 22, 24):
        yield Booking(desks[0], dt.datetime(2022, 11, day, 10), dt.datetime(2022, 11, day, 14), 11)
        yield Booking(desks[0], dt.datetime(2022, 11, day, 12), dt.datetime(2022, 11, day, 16), 2)


def _created(booking: Booking, dice: Dice) -> dt.datetime:
    day = booking.start.date() - dt.timedelta(days=int(dice.pick(AHEAD)))
    moment = dt.datetime.combine(day, dt.time(7 + dice.below(14), dice.below(60), dice.below(60)))
    # Whoever books on the day does so before coming.
    is_late = day == booking.start.date() and moment >= booking.start
    return booking.start - dt.timedelta(minutes=5 + dice.below(60)) if is_late else moment
