"""What the tests of events share: a manifest, landed rows as plain data, calendars from a few lines."""

import datetime as dt
from typing import Any

from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers import registry
from stadtlabor.readers.protocol import ReadResult

SUMMER = "DTSTART;TZID=Europe/Berlin:20220621T180000\nDTEND;TZID=Europe/Berlin:20220621T200000\nSUMMARY:Sommerfest"
HEAD = "VERSION:2.0\nPRODID:-//x//y\n"


def events_manifest(
    period: tuple[str, str] = ("2022-01-01", "2022-12-31"), files: tuple[str, ...] = ("a.csv",), **events: Any
) -> Manifest:
    """A delivery of one town; `events` are fields of that part."""
    return Manifest.model_validate(
        {
            "id": "delivery", "kind": "events", "town": "moelln", "title": "T", "producer": "P", "licence": "L",
            "received": dt.date(2023, 1, 1), "synthetic": False, "files": [{"name": name} for name in files],
            "period": {"from": period[0], "to": period[1]}, "events": events,
        }
    )  # fmt: skip


def ics(*events: str, head: str = HEAD, newline: str = "\r\n") -> str:
    """A calendar of VEVENTs, each given by its properties."""
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\n{head}{body}END:VCALENDAR\n".replace("\n", newline)


def read(file: RawFile, expected: str, manifest: Manifest | None = None) -> ReadResult:
    """Read a file by the reader that recognises it, which must be the expected one."""
    reader, _ = registry.recognise(file)
    assert reader.name == expected
    return reader.read(file, manifest)


def rows(result: ReadResult, table: str = "events") -> list[dict[str, Any]]:
    """The landed rows."""
    return list(result.tables[table].iter_rows(named=True))


def spans(result: ReadResult) -> list[tuple[str | None, str, str | None]]:
    """(title, start, end) of every landed event, in local time."""
    return [(row["title"], row["starts_at"], row["ends_at"]) for row in rows(result)]


def faults(result: ReadResult) -> list[tuple[int, str]]:
    """(line, reason) of every reject."""
    return sorted((reject.line, reject.reason) for reject in result.rejects)


def whole(result: ReadResult) -> str:
    """Everything that is kept of a file, as one text: no name may stand in it."""
    tables = [str(rows(result, name)) for name in result.tables]
    return "\n".join([*tables, *result.notes, *(f"{one.detail} {one.raw}" for one in result.rejects)])
