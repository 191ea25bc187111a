"""Lab journal: tables a town fills in by hand, as CSV files or as sheets of one workbook.

Four tables, each known by its headings (German or English): labs, phases, activities and learnings. A workbook may hold
any of them, a CSV file holds one. What a table's columns are called: `stadtlabor.readers.journal.columns`.
"""

from collections.abc import Callable, Iterator, Mapping

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.rejects import Reject
from stadtlabor.files import headings
from stadtlabor.files.layout import Layout
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table, open_table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers import landing_tables
from stadtlabor.readers.facts import JournalFacts, first_and_last
from stadtlabor.readers.journal.columns import find, table_of
from stadtlabor.readers.journal.entries import row
from stadtlabor.readers.protocol import ReadResult, Recognition

TABLES = landing_tables.TABLES_OF_KIND["journal"]


class Journal:
    """Reader of lab journals."""

    name = "journal"
    kind = "journal"
    title = "Lab journal (labs, phases, activities, learnings; CSV or sheets)"
    looks_for = (
        "headings such as Labor, Titel, Thema, Ausgang, Wieder, Rat (or lab, title, theme, outcome, again, advice)"
    )

    def recognise(self, file: RawFile) -> Recognition | None:
        """By the headings of one of the four tables."""
        found = dict(_tables(file, head_only=True))
        if not found:
            return None
        return Recognition(0.9, f"headings of a journal's {', '.join(found)}")

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """One landing row per entry; a day that cannot be read sets the entry aside."""
        tables: dict[str, pl.DataFrame] = {}
        rejects: list[Reject] = []
        notes: list[str] = []
        layout: Layout | None = None
        records = 0
        for name, table in _tables(file):
            tables[name] = _read(name, table, manifest)
            rejects += table.rejects
            notes += [*table.notes(), *_passed_over(name, table)]
            records += table.records + table.faulty_records
            layout = layout or table.layout()
        if layout is None:
            raise DeliveryError("no line has the headings of a lab journal", file.name, 1,
                                remedy=f"It looks for {self.looks_for}.", rule="no_header")  # fmt: skip
        if not records:
            raise DeliveryError("there is a header and no entry below it", file.name, 1,
                                remedy="Fill in the entries, or take the file out of source.yml.",
                                rule="no_record")  # fmt: skip
        notes += _other_sheets(file)
        entries = {name: len(rows) for name, rows in tables.items()}
        facts = JournalFacts(layout=layout, rows=sum(entries.values()), periods=_days(tables), entries=entries)
        return ReadResult(tables, rejects, notes, facts)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The field `journal`; every entry must say where it comes from, here or in its own row."""
        from ruamel.yaml.comments import CommentedMap

        journal = CommentedMap(source="unknown")
        journal.yaml_add_eol_comment("please check: the document or meeting the entries come from", "source")
        return {"journal": journal}


def _tables(file: RawFile, head_only: bool = False) -> Iterator[tuple[str, Table]]:
    for name in TABLES:
        table = open_table(file, name, _is_header_of(name), head_only)
        if table is not None:
            yield name, table


def _is_header_of(name: str) -> Callable[[list[str]], bool]:
    return lambda columns: table_of(columns) == name


def _read(name: str, table: Table, manifest: Manifest | None) -> pl.DataFrame:
    places = find(name, table.columns)
    rows = []
    number = 0
    for frame in table.frames():
        for record in frame.iter_rows(named=True):
            number += 1
            cells = {column: " ".join(record[f"c{place}"].split()) for column, place in places.items()}
            entry, fault = row(name, cells, number, manifest)
            if fault is None:
                rows.append({"line": str(record["line"]), **entry})
            else:
                column, reason, detail = fault
                table.reject(record["line"], table.columns[places[column]], reason, detail)
    return pl.DataFrame(rows, schema={"line": pl.String, **dict.fromkeys(landing_tables.TABLES[name], pl.String)})


def _passed_over(name: str, table: Table) -> list[str]:
    where = f" of the sheet {table.sheet!r}" if table.sheet else ""
    return headings.passed_over(table.columns, list(find(name, table.columns).values()), where)


def _other_sheets(file: RawFile) -> list[str]:
    if not file.is_workbook:
        return []
    read = {table.sheet for _, table in _tables(file, head_only=True)}
    return [f"passed over the sheet {name!r}" for name in file.workbook.sheet_names if name not in read]


def _days(tables: Mapping[str, pl.DataFrame]) -> list[str]:
    """First and last day the journal speaks of."""
    dated = [rows for name, rows in tables.items() if name != "learnings"]
    return first_and_last(day for rows in dated for name in ("period_from", "period_to") for day in rows[name])


READER = Journal()
