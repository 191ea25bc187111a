"""Holidays: the CSV of OpenHolidays (`Id;Country;StartDate;EndDate;…`) or an own table (start,end,name,land).

The end is inclusive; an empty one means a single day. Rows for a part of a Land (the islands of
Schleswig-Holstein, the city of Augsburg as BY-AU) are kept with their tags, comments and subdivisions.
"""

from collections.abc import Mapping

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import headings
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table, open_table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import HolidayFacts, first_and_last
from stadtlabor.readers.holidays.holiday_columns import HEADINGS, to_rows
from stadtlabor.readers.protocol import ReadResult, Recognition

REQUIRED = ("start_date", "name_de")
# Headings only OpenHolidays has.
OPEN_HOLIDAYS = frozenset({"country", "regional_scope"})


class Holidays:
    """Reader of public and school holidays."""

    name = "holidays"
    kind = "calendar"
    title = "Holidays (OpenHolidays CSV, or a table start,end,name,land)"
    looks_for = "the headings StartDate and Name, or start and name"

    def recognise(self, file: RawFile) -> Recognition | None:
        """By its headings StartDate and Name (or start and name), and one of end, Land, type."""
        table = open_table(file, "holidays", _is_header, head_only=True)
        if table is None:
            return None
        found = headings.find(table.columns, HEADINGS)
        sure = 0.97 if found.keys() >= OPEN_HOLIDAYS else 0.7
        return Recognition(sure, f"headings {', '.join(table.columns[i] for i in found.values())}")

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """One landing row per record; an unreadable date sets the record aside."""
        table = open_table(file, "holidays", _is_header)
        found = headings.find(table.columns, HEADINGS) if table else {}
        if table is None or any(name not in found for name in REQUIRED):
            raise DeliveryError("no line has the headings of holidays, at least a start and a name", file.name, 1,
                                remedy="Name the columns start, end, name, land.", rule="no_header")  # fmt: skip
        raw = list(table.frames())
        rows = [to_rows(frame, found, table) for frame in raw]
        if not rows:
            raise DeliveryError("there is a header and no record below it", file.name, table.header_line,
                                remedy="Ask for the export again.", rule="no_record")  # fmt: skip
        holidays = pl.concat(rows)
        notes = [*table.notes(), *headings.passed_over(table.columns, list(found.values()))]
        return ReadResult({"holidays": holidays}, table.rejects, notes, _facts(holidays, table))

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """Producer and licence, where the table is that of OpenHolidays."""
        if headings.find(result.facts.layout.columns, HEADINGS).keys() >= OPEN_HOLIDAYS:
            return {"producer": "OpenHolidays API (openpotato/openholidaysapi.data)", "licence": "ODbL 1.0"}
        return {}


def _is_header(columns: list[str]) -> bool:
    found = headings.find(columns, HEADINGS)
    if not {"start_date", "name_de"} <= found.keys() or len(found) < 3:
        return False
    # Lists of events have a start and a name too, beside places, times and organisers.
    others = [name for index, name in enumerate(columns) if name and index not in found.values()]
    return len(others) <= 1 or found.keys() >= OPEN_HOLIDAYS


def _facts(rows: pl.DataFrame, table: Table) -> HolidayFacts:
    return HolidayFacts(
        layout=table.layout(),
        rows=len(rows),
        delivered=table.records + table.faulty_records,
        periods=first_and_last([*rows["start_date"], *rows["end_date"]]),
        types=dict(rows["holiday_type"].value_counts().sort("holiday_type").iter_rows()),
        subdivisions=dict(rows["subdivisions"].value_counts().sort("subdivisions").head(40).iter_rows()),
    )


READER = Holidays()
