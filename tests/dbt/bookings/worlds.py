"""Random spaces with random bookings, each a small world of its own; the same seed gives the same world."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from stadtlabor.manifest.source import Manifest

# Days around clock changes, public holidays of Hessen and midnight of the year, and ordinary ones.
FIRST_DAYS = ("2022-03-25", "2022-10-28", "2022-10-02", "2022-12-24", "2022-12-30", "2022-06-21", "2022-09-05")
TIMEZONES = ("Europe/Berlin",) * 5 + ("America/New_York", "Australia/Adelaide", "Asia/Kolkata")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KINDS = ("desk", "desk", "desk", "table", "room")
PURPOSES = ("own_work", "meeting", "event", "other")


@dataclass(frozen=True)
class World:
    """A space as its manifest states it, and its bookings as landing rows."""

    manifest: Manifest
    bookings: Sequence[Mapping[str, Any]]

    @property
    def space_id(self) -> str:
        """The id of its only space."""
        assert self.manifest.bookings is not None
        return self.manifest.bookings.spaces[0].id


def world(seed: int) -> World:
    """A space of up to four resources over up to five days, with up to 25 bookings that ill fit its hours."""
    dice = random.Random(seed)
    first = dt.date.fromisoformat(dice.choice(FIRST_DAYS)) + dt.timedelta(days=dice.randrange(3))
    last = first + dt.timedelta(days=dice.randrange(1, 5))
    zone = dice.choice(TIMEZONES)
    rooms = [{"id": f"room-{n}", "name": f"Room {n}"} for n in range(dice.randrange(3))]
    desks = [_desk(dice, n, rooms, first) for n in range(dice.randrange(1, 5))]
    space = {
        "id": f"space-{seed}",
        "name": f"Space {seed}",
        "timezone": zone,
        "public_holidays": dice.choice(["open", "closed"]),
        "rooms": rooms,
        "desks": desks,
        "opening_hours": _hours(dice, rooms),
        "closures": [_closure(dice, rooms, first, last) for _ in range(dice.choice([0, 0, 1, 2]))],
    }
    manifest = {
        "id": f"delivery-{seed}",
        "kind": "bookings",
        "town": "oestrich-winkel",
        "title": "A world",
        "producer": "Test",
        "licence": "none",
        "received": "2026-01-01",
        "period": {"from": first.isoformat(), "to": last.isoformat()},
        "synthetic": True,
        "files": [{"name": "bookings.csv"}],
        "bookings": {"spaces": [space]},
    }
    rows = [_booking(dice, seed, n, desks, first, last, zone) for n in range(dice.randrange(26))]
    return World(Manifest.model_validate(manifest), [row for one in rows for row in one])


def _time(dice: random.Random, latest: int = 24 * 60) -> str:
    """A time of day, mostly on the hour, sometimes at any minute, midnight included."""
    minute = dice.choice([dice.randrange(0, latest, 60), dice.randrange(latest), 120, 150, 180])
    return f"{minute // 60:02}:{minute % 60:02}"


def _hours(dice: random.Random, rooms: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """One span a day for the space and perhaps another for a room; some run over midnight, some all day."""
    hours = []
    for room in [None, *(room["id"] for room in rooms if dice.random() < 0.4)]:
        days = dice.sample(WEEKDAYS, dice.randrange(3, 8))
        opens, closes = _time(dice), _time(dice)
        if dice.random() < 0.2 or opens == closes:
            opens, closes = "00:00", "24:00"
        # A span over midnight on all days may not run into its own next morning, which a day's length forbids.
        hours.append({"weekdays": days, "opens": opens, "closes": closes, "room": room})
    return hours


def _desk(dice: random.Random, n: int, rooms: Sequence[Mapping[str, str]], first: dt.date) -> dict[str, Any]:
    room = dice.choice([None, *(room["id"] for room in rooms)])
    capacity: list[dict[str, Any]] = [{"units": dice.choice([1, 1, 2, 3]), "seats": dice.choice([1, 1, 1, 4])}]
    if dice.random() < 0.3:
        change = first + dt.timedelta(days=dice.randrange(3))
        capacity[0]["valid_to"] = change.isoformat()
        if dice.random() < 0.6:
            later = change + dt.timedelta(days=dice.choice([1, 2]))
            capacity.append({"units": dice.choice([1, 2, 4]), "seats": 1, "valid_from": later.isoformat()})
    return {
        "id": f"desk-{n}", "name": f"Desk {n}", "kind": dice.choice(KINDS), "room": room, "capacity": capacity,
    }  # fmt: skip


def _closure(dice: random.Random, rooms: Sequence[Mapping[str, str]], first: dt.date, last: dt.date) -> dict[str, Any]:
    begin = first + dt.timedelta(days=dice.randrange((last - first).days + 1))
    closure: dict[str, Any] = {
        "from": begin.isoformat(),
        "to": (begin + dt.timedelta(days=dice.randrange(2))).isoformat(),
        "reason": "closed",
        "room": dice.choice([None, *(room["id"] for room in rooms)]),
    }
    if dice.random() < 0.5:
        begins, ends = sorted((dice.randrange(24 * 60), dice.randrange(24 * 60)))
        if begins < ends:
            closure |= {"begins": f"{begins // 60:02}:{begins % 60:02}", "ends": f"{ends // 60:02}:{ends % 60:02}"}
    return closure


def _booking(
    dice: random.Random, seed: int, n: int, desks: Sequence[Mapping[str, Any]], first: dt.date, last: dt.date, zone: str
) -> list[dict[str, Any]]:
    desk = dice.choice(desks)
    midnight = dt.datetime.combine(first, dt.time(), ZoneInfo(zone)).astimezone(dt.UTC)
    span = ((last - first).days + 2) * 24 * 60
    begin = midnight + dt.timedelta(minutes=dice.choice([dice.randrange(-600, span, 60), dice.randrange(-600, span)]))
    length = dice.choice([0, 1, 30, 60, 240, 24 * 60, dice.randrange(1, 3 * 24 * 60)])
    created = begin - dt.timedelta(minutes=dice.randrange(-2000, 20_000))
    units = dice.choice([1, 1, 1, 2])
    row = {
        "delivery_id": f"delivery-{seed}",
        "booking_key": f"booking-{seed}-{n}",
        "key_source": "tool",
        "match_key": f"match-{seed}-{n}",
        "space_id": f"space-{seed}",
        "resource_id": desk["id"],
        "resource_kind": desk["kind"],
        "units": units,
        "user_pseudonym": dice.choice([None, *(f"user-{seed}-{who}" for who in range(6))]),
        "status": dice.choice(["booked"] * 6 + ["cancelled", "no_show", "attended", "tentative"]),
        "is_block_out": dice.choice(["false"] * 9 + ["true"]),
        "purpose": dice.choice(PURPOSES),
        "starts_at_utc": f"{begin:%Y-%m-%dT%H:%M:%SZ}",
        "ends_at_utc": f"{begin + dt.timedelta(minutes=length):%Y-%m-%dT%H:%M:%SZ}",
        "created_at_utc": f"{created:%Y-%m-%dT%H:%M:%SZ}",
        "tells_cancelled": "true",
        "tells_attendance": "true",
    }
    return [{**row, "unit": unit} for unit in range(1, units + 1)]
