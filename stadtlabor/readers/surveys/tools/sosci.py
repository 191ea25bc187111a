"""SoSci Survey's data file: TAB, though it is called .csv; UTF-8 or UTF-16; with headings or without.

MODE says who answered: `interview` a respondent, everything else (pretest, debug, admin) a test, which is
left out and counted. FINISHED says whether the last page was reached. −9 is no answer, −8 an answer the
questionnaire could not take, −1 to −3 are the residual options ("weiß nicht", "keine Angabe").
Source: SoSci Survey manual, "Variablen in der Datendatei".
"""

import re
from collections.abc import Mapping, Sequence, Set

import polars as pl

from stadtlabor.dictionary.concepts import MARKED, NOT_MARKED
from stadtlabor.files import delimited
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.protocol import Recognition
from stadtlabor.readers.surveys.export import SurveyExport, cells, columns_of, metas, responses
from stadtlabor.readers.surveys.model import Column, Plan, plain
from stadtlabor.values.local_times import iso

HEAD = ("CASE", "SERIAL", "REF", "QUESTNNR", "MODE", "STARTED")
TAIL = (
    "TIME_SUM",
    "MAILSENT",
    "LASTDATA",
    "FINISHED",
    "Q_VIEWER",
    "LASTPAGE",
    "MAXPAGE",
    "MISSING",
    "MISSREL",
    "TIME_RSI",
    "DEG_TIME",
)
OWN = frozenset((*HEAD, *TAIL, "LANGUAGE", "DEG_MISS", "DEGRADE", "DEG_MISS", "STATUS", "DEG_MAX"))
META = {name.lower().replace("_", ""): name for name in OWN - {"SERIAL", "REF"}}

NO_ANSWER = {"-9": "nicht beantwortet", "-8": "ungültige Angabe", "-1": "", "-2": "", "-3": ""}
# A ticked box is 2 and an empty one 1, since 0 would be a missing value in old SPSS versions.
BOXES = {
    "2": MARKED,
    "1": NOT_MARKED,
    "ausgewählt": MARKED,
    "nicht gewählt": NOT_MARKED,
    "checked": MARKED,
    "not checked": NOT_MARKED,
}

_VARIABLE = re.compile(r"([A-Z][A-Z0-9]\d\d)(?:[_x](\w+))?")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_MODES = frozenset({"interview", "pretest", "pretest1", "pretest2", "debug", "admin"})


class SoSci(SurveyExport):
    """SoSci Survey responses."""

    name = "sosci"
    title = "SoSci Survey"
    looks_for = "CASE, QUESTNNR, MODE, STARTED and others; or records of that shape without headings"

    def is_header(self, cells: list[str]) -> bool:
        """CASE and two more of SoSci's own fields; or a first record, in a file without headings."""
        own = {cell.upper() for cell in cells} & OWN
        return (
            {"CASE", "STARTED"} <= own
            or len(own & {"QUESTNNR", "MODE", "FINISHED", "LASTPAGE", "MAXPAGE"}) >= 3
            or _is_record(cells)
        )

    def certainty(self, headings: list[str], records: list[list[str]]) -> Recognition | None:
        """Headings are sure; a record's shape nearly is."""
        if _is_record(headings):
            return Recognition(0.9, "no headings, but records as SoSci writes them: number, questionnaire, mode, start")
        found = sorted({heading.upper() for heading in headings} & OWN)
        return Recognition(0.97, f"SoSci Survey's fields {', '.join(found[:6])} …")

    def open(self, file: RawFile, head_only: bool = False, manifest: Manifest | None = None) -> Table | None:
        """The table; where there are no headings, with names made from the places SoSci's fields have."""
        table = super().open(file, head_only)
        if table is not None and _is_record(table.columns):
            lines = table.lines or delimited.split_lines(file.head)
            table.columns = _headings_by_place(table.columns, lines, table.delimiter)
            table.first_line, table.header_line = 1, 0
        return table

    def plan(self, headings: list[str], frame: pl.DataFrame, file: RawFile, manifest: Manifest | None) -> Plan:
        """Variables as questions; a second row of labels gives their texts."""
        columns = columns_of(headings, META)
        own = metas(columns)
        notes = []
        texts: dict[str, str] = {}
        if _second_row_is_labels(frame, own):
            texts = {column.name: frame[column.name][0] for column in columns}
            frame = frame.slice(1)
            notes.append("the second row holds labels: used as question texts")
        for column in columns:
            if column.role == "answer":
                _describe(column, plain(texts.get(column.name) or ""))
        _mark_boxes(columns, frame)
        if "V007" in headings:
            notes.append("no headings: the variables go by their place (V007 is the seventh column)")
        return Plan(columns, frame, _responses(frame, own), notes)


def _is_record(cells: Sequence[str]) -> bool:
    """A response as SoSci writes it: CASE a number, MODE a mode, STARTED a time."""
    return len(cells) > 8 and cells[0].isdigit() and cells[4].casefold() in _MODES and bool(_STAMP.fullmatch(cells[5]))


def _headings_by_place(first: Sequence[str], lines: Sequence[str], delimiter: str) -> list[str]:
    """Names for a file without any: SoSci's fields stand at fixed places at both ends, questions between."""
    names = [f"V{number:03d}" for number in range(1, len(first) + 1)]
    names[: len(HEAD)] = HEAD
    stamps = [place for place in range(len(HEAD), len(first)) if _STAMP.fullmatch(first[place])]
    if not stamps:
        return names
    tail = stamps[-1] - TAIL.index("LASTDATA")
    names[tail : tail + len(TAIL)] = TAIL[: len(first) - tail]
    # Before the sum stand the pages' own times, as many as the furthest page anybody reached.
    reached = tail + TAIL.index("MAXPAGE")
    pages = (
        [record.fields[reached] for record in delimited.records(lines, delimiter, len(first)) if not record.fault]
        if reached < len(first)
        else []
    )
    most = max((int(page) for page in pages if page.isdigit()), default=0)
    for number in range(most):
        if tail - most + number >= len(HEAD):
            names[tail - most + number] = f"TIME{number + 1:03d}"
    return names


def _second_row_is_labels(frame: pl.DataFrame, own: dict[str, str]) -> bool:
    number = own.get("CASE") or own.get("STARTED")
    return frame.height > 1 and number is not None and not re.search(r"\d", frame[number][0] or "0")


def _describe(column: Column, text: str) -> None:
    if re.fullmatch(r"TIME\d{3}", column.heading.upper()):
        column.role = "timing"
        return
    if re.search(r"_REF$", column.heading):
        # The address a respondent came from may name a panel's member.
        column.role = "personal"
        return
    column.no_answer = NO_ANSWER
    match = _VARIABLE.fullmatch(column.heading)
    column.question, column.subquestion = (match[1], match[2] or "") if match else (column.heading, "")
    question_text, _, part = text.partition(": ")
    column.question_text = question_text or column.question
    column.subquestion_text = part


def _mark_boxes(columns: Sequence[Column], frame: pl.DataFrame) -> None:
    """Several boxes: the question has a column of its own for their number, its parts hold 1 and 2 only."""
    answers = [column for column in columns if column.role == "answer"]
    values = {column.name: set(frame[column.name].drop_nulls().unique()) - {"", *NO_ANSWER} for column in answers}
    for parent in [column for column in answers if column.subquestion == ""]:
        parts = [column for column in answers if column.question == parent.question and column is not parent]
        texts = [column for column in parts if re.fullmatch(r"\d+a", column.subquestion)]
        boxes = [column for column in parts if column not in texts and values[column.name] <= set(BOXES)]
        if len(boxes) >= 2 and len(boxes) + len(texts) == len(parts):
            parent.subquestion, parent.subquestion_text, parent.declared = "count", "Anzahl", "number"
            for box in boxes:
                box.declared, box.marks = "multiple", BOXES
        elif _is_selection(parent, parts, values):
            # A variable without a part is a selection: its numbers are codes of answers, its parts own words.
            parent.declared = "single"
            for column in parts:
                column.is_other = True
    for column in answers:
        if re.fullmatch(r"(?:\w+_)?\d+a", column.subquestion) and not all(
            value.lstrip("-").isdigit() for value in values[column.name]
        ):
            column.is_other = True


def _is_selection(parent: Column, parts: Sequence[Column], values: Mapping[str, Set[str]]) -> bool:
    codes = all(value.isdigit() for value in values[parent.name])
    return codes and not any(value.lstrip("-").isdigit() for part in parts for value in values[part.name])


def _responses(frame: pl.DataFrame, own: dict[str, str]) -> pl.DataFrame:
    mode = cells(frame, own.get("MODE"))
    finished = cells(frame, own.get("FINISHED")).str.to_uppercase()
    table = pl.DataFrame({"mode": mode, "finished": finished.is_in(["T", "1", "TRUE", "WAHR"]).fill_null(False)})
    is_test = pl.col("mode").is_not_null() & (pl.col("mode").str.to_lowercase() != "interview")
    status = table.select(
        status=pl.when(is_test).then(pl.lit("test")).when("finished").then(pl.lit("completed")).otherwise(pl.lit("incomplete")),
        reason=pl.when(is_test).then(pl.format("MODE is {}", "mode"))
        .when("finished").then(pl.lit("FINISHED is true: the last page was reached"))
        .otherwise(pl.lit("FINISHED is false")),
    )  # fmt: skip
    return responses(
        frame,
        tool_id=cells(frame, own.get("CASE")),
        status=status["status"],
        status_reason=status["reason"],
        started_at=iso(cells(frame, own.get("STARTED"))),
        submitted_at=iso(cells(frame, own.get("LASTDATA"))).zip_with(
            status["status"] != "incomplete", pl.Series([None] * frame.height, dtype=pl.String)
        ),
        duration_seconds=cells(frame, own.get("TIME_SUM")),
        last_page=cells(frame, own.get("LASTPAGE")),
        language=cells(frame, own.get("LANGUAGE")),
        identity=cells(frame, own.get("STARTED")),
    )


READER = SoSci()
