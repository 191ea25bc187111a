"""Events as tools write them: a calendar, a list, a list kept by hand, JSON; beside them who had a ticket."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from stadtlabor.samples.dice import Dice
from stadtlabor.samples.events.calendar import calendar
from stadtlabor.samples.events.event_shape import Event, Shape
from stadtlabor.samples.events.tickets import ticket_file

# Heading of the list → how an event fills it.
LIST: Mapping[str, Callable[[Event], object]] = {
    "Titel": lambda one: one.title,
    "Datum": lambda one: f"{one.starts:%d.%m.%Y}",
    "Uhrzeit von": lambda one: f"{one.starts:%H:%M}",
    "Uhrzeit bis": lambda one: f"{one.ends:%H:%M}",
    "Ort": lambda one: one.venue,
    "Format": lambda one: one.format,
    "Thema": lambda one: one.theme,
    "Zielgruppe": lambda one: one.target_group,
    "Angemeldet": lambda one: one.registered,
    "Teilgenommen": lambda one: one.attended,
    "Ohne Anmeldung": lambda one: one.walk_ins,
    "Unternehmen": lambda one: one.organisations,
    "Max. Unternehmen": lambda one: one.organisation_limit,
    "Geplante Minuten": lambda one: one.planned_minutes,
    "Tatsächliche Minuten": lambda one: one.actual_minutes,
    "Kosten": lambda one: one.cost_eur,
    "Angeboten": lambda one: one.offered_takes,
    "Angenommen": lambda one: one.taken_up,
    "Herkunft": lambda one: "Bericht" if one.origin == "report" else "Beispiel",
    "Abschnitt": lambda one: one.section,
    "Bemerkung": lambda one: one.note,
}
BY_HAND: Mapping[str, Callable[[Event], object]] = {
    "Veranstaltung": LIST["Titel"],
    "Wann": lambda one: f"{one.starts:%d.%m.%Y %H:%M}",
    "bis": LIST["Uhrzeit bis"],
    "Wo": LIST["Ort"],
    "angemeldet": LIST["Angemeldet"],
    "gekommen": LIST["Teilgenommen"],
    "Herkunft": LIST["Herkunft"],
    "Abschnitt": LIST["Abschnitt"],
}


def files(shape: Shape, made: Sequence[Event], dice: Dice) -> dict[str, bytes]:
    """The files of a delivery, by name: the events, and a list of tickets per event that has one."""
    writers: Mapping[str, Callable[[Shape, Sequence[Event]], bytes]] = {
        "calendar": calendar,
        "list": lambda one, listed: _table(LIST, one, listed, "utf-8-sig", ";"),
        "hand": lambda one, listed: _table(BY_HAND, one, listed, "cp1252", ";"),
        "json": _json,
    }
    tickets = [ticket_file(one, dice) for one in made if one.tickets]
    return {shape.file: writers[shape.tool](shape, made), **dict(tickets)}


def _table(
    columns: Mapping[str, Callable[[Event], object]],
    shape: Shape,
    made: Sequence[Event],
    encoding: str,
    delimiter: str,
) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    for one in made:
        # What a list of tickets counts is not written down a second time.
        shown = one.model_copy(update={"registered": None, "attended": None, "walk_ins": None}) if one.tickets else one
        writer.writerow(["" if (value := fill(shown)) is None else value for fill in columns.values()])
    for fault in shape.faults:
        writer.writerow([fault.get(column, "") for column in columns])
    return text.getvalue().encode(encoding)


def _json(shape: Shape, made: Sequence[Event]) -> bytes:
    listed: list[dict[str, Any]] = [
        {
            "title": one.title,
            "starts_at": one.starts.isoformat(),
            "ends_at": one.ends.isoformat(),
            "venue": one.venue,
            "format": one.format,
            "theme": one.theme,
            "target_group": one.target_group,
            "attended": one.attended,
            "planned_minutes": one.planned_minutes,
            "row_origin": one.origin,
            "report_section": one.section,
        }
        for one in made
    ]
    return (json.dumps({"events": [*listed, *shape.faults]}, ensure_ascii=False, indent=1) + "\n").encode()
