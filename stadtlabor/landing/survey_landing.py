"""What manifests and the dictionary say of surveys, as landing tables beside the readers' own.

One row per thing said, all text. `mapping` is the number of the entry under `questions` in `source.yml`.

    surveys                    what a survey says of itself
    survey_questions_mapping   which question, or part of it, asks for which concept and item
    survey_answers_mapping     which answer of it means which code
    survey_routing             to whom it was put: those who gave one of these answers to another question
    survey_margins             population counts that the answers may be weighted to
    previous_survey_cells      what the release that still serves published of the surveys' tables
    previous_survey_numbers    what it published of them beside these, and of how many respondents
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from stadtlabor.dictionary import concepts
from stadtlabor.indicators import survey_indicators
from stadtlabor.landing import previous_survey
from stadtlabor.manifest.source import Manifest
from stadtlabor.manifest.survey_section import QuestionMapping, Survey

Row = Mapping[str, Any]

OF_MANIFESTS: Mapping[str, tuple[str, ...]] = {
    "surveys": (
        "delivery_id", "town_id", "population", "wave", "title", "producer", "licence", "invited",
        "is_synthetic", "period_from", "period_to",
    ),
    "survey_questions_mapping": ("delivery_id", "mapping", "question", "subquestion", "concept", "part", "item"),
    "survey_answers_mapping": ("delivery_id", "mapping", "concept", "answer", "code"),
    "survey_routing": ("delivery_id", "mapping", "asked_question", "asked_answer"),
    "survey_margins": ("delivery_id", "concept", "answer", "count"),
}  # fmt: skip
TABLES: Mapping[str, tuple[str, ...]] = {
    **OF_MANIFESTS,
    **previous_survey.TABLES,
    **concepts.TABLES,
    "survey_indicators": survey_indicators.COLUMNS,
}


def tables(manifests: Iterable[Manifest], serving_release: Path | None = None) -> dict[str, pl.DataFrame]:
    """All tables of `TABLES`, filled from the manifests of the surveys in use and from the dictionary.

    Manifests of other kinds are passed over. `serving_release` is the release file that is public while
    this one is built. Every column is text; what is not said is null.
    """
    rows: dict[str, list[Row]] = {name: [] for name in OF_MANIFESTS}
    for manifest in manifests:
        if manifest.survey is not None:
            for name, found in _said(manifest, manifest.survey).items():
                rows[name] += [{"delivery_id": manifest.id, **row} for row in found]
    return {
        **{name: _frame(columns, rows[name]) for name, columns in OF_MANIFESTS.items()},
        **concepts.frames(concepts.themes()),
        **previous_survey.tables(serving_release),
        "survey_indicators": survey_indicators.frame(survey_indicators.catalogue()),
    }


def _said(manifest: Manifest, survey: Survey) -> dict[str, list[Row]]:
    numbered = [(place + 1, question) for place, question in survey.mapped]
    return {
        "surveys": [_survey(manifest, survey)],
        "survey_questions_mapping": [
            {"mapping": number, **row} for number, question in numbered for row in _parts(question)
        ],
        "survey_answers_mapping": [
            {"mapping": number, "concept": question.concept, "answer": answer, "code": code}
            for number, question in numbered
            for answer, code in question.answers.items()
        ],
        "survey_routing": [
            {"mapping": number, "asked_question": question.asked_if.question, "asked_answer": answer}
            for number, question in numbered
            if question.asked_if
            for answer in question.asked_if.answers
        ],
        "survey_margins": [margin.model_dump() for margin in survey.margins],
    }


def _survey(manifest: Manifest, survey: Survey) -> Row:
    return {
        "town_id": manifest.town,
        "population": survey.population,
        "wave": survey.wave,
        "title": manifest.title,
        "producer": manifest.producer,
        "licence": manifest.licence,
        "invited": survey.invited,
        "is_synthetic": str(manifest.synthetic).lower(),
        "period_from": manifest.period.first if manifest.period else None,
        "period_to": manifest.period.last if manifest.period else None,
    }


def _parts(question: QuestionMapping) -> Iterator[Row]:
    """One row per part that asks for an item, or one for the question as a whole."""
    stated = {"question": question.question, "subquestion": question.subquestion, "concept": question.concept}
    if not question.items:
        yield stated
    for part, item in question.items.items():
        yield {**stated, "part": part, "item": item}


def _frame(columns: tuple[str, ...], rows: list[Row]) -> pl.DataFrame:
    text = [{name: None if row.get(name) is None else str(row[name]) for name in columns} for row in rows]
    return pl.DataFrame(text, schema=dict.fromkeys(columns, pl.String))
