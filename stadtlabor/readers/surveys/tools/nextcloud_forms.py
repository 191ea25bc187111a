"""Nextcloud Forms: `Submission ID,User ID,User display name,Timestamp,<questions>`, also from a sheet.

Several answers are joined by "; ", grids and rankings are `Frage (Zeile)`, and a second row (hidden in the
sheet) holds the columns' ids. Cells that begin with = + - @ carry an apostrophe in front.
Source: nextcloud/forms, lib/Service/SubmissionService.php.
"""

import re

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.protocol import Recognition
from stadtlabor.readers.surveys.export import SurveyExport, cells, columns_of, mark_row_index, metas
from stadtlabor.readers.surveys.model import Column, Plan, normal
from stadtlabor.readers.surveys.tools.google_forms import form_responses, read_text_headings, stamped

META = {
    "submissionid": "number", "einreichungsid": "number", "übermittlungsid": "number", "antwortid": "number",
    "timestamp": "time", "zeitstempel": "time",
}  # fmt: skip
NAMES = frozenset(["userdisplayname", "anzeigename", "benutzeranzeigename", "anzeigenamedesbenutzers", "benutzername"])
# Of Forms 1: a row for each answer.
OLD = frozenset({"voteoptiontext", "voteanswer"})
IDS = re.compile(r"submission_id|user_id|user_display_name|timestamp|question-id-\d+(?:-\d+)*")


class NextcloudForms(SurveyExport):
    """Nextcloud Forms responses."""

    name = "nextcloud_forms"
    title = "Nextcloud Forms"
    looks_for = "User display name, Timestamp and questions"

    def is_header(self, cells: list[str]) -> bool:
        """A user's display name and a time stamp, with at least one question behind."""
        names = {normal(cell) for cell in cells[:6]}
        if names >= OLD:
            return True
        return bool(names & NAMES) and bool(names & {"timestamp", "zeitstempel"}) and len(cells) > 2

    def certainty(self, headings: list[str], records: list[list[str]]) -> Recognition | None:
        """Sure with the row of ids or the submission's number."""
        if {normal(heading) for heading in headings} >= OLD:
            return Recognition(0.9, "the headings of Forms 1, which writes a row for each answer")
        if records and _is_id_row(records[0]):
            return Recognition(0.99, "Nextcloud Forms' headings and its row of column ids")
        return Recognition(0.93, "Nextcloud Forms' headings: user display name, timestamp")

    def plan(self, headings: list[str], frame: pl.DataFrame, file: RawFile, manifest: Manifest | None) -> Plan:
        """Questions by their texts, grids by the row of ids where there is one."""
        if {normal(heading) for heading in headings} >= OLD:
            raise DeliveryError(
                "Forms 1 writes a row for each answer, which is not read", file.name, 1,
                remedy="Export the responses with Nextcloud Forms 2 or later.", rule="no_header",
            )  # fmt: skip
        columns = columns_of(headings, META)
        mark_row_index(columns, frame)
        notes, ids = [], {}
        if frame.height and _is_id_row([frame[column.name][0] or "" for column in columns]):
            ids = {column.name: frame[column.name][0] for column in columns}
            frame = frame.slice(1)
            notes.append("passed over the second row: the columns' ids")
        read_text_headings(columns, "()")
        _join_ungrouped(columns, ids)
        frame = frame.with_columns(pl.exclude("line").str.replace(r"^'([=+\-@\t\r])", "${1}"))
        for column in columns:
            column.separator = "; " if column.role == "answer" else None
        own = metas(columns)
        frame, rejects = stamped(frame, own.get("time"))
        number = cells(frame, own["number"]) if "number" in own else None
        stamps = cells(frame, own.get("time"))
        return Plan(columns, frame, form_responses(frame, stamps, columns, "a submission", number), notes, rejects)


def _is_id_row(record: list[str]) -> bool:
    filled = [cell for cell in record if cell]
    return len(filled) >= 2 and all(IDS.fullmatch(cell) for cell in filled)


def _join_ungrouped(columns: list[Column], ids: dict[str, str]) -> None:
    """With the row of ids: '(…)' at the end of one question's text is no grid's row, however many share it."""
    for column in columns:
        found = re.fullmatch(r"question-id-\d+", ids.get(column.name) or "")
        if found and column.subquestion and column.role == "answer":
            column.question = column.question_text = f"{column.question_text} ({column.subquestion_text})"
            column.subquestion = column.subquestion_text = ""


READER = NextcloudForms()
