"""The columns of a plain table of answers: its tool's own by heading and content, and questions asked in several."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import polars as pl

from stadtlabor.readers.surveys.export import cells
from stadtlabor.readers.surveys.model import Column, key_of, normal, plain
from stadtlabor.values.local_times import moments
from stadtlabor.values.words import NO, YES

QUESTION = re.compile(r"\?|\S+(?:\s+\S+){3,}|\[[^\]]+\]$")
FINISHED = YES | {
    "complete", "completed", "abgeschlossen", "vollständig", "fertig", "finished", "100", "submitted", "beendet",
    "ausgefüllt", "abgeschickt",
}  # fmt: skip
UNFINISHED = NO | {
    "incomplete", "unvollständig", "partial", "teilweise", "abgebrochen", "offen", "nicht abgeschlossen", "started",
    "nicht beendet", "begonnen", "angefangen", "in bearbeitung", "unterbrochen", "screened out", "disqualified",
}  # fmt: skip
# What a tool's own columns are called; each is one only where its cells are of that kind, too.
FIELDS: Mapping[str, str] = {
    **dict.fromkeys(
        ("begonnenam", "gestartetam", "startdate", "startdateutc", "startedat", "start", "startzeit"), "started"
    ),
    **dict.fromkeys(
        ("beendetam", "abgeschlossenam", "submitdateutc", "submissiontime", "completedat", "completiontime", "end",
         "ende", "endzeit", "enddate", "datum", "date", "datumderteilnahme"),
        "time",
    ),
    **dict.fromkeys(("id", "responseid", "antwortid", "submissionid", "fallnummer"), "id"),
    **dict.fromkeys(
        ("status", "teilnahmestatus", "bearbeitungsstatus", "abgeschlossen", "completed", "finished", "vollständig",
         "responsetype", "responsestatus"),
        "completed",
    ),
}  # fmt: skip
# Between a question and one of its parts, where several columns share the question.
BEFORE_A_PART = (" - ", " – ", ": ", "/")
OWN_WORDS = re.compile(r"(?i)\((?:text|freitext|bitte angeben|please specify)\)|[_ ](?:text|other)$")
# From this share of its cells on a column holds times.
MOSTLY = 0.9


def mark_own(columns: Sequence[Column], frame: pl.DataFrame) -> None:
    """Turn answers that are called and look like a tool's own fields into these; of several the first one counts."""
    for column in columns:
        role = FIELDS.get(normal(column.heading)) if column.role == "answer" else None
        if role and _is(role, cells(frame, column.name)):
            column.role, column.question = "meta", role


def read_parts(columns: Sequence[Column], frame: pl.DataFrame) -> None:
    """Questions asked in several columns, by what their headings share or by boxes that hold their own heading."""
    whole = [column for column in columns if column.role == "answer" and not column.subquestion]
    headings = {plain(column.heading) for column in whole}
    for sign in BEFORE_A_PART:
        stems = {column.index: _stem(column, sign) for column in whole if not column.subquestion}
        shared = [stem for stem in stems.values() if stem]
        for column in whole:
            stem = stems.get(column.index, "")
            if stem and shared.count(stem) > 1 and (QUESTION.search(stem) or stem in headings):
                _divide(column, stem, plain(column.heading)[len(stem) + len(sign) :])
    stems_of_parts = {column.question_text for column in whole if column.subquestion}
    for column in whole:
        if not column.subquestion and plain(column.heading) in stems_of_parts:
            # Its cells repeat, joined, what the boxes beside it say.
            column.role, column.question = "meta", "joined"
    for _, run in groupby(whole, key=lambda column: _is_box(column, frame)):
        boxes = list(run)
        if len(boxes) > 1 and _is_box(boxes[0], frame):
            _join(boxes)


def _is(role: str, given: pl.Series) -> bool:
    filled = given.drop_nulls()
    if role == "id":
        return filled.n_unique() == given.len()
    if role == "completed":
        words = set(filled.str.to_lowercase())
        return bool(words) and words <= FINISHED | UNFINISHED
    return filled.len() > 0 and moments(filled).is_not_null().sum() >= MOSTLY * filled.len()


def _stem(column: Column, sign: str) -> str:
    return plain(column.heading).rpartition(sign)[0]


def _divide(column: Column, stem: str, part: str) -> None:
    column.question_text, column.subquestion_text = stem, part
    column.question, column.subquestion = key_of(stem, "column"), key_of(part, f"{column.index + 1}")
    column.is_other = bool(OWN_WORDS.search(part))


def _is_box(column: Column, frame: pl.DataFrame) -> bool:
    """Whether every cell is empty or says what the heading says."""
    if column.role != "answer" or column.subquestion:
        return False
    values = cells(frame, column.name).drop_nulls().unique().to_list()
    return values == [column.heading]


def _join(boxes: Iterable[Column]) -> None:
    boxes = list(boxes)
    name = ", ".join(column.heading for column in boxes)
    for column in boxes:
        _divide(column, name, plain(column.heading))
