"""SurveyMonkey: two header rows (question, then option), in some years a title line before them.

Answers stand under their option; `Response` and `Open-Ended Response` head a question of one column. The file
has no mark of completion: what was opened and left without an answer is incomplete.
"""

from collections.abc import Sequence

import polars as pl

from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.protocol import Recognition
from stadtlabor.readers.surveys.export import (
    SurveyExport,
    answered,
    cells,
    columns_of,
    mark_row_index,
    metas,
    responses,
)
from stadtlabor.readers.surveys.model import Column, Plan, key_of, normal, plain
from stadtlabor.values.day_order import is_ambiguous
from stadtlabor.values.local_times import iso, moments
from stadtlabor.values.words import NO

META = {
    "respondentid": "number", "teilnehmerid": "number", "befragtenid": "number", "befragtennummer": "number",
    "collectorid": "collector", "kollektorid": "collector", "sammlerid": "collector",
    "startdate": "start", "startdatum": "start", "datecreated": "start",
    "enddate": "end", "enddatum": "end", "datemodified": "end",
    "completed": "status", "abgeschlossen": "status",
    "responsestatus": "status", "status": "status", "antwortstatus": "status",
    "language": "language", "sprache": "language", "tags": "tags",
}  # fmt: skip
OWN_FIELDS = 14
NUMBERS = frozenset({"respondentid", "teilnehmerid", "befragtenid", "befragtennummer"})
ONE_COLUMN = frozenset(
    {"response", "openendedresponse", "antwort", "offeneantwort", "beantwortungen", "antwortmitoffenemende"}
)


class SurveyMonkey(SurveyExport):
    """SurveyMonkey responses."""

    name = "surveymonkey"
    title = "SurveyMonkey"
    looks_for = "a respondent's number and a second header row or a collector's number"

    def is_header(self, cells: list[str]) -> bool:
        """The respondent's number in front."""
        return any(normal(cell) in NUMBERS for cell in cells[:2]) and len(cells) > 2

    def certainty(self, headings: list[str], records: list[list[str]]) -> Recognition | None:
        """Sure with a collector or a second header row."""
        own = {META[normal(heading)] for heading in headings[:OWN_FIELDS] if normal(heading) in META}
        two = bool(records) and _is_option_row(records[0], headings)
        if not two and "collector" not in own:
            return None
        return Recognition(
            0.96 if two else 0.85, "SurveyMonkey's respondent number" + (" and two header rows" if two else "")
        )

    def plan(self, headings: list[str], frame: pl.DataFrame, file: RawFile, manifest: Manifest | None) -> Plan:
        """Questions carried on over the columns they head; options as parts."""
        columns = columns_of(headings[:OWN_FIELDS], META)
        columns += [Column(index, heading) for index, heading in enumerate(headings[OWN_FIELDS:], OWN_FIELDS)]
        _end_own_fields(columns)
        mark_row_index(columns, frame)
        options: list[str] = [""] * len(columns)
        if frame.height and _is_option_row([frame[column.name][0] or "" for column in columns], headings):
            options = [plain(frame[column.name][0] or "") for column in columns]
            frame = frame.slice(1)
        _describe(columns, options)
        own = metas(columns)
        notes = []
        if is_ambiguous(cells(frame, own.get("end") or own.get("start"))):
            notes.append("the dates' day and month cannot be told apart; read as month/day, SurveyMonkey's own order")
        return Plan(columns, frame, _responses(frame, own, columns), notes)


def _is_option_row(record: Sequence[str], headings: Sequence[str]) -> bool:
    """No respondent's number (in some years its heading again), but options."""
    number = next((place for place, heading in enumerate(headings) if normal(heading) in NUMBERS), 0)
    cell = (list(record) + [""] * (number + 1))[number].strip()
    return (not cell or normal(cell) in NUMBERS) and any(cell.strip() for cell in record)


def _end_own_fields(columns: list[Column]) -> None:
    """SurveyMonkey's fields stand in one run; a later question may be called 'Status' or 'Name'."""
    ended = False
    for column in columns:
        ended = ended or (column.role == "answer" and bool(column.heading))
        if ended:
            column.role, column.question = "answer", ""


def _describe(columns: list[Column], options: Sequence[str]) -> None:
    heading, current = "", -1
    members: dict[int, list[Column]] = {}
    for column, option in zip(columns, options, strict=True):
        if column.role != "answer":
            continue
        heading = plain(column.heading) or heading or f"column {column.index + 1}"
        if column.heading or current < 0:
            current = column.index
        group = members.setdefault(current, [])
        group.append(column)
        column.question_text, column.subquestion_text = heading, option
        column.question = key_of(heading, f"column {column.index + 1}")
        if not column.heading:
            column.heading = f"{heading} {option}".strip()
    for group in members.values():
        for column in group:
            _describe_part(column, len(group))


def _describe_part(column: Column, count: int) -> None:
    option = column.subquestion_text
    is_repeated = normal(option) == normal(column.question_text)
    is_whole = normal(option) in ONE_COLUMN or is_repeated or (count == 1 and not option)
    column.is_other = (
        any(
            word in option.casefold()
            for word in ("please specify", "bitte angeben", "bitte geben sie", "(please describe")
        )
        and not is_whole
    )
    column.subquestion = "" if is_whole else key_of(option, "")
    if is_whole:
        column.subquestion_text = ""


def _responses(frame: pl.DataFrame, own: dict[str, str], columns: Sequence[Column]) -> pl.DataFrame:
    started, ended = cells(frame, own.get("start")), cells(frame, own.get("end"))
    first, last = moments(started), moments(ended)
    statuses = cells(frame, own.get("status")).str.to_lowercase()
    table = pl.DataFrame({"answered": answered(frame, columns), "said": statuses})
    unfinished = pl.col("said").str.contains("partial|incomplete|teilweise|unvollständig|disqual").fill_null(False)
    unfinished |= pl.col("said").is_in(list(NO)).fill_null(False)
    status = table.select(
        status=pl.when(unfinished | ~pl.col("answered")).then(pl.lit("incomplete")).otherwise(pl.lit("completed")),
        reason=pl.when(unfinished).then(pl.lit("the status column says partial"))
        .when(~pl.col("answered")).then(pl.lit("no question is answered"))
        .when(pl.col("said").is_not_null()).then(pl.lit("the status column says complete"))
        .otherwise(pl.lit("answered; the export has no mark of completion")),
    )  # fmt: skip
    return responses(
        frame,
        tool_id=cells(frame, own.get("number")).str.replace(r"\.0$", ""),
        status=status["status"],
        status_reason=status["reason"],
        started_at=iso(started),
        submitted_at=iso(ended).zip_with(
            status["status"] == "completed", pl.Series([None] * frame.height, dtype=pl.String)
        ),
        duration_seconds=(last - first).dt.total_seconds(),
        language=cells(frame, own.get("language")),
        identity=started,
    )


READER = SurveyMonkey()
