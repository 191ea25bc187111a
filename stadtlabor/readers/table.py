"""A delivered table, from text or sheet: header found, records in frames, faults set aside."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import polars as pl

from stadtlabor import delimited
from stadtlabor.errors import DeliveryError
from stadtlabor.rawfile import RawFile
from stadtlabor.readers import Reject

# Records per frame: large enough for columnar work, small enough to bound memory.
CHUNK = 50_000
# A header stands in the first lines or nowhere.
HEADER_LINES = 30
# More records than any official table has; beyond it a file is refused rather than the machine filled.
MAX_RECORDS = 20_000_000


@dataclass
class Table:
    """The records below a header.

    `columns` are the header's names, stripped, as delivered. `frames()` yields text columns named
    `c0`, `c1` … beside `line` (1-based), and fills `rejects` and the counts as it goes.
    """

    file: RawFile
    landing_table: str
    columns: list[str]
    header_line: int
    # The physical line after the header; records begin there.
    first_line: int
    delimiter: str = ""
    delimiter_reason: str = ""
    lines: Sequence[str] = ()
    sheet: str = ""
    rows: Sequence[list[str]] = ()
    rejects: list[Reject] = field(default_factory=list)
    records: int = 0
    faulty_records: int = 0
    blank_records: int = 0

    def raw(self, line: int) -> str:
        """The line a record begins on, fit to be shown."""
        if self.sheet:
            return delimited.shorten(";".join(self.rows[line - 1]))
        return delimited.shorten(self.lines[line - 1])

    def reject(self, line: int, column: str, reason: str, detail: str = "") -> None:
        """Set a record or a cell aside."""
        self.rejects.append(Reject(self.landing_table, line, column, reason, detail, self.raw(line)))

    def frames(self) -> Iterator[pl.DataFrame]:
        """The records below the header, in frames of at most 50,000."""
        kept: list[list[str]] = []
        lines: list[int] = []
        for record in self._records():
            if record.fault is not None:
                self._set_aside(record)
            elif not any(record.fields):
                self.blank_records += 1
            else:
                kept.append(record.fields)
                lines.append(record.line)
            if len(kept) == CHUNK:
                yield self._frame(kept, lines)
                kept, lines = [], []
        if kept:
            yield self._frame(kept, lines)

    def facts(self) -> dict[str, object]:
        """What `inspect` says of every table."""
        return {
            "encoding": self.file.encoding,
            "encoding_reason": self.file.encoding_reason,
            "delimiter": self.delimiter,
            "delimiter_reason": self.delimiter_reason,
            "sheet": self.sheet,
            "header_line": self.header_line,
            "columns": self.columns,
            "records": self.records + self.faulty_records,
            "faulty_records": self.faulty_records,
        }

    def notes(self) -> list[str]:
        """What was passed over around the records."""
        notes = []
        if self.header_line > 1:
            notes.append(f"passed over {self.header_line - 1} line(s) above the header")
        if self.blank_records:
            notes.append(f"passed over {self.blank_records} record(s) with nothing but empty cells")
        return notes

    def _records(self) -> Iterator[delimited.Record]:
        if self.sheet:
            for number, row in enumerate(self.rows[self.first_line - 1 :], self.first_line):
                yield delimited.Record(number, row[: len(self.columns)], 1, None, "")
        else:
            below = self.lines[self.first_line - 1 :]
            yield from delimited.records(below, self.delimiter, len(self.columns), self.first_line)

    def _set_aside(self, record: delimited.Record) -> None:
        fault = record.fault
        assert fault is not None
        column = "" if fault.column is None else self.columns[fault.column]
        self.faulty_records += 1
        self.rejects.append(Reject(self.landing_table, record.line, column, fault.reason, fault.detail, record.raw))

    def _frame(self, kept: list[list[str]], lines: list[int]) -> pl.DataFrame:
        self.records += len(kept)
        if self.records > MAX_RECORDS:
            raise DeliveryError(
                f"more than {MAX_RECORDS:,} records", self.file.name, remedy="Ask for the export in parts."
            )
        columns = [pl.Series("line", lines, dtype=pl.Int64)]
        for index, cells in enumerate(zip(*kept, strict=True)):
            columns.append(pl.Series(f"c{index}", cells, dtype=pl.String))
        return pl.DataFrame(columns)


def open_table(
    file: RawFile, landing_table: str, is_header: Callable[[list[str]], bool], head_only: bool = False
) -> Table | None:
    """The table below the first line (or sheet row) that `is_header`; None where none does.

    `head_only` looks at the file's beginning, for recognising. Raises DeliveryError for an empty file.
    """
    if file.is_workbook:
        return _open_sheet(file, landing_table, is_header, head_only)
    if (found := _find_header(file.head, is_header)) is None:
        return None
    delimiter, reason, record = found
    return Table(
        file,
        landing_table,
        columns=[clean(name) for name in record.fields],
        header_line=record.line,
        first_line=record.line + record.span,
        delimiter=delimiter,
        delimiter_reason=reason,
        lines=() if head_only else delimited.split_lines(file.text),
    )


def clean(name: str) -> str:
    """A heading without line breaks, hard spaces or blanks around it; damaged bytes as '?'."""
    return " ".join(name.split()).encode("utf-8", "replace").decode("utf-8")


def _find_header(head: str, is_header: Callable[[list[str]], bool]) -> tuple[str, str, delimited.Record] | None:
    lines = delimited.split_lines(head)
    sniffed, reason = delimited.sniff(lines[:200])
    for delimiter in dict.fromkeys((sniffed, *delimited.DELIMITERS)):
        for record in islice(delimited.records(lines, delimiter), HEADER_LINES):
            if is_header([clean(field) for field in record.fields]):
                why = reason if delimiter == sniffed else "the header's names stand between it"
                return delimiter, why, record
    return None


def _open_sheet(
    file: RawFile, landing_table: str, is_header: Callable[[list[str]], bool], head_only: bool
) -> Table | None:
    for sheet, head in file.workbook.sheets():
        for number, row in enumerate(head, 1):
            columns = [clean(cell) for cell in row]
            if is_header(columns):
                rows = head if head_only else file.workbook.rows(sheet)
                return Table(file, landing_table, columns, number, number + 1, sheet=sheet, rows=rows)
    return None
