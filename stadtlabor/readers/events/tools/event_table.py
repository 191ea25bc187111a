"""Any list of events or attendance, CSV or Excel: columns found by their headings, or named in source.yml.

Dates with times, apart from them, or with month, day and year in columns of their own. A list kept by hand of who
came (event, registered, attended, companies) is one as well: its rows join those of a calendar delivered beside it.
"""

import re
from collections.abc import Mapping, Sequence

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import headings
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.events.columns import COUNTED, HEADINGS, has_when, together, unread_clocks
from stadtlabor.readers.events.land import land
from stadtlabor.readers.events.model import EventPlan
from stadtlabor.readers.events.scaffold import lines, scaffold
from stadtlabor.readers.landing_skeleton import some
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.table_export import Named, TableExport, headings_near, shown_headings
from stadtlabor.values.times import Clock

NAME = "events-table"
# What tells an event where no column is its title.
INSTEAD = {"title": ("description", "beschreibung", "inhalt", "text", "gegenstand", "termin_beschreibung")}
# Beside who somebody is: whom an event is by, and texts that may name people.
WITH_HOSTS = re.compile(
    rf"{headings.PERSONAL.pattern}|"
    r"veranstalter|organi[sz]er|kontakt|contact|ansprech|referent|speaker|leitung|host|author|autor|"
    r"text|inhalt|details|excerpt|content|performer|verein"
)
# Headings only a list of people has.
OF_PEOPLE = re.compile(r"vorname|nachname|first_?name|last_?name|e_?mail|^order|bestell|ticket")
OWN = frozenset({*COUNTED, "venue", "category", "capacity", "month"})
REMEDY = "Name the columns in source.yml under 'events: columns:' (title, date, start_time, attended …)."


class EventTable(TableExport[EventPlan]):
    """Plain tables of events."""

    name = NAME
    kind = "events"
    title = "List of events or attendance (CSV or Excel; columns by heading or by source.yml)"
    looks_for = "a title and a date"
    table = "events"
    record = "event"
    headings = HEADINGS
    field = "events.columns"
    named_first = True
    telling = WITH_HOSTS
    needed = "title"
    absent = "no list of events found"
    remedy = REMEDY
    empty = "Ask for the list again, with the period of the delivery."

    def is_header(self, columns: list[str]) -> bool:
        """What and when, by headings that are known."""
        found = headings.find(columns, HEADINGS).keys()
        is_told = "title" in found or (bool(headings.find(columns, INSTEAD)) and len(found) > 1)
        return is_told and has_when(found)

    def nearly(self, file: RawFile) -> Recognition | None:
        """When, and something else that only events have, but no title by a heading that is known."""
        return headings_near(file, self.table, self.headings, has_when, OWN)

    def recognition(self, columns: Sequence[str], found: Mapping[str, int]) -> Recognition | None:
        """A guess; surer with something only events have, and none where people stand in it."""
        if any(OF_PEOPLE.search(headings.normal(column)) for column in columns):
            return None
        own = found.keys() & OWN
        return Recognition(0.64 if own else 0.55, shown_headings(columns, found))

    def named(self, manifest: Manifest | None) -> dict[str, str]:
        """Those under `events: columns:`."""
        return manifest.events.columns.model_dump(exclude_none=True) if manifest and manifest.events else {}

    def find(self, columns: Sequence[str], manifest: Manifest | None) -> dict[str, int]:
        """Which column holds what; a day without a month beside it is a date."""
        found = super().find(columns, manifest)
        if "title" not in found:
            found |= headings.find(columns, INSTEAD)
        if "date" not in found and "day" in found and "month" not in found:
            found["date"] = found.pop("day")
        return found

    def plan(self, table: Named, manifest: Manifest | None) -> EventPlan:
        """Events with whole times; DeliveryError where no column says when they are."""
        if not has_when(table.found) or not table.found.keys() & {"title", "event_id"}:
            raise DeliveryError("no column says what the events are and when", remedy=REMEDY, rule="no_header")
        frame = table.renamed()
        plan = EventPlan(together(frame), Clock(rule="local"), tool=self.name)
        if lines_of := unread_clocks(frame):
            plan.notes.append(
                f"{len(lines_of)} time(s) of day cannot be read, so that only the day is known (line {some(lines_of)})"
            )
        return plan

    def land(self, plan: EventPlan, manifest: Manifest | None, file: str) -> ReadResult:
        """The events on their way to the landing table."""
        return land(plan, manifest)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The `events:` part of a ready-to-edit source.yml."""
        return scaffold(result)

    def describe(self, result: ReadResult) -> list[str]:
        """The events in a few sentences, for `inspect`."""
        return lines(result)


READER = EventTable()
