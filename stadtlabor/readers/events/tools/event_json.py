"""Events as JSON: a list, {"events": […]}, schema.org Event, FullCalendar, Google Calendar, The Events Calendar.

What lies within an event is laid flat (`location: {name: …}` becomes `location_name`), and then read as a table is.
"""

import json
import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.rejects import Reject
from stadtlabor.files import headings, json_parts
from stadtlabor.files.delimited import MAX_CELL_CHARACTERS
from stadtlabor.files.layout import Layout
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.events.columns import HEADINGS, has_when
from stadtlabor.readers.events.tools.event_table import EventTable
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.table_export import Named
from stadtlabor.values.times import Clock

# Where lists of events stand, the surest first.
LISTS = ("events", "veranstaltungen", "termine", "items", "data", "results", "entries", "records", "@graph", "features",
         "itemListElement", "value", "_embedded", "response")  # fmt: skip
# What an event is wrapped in.
WRAPPERS = ("item", "attributes", "properties", "event")
_TITLE = re.compile(r'"(title|name|summary|titel|veranstaltung|subject)"\s*:', re.I)
_WHEN = re.compile(r'"(start\w*|begin\w*|dtstart|date|datum|from|von|event_date)"\s*:', re.I)
MOST_DEPTH = 4
# The line on which an event begins, and its values laid flat.
Records = list[tuple[int, dict[str, str]]]
# FullCalendar and Google give the day after the last one as the end of whole days.
EXCLUSIVE = re.compile(r'"(allDay|dateTime)"\s*:|calendar#event')


class EventJson(EventTable):
    """JSON with events."""

    name = "events-json"
    title = "Events as JSON (a list, {events: […]}, schema.org, FullCalendar, Google)"
    looks_for = "JSON with title and start of events"

    def recognise(self, file: RawFile) -> Recognition | None:
        """By keys for a title and a start, on the first lines only."""
        if not json_parts.looks_like_json(file):
            return None
        title, when = _TITLE.search(file.head), _WHEN.search(file.head)
        return Recognition(0.75, f"JSON with {title[1]!r} and {when[1]!r}") if title and when else None

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """Read the whole file; DeliveryError where it is not JSON or holds no event."""
        records, rejects = _records(file)
        keys = list(dict.fromkeys(key for _, flat in records for key in flat))
        found = self.find(keys, manifest)
        plan = self.planned(Named(found, keys, _frame(records, keys, found)), manifest)
        is_exclusive = EXCLUSIVE.search(file.text) is not None
        plan.clock = Clock(rule="local", end_day="exclusive" if is_exclusive else "inclusive")
        plan.rejects = rejects
        if is_exclusive:
            plan.notes.append(
                "whole days end before the day given (FullCalendar, Google): 'times: end_day' overrules it"
            )
        plan.layout = Layout.without_table(file, len(records) + len(rejects), list(keys))
        return self.land(plan, manifest, file.name)


def _records(file: RawFile) -> tuple[Records, list[Reject]]:
    """Each event with the line on which it begins, its values laid flat; what is none is a reject."""
    text = file.text
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    records, rejects = [], []
    for position, element in _found(text, file.name):
        line = bisect(starts, position)
        if json_parts.is_damaged(element):
            rejects.append(Reject("events", line, "", "undecodable"))
            continue
        flat = dict(_flat(element)) if isinstance(element, dict) else {}
        too_long = next((key for key, value in flat.items() if len(value) > MAX_CELL_CHARACTERS), None)
        if not flat or too_long:
            fault = "field_too_long" if too_long else "not_understood"
            rejects.append(Reject("events", line, (too_long or "")[:80], fault, "" if too_long else "no event"))
        else:
            records.append((line, flat))
    return records, rejects


def _frame(
    records: Sequence[tuple[int, dict[str, str]]], keys: Sequence[str], found: Mapping[str, int]
) -> pl.DataFrame:
    """The columns found, as those of a table."""
    lines = pl.Series("line", [line for line, _ in records], pl.Int64)
    cells = {index: [flat.get(keys[index]) for _, flat in records] for index in found.values()}
    return pl.DataFrame([lines, *(pl.Series(f"c{index}", texts, pl.String) for index, texts in cells.items())])


def _found(text: str, name: str) -> Iterator[tuple[int, Any]]:
    """Each event with the position on which it begins; DeliveryError where there is no JSON or no list of events."""
    try:
        whole = json.loads(text)
        position = json_parts.skip(text, 0)
        place = _place(whole, text, position, 0)
    except (json.JSONDecodeError, RecursionError, IndexError) as error:
        line = getattr(error, "lineno", 1)
        raise DeliveryError(
            f"not readable as JSON: {getattr(error, 'msg', 'nested too deeply')}", name, line,
            remedy="The file is cut off or damaged; fetch it again.", rule="damaged",
        ) from None  # fmt: skip
    if place is None:
        raise DeliveryError(
            "the JSON holds no list of events", name, 1, remedy=f"Looked for {', '.join(LISTS[:6])} …", rule="no_header"
        )
    if text[place] == "{":
        yield place, json_parts.value(text, place)
        return
    count = 0
    for position, element in json_parts.elements(text, place):
        count += 1
        yield position, element
    if not count:
        raise DeliveryError(
            "the list of events is empty", name, 1, remedy="Ask for it again, with its events.", rule="no_record"
        )


def _place(node: Any, text: str, position: int, depth: int) -> int | None:
    """Where the list of events (or the only event) begins."""
    if isinstance(node, list):
        return position
    if not isinstance(node, dict) or depth > MOST_DEPTH:
        return None
    within = {key: place for key, place in json_parts.members(text, position) if key in LISTS}
    for key in LISTS:
        if (
            isinstance(node.get(key), list | dict)
            and (place := _place(node[key], text, within[key], depth + 1)) is not None
        ):
            return place
    keys = headings.find(list(dict(_flat(node))), HEADINGS)
    return position if "title" in keys and has_when(keys) else None


def _flat(event: Mapping[str, Any], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """An event's values as texts, those of inner objects under joined keys; empty ones are left out."""
    for key, value in event.items():
        name = f"{prefix}{key}"
        if isinstance(value, list):
            scalars = [str(one) for one in value if isinstance(one, str | int | float) and not isinstance(one, bool)]
            inner = next((one for one in value if isinstance(one, dict)), None)
            if scalars:
                yield name, ", ".join(scalars)
                continue
            value = inner
        if isinstance(value, dict) and depth < MOST_DEPTH:
            yield from _flat(value, "" if key in WRAPPERS or key == "extendedProps" else f"{name}_", depth + 1)
        elif isinstance(value, bool):
            yield name, str(value).lower()
        elif isinstance(value, str | int | float) and str(value).strip():
            yield name, str(value)


READER = EventJson()
