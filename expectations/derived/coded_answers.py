"""What the answers of a survey mean to its mappings, by the very SQL of dbt's `core__survey_codes`.

The gate and the models judge by one rule, since it is one text: the model is rendered and run here over the answers
of one delivery, with its manifest and the dictionary for the tables that it refers to.
"""

from collections.abc import Iterator
from functools import cache

import jinja2
import polars as pl

from stadtlabor.base import fingerprint, places
from stadtlabor.dictionary import concepts
from stadtlabor.manifest.survey_section import Survey

# The columns by which answers are told apart.
KEY = ("question", "subquestion", "value", "code", "answer_kind")
_MAPPING = {
    "survey_id": pl.String, "mapping_position": pl.Int64, "question": pl.String, "subquestion": pl.String,
    "concept_id": pl.String, "part": pl.String, "item": pl.String, "scale": pl.String, "minimum": pl.Float64,
    "maximum": pl.Float64,
}  # fmt: skip
_MEANING = {"survey_id": pl.String, "mapping_position": pl.Int64, "answer": pl.String, "code": pl.String}


def coded(survey: Survey, answers: pl.DataFrame) -> pl.DataFrame:
    """Distinct answers (columns of `KEY`) → a row for each mapping that speaks of one, or of its question's boxes.

    The rows have the model's columns beside those of `KEY`: scale, item, number, is_plausible, and `meant`, the code of
    the concept.
    """
    given = answers.select(
        "question",
        pl.col("subquestion").fill_null(""),
        "answer_kind",
        survey_id=pl.lit(""),
        answer_text="value",
        answer_code="code",
    )
    tables = {
        "core__survey_mappings": pl.DataFrame(list(_mappings(survey)), schema=_MAPPING, orient="row"),
        "stg_landing__answers": given,
        "stg_landing__survey_answers_mapping": pl.DataFrame(list(_meanings(survey)), schema=_MEANING, orient="row"),
        "stg_landing__concept_answers": concepts.frames(concepts.themes())["concept_answers"],
    }
    # Most deliveries are no surveys, and need none of its memory.
    import duckdb

    with duckdb.connect() as connection:
        for name, frame in tables.items():
            connection.register(name, frame)
        found = connection.sql(_sql()).pl()
    return found.rename({"code": "meant", "answer_text": "value", "answer_code": "code"})


def _mappings(survey: Survey) -> Iterator[tuple[object, ...]]:
    for place, mapping in survey.mapped:
        concept = concepts.concepts().get(mapping.concept)
        if concept is None:
            continue
        parts: list[tuple[str | None, str]] = [*mapping.items.items()] or [(None, "")]
        for part, item in parts:
            yield (
                "", place, mapping.question, mapping.subquestion, concept.id, part, item, concept.scale,
                concept.minimum, concept.maximum,
            )  # fmt: skip


def _meanings(survey: Survey) -> Iterator[tuple[object, ...]]:
    for place, mapping in survey.mapped:
        yield from (("", place, answer, code) for answer, code in mapping.answers.items())


@cache
def _sql() -> str:
    text = "".join((places.PROJECT / path).read_text("utf-8") for path in fingerprint.JUDGING_MODELS)
    return jinja2.Environment(autoescape=False).from_string(text).render(ref=lambda name: name)
