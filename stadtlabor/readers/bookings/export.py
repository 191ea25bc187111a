"""What the readers of bookings share: find the table, name its columns, land it, describe it, scaffold it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import delimited, headings
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table, open_table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.bookings.land import land
from stadtlabor.readers.bookings.model import BookingPlan
from stadtlabor.readers.bookings.scaffold import lines, scaffold
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.values import visibility


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


class BookingTable(ABC):
    """A booking tool's export as a text table or a sheet; each tool gives its headings and its plan."""

    name: str
    title: str
    looks_for: str
    kind = "bookings"
    headings: Mapping[str, Sequence[str]]
    # Known columns that are never kept as they are.
    personal: frozenset[str] = frozenset({"user", "title", "comments", "attendees", "description"})

    @abstractmethod
    def is_header(self, columns: list[str]) -> bool:
        """Whether a line's cells are the tool's headings."""

    @abstractmethod
    def recognition(self, table: Table) -> Recognition | None:
        """How sure the headings make us."""

    @abstractmethod
    def plan(self, table: Named, manifest: Manifest | None) -> BookingPlan:
        """The bookings as the tool writes them."""

    def recognise(self, file: RawFile) -> Recognition | None:
        """By its headings, on the first lines only."""
        table = open_table(file, "bookings", self.is_header, head_only=True)
        return None if table is None else self.recognition(table)

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """Read the whole file; DeliveryError where it is no such export or holds no booking."""
        table = self.open(file, manifest)
        frame = table.whole("booking", "Ask for the export again, with the period of the delivery.")
        named = Named(self.find(table.columns, manifest), table.columns, frame)
        plan = self.plan(named, manifest)
        dropped, passed = self.rest(named)
        plan.dropped, plan.passed = [*plan.dropped, *dropped], [*plan.passed, *passed]
        plan.rejects = [*table.rejects, *plan.rejects]
        plan.notes = [*table.notes(), *plan.notes]
        plan.layout, plan.headings = table.layout(), {name: table.columns[n] for name, n in named.found.items()}
        return land(plan, manifest)

    def open(self, file: RawFile, manifest: Manifest | None) -> Table:
        """The table below its header; DeliveryError where there is none."""
        table = open_table(file, "bookings", self.is_header)
        if table is None:
            raise DeliveryError(
                f"no line has the headings of {self.title}",
                file.name,
                1,
                remedy=f"Looked for {self.looks_for}.",
                rule="no_header",
            )
        if not table.sheet:
            table.lines = self.mended(table.lines)
        widen(table)
        return table

    def mended(self, lines: Sequence[str]) -> Sequence[str]:
        """The lines of a text without what the tool writes wrongly, before columns are counted."""
        return lines

    def find(self, columns: Sequence[str], manifest: Manifest | None) -> dict[str, int]:
        """Which column holds what: as the manifest says, else by the tool's headings."""
        return headings.find_named(
            columns, {**self.headings, **visibility.HEADINGS}, named_columns(manifest), "bookings.columns"
        )

    def rest(self, table: Named) -> tuple[list[str], list[str]]:
        """Columns dropped as personal and columns nobody asked for, by their headings."""
        known = [table.headings[index] for name, index in table.found.items() if name in self.personal]
        dropped, passed = headings.unasked(table.headings, table.found, headings.PERSONAL)
        return [*known, *dropped], passed

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The `bookings:` part of a ready-to-edit source.yml."""
        return scaffold(result)

    def describe(self, result: ReadResult) -> list[str]:
        """The bookings in a few sentences, for `inspect`."""
        return lines(result)


def named_columns(manifest: Manifest | None) -> dict[str, str]:
    """The headings that source.yml names, by what their columns hold."""
    return manifest.bookings.columns.model_dump(exclude_none=True) if manifest and manifest.bookings else {}


def widen(table: Table) -> None:
    """Some tools end each line with one more comma than the header has: the columns without a name are named ''."""
    if table.sheet:
        return
    below = table.lines[table.first_line - 1 :]
    widths = {len(one.fields) for one in islice(delimited.records(below, table.delimiter), 50) if one.fault is None}
    if widths and min(widths) > len(table.columns):
        table.columns.extend([""] * (min(widths) - len(table.columns)))
