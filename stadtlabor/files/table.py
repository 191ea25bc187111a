"""A delivered table, from text or sheet: header found, records in frames, faults set aside."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.rejects import Reject
from stadtlabor.files import delimited, quoting
from stadtlabor.files.header import clean, find_header
from stadtlabor.files.layout import Layout
from stadtlabor.files.raw import RawFile
from stadtlabor.files.workbooks import sheets

# Records per frame: large enough for columnar work, small enough to bound memory.
CHUNK = 50_000
# More records than any official table has.
MAX_RECORDS = 20_000_000


@dataclass
class Table:
    """The records below a header; `columns` are its names as delivered, `first_line` the physical line behind it.

    `frames()` yields text columns `c0`, `c1` … beside `line` (1-based), and fills `rejects` and the counts as it goes.
    """

    file: RawFile
    landing_table: str
    columns: list[str]
    header_line: int
    first_line: int
    delimiter: str = ""
    delimiter_reason: str = ""
    lines: Sequence[str] = ()
    sheet: str = ""
    rows: Sequence[list[str]] = ()
    around: Sequence[str] = ()
    has_trailing_delimiters: bool = False
    rejects: list[Reject] = field(default_factory=list)
    records: int = 0
    faulty_records: int = 0
    blank_records: int = 0
    repeated_headers: int = 0

    def raw(self, line: int) -> str:
        """The line a record begins on, fit to be shown."""
        return delimited.shorten(";".join(self.rows[line - 1]) if self.sheet else self.lines[line - 1])

    def reject(self, line: int, column: str, reason: str, detail: str = "") -> None:
        """Set a record or a cell aside."""
        self.rejects.append(Reject(self.landing_table, line, column, reason, detail, self.raw(line)))

    def frames(self) -> Iterator[pl.DataFrame]:
        """The records below the header, in frames of about 50,000."""
        position = self.first_line - 1
        end = len(self.rows) if self.sheet else len(self.lines)
        while position < end:
            if plain := self._plain_part(position):
                frame, position = self._split(plain, position), position + len(plain)
            else:
                frame, position = self._read(position)
            if frame.height:
                self._count(frame.height)
                yield frame

    def whole(self, what: str, remedy: str) -> pl.DataFrame:
        """All records in one frame, for tables whose columns are read together.

        Raises DeliveryError where below the header stands no `what` ("booking"), not even a faulty one.
        """
        frames = list(self.frames())
        if frames:
            return pl.concat(frames)
        if not self.rejects:
            raise DeliveryError(
                f"there is a header and no {what} below it",
                self.file.name,
                self.header_line,
                remedy=remedy,
                rule="no_record",
            )
        return pl.DataFrame(schema=_schema(len(self.columns)))

    def _plain_part(self, position: int) -> Sequence[str]:
        """The next lines, where each is a record of its own: no quotation mark and nothing damaged in any."""
        if self.sheet or self.file.is_damaged or self.surplus:
            return ()
        lines = self.lines[position : position + CHUNK]
        text = "".join(lines)
        return () if '"' in text or "\0" in text else lines

    def _split(self, lines: Sequence[str], position: int) -> pl.DataFrame:
        """The records of plain lines, split all at once; a line that does not fit is read by itself."""
        width = len(self.columns)
        text = pl.col("text")
        is_fitting = (
            (text.str.count_matches(self.delimiter, literal=True) == width - 1)
            & (text.str.len_chars() <= delimited.MAX_CELL_CHARACTERS)
            & ~quoting.has_apostrophes(text, self.delimiter)
        )
        is_blank = text.str.strip_chars(self.delimiter) == ""
        is_header = (text == self.delimiter.join(self.columns)) & (width > 1)
        numbers = pl.int_range(position + 1, position + 1 + pl.len(), dtype=pl.Int64)
        all_lines = pl.DataFrame({"text": lines}, schema={"text": pl.String}).select(
            numbers.alias("line"), text.str.strip_chars_end("\r\n")
        )
        filled = all_lines.filter(text != "")
        fitting = filled.filter(is_fitting)
        self.blank_records += fitting.filter(is_blank).height
        self.repeated_headers += fitting.filter(is_header).height
        good = fitting.filter(~is_blank & ~is_header).select(
            "line", text.str.split_exact(self.delimiter, width - 1).struct.rename_fields(_names(width)).struct.unnest()
        )
        others = filled.filter(~is_fitting)["line"].to_list()
        if not others:
            return good
        read = [delimited.records(self.lines[number - 1 : number], self.delimiter, width, number) for number in others]
        return pl.concat([good, self._frame(chain.from_iterable(read))]).sort("line")

    def _read(self, position: int) -> tuple[pl.DataFrame, int]:
        """Records one by one, and the position behind the last of them."""
        taken: list[delimited.Record] = []
        for record in self._records(position):
            taken.append(record)
            if len(taken) == CHUNK:
                return self._frame(taken), record.line - 1 + record.span
        return self._frame(taken), len(self.rows) if self.sheet else len(self.lines)

    @cached_property
    def surplus(self) -> int:
        """Empty fields behind those of the header in every record; 0 where a heading may have lost its delimiter."""
        heading = "".join(self.lines[self.header_line - 1 : self.header_line])
        if not (self.has_trailing_delimiters or quoting.are_quoted(self.columns, heading, self.delimiter)):
            return 0
        return delimited.surplus_of(self.lines, self.delimiter, len(self.columns), self.first_line - 1)

    def layout(self) -> Layout:
        """How the table lies in its file; known whole once its records are read."""
        return Layout(
            encoding=self.file.encoding,
            encoding_reason=self.file.encoding_reason,
            delimiter=self.delimiter,
            delimiter_reason=self.delimiter_reason,
            sheet=self.sheet,
            header_line=self.header_line,
            columns=self.columns,
            records=self.records + self.faulty_records,
            faulty_records=self.faulty_records,
        )

    def notes(self) -> list[str]:
        """What was passed over around the records."""
        passed_over = (
            (self.header_line - 1, "line(s) above the header"),
            (self.blank_records, "record(s) with nothing but empty cells"),
            (self.repeated_headers, "record(s) that repeat the headings"),
        )
        return [*self.around, *(f"passed over {count} {what}" for count, what in passed_over if count > 0)]

    def _records(self, position: int) -> Iterator[delimited.Record]:
        if self.sheet:
            for number, row in enumerate(self.rows[position : position + CHUNK], position + 1):
                yield delimited.Record(number, row[: len(self.columns)], 1, None, "")
        else:
            width, surplus = len(self.columns), self.surplus
            yield from delimited.records(self.lines, self.delimiter, width, begin_at=position, surplus=surplus)

    def _set_aside(self, record: delimited.Record, fault: delimited.Fault) -> None:
        column = "" if fault.column is None else self.columns[fault.column]
        self.faulty_records += 1
        self.rejects.append(Reject(self.landing_table, record.line, column, fault.reason, fault.detail, record.raw))

    def _frame(self, records: Iterable[delimited.Record]) -> pl.DataFrame:
        """The records without a fault; the others are set aside."""
        kept: list[list[str]] = []
        lines: list[int] = []
        for record in records:
            if record.fault is not None:
                self._set_aside(record, record.fault)
            elif not any(record.fields):
                self.blank_records += 1
            elif record.fields == self.columns and len(self.columns) > 1:
                self.repeated_headers += 1
            else:
                kept.append(record.fields)
                lines.append(record.line)
        cells = zip(*kept, strict=True) if kept else ((),) * len(self.columns)
        return pl.DataFrame([lines, *cells], schema=_schema(len(self.columns)), orient="col")

    def _count(self, records: int) -> None:
        self.records += records
        if self.records > MAX_RECORDS:
            what, remedy = f"more than {MAX_RECORDS:,} records", "Ask for the export in parts."
            raise DeliveryError(what, self.file.name, remedy=remedy, rule="too_large")


def _names(width: int) -> list[str]:
    return [f"c{index}" for index in range(width)]


def _schema(width: int) -> pl.Schema:
    return pl.Schema({"line": pl.Int64(), **dict.fromkeys(_names(width), pl.String())})


def open_table(
    file: RawFile,
    landing_table: str,
    is_header: Callable[[list[str]], bool],
    head_only: bool = False,
    all_sheets: bool = False,
) -> Table | None:
    """The table below the first line (or sheet row) that `is_header`, if any; DeliveryError for an empty file.

    `head_only` looks at the file's beginning; `all_sheets` takes a workbook's sheets of the same headings for one list.
    """
    if file.is_workbook:
        return _open_sheet(file, landing_table, is_header, head_only, all_sheets)
    if (found := find_header(file.head, is_header)) is None:
        return None
    delimiter, reason, record = found
    around = [] if record.fault is None else [f"the header's quotation marks do not fit: read by {delimiter!r} alone"]
    return Table(
        file,
        landing_table,
        columns=[clean(name) for name in record.fields],
        header_line=record.line,
        first_line=record.line + record.span,
        delimiter=delimiter,
        delimiter_reason=reason,
        around=around,
        lines=() if head_only else delimited.split_lines(file.text),
    )


def _open_sheet(
    file: RawFile, landing_table: str, is_header: Callable[[list[str]], bool], head_only: bool, all_sheets: bool
) -> Table | None:
    found = sheets.found(file.workbook, is_header, clean, head_only, all_sheets)
    if found is None:
        return None
    line, name = found.header_line, ", ".join(found.names)
    table = Table(file, landing_table, found.columns, line, line + 1, sheet=name, rows=found.rows, around=found.notes)
    table.blank_records = -found.blank_headers
    return table
