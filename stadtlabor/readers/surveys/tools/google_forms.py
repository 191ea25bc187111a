"""Google Forms: the answers' sheet saved as CSV or Excel, or the CSV the form itself gives.

The sheet writes times as `10.03.2023 12:28:23` and joins several answers by ", "; the form's own CSV writes
`2023/03/21 8:16:53 AM OEZ` and joins them by ";". A form is sent or not there: every row is completed.
"""

from collections.abc import Sequence

import polars as pl

from stadtlabor.base.rejects import Reject
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.protocol import Recognition
from stadtlabor.readers.surveys.export import SurveyExport, cells, columns_of, mark_row_index, metas, responses
from stadtlabor.readers.surveys.model import Column, Plan, key_of, normal, plain, split_brackets, split_copy_number
from stadtlabor.values.day_order import is_ambiguous
from stadtlabor.values.local_times import iso, moments

META = {"timestamp": "time", "zeitstempel": "time", "punktzahl": "score", "score": "score", "gesamtpunktzahl": "score"}
# Another tool's headings beside a time stamp.
FOREIGN = frozenset(
    {
        "submissionid", "userid", "userdisplayname", "anzeigename", "benutzeranzeigename", "anzeigenamedesbenutzers",
        "benutzerid", "übermittlungsid", "einreichungsid", "respondentid", "responseid", "statistikcode", "timecode",
    }
)  # fmt: skip


class GoogleForms(SurveyExport):
    """Google Forms responses."""

    name = "google_forms"
    title = "Google Forms"
    looks_for = "a first column 'Timestamp' or 'Zeitstempel' of times, then questions"

    def is_header(self, cells: list[str]) -> bool:
        """A time stamp in the first column (or behind a row number) and a question beside it."""
        names = [normal(cell) for cell in cells]
        stamped = (names[:1] and META.get(names[0]) == "time") or (
            len(names) > 1 and names[0] in ("", "unnamed0", "x") and META.get(names[1]) == "time"
        )
        return bool(stamped) and len([name for name in names if name]) > 1 and not set(names) & FOREIGN

    def certainty(self, headings: list[str], records: list[list[str]]) -> Recognition | None:
        """Sure where the stamps are times."""
        place = 0 if normal(headings[0]) in META else 1
        stamps = pl.Series(
            [record[place] for record in records if len(record) > place and record[place].strip()], dtype=pl.String
        )
        if stamps.is_empty() or moments(stamps).null_count() * 2 > stamps.len():
            return None
        asks = any(" " in heading or "?" in heading for heading in headings[place + 1 :])
        return Recognition(0.85 if asks else 0.5, f"a column {headings[place]!r} of times, then questions")

    def plan(self, headings: list[str], frame: pl.DataFrame, file: RawFile, manifest: Manifest | None) -> Plan:
        """Questions by their texts, grids by 'Frage [Zeile]'."""
        columns = columns_of(headings, META)
        mark_row_index(columns, frame)
        frame, rejects = stamped(frame, metas(columns).get("time"))
        stamps = cells(frame, metas(columns).get("time"))
        joined = ";" if file.is_workbook is False and stamps.str.contains(r"^\d{4}/\d").any() else ", "
        read_text_headings(columns, "[]")
        for column in columns:
            column.separator = joined if column.role == "answer" else None
        notes = [f"several answers in a cell are joined by {joined!r}"]
        if is_ambiguous(stamps):
            notes.append(
                "the times' day and month cannot be told apart; read as month/day, as Google writes them in English"
            )
        return Plan(columns, frame, form_responses(frame, stamps, columns, "a sent form"), notes, rejects)


def stamped(frame: pl.DataFrame, name: str | None) -> tuple[pl.DataFrame, list[Reject]]:
    """The records with a time stamp, and rejects of the others: a sum or a note below the answers is nobody's form."""
    has_stamp = cells(frame, name).is_not_null()
    lost = frame.filter(~has_stamp)["line"].to_list()
    detail = "no time stamp: the form's tool writes one with every response"
    return frame.filter(has_stamp), [Reject("responses", line, "", "not_understood", detail) for line in lost]


def read_text_headings(columns: Sequence[Column], pair: str) -> None:
    """Question texts; what stands in brackets at the end is a grid's row where several columns share the text."""
    answers = [column for column in columns if column.role == "answer"]
    earlier: set[str] = set()
    split = []
    for column in answers:
        heading = plain(split_copy_number(column.heading, earlier))
        earlier.add(column.heading)
        split.append((heading, *split_brackets(heading, pair)))
    stems = [stem for _, stem, parts in split if parts]
    for column, (heading, stem, parts) in zip(answers, split, strict=True):
        if parts and stems.count(stem) > 1:
            column.question_text, column.subquestion_text = stem, " · ".join(parts)
            column.subquestion = key_of(column.subquestion_text, "[]")
        else:
            column.question_text = heading
        column.question = key_of(column.question_text, f"column {column.index + 1}")


def form_responses(
    frame: pl.DataFrame, stamps: pl.Series, columns: Sequence[Column], reason: str, number: pl.Series | None = None
) -> pl.DataFrame:
    """Responses of a form that only has sent ones. Without a number of its own, a response is its time and content.

    So the same form sent twice in one second counts once, and a response has one name in every export.
    """
    if number is None:
        whole = pl.concat_str(
            [pl.col(column.name).fill_null("") for column in columns if column.role != "index"], separator="\x1f"
        )
        number = frame.select(pl.when(pl.lit(stamps).str.contains(r":\d\d:\d\d")).then(whole)).to_series()
    return responses(
        frame,
        tool_id=number,
        status="completed",
        status_reason=f"{reason}: the tool stores no unfinished ones",
        submitted_at=iso(stamps),
    )


READER = GoogleForms()
