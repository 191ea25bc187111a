"""A plain table of answers, one respondent a row, of no tool's own columns: CSV, TSV or Excel.

`survey: columns:` in source.yml names the columns of the time, of completion, of the respondent's number and of the
language. Without a column of completion everybody counts who answered a question.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import headings as column_headings
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table, open_table
from stadtlabor.manifest.source import Manifest
from stadtlabor.manifest.survey_section import SurveyColumns
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.surveys.export import (
    SPSS_MAGIC,
    SurveyExport,
    answered,
    cells,
    columns_of,
    mark_row_index,
    metas,
    peek,
    responses,
)
from stadtlabor.readers.surveys.model import Column, Plan, normal, plain
from stadtlabor.readers.surveys.scaffold import scaffold
from stadtlabor.readers.surveys.tools.google_forms import read_text_headings
from stadtlabor.readers.surveys.tools.limesurvey_headings import NOT_GIVEN
from stadtlabor.readers.surveys.tools.plain_columns import FINISHED, QUESTION, UNFINISHED, mark_own, read_parts
from stadtlabor.readers.surveys.types import DATE, NUMBER
from stadtlabor.values.day_order import is_ambiguous
from stadtlabor.values.local_times import iso, moments

NAME = "survey-table"
NAMED = (
    "Columns that hold no answer, where others than those that were found do; take the # away and write the heading:",
    "columns:",
    *(f"  {name}: …" for name in SurveyColumns.model_fields),
)
META = {
    "zeitstempel": "time", "timestamp": "time", "submittedat": "time", "abgeschicktam": "time", "submitdate": "time",
    "eingangszeit": "time", "submissiondate": "time", "datumabgeschickt": "time", "datesubmitted": "time",
    "id": "id", "nr": "id", "lfdnr": "id", "lfdn": "id", "responseid": "id", "antwortid": "id", "fallnummer": "id",
    "submissiontime": "time", "respondentid": "id", "caseid": "id", "datensatz": "id",
}  # fmt: skip
OWN_FIELDS = 4
# Records looked at, and from how many on a column's values can be told to recur.
LEAST_RECORDS, SHOWN_RECORDS = 5, 200
CODE = re.compile(r"[\w.\-\[\]/]+")
# Headings of what is no table of answers where nothing is asked: a region's key, a price, when something was.
OTHER = re.compile(
    r"ags|rs|ars|kennziffer|gemeindeschluessel|preis|price|datum|date|tag|beginn|start|begin|von|bis|end|ende|"
    r"uhrzeit|zeit|date_time|start_time|end_time|join_time|duration(_minutes|_mins)?|dauer(_minuten)?"
)
# So many questions are asked by nothing but a survey.
LEAST_ASKED = 2


class SurveyTable(SurveyExport):
    """Plain tables of answers."""

    name = NAME
    title = "Table of answers (CSV or Excel; one respondent a row)"
    looks_for = "a heading per question and answers that recur"

    def is_header(self, cells: list[str]) -> bool:
        """Headings that are no numbers and no dates, all different."""
        filled = [cell for cell in cells if cell]
        is_value = any(NUMBER.fullmatch(cell) or DATE.fullmatch(cell) for cell in filled)
        return len(filled) >= 2 and not is_value and len(set(filled)) * 2 > len(filled)

    def recognise(self, file: RawFile) -> Recognition | None:
        """By its first records: most columns hold answers that recur, or have a question for a heading."""
        if file.data.startswith(SPSS_MAGIC):
            return None
        table = open_table(file, "responses", self.is_header, head_only=True)
        return None if table is None else self.certainty(table.columns, peek(table, file, SHOWN_RECORDS))

    def certainty(self, headings: list[str], records: list[list[str]]) -> Recognition | None:
        """Unsure at best: every other format goes before."""
        rows = [row for row in records if len(row) >= len(headings)]
        if len(rows) < LEAST_RECORDS or len(rows) * 2 < len(records):
            return None
        asking = max(sum("?" in cell for cell in line) for line in (headings, rows[0]))
        fields = sum(normal(heading) in META for heading in headings)
        if asking + fields < LEAST_ASKED and any(map(OTHER.fullmatch, map(column_headings.normal, headings))):
            return None
        asked = [
            bool(QUESTION.search(heading)) or _recurs([row[index] for row in rows])
            for index, heading in enumerate(headings)
            if heading and normal(heading) not in META
        ]
        if len(asked) < 1 or sum(asked) * 2 < len(asked):
            return None
        return Recognition(0.3, f"{sum(asked)} of {len(asked)} columns hold answers that recur, or are questions")

    def open(self, file: RawFile, head_only: bool = False, manifest: Manifest | None = None) -> Table | None:
        """The table below the headings that source.yml names, else below the first line that can be headings."""
        named = _named(manifest)
        is_header = partial(column_headings.has_all, wanted=named.values()) if named else self.is_header
        table = open_table(file, "responses", is_header, head_only, all_sheets=True)
        if table is None and named:
            raise DeliveryError(
                f"no line has all the columns named in source.yml: {', '.join(map(repr, named.values()))}", file.name,
                column="field survey.columns", remedy="Correct the headings in source.yml.", rule="column_missing",
            )  # fmt: skip
        return table

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The `survey:` part of a ready-to-edit source.yml, with the columns that can be named."""
        return scaffold(result, columns=NAMED)

    def plan(self, headings: list[str], frame: pl.DataFrame, file: RawFile, manifest: Manifest | None) -> Plan:
        """Questions by their headings; texts where a second row has them."""
        named = {normal(heading): role for role, heading in _named(manifest).items()}
        columns = columns_of(headings, META | named, None if named else OWN_FIELDS)
        for column in columns:
            if column.role == "meta" and column.question == "id" and normal(column.heading) not in named:
                _check_number(column, frame)
        mark_row_index(columns, frame)
        notes, texts = [], _texts_below(headings, frame)
        if texts:
            frame = frame.slice(1)
            notes.append("the second row holds texts: used as question texts")
        mark_own(columns, frame)
        read_text_headings(columns, "[]")
        read_parts(columns, frame)
        for column in columns:
            if texts and column.role == "answer":
                column.question_text = plain(texts[column.index]) or column.question_text
            column.no_answer = NOT_GIVEN
            column.separator = _separator(cells(frame, column.name)) if column.role == "answer" else None
        own = metas(columns)
        stamps = cells(frame, own.get("time") or own.get("completed_at"))
        if is_ambiguous(stamps):
            notes.append("the times' day and month cannot be told apart; read as month/day")
        status, reason = _status(frame, own, answered(frame, columns))
        made = responses(
            frame,
            tool_id=cells(frame, own.get("id")),
            status=status,
            status_reason=reason,
            started_at=iso(cells(frame, own.get("started"))),
            submitted_at=iso(stamps),
            language=cells(frame, own.get("language")),
            identity=stamps,
        )
        return Plan(columns, frame, made, notes)


def _named(manifest: Manifest | None) -> Mapping[str, str]:
    columns = manifest.survey.columns if manifest and manifest.survey else None
    return columns.model_dump(exclude_none=True) if columns else {}


def _recurs(values: Sequence[str]) -> bool:
    filled = [value.strip() for value in values if value.strip()]
    return bool(filled) and len(set(filled)) * 2 <= max(len(filled), 4) and not all(map(DATE.fullmatch, filled))


def _check_number(column: Column, frame: pl.DataFrame) -> None:
    """A column called 'Nr' numbers the respondents only where no number stands twice."""
    filled = cells(frame, column.name).drop_nulls()
    if filled.n_unique() != filled.len() or filled.len() < frame.height:
        column.role, column.question = "answer", ""


def _texts_below(headings: Sequence[str], frame: pl.DataFrame) -> list[str]:
    """The first record's cells where they are the texts of questions whose codes are the headings; else none."""
    if frame.height < 2 or not all(CODE.fullmatch(heading) for heading in headings if heading):
        return []
    first = [frame[f"c{index}"][0] or "" for index in range(len(headings))]
    filled = [(index, text) for index, text in enumerate(first) if text.strip()]
    texts = [_is_text_of(text, frame[f"c{index}"]) for index, text in filled]
    return first if len(filled) * 2 > len(first) and sum(texts) * 2 > len(texts) else []


def _is_text_of(text: str, column: pl.Series) -> bool:
    """Whether a column's first cell asks, or is the only one that is no number and no date."""
    values = [value for value in column.slice(1, SHOWN_RECORDS).drop_nulls() if value.strip()]
    if QUESTION.search(text):
        return text not in values
    shapes = (NUMBER, DATE)
    return bool(values) and any(all(map(one.fullmatch, values)) and not one.fullmatch(text) for one in shapes)


def _separator(given: pl.Series) -> str | None:
    """What stands between several answers in a cell, where something does."""
    return next((sign for sign in ("; ", ";", ", ", " | ") if given.str.contains(sign, literal=True).any()), None)


def _status(frame: pl.DataFrame, own: Mapping[str, str], has_answer: pl.Series) -> tuple[pl.Expr, pl.Expr]:
    said = pl.lit(cells(frame, own.get("completed")).str.to_lowercase())
    has_time = pl.lit(moments(cells(frame, own.get("completed")))).is_not_null()
    is_open = pl.lit("completed" in own) & (said.is_in(list(UNFINISHED)) | said.is_null())
    is_told = said.is_in(list(FINISHED)) | has_time
    is_done = ~is_open.fill_null(False) & pl.lit(has_answer)
    status = pl.when(is_done).then(pl.lit("completed")).otherwise(pl.lit("incomplete"))
    reason = (
        pl.when(is_open.fill_null(False)).then(pl.lit("the column of completion says no"))
        .when(~pl.lit(has_answer)).then(pl.lit("no question is answered"))
        .when(is_told.fill_null(False)).then(pl.lit("the column of completion says so"))
        .otherwise(pl.lit("answered; the table does not say who finished"))
    )  # fmt: skip
    return status, reason


READER = SurveyTable()
