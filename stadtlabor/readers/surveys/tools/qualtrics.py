"""Qualtrics: three header rows (name, text, `{"ImportId":…}`), comma or TAB, line breaks inside answers.

Finished says whether somebody came to the end; Status and DistributionChannel say who was no respondent:
previews and tests are left out and counted, spam is set aside. Source: Qualtrics support, "Understanding your data
set".
"""

import re
from collections.abc import Mapping, Sequence

import polars as pl

from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.protocol import Recognition
from stadtlabor.readers.surveys.export import SurveyExport, cells, columns_of, mark_row_index, metas, responses
from stadtlabor.readers.surveys.model import SPAM, Column, Plan, normal, plain
from stadtlabor.values.local_times import iso

META = {
    "startdate": "start", "enddate": "end", "status": "status", "responsetype": "status", "progress": "progress",
    "durationinseconds": "duration", "finished": "finished", "recordeddate": "recorded", "responseid": "number",
    "responseset": "set", "distributionchannel": "channel", "userlanguage": "language", "qlanguage": "language",
    "qrecaptchascore": "check", "qballotboxstuffing": "check", "qrelevantidduplicate": "check",
    "qrelevantidduplicatescore": "check", "qrelevantidfraudscore": "check", "qrelevantidlaststartdate": "check",
    "qduplicaterespondent": "check",
}  # fmt: skip
# Old exports call Qualtrics' own columns V1, V2 …; their second row tells which is which.
TEST_STATUS = frozenset({"1", "2", "17"})
# What Qualtrics itself takes for no person's response.
SPAM_STATUS = frozenset({"8", "9", "12", "40"})
TRUE = frozenset({"1", "true", "wahr", "richtig", "yes", "ja"})
_TIMING = re.compile(r".*_(?:first click|last click|page submit|click count)", re.IGNORECASE)
_PART = re.compile(r"(.+?)_(\d+(?:_\d+)*)(_TEXT)?|(.+?)(_TEXT)")


class Qualtrics(SurveyExport):
    """Qualtrics responses."""

    name = "qualtrics"
    title = "Qualtrics"
    looks_for = "StartDate, EndDate and Finished, Progress, ResponseId or RecordedDate"

    def is_header(self, cells: list[str]) -> bool:
        """Start and end date, and another of Qualtrics' own columns."""
        own = {META[normal(cell)] for cell in cells if normal(cell) in META}
        is_number_of_surveymonkey = any(normal(cell) in ("respondentid", "collectorid") for cell in cells[:3])
        return (
            {"start", "end"} <= own
            and len(own & {"finished", "progress", "number", "recorded", "channel"}) >= 1
            and not is_number_of_surveymonkey
        )

    def certainty(self, headings: list[str], records: list[list[str]]) -> Recognition | None:
        """Sure with the row of import ids."""
        if any(_is_import_row(record) for record in records[:3]):
            return Recognition(0.99, "Qualtrics' columns and its row of import ids")
        return Recognition(0.85, "Qualtrics' columns StartDate, EndDate and others")

    def plan(self, headings: list[str], frame: pl.DataFrame, file: RawFile, manifest: Manifest | None) -> Plan:
        """Names as codes, the second row as texts."""
        columns = columns_of(headings, META)
        mark_row_index(columns, frame)
        frame, texts = _header_rows(columns, frame)
        for column in columns:
            if column.role == "answer":
                _describe(column, texts.get(column.name, ""))
        _share_texts(columns)
        return Plan(columns, frame, _responses(frame, metas(columns)))


def _is_import_row(record: Sequence[str]) -> bool:
    return any(cell.lstrip().startswith('{"ImportId"') for cell in record)


def _header_rows(columns: Sequence[Column], frame: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, str]]:
    """Take the rows of texts and of import ids off the records."""
    texts: dict[str, str] = {}
    start = metas(columns).get("start")
    while frame.height:
        first = {column.name: frame[column.name][0] or "" for column in columns}
        is_text_row = start is not None and not texts and first[start] and not re.search(r"\d", first[start])
        if is_text_row:
            texts = first
        elif not _is_import_row(list(first.values())):
            break
        frame = frame.slice(1)
    return frame, texts


def _describe(column: Column, text: str) -> None:
    if _TIMING.fullmatch(column.heading):
        column.role = "timing"
        return
    match = _PART.fullmatch(column.heading)
    column.question, column.question_text = column.heading, plain(text) or column.heading
    # Where every tick would have a column of its own the question is split already; else it is joined by ','.
    column.separator = ","
    if match:
        column.question = match[1] or match[4]
        column.subquestion = match[2] or ""
        if match[3] or match[5]:
            column.subquestion = f"{column.subquestion}_TEXT".lstrip("_")


def _share_texts(columns: Sequence[Column]) -> None:
    """'Frage - Option' of all parts of a question: what they share is the question, the rest the part."""
    groups: dict[str, list[Column]] = {}
    for column in columns:
        if column.role == "answer":
            groups.setdefault(column.question, []).append(column)
    for group in groups.values():
        texts = [column for column in group if column.subquestion.endswith("TEXT")]
        for column in texts:
            # Beside options a text field is somebody's 'other'; alone it is the question.
            column.is_other = len(texts) < len(group)
        if len(group) == 1 and not group[0].is_other:
            # 'Q3_2' alone is a name somebody gave, or a slider; its text is whole.
            continue
        stems = _common_stem([column.question_text for column in group])
        for column in group:
            rest = column.question_text[len(stems) :].strip(" -–:")
            if column.subquestion and stems:
                column.subquestion_text = re.sub(r" - Text$", "", rest)
            column.question_text = stems.strip(" -–") or column.question_text


def _common_stem(texts: Sequence[str]) -> str:
    """What all texts begin with, up to the last ' - ' (or '-') in it."""
    shortest = min(texts, key=len)
    length = next(
        (place for place in range(len(shortest)) if any(text[place] != shortest[place] for text in texts)),
        len(shortest),
    )
    stem = shortest[:length]
    if length == len(shortest) and all(text == shortest for text in texts):
        return shortest
    return stem[: stem.rfind("-") + 1] if "-" in stem else (stem if stem in texts else "")


def _responses(frame: pl.DataFrame, own: Mapping[str, str]) -> pl.DataFrame:
    statuses = cells(frame, own.get("status"))
    channel = cells(frame, own.get("channel")).str.to_lowercase()
    finished = cells(frame, own.get("finished")).str.to_lowercase()
    progress = cells(frame, own.get("progress")).str.replace(r"\.0$", "")
    done = finished.is_in(list(TRUE)) if "finished" in own else progress == "100"
    table = pl.DataFrame({"said": statuses, "channel": channel, "done": done.fill_null(False)})
    is_test = (
        pl.col("said").is_in(list(TEST_STATUS))
        | pl.col("said").str.contains("(?i)preview|test|vorschau")
        | (pl.col("channel") == "preview")
    ).fill_null(False)
    is_spam = (pl.col("said").is_in(list(SPAM_STATUS)) | pl.col("said").str.contains("(?i)spam")).fill_null(False)
    evidence = "Finished" if "finished" in own else "Progress"
    status = table.select(
        status=pl.when(is_spam).then(pl.lit(SPAM)).when(is_test).then(pl.lit("test"))
        .when("done").then(pl.lit("completed")).otherwise(pl.lit("incomplete")),
        reason=pl.when(is_spam | is_test).then(pl.format("Status is {}", pl.col("said").fill_null("preview")))
        .when("done").then(pl.lit(f"{evidence} says so")).otherwise(pl.lit(f"{evidence} says no")),
    )  # fmt: skip
    return responses(
        frame,
        tool_id=cells(frame, own.get("number")),
        status=status["status"],
        status_reason=status["reason"],
        started_at=iso(cells(frame, own.get("start"))),
        submitted_at=iso(cells(frame, own.get("recorded") or own.get("end"))).zip_with(
            status["status"] != "incomplete", pl.Series([None] * frame.height, dtype=pl.String)
        ),
        duration_seconds=cells(frame, own.get("duration")),
        last_page=progress if "progress" in own else pl.lit(None, dtype=pl.String),
        language=cells(frame, own.get("language")),
        identity=cells(frame, own.get("start")),
    )


READER = Qualtrics()
