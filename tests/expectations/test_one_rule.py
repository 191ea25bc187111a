"""The gate judges an answer by the SQL of dbt's `core__survey_codes`: of which mapping it is, and what it means."""

import polars as pl
import pytest

from expectations.derived import coded_answers, survey_columns
from stadtlabor.base import fingerprint, places
from stadtlabor.manifest.survey_section import QuestionMapping, Survey

MINUTES, PART = {"concept": "commute_minutes"}, {"concept": "commute_minutes", "subquestion": "01"}
MODE = {"concept": "commute_mode", "answers": {"A1": "car", "Bahn": "rail"}}
GRID = {"concept": "lab_rating", "items": {"01": "location"}, "answers": {"1": "good"}}
BOXES = {"concept": "equipment", "items": {"01": "laptop"}}
WORDS = {"concept": "equipment", "items": {"A1": "laptop", "Bahn": "quiet"}}
NUMBER = {"value": "25", "answer_kind": "number"}


@pytest.mark.parametrize(
    ("mapping", "answer", "meaning"),
    [
        (MINUTES, NUMBER, "understood"),
        # A mapping speaks of the part that it names, and of no other.
        (MINUTES, NUMBER | {"subquestion": "01"}, "not_mapped"),
        (PART, NUMBER | {"subquestion": "01"}, "understood"),
        (PART, NUMBER, "not_mapped"),
        (MINUTES, NUMBER | {"question": "R"}, "not_mapped"),
        (MINUTES, NUMBER | {"value": "12,5"}, "understood"),
        (MINUTES, NUMBER | {"value": "1.200,50"}, "out_of_range"),
        (MINUTES, NUMBER | {"value": "1,200.50"}, "out_of_range"),
        (MINUTES, NUMBER | {"value": "-3"}, "out_of_range"),
        (MINUTES, NUMBER | {"value": "12,5 km"}, "not_a_number"),
        (MINUTES, NUMBER | {"value": "١٢"}, "not_a_number"),
        (MINUTES, NUMBER | {"value": "k. A.", "answer_kind": "no_answer"}, "none"),
        (MODE, {"value": "Auto", "code": "A1"}, "understood"),
        (MODE, {"value": "Bahn"}, "understood"),
        (MODE, {"value": "car"}, "understood"),
        (MODE, {"value": "Auto", "code": "A9"}, "unknown"),
        (MODE, {"value": "Sänfte", "answer_kind": "other"}, "understood"),
        (GRID, {"value": "1", "subquestion": "01"}, "understood"),
        (GRID, {"value": "7", "subquestion": "01"}, "unknown"),
        (GRID, {"value": "1", "subquestion": "02"}, "not_mapped"),
        (BOXES, {"value": "Y", "subquestion": "01"}, "understood"),
        (BOXES, {"value": "Y", "subquestion": "02"}, "not_mapped"),
        (BOXES, {"value": "Laptop"}, "unknown"),
        (BOXES, {"value": "ein Tisch", "answer_kind": "other"}, "understood"),
        (WORDS, {"value": "Bahn"}, "understood"),
        (WORDS, {"value": "Auto", "code": "A1"}, "understood"),
    ],
)
def test_an_answer_means_what_its_mapping_says(mapping, answer, meaning):
    row = {"question": "Q", "subquestion": None, "code": None, "answer_kind": "choice"} | answer
    frame = pl.DataFrame([row], schema=dict.fromkeys(coded_answers.KEY, pl.String))
    survey = Survey(population="citizens", questions=[QuestionMapping.model_validate({"question": "Q", **mapping})])

    assert survey_columns._meaning(frame, survey).to_list() == [meaning]


def test_the_gate_runs_the_models_own_text(monkeypatch, tmp_path):
    """Another rule in the model is another verdict of the gate."""
    for path in fingerprint.JUDGING_MODELS:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        text = (places.PROJECT / path).read_text("utf-8")
        (tmp_path / path).write_text(text.replace("between minimum and maximum", "not between minimum and maximum"))
    monkeypatch.setattr(places, "PROJECT", tmp_path)
    monkeypatch.setattr(coded_answers, "_sql", coded_answers._sql.__wrapped__)

    test_an_answer_means_what_its_mapping_says(MINUTES, NUMBER, "out_of_range")
