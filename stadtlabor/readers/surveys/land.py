"""From a tool's plan to landing tables: responses, answers and questions, in columns at once."""

import json
from collections.abc import Iterable, Mapping

import polars as pl

from stadtlabor.base import pseudonyms
from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.rejects import Reject
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import SurveyFacts, first_and_last
from stadtlabor.readers.landing_tables import ANSWERS, QUESTIONS, RESPONSES
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.surveys.duplicates import resolve
from stadtlabor.readers.surveys.model import SPAM, Column, Plan, make_unique, named
from stadtlabor.readers.surveys.personal import mark_personal
from stadtlabor.readers.surveys.questions import Question, understand
from stadtlabor.values.text_columns import SHEET_ERROR

# What `Question.value_rows` gives.
_VALUE = dict.fromkeys(("column", "cell_value", "part", "value", "code", "answer_kind"), pl.String)
_ANSWER = pl.Schema((name, pl.String() if name == "value" else pl.Categorical()) for name in ("line", *ANSWERS))


def land(plan: Plan, manifest: Manifest | None, title: str, tool: str) -> ReadResult:
    """Land one export.

    `tool` is the reader's name. Test responses keep their row in `responses`; their answers are left out. Responses of
    the status `SPAM` are rejected. `SurveyFacts.answer_cells` is counted on the file's cells, not on the landed
    answers. Raises DeliveryError where the file holds no response or no question.
    """
    frame = _tidied(plan)
    mark_personal(plan.columns, frame)
    repeated = make_unique(plan.columns)
    columns = [column for column in plan.columns if column.role == "answer"]
    if frame.is_empty():
        raise DeliveryError(
            "the file holds a header and no response",
            remedy="Export all responses, then deliver again.",
            rule="no_record",
        )
    if not columns:
        raise DeliveryError(
            "the file holds no question", remedy="Export the answers, not only the participants.", rule="no_record"
        )
    frame, spam = _without_spam(frame)
    frame, rejects, twice = resolve(frame, columns, plan.columns)
    frame = frame.with_columns(_keys(frame, manifest))
    asked = frame.filter(pl.col("status") != "test")
    questions = understand(columns, asked, manifest)
    answers = _answers(asked, questions)
    result = ReadResult(
        tables={
            "responses": frame.select("line", *RESPONSES).cast(pl.String),
            "answers": answers,
            "questions": _question_rows(questions),
        },
        rejects=[*spam, *rejects],
        notes=[*plan.notes, *repeated, *_spam_notes(spam), *twice, *_dropped(plan.columns)],
        facts=_facts(plan, title, frame, asked, columns, questions),
    )
    result.notes += _status_notes(frame)
    return result


def _tidied(plan: Plan) -> pl.DataFrame:
    """The records with blanks around cells taken off, empty cells null, and the responses' columns beside."""
    text = pl.exclude("line").str.strip_chars()
    cells = plan.frame.with_columns(text.str.replace(SHEET_ERROR, "").replace("", None))
    return pl.concat([cells, plan.responses.cast(pl.String)], how="horizontal")


def _without_spam(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Reject]]:
    """The responses of people, and those that the tool itself takes for nobody's."""
    is_spam = pl.col("status") == SPAM
    lines = frame.filter(is_spam)["line"].cast(pl.Int64)
    return frame.filter(~is_spam), [Reject("responses", line, "status", "spam_response") for line in lines]


def _spam_notes(spam: list[Reject]) -> Iterable[str]:
    if spam:
        yield f"{len(spam)} response(s) that the tool takes for spam were set aside"


def _keys(frame: pl.DataFrame, manifest: Manifest | None) -> pl.Series:
    scope, secret = (manifest.id, None) if manifest else ("", pseudonyms.throwaway_key())
    return pl.Series("response_key", pseudonyms.pseudonyms(scope, frame["tool_id"], secret), dtype=pl.String)


def _answers(frame: pl.DataFrame, questions: list[Question]) -> pl.DataFrame:
    """One row per answer: several answers in a cell split, codes and kinds set.

    All but the answer itself stands in many rows, and so as a category.
    """
    people = frame.select("line", "response_key").cast(pl.String).cast(pl.Categorical)
    given = [_given(people, frame[question.column.name], question) for question in questions]
    return pl.concat(pl.collect_all(given), rechunk=True)


def _given(people: pl.DataFrame, cells: pl.Series, question: Question) -> pl.LazyFrame:
    """The answers in one column, in the order of `people` (line, response_key)."""
    values = pl.DataFrame(list(question.value_rows()), schema=_VALUE, orient="row")
    column = question.column
    return (
        people.with_columns(cell_value=cells)
        .lazy()
        .filter(pl.col("cell_value").is_not_null())
        .join(values.lazy().drop("column"), on="cell_value", how="left", maintain_order="left")
        .select(
            "line",
            "response_key",
            question=pl.lit(column.question),
            subquestion=pl.lit(column.subquestion),
            cell=pl.lit(column.cell),
            part=pl.col("part").fill_null("1"),
            value=pl.coalesce("value", "cell_value"),
            code="code",
            answer_kind=pl.coalesce("answer_kind", pl.lit(question.kind)),
        )
        .cast(_ANSWER)
    )


def _question_rows(questions: list[Question]) -> pl.DataFrame:
    rows = [
        {
            "line": "1",
            "question": question.column.question,
            "subquestion": question.column.subquestion,
            "position": str(question.column.index + 1),
            "question_text": question.column.question_text,
            "subquestion_text": question.column.subquestion_text,
            "question_type": question.question_type,
            "options": json.dumps(question.options, ensure_ascii=False),
            "asked_if": question.column.asked_if,
            "is_free_text": "true" if question.is_free_text else "false",
        }
        for question in questions
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("line", *QUESTIONS), pl.String))


def _facts(
    plan: Plan, tool: str, frame: pl.DataFrame, asked: pl.DataFrame, columns: list[Column], questions: list[Question]
) -> SurveyFacts:
    status = dict(frame.group_by("status").len().iter_rows())
    days = asked.select(pl.coalesce("submitted_at", "started_at").str.head(10)).to_series()
    cells = asked.select(pl.col(column.name).is_not_null().sum() for column in columns).sum_horizontal()[0]
    return SurveyFacts(
        layout=plan.layout,
        rows=frame.height,
        periods=first_and_last(days),
        tool=tool,
        codebook=plan.codebook,
        answer_cells=int(cells),
        completed=status.get("completed", 0),
        incomplete=status.get("incomplete", 0),
        test=status.get("test", 0),
        languages=sorted(set(frame["language"].drop_nulls())),
        questions=len({question.column.question for question in questions}),
        question_columns=len(questions),
    )


def _dropped(columns: list[Column]) -> Iterable[str]:
    if personal := named(columns, "personal"):
        yield f"dropped on load as personal: {personal}"
    if index := named(columns, "index"):
        yield f"passed over the row number: {index}"
    if meta := named(columns, "meta"):
        yield f"the tool's own columns, not answers: {meta}"
    if timing := named(columns, "timing"):
        yield f"page and question timings, not answers: {timing}"


def _status_notes(frame: pl.DataFrame) -> Iterable[str]:
    reasons: Mapping[tuple[str, str], int] = {
        (status, reason): count
        for status, reason, count in frame.group_by("status", "status_reason", maintain_order=True).len().iter_rows()
    }
    for (status, reason), count in sorted(reasons.items()):
        left_out = "; left out, answers and all" if status == "test" else ""
        yield f"{count} response(s) {status}: {reason}{left_out}"
