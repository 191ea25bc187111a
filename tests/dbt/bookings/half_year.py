"""Half a year in Oestrich-Winkel, made up: seven desks, a table, a lounge, a few dozen people."""

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from stadtlabor.manifest.source import Manifest
from tests.dbt.bookings.worlds import World

FIRST, LAST = dt.date(2022, 6, 21), dt.date(2022, 12, 21)
SUMMER = (dt.date(2022, 7, 25), dt.date(2022, 9, 2))
AUTUMN = (dt.date(2022, 10, 24), dt.date(2022, 10, 29))
DESKS = 7
USERS = 30
HOLIDAYS = [
    {"holiday_id": name, "country": "DE", "start_date": str(first), "end_date": str(last), "holiday_type": "School",
     "name_de": name, "name_en": name, "subdivisions": "HE"}
    for name, (first, last) in {"Sommerferien": SUMMER, "Herbstferien": AUTUMN}.items()
]  # fmt: skip


def manifest(**space: Any) -> Manifest:
    """The delivery of the anchors: open Monday to Friday, closed on public holidays."""
    return Manifest.model_validate({
        "id": "pop-up", "kind": "bookings", "town": "oestrich-winkel", "title": "Pop-up", "producer": "Town",
        "licence": "CC0", "received": "2026-01-01", "period": {"from": str(FIRST), "to": str(LAST)},
        "synthetic": True, "files": [{"name": "bookings.csv"}],
        "bookings": {"spaces": [{
            "id": "pop-up-coworking", "name": "Pop-up-Co-Working", "rooms": [{"id": "lounge", "name": "Lounge"}],
            "desks": [
                *({"id": f"desk-{n}", "name": f"Desk {n}"} for n in range(1, DESKS + 1)),
                {"id": "table", "name": "Table", "kind": "table", "capacity": [{"seats": 8}]},
                {"id": "lounge", "name": "Lounge", "kind": "lounge", "room": "lounge", "capacity": [{"seats": 6}]},
            ],
            "opening_hours": [
                {"weekdays": ["mon", "tue", "wed", "thu", "fri"], "opens": "09:00", "closes": "17:00"},
            ],
            "tariff": [{"per": "day", "price_eur": 0}],
            **space,
        }]},
    })  # fmt: skip


def half_year(seed: int = 1, demand: float = 1.0, users: int = USERS) -> World:
    """Bookings of a seed; little demand in summer, more from September."""
    dice = random.Random(seed)
    rows: list[Mapping[str, Any]] = []
    day = FIRST
    while day <= LAST:
        if day.weekday() < 5:
            share = (0.35 if SUMMER[0] <= day <= SUMMER[1] else 0.9) * demand
            for desk in range(1, DESKS + 1):
                if dice.random() < share:
                    rows.append(_booking(dice, len(rows), f"desk-{desk}", "desk", "own_work", day, users))
            if dice.random() < 0.3:
                purpose = dice.choice(["meeting", "meeting", "event"])
                rows.append(_booking(dice, len(rows), "table", "table", purpose, day, users))
        day += dt.timedelta(days=1)
    return World(manifest(), rows)


def _booking(
    dice: random.Random, number: int, desk: str, kind: str, purpose: str, day: dt.date, users: int
) -> Mapping[str, Any]:
    opens = dice.choice([8, 9, 9, 10, 13])
    begin = dt.datetime.combine(day, dt.time(opens), ZoneInfo("Europe/Berlin")).astimezone(dt.UTC)
    end = begin + dt.timedelta(hours=dice.choice([2, 4, 4, 7, 8]))
    created = begin - dt.timedelta(hours=dice.choice([-20, 1, 5, 30, 80, 200, 500]))
    return {
        "delivery_id": "pop-up", "booking_key": f"booking-{number}", "key_source": "tool",
        "match_key": f"match-{number}", "space_id": "pop-up-coworking", "resource_id": desk, "resource_kind": kind,
        "unit": 1, "units": 1, "user_pseudonym": f"user-{min(dice.randrange(users), dice.randrange(users))}",
        "status": dice.choice(["booked"] * 9 + ["cancelled"]), "is_block_out": "false", "purpose": purpose,
        "starts_at_utc": f"{begin:%Y-%m-%dT%H:%M:%SZ}", "ends_at_utc": f"{end:%Y-%m-%dT%H:%M:%SZ}",
        "created_at_utc": f"{created:%Y-%m-%dT%H:%M:%SZ}", "tells_cancelled": "true", "tells_attendance": "false",
    }  # fmt: skip
