"""What the readers of tables share: find the table, name its columns, plan its records, land them."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from re import Pattern
from typing import Generic, TypeVar

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import headings
from stadtlabor.files.headings import PERSONAL
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table, open_table
from stadtlabor.files.workbooks.sheets import SHEET_HEADING
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.landing_skeleton import Plan
from stadtlabor.readers.protocol import ReadResult, Recognition

# Headings only a list of people has.
PEOPLE = re.compile(r"vorname|nachname|first_?name|last_?name|^order|bestell|ticket")
P = TypeVar("P", bound=Plan)


@dataclass(frozen=True)
class Named:
    """A table's columns by what they are: `found` name → index, `headings` as delivered, `frame` with c0, c1 …"""

    found: Mapping[str, int]
    headings: Sequence[str]
    frame: pl.DataFrame

    def renamed(self) -> pl.DataFrame:
        """`line` and the known columns under their names."""
        return self.frame.select("line", *(pl.col(f"c{index}").alias(name) for name, index in self.found.items()))

    def has(self, *names: str) -> bool:
        """Whether the file has all these columns."""
        return set(names) <= self.found.keys()


class TableExport(ABC, Generic[P]):
    """A tool's export, or a list, as a text table or a sheet; each gives its headings and its plan.

    `table` is the landing table, `record` what a row is called. `field` is the place in source.yml whose headings
    must all be there; without one they may stand in another file of the delivery. A table that is `named_first`
    begins below the line with the headings of source.yml, where there are any, and nowhere else. `personal` are known
    columns never kept as they are, `telling` the pattern of others that are personal. `absent` and `remedy` say what
    is missing where no table is found, `where` in source.yml columns are named,
    `needed` is the one that is often not known.
    """

    name: str
    kind: str
    title: str
    looks_for: str
    table: str
    record: str
    headings: Mapping[str, Sequence[str]]
    field: str | None = None
    named_first = False
    personal: frozenset[str] = frozenset()
    telling: Pattern[str] = PERSONAL
    where = ""
    needed = ""
    absent = ""
    remedy = ""
    empty = "Ask for the export again, with the period of the delivery."

    @abstractmethod
    def is_header(self, columns: list[str]) -> bool:
        """Whether a line's cells are the headings."""

    @abstractmethod
    def recognition(self, columns: Sequence[str], found: Mapping[str, int]) -> Recognition | None:
        """How sure the headings make us; `found` are those known, by what they are."""

    @abstractmethod
    def plan(self, table: Named, manifest: Manifest | None) -> P:
        """The records as the tool writes them."""

    @abstractmethod
    def land(self, plan: P, manifest: Manifest | None, file: str) -> ReadResult:
        """The plan on its way to the landing table."""

    @abstractmethod
    def named(self, manifest: Manifest | None) -> dict[str, str]:
        """The headings that source.yml names, by what their columns hold."""

    def recognise(self, file: RawFile) -> Recognition | None:
        """By its headings, on the first lines only."""
        table = open_table(file, self.table, self.is_header, head_only=True)
        if table is not None:
            return self.recognition(table.columns, headings.find(table.columns, self.headings))
        return self.nearly(file)

    def nearly(self, file: RawFile) -> Recognition | None:
        """That a file lacks one heading of this format: reading it says which column has to be named."""
        return None

    def to_name(self, recognition: Recognition) -> str:
        """Lines of source.yml in which columns are named, where none is known; to be put there as a comment."""
        return f"{self.kind}:\n  columns:\n    {self.needed}: …   # {recognition.because}" if self.needed else ""

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """Read the whole file; DeliveryError where it is no such export or holds no record."""
        table = self.open(file, manifest)
        frame = table.whole(self.record, self.empty)
        plan = self.planned(Named(self.find(table.columns, manifest), table.columns, frame), manifest)
        plan.rejects = [*table.rejects, *plan.rejects]
        plan.notes = [*table.notes(), *plan.notes]
        plan.layout = table.layout()
        return self.land(plan, manifest, file.name)

    def planned(self, table: Named, manifest: Manifest | None) -> P:
        """The plan, with what becomes of the columns nobody asked for."""
        plan = self.plan(table, manifest)
        dropped, passed = headings.unasked(table.headings, table.found, self.telling)
        known = [table.headings[index] for name, index in table.found.items() if name in self.personal]
        plan.dropped, plan.passed = [*plan.dropped, *known, *dropped], [*plan.passed, *passed]
        plan.headings = {name: table.headings[index] for name, index in table.found.items()}
        return plan

    def open(self, file: RawFile, manifest: Manifest | None) -> Table:
        """The table below its header; DeliveryError where there is none."""
        named = self.named(manifest)
        # The column of sheets' names stands in none of them.
        wanted = [heading for heading in named.values() if not (file.is_workbook and heading == SHEET_HEADING)]
        table = (
            open_table(file, self.table, partial(headings.has_all, wanted=wanted), all_sheets=True) if named else None
        )
        if table is None and not (named and self.named_first):
            table = open_table(file, self.table, self.is_header, all_sheets=True)
        if table is None:
            raise self._not_found(file, named)
        if not table.sheet:
            table.lines = self.mended(table.lines)
            # What may have lost its delimiter is a heading that nobody knows.
            table.has_trailing_delimiters = len(self.find(table.columns, manifest)) == len(table.columns)
            _widen(table)
        return table

    def mended(self, lines: Sequence[str]) -> Sequence[str]:
        """The lines of a text without what the tool writes wrongly, before columns are counted."""
        return lines

    def find(self, columns: Sequence[str], manifest: Manifest | None) -> dict[str, int]:
        """Which column holds what: as the manifest says, else by the headings known."""
        return headings.find_named(columns, self.headings, self.named(manifest), self.field)

    def _not_found(self, file: RawFile, named: Mapping[str, str]) -> DeliveryError:
        what = self.absent or f"no line has the headings of {self.title}"
        remedy = self.remedy or f"Looked for {self.looks_for}; '{self.where}:' in source.yml names others."
        if named and self.named_first:
            what = f"no line has all the columns named in source.yml: {', '.join(map(repr, named.values()))}"
            table = open_table(file, self.table, self.is_header)
            shown = ", ".join(repr(column) for column in table.columns if column) if table else ""
            remedy += f" Line {table.header_line} has: {shown}." if table else ""
        return DeliveryError(what, file.name, 1, remedy=remedy, rule="no_header")


def headings_near(
    file: RawFile,
    table: str,
    known: Mapping[str, Sequence[str]],
    has_when: Callable[[Collection[str]], bool],
    own: Collection[str],
) -> Recognition | None:
    """A low recognition where a line of headings says when, and has one of the format's `own`, but lacks another."""

    def is_near(columns: list[str]) -> bool:
        found = headings.find(columns, known).keys()
        return has_when(found) and bool(found & set(own)) and not any(map(PEOPLE.search, map(headings.normal, columns)))

    near = open_table(file, table, is_near, head_only=True)
    if near is None:
        return None
    found = headings.find(near.columns, known)
    unknown = [name for index, name in enumerate(near.columns) if name and index not in found.values()]
    shown = ", ".join(repr(name) for name in unknown[:6])
    return Recognition(0.2, f"{shown_headings(near.columns, found)}; none of {shown} is known")


def shown_headings(columns: Sequence[str], found: Mapping[str, int]) -> str:
    """The headings by which a table is known."""
    return f"headings {', '.join(columns[index] for index in found.values())}"


def _widen(table: Table) -> None:
    """Some tools end each line with one more comma than the header has: the columns without a name are named ''."""
    table.columns.extend([""] * table.surplus)
    del table.surplus
