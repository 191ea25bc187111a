"""Events written by hand: a row says only what its test is about."""

from typing import Any

from tests.dbt.events.worlds import Row

TOWN = {"town_id": "moelln"}


def delivery(name: str, received: str, **rest: Any) -> Row:
    """A delivery of Mölln's events."""
    return {"delivery_id": name, "kind": "events", "town_id": "moelln", "title": name, "producer": "Town",
            "licence": "CC0", "received": received, "is_synthetic": "false", **rest}  # fmt: skip


def event(title: str, start: str = "2022-09-05T18:00:00", **rest: Any) -> Row:
    """An event of the delivery `late`, numbered by its title."""
    return {"delivery_id": "late", "file": "events.csv", "line": 2, "event_key": f"key of {title}", "title": title,
            "starts_at": start, "is_all_day": "false", "status": "confirmed", "row_origin": "delivered",
            **rest}  # fmt: skip


def registration(title: str, number: int, **rest: Any) -> Row:
    """A place registered for the event of this title."""
    return {"delivery_id": "late", "registration_key": f"{title} {number}", "event_ref": f"key of {title}",
            "status": "registered", **rest}  # fmt: skip
