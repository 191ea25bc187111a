"""The gate and dbt's `core__survey_codes` judge an answer by one rule: of which mapping it is, and what it means."""

import itertools
import re

import duckdb
import jinja2
import polars as pl
import pytest

from expectations.derived import survey_columns
from expectations.suites import load
from stadtlabor.base import places
from stadtlabor.dictionary import concepts
from stadtlabor.landing import survey_landing
from stadtlabor.manifest.survey_section import QuestionMapping, Survey

DBT = places.PROJECT / "dbt"
MAPPINGS = [
    {"concept": "commute_minutes"},
    {"concept": "commute_minutes", "subquestion": "01"},
    {"concept": "commute_mode", "answers": {"A1": "car", "Bahn": "rail"}},
    {"concept": "commute_mode", "subquestion": "01", "answers": {"A1": "car"}},
    {"concept": "lab_rating", "items": {"01": "location", "02": "internet"}, "answers": {"1": "good", "2": "poor"}},
    {"concept": "equipment", "items": {"01": "laptop", "02": "quiet"}},
    {"concept": "equipment", "items": {"A1": "laptop", "Bahn": "quiet"}},
]
VALUES = ["25", "12,5", "1.200,50", "1,200.50", "-3", "900", "12,5 km", "١٢", "Bahn", "car", "A1", "1", "2", "Y", ""]
PARTS, CODES, KINDS = ["", "01", "02", "03"], [None, "A1", "1", "car"], ["choice", "number", "text", "other"]


def coded(mapping: QuestionMapping, answers: pl.DataFrame) -> pl.DataFrame:
    """What the model makes of the answers: its own SQL over tables in memory."""
    macros = (DBT / "macros" / "survey" / "coding.sql").read_text("utf-8")
    model = (DBT / "models" / "core" / "survey" / "core__survey_codes.sql").read_text("utf-8")
    sql = jinja2.Environment().from_string(macros + model).render(ref=lambda name: name)
    concept = concepts.concepts()[mapping.concept]
    with duckdb.connect() as connection:
        columns = ["question", "subquestion", "concept", "part", "item"]
        staged = pl.DataFrame(list(survey_landing._parts(mapping)), schema=dict.fromkeys(columns, pl.String)).select(
            pl.lit("s").alias("survey_id"),
            pl.lit(1).alias("mapping_position"),
            pl.col("concept").alias("concept_id"),
            pl.col("item").fill_null(""),
            pl.lit(concept.minimum, pl.Float64).alias("minimum"),
            pl.lit(concept.maximum, pl.Float64).alias("maximum"),
            pl.lit(concept.scale).alias("scale"),
            "question",
            "subquestion",
            "part",
        )
        meanings = pl.DataFrame(
            {"answer": list(mapping.answers), "code": list(mapping.answers.values())},
            schema={"answer": pl.String, "code": pl.String},
        ).with_columns(survey_id=pl.lit("s"), mapping_position=pl.lit(1))
        given = answers.rename({"value": "answer_text", "code": "answer_code"}).with_columns(survey_id=pl.lit("s"))
        known = concepts.frames(concepts.themes())["concept_answers"]
        for name, frame in {
            "core__survey_mappings": staged, "stg_landing__answers": given,
            "stg_landing__survey_answers_mapping": meanings, "stg_landing__concept_answers": known,
        }.items():  # fmt: skip
            connection.register(name, frame)
        return connection.sql(sql).pl()


@pytest.mark.parametrize("entry", MAPPINGS, ids=lambda one: one["concept"])
def test_an_answer_is_of_the_same_mapping_and_means_the_same_to_both(entry):
    mapping = QuestionMapping.model_validate({"question": "Q", **entry})
    rows = list(itertools.product(["Q", "R"], PARTS, VALUES, CODES, KINDS))
    answers = pl.DataFrame(rows, schema=["question", "subquestion", "value", "code", "answer_kind"], orient="row")
    survey = Survey(population="citizens", questions=[mapping])
    scale, known = concepts.concepts()[mapping.concept].scale, concepts.concepts()[mapping.concept].codes()

    judged = dict(zip(rows, survey_columns._meaning(answers, survey), strict=True))
    model = dict.fromkeys(rows, "not_mapped")
    for row in coded(mapping, answers).iter_rows(named=True):
        key = tuple(row[name] for name in ("question", "subquestion", "answer_text", "answer_code", "answer_kind"))
        if scale == "multiple":
            found = "understood" if row["item"] is not None else model[key]
        elif scale == "number":
            found = "not_a_number" if row["number"] is None else "understood" if row["is_plausible"] else "out_of_range"
        else:
            found = "understood" if row["code"] in known else "unknown"
        model[key] = found

    if scale == "multiple":
        # Own words beside a box, and a box or an answer that is not mapped, say only that something was marked.
        judged = {
            key: "not_mapped" if (key[4] == "other" and model[key] == "not_mapped") or meaning == "unknown" else meaning
            for key, meaning in judged.items()
        }
    assert {key: (judged[key], model[key]) for key in rows if judged[key] != model[key]} == {}
    assert len(set(model.values())) > 1


def test_both_let_the_same_figures_be_negative():
    suite = load("statistics").tables["figures"]
    told = next(one for one in suite if one.id == "count_negative").kwargs["row_condition"]
    model = (DBT / "models" / "core" / "core.yml").read_text("utf-8").partition("no_count_or_share_is_negative")[2]

    patterns = re.findall(r'contains[(]"([^"]+)"', told)
    assert re.findall(r"regexp_matches[(].+?, '([^']+)'[)]", model)[:2] == patterns
