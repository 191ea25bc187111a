"""What the readers of survey exports share: find the table, plan it, land it."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.dictionary.reasons import REASONS
from stadtlabor.files import delimited
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table, open_table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.landing_skeleton import some, without_text
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.surveys.land import land
from stadtlabor.readers.surveys.model import Column, Plan, normal
from stadtlabor.readers.surveys.personal import is_personal
from stadtlabor.readers.surveys.scaffold import lines as survey_lines
from stadtlabor.readers.surveys.scaffold import scaffold
from stadtlabor.values.local_times import moments
from stadtlabor.values.text_columns import SHEET_ERROR

SPSS_MAGIC = (b"$FL2", b"$FL3")
PEEKED_RECORDS = 5
# What columns of times are called among a tool's own fields.
TIMES = frozenset({"time", "start", "end", "started", "submitdate", "startdate", "datestamp", "recorded"})
RESPONSE_COLUMNS = (
    "tool_id",
    "status",
    "status_reason",
    "started_at",
    "submitted_at",
    "duration_seconds",
    "last_page",
    "language",
    "identity",
)


class SurveyExport(ABC):
    """A survey tool's export as a text table or a sheet; each tool says its headings and its plan."""

    name: str
    title: str
    looks_for: str
    kind = "survey"

    @abstractmethod
    def is_header(self, cells: list[str]) -> bool:
        """Whether a line's cells are the tool's headings."""

    @abstractmethod
    def certainty(self, headings: list[str], records: list[list[str]]) -> Recognition | None:
        """How sure the headings and the first records make us."""

    @abstractmethod
    def plan(self, headings: list[str], frame: pl.DataFrame, file: RawFile, manifest: Manifest | None) -> Plan:
        """What the columns are and how the responses stand."""

    def recognise(self, file: RawFile) -> Recognition | None:
        """Say whether the file looks like this format; on its first lines only."""
        if file.data.startswith(SPSS_MAGIC):
            return None
        table = self.open(file, head_only=True)
        return None if table is None else self.certainty(table.columns, peek(table, file))

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """Read the whole file; DeliveryError where it is no such export or holds no response."""
        table = self.open(file, manifest=manifest)
        if table is None:
            raise DeliveryError(
                f"no line has the headings of {self.title}",
                file.name,
                remedy="Check 'format' in source.yml.",
                rule="no_header",
            )
        mend_row_names(table)
        frames = list(table.frames())
        if table.rejects and not frames:
            raise _none_readable(table)
        frame = pl.concat(frames) if frames else _no_records(table)
        try:
            plan = self.plan(table.columns, frame, file, manifest)
            plan.layout = table.layout()
            plan.notes += _unread_times(plan)
            result = land(plan, manifest, self.title, self.name)
        except DeliveryError as error:
            error.file = error.file or file.name
            raise
        result.rejects[:0] = without_text([*table.rejects, *plan.rejects])
        result.notes[:0] = table.notes()
        return result

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The `survey:` part of a ready-to-edit source.yml."""
        return scaffold(result)

    def describe(self, result: ReadResult) -> list[str]:
        """The survey in a few sentences, for `inspect`."""
        return survey_lines(result)

    def open(self, file: RawFile, head_only: bool = False, manifest: Manifest | None = None) -> Table | None:
        """The table below the tool's headings; `manifest` is that of a file to be read."""
        return open_table(file, "responses", self.is_header, head_only, all_sheets=True)


def _unread_times(plan: Plan) -> Iterator[str]:
    """Notes on times that the tool's own columns hold and nobody can read."""
    for column in plan.columns:
        if column.role != "meta" or column.question not in TIMES:
            continue
        given = cells(plan.frame, column.name)
        lost = plan.frame.filter(pl.lit(given).is_not_null() & pl.lit(moments(given)).is_null())["line"]
        if lost.len():
            yield f"{lost.len()} time(s) in {column.heading!r} cannot be read and are left empty (line {some(lost)})"


def _none_readable(table: Table) -> DeliveryError:
    first, count = table.rejects[0], len(table.rejects)
    return DeliveryError(
        f"none of its {count} record(s) can be read; the first: {REASONS[first.reason].en} {first.detail}".rstrip(),
        table.file.name,
        first.line,
        remedy=f"Compare them with the headings in line {table.header_line}, then deliver again.",
        rule="no_record",
    )


def _no_records(table: Table) -> pl.DataFrame:
    columns = {f"c{index}": pl.String for index in range(len(table.columns))}
    return pl.DataFrame(schema={"line": pl.Int64, **columns})


def peek(table: Table, file: RawFile, count: int = PEEKED_RECORDS) -> list[list[str]]:
    """The first records below the header."""
    if table.sheet:
        return [list(row) for row in table.rows[table.first_line - 1 :][:count]]
    below = delimited.split_lines(file.head)[table.first_line - 1 :]
    found = islice(delimited.records(below, table.delimiter), count)
    # Damaged bytes are half a surrogate pair each, which no column takes.
    return [[field.encode("utf-8", "replace").decode() for field in record.fields] for record in found]


def mend_row_names(table: Table) -> None:
    """R writes row names without a heading: where every record is one longer and begins with two numbers."""
    if table.sheet:
        return
    below = table.lines[table.first_line - 1 :]
    first = list(islice(delimited.records(below, table.delimiter), PEEKED_RECORDS))
    # Otherwise a heading lost its delimiter, and every cell would stand under its neighbour's.
    pairs = [record.fields[:2] for record in first if len(record.fields) == len(table.columns) + 1]
    is_numbered = pairs and all(cell.isdecimal() for pair in pairs for cell in pair)
    if is_numbered and len(pairs) == len(first) and all(int(one[0]) < int(other[0]) for one, other in pairwise(pairs)):
        table.columns.insert(0, "")


def mark_row_index(columns: Sequence[Column], frame: pl.DataFrame) -> None:
    """A leading column without a heading (or 'Unnamed: 0', 'X') of rising whole numbers is a row number."""
    if not columns or columns[0].heading not in ("", "Unnamed: 0", "X", "...1", "index"):
        return
    cells = frame[columns[0].name]
    numbers = cells.cast(pl.Int64, strict=False)
    if frame.height and numbers.null_count() == 0 and numbers.is_sorted() and numbers.n_unique() == frame.height:
        columns[0].role = "index"


def columns_of(headings: Sequence[str], meta: Mapping[str, str], near_start: int | None = None) -> list[Column]:
    """A Column per heading: meta where the map knows it (letters and digits only), personal where it tells who.

    `near_start` limits the map to the first so many columns.
    """
    columns = []
    for index, heading in enumerate(headings):
        column = Column(index, heading)
        if is_personal(heading):
            column.role = "personal"
        elif normal(heading) in meta and (near_start is None or index < near_start):
            column.role, column.question = "meta", meta[normal(heading)]
        columns.append(column)
    return columns


def metas(columns: Sequence[Column]) -> dict[str, str]:
    """The frame's column of each of the tool's own fields."""
    found: dict[str, str] = {}
    for column in columns:
        if column.role == "meta":
            found.setdefault(column.question, column.name)
    return found


def cells(frame: pl.DataFrame, name: str | None) -> pl.Series:
    """A column stripped, with blanks, 'NA' and 'N/A' as null; all null where the file has none."""
    if name is None:
        return pl.Series("none", [None] * frame.height, dtype=pl.String)
    text = frame[name].str.strip_chars()
    return text.str.replace(SHEET_ERROR, "").replace(["", "NA", "N/A", "NaN", "null"], None)


def answered(frame: pl.DataFrame, columns: Sequence[Column]) -> pl.Series:
    """Whether a record answers any question."""
    filled = [pl.col(column.name).str.strip_chars() != "" for column in columns if column.role == "answer"]
    return frame.select(pl.any_horizontal(pl.lit(False), *filled).fill_null(False).alias("answered")).to_series()


def responses(frame: pl.DataFrame, **given: pl.Series | pl.Expr | str) -> pl.DataFrame:
    """The responses' columns beside the frame; what is not given is null, the number the line."""
    filled: dict[str, pl.Series | pl.Expr] = {}
    for name in RESPONSE_COLUMNS:
        value = given.get(name)
        if value is None:
            filled[name] = pl.lit(None, dtype=pl.String)
        else:
            filled[name] = pl.lit(value) if isinstance(value, str) else value
    made = frame.select(pl.col("line")).with_columns(**filled)
    number = pl.coalesce(pl.col("tool_id").cast(pl.String), pl.format("line {}", pl.col("line")))
    return made.with_columns(tool_id=number).drop("line").cast(pl.String)
