"""What the tests of bookings share: a manifest of one small space, landed rows as plain data, an oracle of time."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers import registry
from stadtlabor.readers.protocol import ReadResult

BERLIN = ZoneInfo("Europe/Berlin")
WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]
SPACE = {
    "id": "popup", "name": "Pop-up", "rooms": [{"id": "hall", "name": "Saal"}],
    "desks": [
        {"id": "desk-1", "name": "Platz 1", "room": "hall"}, {"id": "desk-2", "name": "Platz 2"},
        {"id": "pool", "name": "Arbeitsplatz", "capacity": [{"units": 7}]},
        {"id": "table", "name": "Konferenztisch", "kind": "table"},
        {"id": "lounge", "name": "Lounge", "kind": "lounge"},
    ],
    "opening_hours": [{"weekdays": WORKDAYS, "opens": "09:00", "closes": "17:00"}],
}  # fmt: skip


def bookings_manifest(period: tuple[str, str] = ("2022-01-01", "2022-12-31"), **bookings: Any) -> Manifest:
    """A delivery of one space; `bookings` are further fields of that part."""
    return Manifest.model_validate(
        {
            "id": "delivery", "kind": "bookings", "town": "oestrich-winkel", "title": "T", "producer": "P",
            "licence": "L", "received": dt.date(2023, 1, 1), "synthetic": True, "files": [{"name": "a.csv"}],
            "period": {"from": period[0], "to": period[1]}, "bookings": {"spaces": [SPACE], **bookings},
        }
    )  # fmt: skip


def read(file: RawFile, expected: str, manifest: Manifest | None = None) -> ReadResult:
    """Read a file by the reader that recognises it, which must be the expected one."""
    reader, _ = registry.recognise(file)
    assert reader.name == expected
    return reader.read(file, manifest)


def rows(result: ReadResult) -> list[dict[str, Any]]:
    """The landed bookings."""
    return list(result.tables["bookings"].iter_rows(named=True))


def spans(result: ReadResult) -> list[tuple[str, str, str]]:
    """(desk, start, end) of every landed row."""
    return [(row["resource_id"], row["starts_at_utc"], row["ends_at_utc"]) for row in rows(result)]


def faults(result: ReadResult) -> list[tuple[int, str, str]]:
    """(line, column, reason) of every reject."""
    return [(reject.line, reject.column, reject.reason) for reject in result.rejects]


def whole(result: ReadResult) -> str:
    """Everything that is kept of a file, as one text: no name may stand in it."""
    kept = [str(rows(result)), *result.notes, *(f"{one.detail} {one.raw}" for one in result.rejects)]
    return "\n".join(kept)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0, fold: int = 0) -> str:
    """A local time of Berlin in UTC by Python's own zones."""
    local = dt.datetime(year, month, day, hour, minute, tzinfo=BERLIN, fold=fold)
    return local.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
