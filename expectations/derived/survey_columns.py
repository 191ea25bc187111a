"""Helper columns for the landing tables of a survey; see `expectations.derived.derive`.

What an answer means is not in the answer: the manifest maps questions to concepts, and the dictionary
knows their answers and plausible numbers. Each distinct answer is judged once, by the models' own SQL.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from expectations.derived import coded_answers
from expectations.derived.coded_answers import KEY
from stadtlabor.manifest.survey_section import Survey

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "responses": {
        "repeat": "how many rows with the same `response_key` stand before this one",
        "times": "impossible where a time has the right form and the calendar does not know it",
        "day": "day of `submitted_at`, else of `started_at`; null where neither can be read, and for trials, "
        "which are made before a survey opens",
        "takes_seconds": "seconds from `started_at` to `submitted_at`, null where one of them is missing",
    },
    "answers": {
        "repeat": "1 where a row with the same response, cell and part stands before this one, else 0",
        "response": "accepted, quarantined or missing: what became of the answer's response",
        "meaning": "understood; unknown: its question is mapped, the answer is not; not_a_number or "
        "out_of_range for a mapped number; not_mapped where nothing asks for it; none where there is no answer",
        "answer": 'the answer and its question, for words such as `answer = "950 (Q12)"`',
    },
    "questions": {"repeat": "how many rows with the same question and part stand before this one"},
}

# The best first.
MEANINGS = pl.Enum(["understood", "none", "out_of_range", "not_a_number", "unknown", "not_mapped"])
TIME = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$"

# Large and odd, so that different keys seldom come to one number.
FACTORS = (2**32, 1, 0x9E3779B97F4A7C15)
ANSWER_CHARACTERS, QUESTION_CHARACTERS = 40, 30


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
    word = pl.Categorical()
    response = (
        pl.when(key.is_in(beside.accepted.implode())).then(pl.lit("accepted", word))
        .when(key.is_in(beside.delivered.implode())).then(pl.lit("quarantined", word))
        .otherwise(pl.lit("missing", word))
    )  # fmt: skip
    # Each distinct answer is judged once; a survey of a million answers has some thousand of them.
    distinct = frame.lazy().select(KEY).unique().collect()
    text = distinct.cast(pl.String)
    judged = distinct.with_columns(
        _meaning(text, beside.survey).cast(word).alias("meaning"),
        text.select(_named().cast(word).alias("answer")).to_series(),
    )
    # By itself and lazily: a join of the frame copies all of its columns.
    joined = frame.lazy().select(KEY).join(judged.lazy(), on=KEY, how="left", nulls_equal=True, maintain_order="left")
    said = joined.select("meaning", "answer").collect()
    return frame.with_columns(*said, _repeats(frame), response.alias("response"))


def _repeats(frame: pl.DataFrame) -> pl.Series:
    """1 where the same answer stood before; where no two have one number made of their keys, none did."""
    keys = ("response_key", "cell", "part")
    codes = (pl.col(name).cast(pl.Categorical).to_physical().cast(pl.UInt64) for name in keys)
    numbers = frame.select(sum(code * factor for code, factor in zip(codes, FACTORS, strict=True))).to_series().sort()
    if numbers.n_unique() == frame.height:
        return pl.zeros(frame.height, pl.Int64, eager=True).alias("repeat")
    return frame.select(repeat=(~pl.struct(keys).is_first_distinct()).cast(pl.Int64)).to_series()


def _named() -> pl.Expr:
    value = pl.col("value").str.head(ANSWER_CHARACTERS).fill_null("–")
    part = pl.when(pl.col("subquestion").fill_null("") != "").then(
        pl.format(", {}", pl.col("subquestion").str.head(20))
    )
    question = pl.col("question").str.head(QUESTION_CHARACTERS).fill_null("–")
    return pl.format("{} ({}{})", value, question, part.otherwise(pl.lit("")))


def _meaning(distinct: pl.DataFrame, survey: Survey | None) -> pl.Series:
    if survey is None or not survey.mapped:
        return pl.repeat("not_mapped", distinct.height, dtype=pl.String, eager=True)
    coded = coded_answers.coded(survey, distinct)
    # A question may be mapped twice over, each mapping to a part of it: the one that speaks of it counts.
    judged = coded.with_columns(meaning=_judged()).group_by(*KEY).agg(pl.col("meaning").min())
    keyed = distinct.with_columns(pl.col("subquestion").fill_null(""))
    found = keyed.join(judged, on=KEY, how="left", nulls_equal=True, maintain_order="left")
    return found["meaning"].cast(pl.String).fill_null("not_mapped")


def _judged() -> pl.Expr:
    """What a row of the model comes to; the best meaning is the first one."""
    kind, is_item = pl.col("answer_kind"), pl.col("item").is_not_null()
    meaning = (
        pl.when(kind.is_in(["no_answer", "not_asked"])).then(pl.lit("none"))
        .when(pl.col("scale") == "multiple").then(
            pl.when(is_item | (kind == "other")).then(pl.lit("understood"))
            # A box that is not mapped says that the question was answered, and no more.
            .when(pl.col("subquestion") != "").then(pl.lit("not_mapped"))
            .otherwise(pl.lit("unknown"))
        )
        .when(pl.col("scale") != "number").then(
            pl.when(pl.col("meant").is_not_null()).then(pl.lit("understood")).otherwise(pl.lit("unknown"))
        )
        .when(pl.col("number").is_null()).then(pl.lit("not_a_number"))
        .when(pl.col("is_plausible")).then(pl.lit("understood"))
        .otherwise(pl.lit("out_of_range"))
    )  # fmt: skip
    return meaning.cast(MEANINGS)
