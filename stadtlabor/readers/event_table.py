"""Any list of events or attendance, CSV or Excel: columns found by their headings, or named in source.yml.

Dates with times, apart from them, or with month, day and year in columns of their own. A list kept by hand of who
came (event, registered, attended, companies) is one as well: its rows join those of a calendar delivered beside it.
"""

import re
from collections.abc import Mapping, Sequence

import polars as pl

from stadtlabor.errors import DeliveryError
from stadtlabor.manifest import Manifest
from stadtlabor.rawfile import RawFile
from stadtlabor.readers import ReadResult, Recognition, headings
from stadtlabor.readers.booking_export import PERSONAL
from stadtlabor.readers.booking_times import Clock
from stadtlabor.readers.event_columns import COUNTED, HEADINGS, has_when, together
from stadtlabor.readers.event_landing import land
from stadtlabor.readers.event_model import EventPlan
from stadtlabor.readers.event_scaffold import lines, scaffold
from stadtlabor.readers.table import Table, open_table

NAME = "events-table"
# Whom an event is by, and texts that may name people.
ALSO_PERSONAL = re.compile(
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
        frames = list(table.frames())
        if not frames and not table.rejects:
            raise DeliveryError(
                "there is a header and no event below it", file.name, table.header_line,
                remedy="Ask for the list again, with the period of the delivery.",
            )  # fmt: skip
        found = find(table.columns, _named(manifest))
        none = pl.DataFrame(schema={"line": pl.Int64, **{f"c{n}": pl.String for n in range(len(table.columns))}})
        frame = pl.concat(frames) if frames else none
        renamed = frame.select("line", *(pl.col(f"c{index}").alias(name) for name, index in found.items()))
        plan = plan_of(renamed)
        dropped, passed = rest(table.columns, found)
        plan.dropped, plan.passed, plan.rejects, plan.notes = dropped, passed, table.rejects, table.notes()
        plan.facts = {
            **table.facts(), "tool": NAME, "end_day": "inclusive",
            "headings": {name: table.columns[index] for name, index in found.items()},
        }  # fmt: skip
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
        raise DeliveryError("no column says what the events are and when", remedy=REMEDY)
    return EventPlan(together(frame), Clock(rule="local"))


def is_header(columns: list[str]) -> bool:
    """What and when, by headings that are known."""
    found = headings.find(columns, HEADINGS).keys()
    return "title" in found and has_when(found)


def find(columns: Sequence[str], named: Mapping[str, str]) -> dict[str, int]:
    """Which column holds what: as the manifest says, else by the headings known."""
    found = headings.find(columns, HEADINGS)
    for name, heading in named.items():
        wanted = headings.normal(heading)
        where = [index for index, column in enumerate(columns) if headings.normal(column) == wanted]
        if not where:
            raise DeliveryError(
                f"the file has no column {heading!r}; found: {', '.join(column for column in columns if column)}",
                column=f"field events.columns.{name}", remedy="Correct the heading in source.yml.",
            )  # fmt: skip
        # What the manifest names differently is no longer what its heading would say.
        found = {other: index for other, index in found.items() if index != where[0] or other == name}
        found[name] = where[0]
    if "date" not in found and "day" in found and "month" not in found:
        found["date"] = found.pop("day")
    return found


def rest(columns: Sequence[str], found: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """Headings of columns dropped as personal, and of columns nobody asked for."""
    dropped: list[str] = []
    passed: list[str] = []
    for index, heading in enumerate(columns):
        if heading and index not in found.values():
            plain = headings.normal(heading)
            (dropped if PERSONAL.search(plain) or ALSO_PERSONAL.search(plain) else passed).append(heading)
    return dropped, passed


def _named(manifest: Manifest | None) -> dict[str, str]:
    return manifest.events.columns.model_dump(exclude_none=True) if manifest and manifest.events else {}


def _open(file: RawFile, manifest: Manifest | None) -> Table:
    """The table below the line that has the columns the manifest names, else the known headings.

    A delivery may hold several files: a name of source.yml that stands in another one says nothing of this one.
    """
    named = _named(manifest)
    wanted = {headings.normal(heading) for heading in named.values()}

    def has_named(columns: list[str]) -> bool:
        return wanted <= {headings.normal(column) for column in columns}

    table = open_table(file, "events", has_named if wanted else is_header)
    if table is None:
        missing = ", ".join(repr(heading) for heading in named.values())
        what = f"no line has all the columns named in source.yml: {missing}" if named else "no list of events found"
        raise DeliveryError(what, file.name, 1, remedy=REMEDY)
    return table


READER = EventTable()
