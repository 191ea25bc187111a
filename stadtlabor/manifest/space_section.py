"""A space in a `source.yml`: its rooms, what can be booked in them, and when it is open.

Times of day are local, `HH:MM`, with 24:00 for the end of a day. `valid_from` and `valid_to` are both
inclusive; left out, they are open.
"""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from stadtlabor.base.strict import STRICT, Identifier, TimeZone, plain, refuse_doubles

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: Sequence[Weekday] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _as_clock(written: object) -> object:
    """A time of day with both digits of its hour, as 9:00 is often written; a sentence where it is none."""
    if not isinstance(written, str) or not CLOCK.fullmatch(written):
        raise ValueError("a time of day is written as 09:00, from 00:00 to 24:00")
    return written.zfill(5)


CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d|24:00")
# The pattern is what editors are told.
TimeOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$"), BeforeValidator(_as_clock)]
Words = list[Annotated[str, Field(min_length=1)]]
DAY_MINUTES = 24 * 60


def minute_of(time: str) -> int:
    """Minutes since midnight: '09:30' → 570, '24:00' → 1440."""
    return int(time[:2]) * 60 + int(time[3:])


class Strict(BaseModel):
    """A part of the manifest; a misspelt field is an error, not a silence."""

    model_config = STRICT


class Validity(Strict):
    """From and to which day something holds, both included."""

    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Validity":
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"'valid_to' ({self.valid_to}) lies before 'valid_from' ({self.valid_from})")
        return self

    def meets(self, other: "Validity") -> bool:
        """Whether both hold on some day."""
        first = max(self.valid_from or dt.date.min, other.valid_from or dt.date.min)
        return first <= min(self.valid_to or dt.date.max, other.valid_to or dt.date.max)


class Capacity(Validity):
    """How many units there are of something bookable, and seats (places for one person) in each unit."""

    units: Annotated[int, Field(gt=0, le=1000)] = 1
    seats: Annotated[int, Field(gt=0, le=10_000)] = 1


class Room(Strict):
    """A room of a space."""

    id: Identifier
    name: str


class Desk(Strict):
    """Something that can be booked: one desk, several alike (a capacity of several units), a table, a room.

    `written` are its names, and the tool's own number for it, as they stand in the export; without any it is `name`.
    """

    id: Identifier
    name: str
    kind: Literal["desk", "table", "room", "lounge", "other"] = "desk"
    room: Identifier | None = None
    written: Words = []
    capacity: Annotated[list[Capacity], Field(min_length=1)] = [Capacity()]

    @model_validator(mode="after")
    def _one_capacity_a_day(self) -> "Desk":
        if any(one.meets(other) for one, other in combinations(self.capacity, 2)):
            raise ValueError(f"the capacity of {self.id!r} is given twice for the same day")
        return self

    @property
    def names(self) -> list[str]:
        """What it is called in the export."""
        return self.written or [self.name]


class OpeningHours(Validity):
    """Hours on some weekdays; an end before the beginning is on the next day. `room` has hours of its own."""

    weekdays: Annotated[list[Weekday], Field(min_length=1)]
    opens: TimeOfDay
    closes: TimeOfDay
    room: Identifier | None = None

    @model_validator(mode="after")
    def _has_a_length(self) -> "OpeningHours":
        if self.opens == self.closes or self.opens == "24:00":
            raise ValueError(f"from {self.opens} to {self.closes} is no time (the whole day is 00:00 to 24:00)")
        return self

    @property
    def minutes(self) -> tuple[int, int]:
        """Begin and end in minutes from the day's midnight; the end may lie beyond 1440."""
        opens, closes = minute_of(self.opens), minute_of(self.closes)
        return opens, closes if closes > opens else closes + DAY_MINUTES

    def clashes(self, other: "OpeningHours") -> bool:
        """Whether both name the same time of the same room."""
        if self.room != other.room or not self.meets(other):
            return False
        mine, theirs = self._week(), other._week()
        return any(a < d and c < b for a, b in mine for c, d in theirs)

    def _week(self) -> list[tuple[int, int]]:
        """The hours as minutes of a week; what runs past Sunday stands at its beginning, too."""
        spans = [
            (number * DAY_MINUTES + begin, number * DAY_MINUTES + end)
            for number, weekday in enumerate(WEEKDAYS)
            if weekday in self.weekdays
            for begin, end in [self.minutes]
        ]
        week = 7 * DAY_MINUTES
        return [*spans, *((begin - week, end - week) for begin, end in spans if end > week)]


class Closure(Strict):
    """Days, both included, on which the space or one room is closed; with times, only between them."""

    first: dt.date = Field(alias="from")
    last: dt.date = Field(alias="to")
    reason: Annotated[str, Field(min_length=1)]
    room: Identifier | None = None
    begins: TimeOfDay | None = None
    ends: TimeOfDay | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Closure":
        if self.last < self.first:
            raise ValueError(f"'to' ({self.last}) lies before 'from' ({self.first})")
        if (self.begins is None) != (self.ends is None):
            raise ValueError("give both 'begins' and 'ends', or neither for whole days")
        if self.begins and self.ends and minute_of(self.ends) <= minute_of(self.begins):
            raise ValueError(f"'ends' ({self.ends}) must be later than 'begins' ({self.begins})")
        return self


class Tariff(Validity):
    """A price of use; 0 where it is free of charge."""

    per: Literal["hour", "half_day", "day", "week", "month"]
    price_eur: Annotated[Decimal, Field(ge=0)]
    name: str | None = None


class Space(Strict):
    """A space: rooms, what can be booked in them, and when it is open.

    `catholic_holidays`: holidays of communities with a Catholic majority (15 August in most of Bavaria).
    `written`: what an export calls the space or area, needed where two spaces have desks of the same name.
    """

    id: Identifier
    name: Annotated[str, Field(min_length=1)]
    timezone: TimeZone = "Europe/Berlin"
    written: Words = []
    public_holidays: Literal["closed", "open"] = "closed"
    catholic_holidays: bool = False
    rooms: list[Room] = []
    desks: Annotated[list[Desk], Field(min_length=1)]
    opening_hours: Annotated[list[OpeningHours], Field(min_length=1)]
    closures: list[Closure] = []
    tariff: list[Tariff] = []

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "Space":
        rooms = [room.id for room in self.rooms]
        refuse_doubles("room", rooms)
        refuse_doubles("desk", [desk.id for desk in self.desks])
        refuse_doubles("desk's name", [plain(name) for desk in self.desks for name in desk.names])
        for named in [part.room for parts in (self.desks, self.opening_hours, self.closures) for part in parts]:
            if named is not None and named not in rooms:
                raise ValueError(f"there is no room {named!r} under 'rooms'")
        if any(one.clashes(other) for one, other in combinations(self.opening_hours, 2)):
            raise ValueError("two opening hours overlap; give each time of a weekday once")
        return self
