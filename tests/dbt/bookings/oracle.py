"""The use of a space counted minute by minute, from the manifest and the bookings: slow, and without an interval.

use = Use(manifest, bookings)
use.booked[kind], use.available[kind]      seat-minutes
use.outside                                seat-minutes booked while nothing could be
use.profile[weekday, hour]                 (available, booked) seat-minutes of desks; hours after midnight are the
                                           opening day's, from 24 on
use.by_user[user], use.by_purpose[purpose] booked seat-minutes
use.peak                                   most desks in use in one minute
use.seats_in_use[minute]                   seats of desks in use
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from stadtlabor.manifest.source import Manifest
from stadtlabor.manifest.space_section import WEEKDAYS, Desk, OpeningHours, minute_of

# Hessen's, over the days that tests use; written down by hand.
HOLIDAYS = frozenset(map(dt.date.fromisoformat, (
    "2022-06-06", "2022-06-16", "2022-10-03", "2022-12-25", "2022-12-26", "2023-01-01",
)))  # fmt: skip
MINUTE = dt.timedelta(minutes=1)
Booking = Mapping[str, Any]


class Use:
    """What a space was used for, counted by the minute."""

    def __init__(self, manifest: Manifest, bookings: Sequence[Booking]) -> None:
        assert manifest.bookings is not None
        assert manifest.period is not None
        self.space = manifest.bookings.spaces[0]
        self.zone = ZoneInfo(self.space.timezone)
        self.period = manifest.period
        self.booked: Counter[str] = Counter()
        self.available: Counter[str] = Counter()
        self.outside: int = 0
        self.profile: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
        self.booked_on: Counter[dt.date] = Counter()
        self.available_on: Counter[dt.date] = Counter()
        self.by_user: Counter[str | None] = Counter()
        self.by_purpose: Counter[str] = Counter()
        self.desks_used_on: set[tuple[str, dt.date, int]] = set()
        self._in_use: Counter[dt.datetime] = Counter()
        self.seats_in_use: Counter[dt.datetime] = Counter()
        self._local: dict[dt.datetime, dt.datetime] = {}
        for desk in self.space.desks:
            self._count(desk, [row for row in bookings if row["resource_id"] == desk.id and _is_use(row)])

    @property
    def peak(self) -> int:
        """Most units of desks in use in one minute."""
        return max(self._in_use.values(), default=0)

    def _count(self, desk: Desk, bookings: Sequence[Booking]) -> None:
        open_minutes: dict[dt.datetime, dt.date] = {}
        for minute, day in self._open_minutes(desk):
            # In the hour that clocks repeat, last night's hours may meet this morning's; the first opening has it.
            open_minutes.setdefault(minute, day)
        for minute, day in open_minutes.items():
            units, seats = self._units(desk, minute)
            self.available[desk.kind] += units * seats
            if desk.kind == "desk":
                self.available_on[day] += units * seats
                self.profile[self._clock(minute, day)][0] += units * seats
        for minute, there in self._minutes(bookings).items():
            self._use(desk, minute, there, open_minutes.get(minute))

    def _use(self, desk: Desk, minute: dt.datetime, there: Sequence[Booking], day: dt.date | None) -> None:
        units, seats = self._units(desk, minute)
        if units == 0:
            # Booked while there was no such desk; it cannot have been there more often than it ever was.
            self.outside += min(len(there), self._most_like(desk, minute)) * self._seats_away(desk, minute)
            return
        seated = sorted(there, key=_turn)[:units]
        if day is None:
            self.outside += len(seated) * seats
            return
        self.booked[desk.kind] += len(seated) * seats
        for row in seated:
            self.by_purpose[row["purpose"]] += seats
        if desk.kind == "desk":
            self.booked_on[day] += len(seated) * seats
            self.profile[self._clock(minute, day)][1] += len(seated) * seats
            self._in_use[minute] += len(seated)
            self.seats_in_use[minute] += len(seated) * seats
            for number, row in enumerate(seated):
                self.by_user[row["user_pseudonym"]] += seats
                self.desks_used_on.add((desk.id, day, number))

    def _minutes(self, bookings: Sequence[Booking]) -> Mapping[dt.datetime, list[Booking]]:
        found: defaultdict[dt.datetime, list[Booking]] = defaultdict(list)
        for row in bookings:
            minute = dt.datetime.fromisoformat(row["starts_at_utc"])
            while minute < dt.datetime.fromisoformat(row["ends_at_utc"]):
                found[minute].append(row)
                minute += MINUTE
        return found

    def _open_minutes(self, desk: Desk) -> Iterator[tuple[dt.datetime, dt.date]]:
        """Every minute in which the desk's room is open, with the day on which it opened."""
        day = self.period.first
        while day <= self.period.last:
            for hours in self._hours(desk):
                if self._is_open_on(hours, desk, day):
                    yield from self._span(hours, desk, day)
            day += dt.timedelta(days=1)

    def _hours(self, desk: Desk) -> Sequence[OpeningHours]:
        own = [hours for hours in self.space.opening_hours if hours.room and hours.room == desk.room]
        return own or [hours for hours in self.space.opening_hours if hours.room is None]

    def _is_open_on(self, hours: OpeningHours, desk: Desk, day: dt.date) -> bool:
        if WEEKDAYS[day.weekday()] not in hours.weekdays:
            return False
        if self.space.public_holidays == "closed" and day in HOLIDAYS:
            return False
        return not any(
            closure.begins is None and closure.first <= day <= closure.last and closure.room in (None, desk.room)
            for closure in self.space.closures
        )

    def _span(self, hours: OpeningHours, desk: Desk, day: dt.date) -> Iterator[tuple[dt.datetime, dt.date]]:
        opens, closes = hours.minutes
        minute, end = self._utc(day, opens, False), self._utc(day, closes, True)
        shut = [
            (self._utc(day, minute_of(closure.begins), True), self._utc(day, minute_of(closure.ends), False))
            for closure in self.space.closures
            if closure.begins and closure.ends and closure.first <= day <= closure.last
            and closure.room in (None, desk.room)
        ]  # fmt: skip
        while minute < end:
            if not any(begins <= minute < ends for begins, ends in shut):
                yield minute, day
            minute += MINUTE

    def _utc(self, day: dt.date, minutes: int, is_end: bool) -> dt.datetime:
        """An hour that clocks repeat is open twice; a time that they skip is the first one after it."""
        local = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minutes)
        while local.replace(tzinfo=self.zone).astimezone(dt.UTC).astimezone(self.zone).replace(tzinfo=None) != local:
            local += MINUTE
        return local.replace(tzinfo=self.zone, fold=int(is_end)).astimezone(dt.UTC)

    def _units(self, desk: Desk, minute: dt.datetime) -> tuple[int, int]:
        day = self._wall_clock(minute).date()
        for part in desk.capacity:
            if (part.valid_from or dt.date.min) <= day <= (part.valid_to or dt.date.max):
                return part.units, part.seats
        return 0, 0

    def _most_like(self, desk: Desk, minute: dt.datetime) -> int:
        return self._part_beside(desk, minute).units

    def _seats_away(self, desk: Desk, minute: dt.datetime) -> int:
        return self._part_beside(desk, minute).seats

    def _part_beside(self, desk: Desk, minute: dt.datetime) -> Any:
        """In a time without the desk: what it is when it comes (again), else what it was last."""
        day = self._wall_clock(minute).date()
        later = [part for part in desk.capacity if part.valid_from and part.valid_from > day]
        return min(later, key=lambda part: part.valid_from) if later else desk.capacity[-1]

    def _clock(self, minute: dt.datetime, day: dt.date) -> tuple[int, int]:
        local = self._wall_clock(minute)
        return day.isoweekday(), local.hour + 24 * (local.date() - day).days

    def _wall_clock(self, minute: dt.datetime) -> dt.datetime:
        if minute not in self._local:
            self._local[minute] = minute.astimezone(self.zone)
        return self._local[minute]


def _turn(row: Booking) -> tuple[str, str, str, int]:
    """Of those that begin together the one that was made first comes first."""
    return row["starts_at_utc"], row["created_at_utc"], row["booking_key"], row["unit"]


def _is_use(row: Booking) -> bool:
    return row["status"] != "cancelled" and row["is_block_out"] == "false"
