"""Random towns with random events, told by several files and lists; the same seed gives the same town.

A world keeps with every landing row which event it is really of, so that an oracle need not find out.
"""

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
FORMATS = ("opening", "workshop", "talk", "trial_coworking", "transfer_workshop", "brunch", None)
THEMES = ("new_work", "coworking", None)
GROUPS = ("citizens", "companies", None)
VENUES = (("hall", "Hall"), ("bar", "Bar"), (None, "Yard"), (None, None))
COUNTS = (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 19, 20, 40)


@dataclass
class World:
    """A town's deliveries: rows of events and registrations, each with the number of its true event."""

    town_id: str
    deliveries: list[Row] = field(default_factory=list)
    events: list[tuple[int, Row]] = field(default_factory=list)
    registrations: list[tuple[int, Row]] = field(default_factory=list)


def world(seed: int) -> World:
    """A town of up to a dozen events over two deliveries, the second of which was received later."""
    dice = random.Random(seed)
    made = World(f"town-{seed}")
    for name, received in (("early", "2023-03-01"), ("late", "2024-02-01")):
        made.deliveries.append({
            "delivery_id": f"{name}-{seed}", "kind": "events", "town_id": made.town_id, "title": name,
            "producer": "Town", "licence": "CC0", "received": received, "is_synthetic": "false",
            "period_from": "2022-06-01", "period_to": "2022-12-31",
        })  # fmt: skip
    for number in range(dice.randrange(1, 13)):
        _event(dice, made, number)
    return made


def _event(dice: random.Random, made: World, number: int) -> None:
    key = f"key-{made.town_id}-{number}"
    begin = dt.datetime(2022, 6, 1, 18) + dt.timedelta(days=dice.randrange(dice.choice([8, 210])), minutes=number)
    venue_id, venue = dice.choice(VENUES)
    minutes = dice.choice([None, 60, 90, 120, 1440])
    about = {
        "title": f"Event {number}", "starts_at": begin.isoformat(), "is_all_day": "false",
        "ends_at": (begin + dt.timedelta(minutes=minutes)).isoformat() if minutes else None,
        "status": dice.choice(["confirmed"] * 6 + ["tentative", "cancelled"]), "venue_id": venue_id, "venue": venue,
        "format": dice.choice(FORMATS), "theme": dice.choice(THEMES), "target_group": dice.choice(GROUPS),
        "row_origin": dice.choice(["delivered", "delivered", "synthetic"]),
    }  # fmt: skip
    early, late = (delivery["delivery_id"] for delivery in made.deliveries)
    # Once; twice under one number; twice in two tools; in two files of one delivery.
    places = dice.choice([
        [(early, "a", key)], [(late, "a", key)], [(early, "a", key), (late, "a", key)],
        [(early, "a", key), (late, "b", key + "-other")], [(late, "a", key), (late, "b", key)],
    ])  # fmt: skip
    title = about["title"]
    for delivery, file, event_key in places:
        # Another tool writes the same title with other spaces and letters.
        shown = f"  {title.upper().replace(' ', '  ')}" if event_key != key else title
        row = about | _numbers(dice, minutes) | {"title": shown, "event_key": event_key}
        made.events.append((number, row | {"delivery_id": delivery, "file": file, "line": number + 2}))
    if dice.random() < 0.4:
        _registrations(dice, made, number, places)


def _numbers(dice: random.Random, minutes: int | None) -> Row:
    """Counts as a file records them; now and then a part is larger than the whole."""
    attended = dice.choice([None, *COUNTS])
    whole = attended if attended is not None and dice.random() < 0.95 else 12
    registered = dice.choice([None, *COUNTS, *(max(whole + step, 0) for step in range(-5, 6))])
    return {
        "attended": attended,
        "registered": registered,
        "walk_ins": dice.choice([None, None, dice.randrange(whole + 1), *range(min(whole, 6) + 1)]),
        "organisations": dice.choice([None, None, dice.randrange(whole + 1)]),
        "taken_up": dice.choice([None, None, 0, dice.randrange(whole + 1)]),
        "capacity": dice.choice([None, 3, 6, 20, 50]),
        "organisation_limit": dice.choice([None, None, 4, 6]),
        "planned_minutes": minutes,
        "actual_minutes": dice.choice([None, 45, 120, 1500]),
        "cost_eur": dice.choice([None, None, "0", "120.50", "800"]),
    }


def _registrations(dice: random.Random, made: World, number: int, places: list[tuple[str, str, str]]) -> None:
    is_kept, tells_walk_ins, names_companies = dice.random() < 0.7, dice.random() < 0.5, dice.random() < 0.5
    for person in range(dice.choice([1, 3, 6, 9, 12, 16])):
        delivery, _, key = dice.choice(places)
        came = is_kept and dice.random() < 0.6
        row: Mapping[str, Any] = {
            "registration_key": f"registration-{made.town_id}-{number}-{person}", "delivery_id": delivery,
            "event_ref": key, "quantity": dice.choice([None, 1, 1, 2]),
            "status": dice.choice(["registered"] * 5 + ["cancelled", "refunded", "waiting"]),
            "is_walk_in": str(dice.random() < 0.3).lower() if tells_walk_ins else None,
            "organisation_pseudonym": dice.choice([None, "c1", "c2", "c3", "c4", "c5", "c6"])
            if names_companies else None,
            "checked_in_at": None if not is_kept else dice.choice(["yes", "2022-07-01T17:00:00Z"]) if came else "no",
        }  # fmt: skip
        made.registrations.append((number, dict(row)))
        if dice.random() < 0.3:
            # The check-in list beside the orders repeats the line; what was checked in there counts.
            made.registrations.append((number, dict(row) | {"checked_in_at": "no" if is_kept else None}))


def landed(worlds: list[World]) -> dict[str, list[Row]]:
    """The worlds as landing tables, one town each."""
    return {
        "towns": [
            {
                "town_id": one.town_id,
                "ags": f"06{position:06}",
                "name": one.town_id,
                "land": "Hessen",
                "slot": position + 1,
            }
            for position, one in enumerate(worlds)
        ],
        "deliveries": [row for one in worlds for row in one.deliveries],
        "events": [row for one in worlds for _, row in one.events],
        "registrations": [row for one in worlds for _, row in one.registrations],
    }
