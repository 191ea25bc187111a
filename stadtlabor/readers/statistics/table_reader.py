"""What the readers of official tables have in common: found by their headings, refused where there are none."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table, open_table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.statistics import figure_rows


class TableReader(ABC):
    """A format whose table is known by its headings.

    `looks_for` says which, in the words of `inspect`; `confidence` how sure they make us; `remedy` what to do where a
    file lacks them. `landing` is the landing table.
    """

    name: str
    kind = "statistics"
    title: str
    looks_for: str
    publisher = ""
    licence = ""
    landing = "figures"
    confidence = 0.95
    remedy = "Download the table again, with all its columns."

    @abstractmethod
    def is_header(self, columns: list[str]) -> bool:
        """Whether a line's cells are the headings."""

    @abstractmethod
    def rows(self, table: Table, manifest: Manifest | None) -> ReadResult:
        """The records below the headings as landing rows; DeliveryError where they cannot be."""

    def recognise(self, file: RawFile) -> Recognition | None:
        """By its headings, on the first lines only."""
        table = open_table(file, self.landing, self.is_header, head_only=True)
        return None if table is None else self.recognition(table)

    def recognition(self, table: Table) -> Recognition:
        """How sure the headings make us."""
        return Recognition(self.confidence, f"{self.looks_for} in line {table.header_line}")

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """Read the whole file; DeliveryError where no line has the headings or none stands below them."""
        table = open_table(file, self.landing, self.is_header)
        if table is None:
            raise DeliveryError(f"no line has {self.looks_for}", file.name, 1, remedy=self.remedy, rule="no_header")
        return self.rows(table, manifest)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The file's measures with their attributes and units."""
        return figure_rows.scaffold(result)
