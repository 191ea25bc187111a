"""Microsoft Forms: the workbook (or CSV) of responses, in German, English, French or Spanish.

ID, start and completion stand in front, then e-mail and name of whoever was signed in, then the questions. Several
answers are joined by ";" with one at the end, a Likert grid is 'Frage.Zeile', a quiz adds points and feedback.
"""

import re
from collections.abc import Sequence

import polars as pl

from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.protocol import Recognition
from stadtlabor.readers.surveys.export import SurveyExport, cells, columns_of, metas, responses
from stadtlabor.readers.surveys.model import Column, Plan, key_of, normal, plain
from stadtlabor.readers.surveys.tools.google_forms import stamped
from stadtlabor.values.day_order import is_ambiguous
from stadtlabor.values.local_times import iso, moments

META = {
    "id": "number",
    "startzeit": "start", "starttime": "start", "heurededébut": "start", "horadeinicio": "start",
    "fertigstellungszeit": "end", "completiontime": "end", "heuredefin": "end", "horadefinalización": "end",
    "letzteänderungszeit": "changed", "lastmodifiedtime": "changed", "heuredeladernièremodification": "changed",
    "horadelaúltimamodificación": "changed",
    "sprache": "language", "language": "language", "langue": "language", "idioma": "language",
    "gesamtpunkte": "points", "gesamtpunktzahl": "points", "totalpoints": "points", "quizfeedback": "points",
    "nombretotaldepoints": "points", "puntostotales": "points",
}  # fmt: skip
# The tool's own columns stand in front; a question may be called "Name" or "Sprache" as well.
OWN_FIELDS = 9
SIGNED_IN = frozenset({"nom", "nombre", "adressedemessagerie", "correoelectrónico"})
QUIZ = re.compile(r"(?:points|punkte|feedback|puntos|commentaires|comentarios)\s*[-–]\s.*", re.IGNORECASE)
GRID = re.compile(r"(.*[?!:…)])\.([^.\s].*)|(.*[^.\s])\.([^.\s][^.]*)", re.DOTALL)


class MsForms(SurveyExport):
    """Microsoft Forms responses."""

    name = "ms_forms"
    title = "Microsoft Forms"
    looks_for = "Startzeit and Fertigstellungszeit (or Start time and Completion time), then questions"

    def is_header(self, cells: list[str]) -> bool:
        """Start and completion in the first columns, and a question behind."""
        own = {META.get(normal(cell)) for cell in cells[:OWN_FIELDS]}
        return {"start", "end"} <= own and sum(map(bool, cells)) > len(own - {None}) and "duration" not in own

    def certainty(self, headings: list[str], records: list[list[str]]) -> Recognition | None:
        """Sure with a number in front."""
        is_numbered = normal(headings[0]) == "id"
        return Recognition(0.96 if is_numbered else 0.7, "Microsoft Forms' start and completion times")

    def plan(self, headings: list[str], frame: pl.DataFrame, file: RawFile, manifest: Manifest | None) -> Plan:
        """Questions by their texts, grids by 'Frage.Zeile'."""
        columns = columns_of(headings, META, OWN_FIELDS)
        for column in columns:
            if normal(column.heading) in SIGNED_IN and column.index < OWN_FIELDS:
                column.role = "personal"
            elif QUIZ.fullmatch(column.heading):
                column.role, column.question = "meta", "points"
        answers = [column for column in columns if column.role == "answer"]
        _read_headings(answers)
        frame = _mark_several(answers, frame)
        own = metas(columns)
        frame, rejects = stamped(frame, own.get("end"))
        started, ended = cells(frame, own.get("start")), cells(frame, own.get("end"))
        notes = ["several answers in a cell are joined by ';'"]
        if is_ambiguous(pl.concat([started, ended])):
            notes.append("the times' day and month cannot be told apart; read as month/day, as Forms writes in English")
        made = responses(
            frame,
            tool_id=cells(frame, own.get("number")),
            status="completed",
            status_reason="a sent form: the tool stores no unfinished ones",
            started_at=iso(started),
            submitted_at=iso(ended),
            duration_seconds=(moments(ended) - moments(started)).dt.total_seconds(),
            language=cells(frame, own.get("language")),
            identity=started,
        )
        return Plan(columns, frame, made, notes, rejects)


def _read_headings(answers: Sequence[Column]) -> None:
    """Question texts; 'Frage.Zeile' is a grid where several columns share the question."""
    split = [_parts(plain(column.heading)) for column in answers]
    stems = [stem for stem, part in split if part]
    for column, (stem, part) in zip(answers, split, strict=True):
        if part and stems.count(stem) > 1:
            column.question_text, column.subquestion_text = stem, part
            column.subquestion = key_of(part, "row")
        else:
            column.question_text = plain(column.heading)
        column.question = key_of(column.question_text, f"column {column.index + 1}")


def _parts(heading: str) -> tuple[str, str]:
    found = GRID.fullmatch(heading)
    if found is None:
        return heading, ""
    return (found[1], found[2]) if found[1] else (found[3], found[4].strip())


def _mark_several(answers: Sequence[Column], frame: pl.DataFrame) -> pl.DataFrame:
    """Columns whose every filled cell ends with ';' hold several answers, even where nobody gave two."""
    ended = []
    for column in answers:
        filled = cells(frame, column.name).drop_nulls()
        column.separator = ";"
        if filled.len() and filled.str.ends_with(";").all():
            column.declared = "multiple"
            ended.append(pl.col(column.name).str.strip_chars_end("; "))
    return frame.with_columns(ended)


READER = MsForms()
