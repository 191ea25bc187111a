# ruff: noqa: E501
"""Events and a journal for a sample release: five towns as the report tells them, what it leaves open stays open.

Counts under five are written as the release has them: null, with the sign "." and the range from 1 to 4.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median
from typing import Any

Row = dict[str, Any]

FEW = "few"  # an attendance of one to four, which is not published
WORDS = {
    "workshop": ("Werkstatt", "workshop"),
    "talk": ("Vortrag", "talk"),
    "opening": ("Eröffnung", "opening"),
    "meeting": ("Treffen", "meeting"),
    "transfer_workshop": ("Transferwerkstatt", "transfer workshop"),
    "trial_coworking": ("Probearbeiten", "trial co-working"),
    "external_event": ("Veranstaltung Dritter", "event of others"),
    "new_work": ("Neue Arbeitswelten", "new ways of working"),
    "coworking": ("Co-Working", "co-working"),
    "esports": ("E-Sport", "e-sport"),
    "third_places": ("Dritte Orte", "third places"),
    "exchange": ("Austausch der Städte", "exchange of the towns"),
    "public": ("Öffentlichkeit", "the public"),
    "companies": ("Unternehmen", "companies"),
    "municipalities": ("Städte", "towns"),
}

# town, day, title, format, theme, target group, venue, attended, registered, capacity, what differs
EVENTS: list[tuple[Any, ...]] = [
    ("diessen", "2022-10-12", "Bürgerwerkstatt Arbeitsorte", "workshop", "new_work", "public", "Rathaus", 9, 14, 40, {}),
    ("diessen", "2022-11-16", "Bürgerwerkstatt Maßnahmen", "workshop", "new_work", "public", "Rathaus", FEW, None, 40, {}),
    ("diessen", "2022-05-05", "Transferwerkstatt", "transfer_workshop", "exchange", "municipalities", "Rathaus", 18, 18, 25, {}),
    ("dippoldiswalde", "2022-09-15", "Transferwerkstatt", "transfer_workshop", "exchange", "municipalities", "Rathaus", 17, 19, 25, {}),
    ("moelln", "2023-03-20", "Eröffnung der Themenwoche", "opening", "new_work", "public", "Stadthauptmannshof", 64, 70, 80, {}),
    ("moelln", "2023-03-21", "Neue Arbeitswelten", "talk", "new_work", "companies", "Stadthauptmannshof", 11, 16, 40, {}),
    ("moelln", "2023-03-22", "Co-Working im Verein", "workshop", "coworking", "companies", "Vereinsheim", FEW, None, 30, {}),
    ("moelln", "2023-03-22", "E-Sport zum Mitmachen", "workshop", "esports", "public", "Vereinsheim", 12, 12, 30, {}),
    ("moelln", "2023-03-23", "Lerninseln und dritte Orte", "talk", "third_places", "public", "Stadtbücherei", 7, 15, 40, {}),
    ("moelln", "2023-03-24", "Abschlussgespräch", "meeting", "new_work", "public", "Stadtbücherei", 0, 6, 20, {}),
    ("moelln", "2023-05-11", "Transferwerkstatt", "transfer_workshop", "exchange", "municipalities", "Stadthauptmannshof", 19, 20, 25, {}),
    ("wittenberge", "2023-01-19", "Probearbeiten: Marketing-Trends 2023", "trial_coworking", "coworking", "companies", "Laborstraße 1",
     8, 8, 12, {"organisations": 6, "organisation_limit": 6, "taken_up": 0, "planned_minutes": 60.0, "actual_minutes": 120.0}),
    ("wittenberge", "2022-11-08", "Gemeinschaftswerkstatt I", "workshop", "coworking", "public", "Stadtsalon Safari", 15, 21, 30,
     {"planned_minutes": 120.0, "actual_minutes": 150.0}),
    ("wittenberge", "2023-02-21", "Gemeinschaftswerkstatt II", "workshop", "coworking", "public", "Stadtsalon Safari", 12, 18, 30,
     {"planned_minutes": 120.0, "actual_minutes": 105.0}),
    ("wittenberge", "2023-04-25", "Gemeinschaftswerkstatt III", "workshop", "coworking", "public", "Laborstraße 1", None, 9, 30, {}),
    ("wittenberge", "2023-05-30", "Abend zum Bahnhof", "meeting", "third_places", "public", "Bahnhof", None, None, None, {"status": "cancelled"}),
    ("wittenberge", "2022-07-07", "Transferwerkstatt", "transfer_workshop", "exchange", "municipalities", "Laborstraße 1", 16, 18, 25, {}),
    ("oestrich-winkel", "2022-06-21", "Eröffnung des Raums", "opening", "coworking", "public", "Co-Working auf Zeit", 42, None, 50, {}),
    ("oestrich-winkel", "2022-10-06", "Transferwerkstatt", "transfer_workshop", "exchange", "municipalities", "Co-Working auf Zeit", 21, 22, 25, {}),
]  # fmt: skip
# Oestrich-Winkel's further dates: day, format, attended (FEW: one to four).
SPACE_EVENTS: list[tuple[str, str, Any]] = [
    ("2022-07-12", "meeting", FEW), ("2022-08-23", "meeting", 6), ("2022-09-07", "workshop", 9),
    ("2022-09-21", "external_event", 11), ("2022-10-04", "workshop", 14), ("2022-10-11", "external_event", 18),
    ("2022-10-13", "meeting", 8), ("2022-10-19", "workshop", 12), ("2022-10-25", "external_event", 16),
    ("2022-11-02", "talk", 24), ("2022-11-08", "meeting", FEW), ("2022-11-10", "workshop", 13),
    ("2022-11-17", "external_event", 20), ("2022-11-22", "workshop", 10), ("2022-11-29", "talk", 19),
    ("2022-12-06", "meeting", 7),
]  # fmt: skip


def event(town: str, day: str, title: str, format_: str, attended: Any = None, **changes: Any) -> Row:
    """One row of events; an attendance of FEW is hidden as the release hides it."""
    starts = datetime.fromisoformat(f"{day} 17:00")
    row = {
        "event_id": f"{town}-{day}-{title[:12]}",
        "town_id": town,
        "delivery_id": f"{town}-events",
        "title": title,
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "event_date": starts.date(),
        "month": starts.date().replace(day=1),
        "is_all_day": False,
        "status": "confirmed",
        "registered_sign": "",
        "row_origin": "synthetic",
        "is_synthetic": True,
        **attendance(attended),
        **coded("format", format_),
    }
    return row | changes


def attendance(attended: Any) -> Row:
    """The attendance's columns: counted, one to four, or not known."""
    if attended == FEW:
        return {"attended": None, "attended_sign": ".", "attended_low": 1, "attended_high": 4}
    sign = "..." if attended is None else ""
    return {"attended": attended, "attended_sign": sign, "attended_low": attended, "attended_high": attended}


def coded(name: str, code: str | None) -> Row:
    """A code with its words."""
    words = WORDS.get(code or "", (None, None))
    return {name: code, f"{name}_de": words[0], f"{name}_en": words[1]}


def events() -> list[Row]:
    """All events, in an order that no page may rely on."""
    found = []
    for town, day, title, format_, theme, group, venue, attended, registered, capacity, changes in EVENTS:
        both = registered is not None and isinstance(attended, int)
        found.append(
            event(
                town,
                day,
                title,
                format_,
                attended,
                **coded("theme", theme),
                **coded("target_group", group),
                venue=venue,
                venue_id=venue,
                capacity=capacity,
                registered=registered,
                fill_share=100 * attended / capacity if isinstance(attended, int) and capacity else None,
                no_show_share=100 * (registered - attended) / registered if both else None,
                **{"report_section": "3.5", "row_origin": "report", "is_synthetic": False} if changes.get("taken_up") == 0 else {},
                **changes,
            )
        )  # fmt: skip
    for place, (day, format_, attended) in enumerate(SPACE_EVENTS):
        venue = {"venue": "Co-Working auf Zeit", "venue_id": "space", "capacity": 24}
        title = f"{WORDS[format_][0]} {place + 1}"
        found.append(event("oestrich-winkel", day, title, format_, attended, **venue, **coded("theme", "coworking")))
    return found[::-1]


def groups(rows: Iterable[Row]) -> list[Row]:
    """The rows of event_groups that follow from events, reckoned from the published cells alone."""
    found = []
    families = {"all": None, "month": "month", "format": "format", "theme": "theme", "venue": "venue"}
    rows = list(rows)
    for town in {row["town_id"] for row in rows}:
        for family, column in families.items():
            mine = [row for row in rows if row["town_id"] == town]
            for member in {str(row[column]) for row in mine if row.get(column)} if column else {""}:
                of_member = [row for row in mine if column is None or str(row.get(column)) == member]
                found.append(_group(town, family, member, column, of_member))
    return found


def _group(town: str, family: str, member: str, column: str | None, rows: list[Row]) -> Row:
    held = [row for row in rows if row["status"] == "confirmed"]
    counted = [row for row in held if row["attended_low"] is not None]
    lows, highs = ([row[f"attended_{end}"] for row in counted] for end in ("low", "high"))
    full = [row for row in counted if row["attended"] is not None and row.get("capacity")]
    said = {f"member_{one}": rows[0].get(f"{column}_{one}") or member for one in ("de", "en")} if column else {}
    capacity = sum(row["capacity"] for row in full)
    return {
        "town_id": town,
        "family": family,
        "member": member or None,
        **said,
        "event_count": len(rows),
        "held_count": len(held),
        "counted_count": len(counted),
        "visits_low": sum(lows) if counted else None,
        "visits_high": sum(highs) if counted else None,
        "visits_published": sum(row["attended"] or 0 for row in counted) if counted else None,
        "median_low": float(median(lows)) if counted else None,
        "median_high": float(median(highs)) if counted else None,
        "hidden_count": sum(row["attended"] is None for row in counted),
        "capacity_sum": capacity or None,
        "fill_share": 100 * sum(row["attended"] for row in full) / capacity if capacity else None,
        "is_synthetic": any(row["is_synthetic"] for row in rows),
    }


def tables(**changed: list[Row]) -> dict[str, list[Row]]:
    """The tables of events and of the journal."""
    from tests.dashboard.samples import journal_sample

    rows = events()
    return {"events": rows, "event_groups": groups(rows), **journal_sample.tables()} | changed
