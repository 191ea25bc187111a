"""Helper columns for the landing tables of a survey; see `expectations.derived.derive`.

What an answer means is not in the answer: the manifest maps questions to concepts, and the dictionary
knows their answers and plausible numbers. Each distinct answer is judged once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from stadtlabor.dictionary import concepts
from stadtlabor.manifest.survey_section import QuestionMapping, Survey

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "responses": {
        "repeat": "how many rows with the same `response_key` stand before this one",
        "times": "impossible where a time has the right form and the calendar does not know it",
        "day": "day of `submitted_at`, else of `started_at`; null where neither can be read, and for trials, "
        "which are made before a survey opens",
        "takes_seconds": "seconds from `started_at` to `submitted_at`, null where one of them is missing",
    },
    "answers": {
        "repeat": "how many rows with the same response, cell and part stand before this one",
        "response": "accepted, quarantined or missing: what became of the answer's response",
        "meaning": "understood; unknown: its question is mapped, the answer is not; not_a_number or "
        "out_of_range for a mapped number; not_mapped where nothing asks for it; none where there is no answer",
        "answer": 'the answer and its question, for words such as `answer = "950 (Q12)"`',
    },
    "questions": {"repeat": "how many rows with the same question and part stand before this one"},
}

# The same three shapes of number that staging casts: 12 or 12,5; 1.200,50; 1,200.50.
PLAIN = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")
POINTS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")
COMMAS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+\.[0-9]+")

TIME = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$"

ANSWER_CHARACTERS, QUESTION_CHARACTERS = 40, 30
_KEY = ["question", "subquestion", "value", "code", "answer_kind"]


@dataclass(frozen=True)
class Beside:
    """What the rows of one table are judged by that stands elsewhere.

    `delivered` are the keys of all responses, `accepted` of those not in quarantine.
    """

    survey: Survey | None
    delivered: pl.Series
    accepted: pl.Series


def responses(frame: pl.DataFrame) -> pl.DataFrame:
    """The responses with their helper columns."""
    names = ("started_at", "submitted_at")
    start, end = (pl.col(name).str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False) for name in names)
    # Left empty where it has not even the form of a time, which is another fault.
    impossible = pl.any_horizontal(
        time.is_null() & pl.col(name).str.contains(TIME) for name, time in zip(names, (start, end), strict=True)
    )
    is_trial = pl.col("status") == "test"
    return frame.with_columns(
        pl.int_range(pl.len()).over("response_key").alias("repeat"),
        pl.when(impossible).then(pl.lit("impossible")).alias("times"),
        pl.when(~is_trial.fill_null(False)).then(pl.coalesce(end, start).dt.date()).alias("day"),
        (end - start).dt.total_seconds().alias("takes_seconds"),
    )


def questions(frame: pl.DataFrame) -> pl.DataFrame:
    """The questions with their helper column."""
    return frame.with_columns(pl.int_range(pl.len()).over("question", "subquestion").alias("repeat"))


def answers(frame: pl.DataFrame, beside: Beside) -> pl.DataFrame:
    """The answers with their helper columns."""
    key = pl.col("response_key")
    response = (
        pl.when(key.is_in(beside.accepted.implode())).then(pl.lit("accepted"))
        .when(key.is_in(beside.delivered.implode())).then(pl.lit("quarantined"))
        .otherwise(pl.lit("missing"))
    )  # fmt: skip
    # Each distinct answer is judged once; a survey of a million answers has some thousand of them.
    distinct = frame.select(_KEY).unique()
    meanings = distinct.with_columns(meaning=_meaning(distinct, beside.survey))
    return frame.join(meanings, on=_KEY, how="left", nulls_equal=True, maintain_order="left").with_columns(
        pl.int_range(pl.len()).over("response_key", "cell", "part").alias("repeat"),
        response.alias("response"),
        _named().alias("answer"),
    )


def _named() -> pl.Expr:
    value = pl.col("value").str.head(ANSWER_CHARACTERS).fill_null("–")
    part = pl.when(pl.col("subquestion").fill_null("") != "").then(
        pl.format(", {}", pl.col("subquestion").str.head(20))
    )
    question = pl.col("question").str.head(QUESTION_CHARACTERS).fill_null("–")
    return pl.format("{} ({}{})", value, question, part.otherwise(pl.lit("")))


def _meaning(distinct: pl.DataFrame, survey: Survey | None) -> pl.Series:
    by_question: dict[str, list[QuestionMapping]] = {}
    for _, mapping in survey.mapped if survey else []:
        by_question.setdefault(mapping.question, []).append(mapping)
    found = [
        min(
            (_judged(row, mapping) for mapping in by_question.get(row["question"], [])), default="not_mapped", key=_rank
        )
        for row in distinct.iter_rows(named=True)
    ]
    return pl.Series("meaning", found, dtype=pl.String)


def _rank(meaning: str) -> int:
    """A question may be mapped twice over, each mapping to a part of it: the one that speaks of it counts."""
    return ["understood", "none", "out_of_range", "not_a_number", "unknown", "not_mapped"].index(meaning)


def _judged(row: Mapping[str, str | None], mapping: QuestionMapping) -> str:
    concept = concepts.concepts().get(mapping.concept)
    part, value = row["subquestion"] or "", row["value"] or ""
    if concept is None:
        return "not_mapped"
    if concept.scale == "multiple":
        return _judged_mark(row, mapping, part, {value, row["code"] or value})
    if not mapping.speaks_of(part):
        return "not_mapped"
    if row["answer_kind"] in ("no_answer", "not_asked"):
        return "none"
    if concept.scale == "number":
        return _judged_number(value, concept)
    # Own words beside a choice are its answer "other", where the concept has one.
    known = set(mapping.answers) | concept.codes()
    is_other = row["answer_kind"] == "other" and "other" in concept.codes()
    return "understood" if {value, row["code"] or value} & known or is_other else "unknown"


def _judged_mark(row: Mapping[str, str | None], mapping: QuestionMapping, part: str, written: set[str]) -> str:
    """Of a multiple choice the box, or the answer itself where several stand in one cell, names the item."""
    if part not in mapping.items and mapping.subquestion not in (None, part):
        return "not_mapped"
    if row["answer_kind"] in ("no_answer", "not_asked"):
        return "none"
    if part in mapping.items or written & set(mapping.items) or row["answer_kind"] == "other":
        return "understood"
    # A box that is not mapped says that the question was answered, and no more.
    return "not_mapped" if part else "unknown"


def _judged_number(text: str, concept: concepts.Concept) -> str:
    number = _number(text)
    if number is None:
        return "not_a_number"
    assert concept.minimum is not None
    assert concept.maximum is not None
    return "understood" if concept.minimum <= number <= concept.maximum else "out_of_range"


def _number(text: str) -> float | None:
    if PLAIN.fullmatch(text):
        return float(text.replace(",", "."))
    if POINTS.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text.replace(",", "")) if COMMAS.fullmatch(text) else None
