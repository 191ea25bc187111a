"""Any list of events or attendance, CSV or Excel: columns found by their headings, or named in source.yml.

Dates with times, apart from them, or with month, day and year in columns of their own. A list kept by hand of who
came (event, registered, attended, companies) is one as well: its rows join those of a calendar delivered beside it.
"""

import re
from collections.abc import Mapping, Sequence

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import headings
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table, open_table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.events.columns import COUNTED, HEADINGS, has_when, together
from stadtlabor.readers.events.land import land
from stadtlabor.readers.events.model import EventPlan
from stadtlabor.readers.events.scaffold import lines, scaffold
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.values.times import Clock

NAME = "events-table"
# Beside who somebody is: whom an event is by, and texts that may name people.
WITH_HOSTS = re.compile(
    rf"{headings.PERSONAL.pattern}|"
    r"veranstalter|organi[sz]er|kontakt|contact|ansprech|referent|speaker|leitung|host|author|autor|"
    r"text|inhalt|details|excerpt|content|performer|verein"
)
# Headings only a list of people has.
OF_PEOPLE = re.compile(r"vorname|nachname|first_?name|last_?name|e_?mail|^order|bestell|ticket")
REMEDY = "Name the columns in source.yml under 'events: columns:' (title, date, start_time, attended …)."


class EventTable:
    """Plain tables of events."""

    name = NAME
    kind = "events"
    title = "List of events or attendance (CSV or Excel; columns by heading or by source.yml)"
    looks_for = "a title and a date"

    def recognise(self, file: RawFile) -> Recognition | None:
        """By its headings, on the first lines only."""
        table = open_table(file, "events", is_header, head_only=True)
        if table is None or any(OF_PEOPLE.search(headings.normal(column)) for column in table.columns):
            return None
        found = headings.find(table.columns, HEADINGS)
        own = found.keys() & {*COUNTED, "venue", "category", "capacity", "month"}
        why = f"headings {', '.join(table.columns[index] for index in found.values())}"
        return Recognition(0.64 if own else 0.55, why)

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """Read the whole file; DeliveryError where it has no such table or no event."""
        table = _open(file, manifest)
        frame = table.whole("event", "Ask for the list again, with the period of the delivery.")
        found = find(table.columns, named_columns(manifest))
        renamed = frame.select("line", *(pl.col(f"c{index}").alias(name) for name, index in found.items()))
        plan = plan_of(renamed)
        dropped, passed = rest(table.columns, found)
        plan.dropped, plan.passed, plan.rejects, plan.notes = dropped, passed, table.rejects, table.notes()
        plan.layout, plan.tool = table.layout(), NAME
        plan.headings = {name: table.columns[index] for name, index in found.items()}
        return land(plan, manifest)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The `events:` part of a ready-to-edit source.yml."""
        return scaffold(result)

    def describe(self, result: ReadResult) -> list[str]:
        """The events in a few sentences, for `inspect`."""
        return lines(result)


def plan_of(frame: pl.DataFrame) -> EventPlan:
    """Events with whole times, from columns under their names; DeliveryError where none says when they are."""
    if not has_when(frame.columns) or not {"title", "event_id"} & set(frame.columns):
        raise DeliveryError("no column says what the events are and when", remedy=REMEDY, rule="no_header")
    return EventPlan(together(frame), Clock(rule="local"))


def is_header(columns: list[str]) -> bool:
    """What and when, by headings that are known."""
    found = headings.find(columns, HEADINGS).keys()
    return "title" in found and has_when(found)


def find(columns: Sequence[str], named: Mapping[str, str]) -> dict[str, int]:
    """Which column holds what: as the manifest says, else by the headings known."""
    found = headings.find_named(columns, HEADINGS, named, "events.columns")
    if "date" not in found and "day" in found and "month" not in found:
        found["date"] = found.pop("day")
    return found


def rest(columns: Sequence[str], found: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """Headings of columns dropped as personal, and of columns nobody asked for."""
    return headings.unasked(columns, found, WITH_HOSTS)


def named_columns(manifest: Manifest | None) -> dict[str, str]:
    """The headings that source.yml names, by what their columns hold."""
    return manifest.events.columns.model_dump(exclude_none=True) if manifest and manifest.events else {}


def _open(file: RawFile, manifest: Manifest | None) -> Table:
    """The table below the line that has the columns the manifest names, else the known headings.

    A delivery may hold several files: a name of source.yml that stands in another one says nothing of this one.
    """
    named = named_columns(manifest)

    def has_named(columns: list[str]) -> bool:
        return headings.has_all(columns, named.values())

    table = open_table(file, "events", has_named if named else is_header)
    if table is None:
        missing = ", ".join(repr(heading) for heading in named.values())
        what = f"no line has all the columns named in source.yml: {missing}" if named else "no list of events found"
        raise DeliveryError(what, file.name, 1, remedy=REMEDY, rule="no_header")
    return table


READER = EventTable()
