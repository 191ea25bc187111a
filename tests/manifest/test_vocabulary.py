"""A survey's `source.yml` that nobody understands is refused by line and field, never left out in silence."""

import polars as pl
import pytest

from stadtlabor.base import places
from stadtlabor.base.errors import DeliveryError
from stadtlabor.manifest import source
from stadtlabor.manifest.vocabulary import unknown_question, unknown_word

GOOD = """\
id: pendler-2023
kind: survey
town: moelln
title: Pendler
producer: Stadt
licence: CC0
received: 2026-01-02
period: {from: 2023-01-01, to: 2023-12-31}
synthetic: true
files: [{name: a.csv}]
survey:
  population: commuters
  questions:
    - question: MODE
      concept: commute_mode
      answers:
        Auto: car
        Bahn: rail
    - question: MIN
      concept: commute_minutes
      asked_if:
        question: MODE
        answers: [Auto]
    - question: KNOW
      concept: equipment
      items:
        SQ001: laptop
      answers:
        Ja: marked
        Nein: not_marked
  margins:
    - concept: age_group
      answer: age_18_24
      count: 640
"""
OPTIONS = '[{"code": "Auto", "label": "Auto"}]'
NUMBERED = '[{"code": "1", "label": "1"}, {"code": "2", "label": "2"}, {"code": "3", "label": "3"}]'
QUESTIONS = pl.DataFrame(
    [
        ("MODE", "", "single", OPTIONS),
        ("MIN", "", "number", "[]"),
        ("KNOW", "SQ001", "multiple", "[]"),
        ("HOW", "01", "scale", NUMBERED),
    ],
    schema=["question", "subquestion", "question_type", "options"],
    orient="row",
).with_columns(is_free_text=pl.lit("false"))
ANSWERS = pl.DataFrame(
    [("MODE", "", "Auto", "Auto"), ("MODE", "", "Bahn", None), ("MIN", "", "25", None), ("HOW", "01", "1", "1")],
    schema=["question", "subquestion", "value", "code"],
    orient="row",
).with_columns(answer_kind=pl.lit("choice"))


def loaded(tmp_path, old: str = "", new: str = ""):
    assert old in GOOD
    path = tmp_path / "source.yml"
    path.write_text(GOOD.replace(old, new, 1), "utf-8")
    return source.load(path), path


def test_a_manifest_in_the_shared_vocabulary_is_understood(tmp_path):
    survey, path = loaded(tmp_path)

    assert unknown_word(survey, path) is None
    assert unknown_question(survey, path, QUESTIONS, ANSWERS) is None


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "said"),
    [
        ("commute_mode", "comute_mode", 15, "survey.questions.0.concept", "Did you mean 'commute_mode'"),
        ("Auto: car", "Auto: cra", 17, "survey.questions.0.answers.Auto", "Did you mean 'car'"),
        ("Auto: car", "Auto: spaceship", 17, "survey.questions.0.answers.Auto", "There are: 'active'"),
        ("Auto: car", "Auto: by_car", 17, "survey.questions.0.answers.Auto", "another classification"),
        ("laptop", "labtop", 27, "survey.questions.2.items.SQ001", "Did you mean 'laptop'"),
        ("Ja: marked", "Ja: yes", 29, "survey.questions.2.answers.Ja", "'marked', 'not_marked'"),
        ("commute_minutes\n", "age_group\n      items: {a: b}\n", 21, "survey.questions.1.items", "has no items"),
        ("commute_minutes\n", "commute_km\n      answers: {a: b}\n", 21, "survey.questions.1.answers", "is a number"),
        ("commute_minutes\n", "commute_mode\n", 20, "survey.questions.1.concept", "`combine: true`"),
        ("commute_minutes\n", "equipment\n", 20, "survey.questions.1.concept", "under 'items': 'separate_room'"),
        (
            "commute_minutes\n",
            "commute_mode\n      combine: true\n      answers: {MIN: by_car}\n",
            22,
            "survey.questions.1.answers.MIN",
            "another classification",
        ),
        (
            "  margins:",
            "  margins:\n    - {concept: age_group, answer: age_18_24, count: 3}",
            34,
            "survey.margins.1.answer",
            "given twice",
        ),
        ("age_18_24", "age_18_25", 33, "survey.margins.0.answer", "'age_18_24'"),
        ("concept: age_group", "concept: agegroup", 32, "survey.margins.0.concept", "'age_group'"),
    ],
)
def test_a_word_the_dictionary_does_not_have_is_named(tmp_path, old, new, line, field, said):
    survey, path = loaded(tmp_path, old, new)
    fault = unknown_word(survey, path)

    assert fault is not None
    assert (fault.line, fault.column) == (line, f"field {field}")
    assert said in str(fault)


def test_do_not_know_goes_with_every_classification(tmp_path):
    survey, path = loaded(tmp_path, "commute_mode\n      answers:\n        Auto: car\n        Bahn: rail",
                          "coworking_interest\n      answers: {Auto: very, Bahn: unknown}")  # fmt: skip

    assert unknown_word(survey, path) is None


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("- question: MIN", "- question: MINN", 19, "no question in the files called 'MINN'. Did you mean 'MIN'"),
        ("  question: MODE\n        answers", "  question: MOOD\n        answers", 22, "Did you mean 'MODE'"),
        ("SQ001: laptop", "SQ01: laptop", 27, "no part of 'KNOW' called 'SQ01'. Did you mean 'SQ001'"),
        ("- question: MIN\n      concept: commute_minutes", "- question: MODE\n      concept: commute_km", 20,
         "'commute_km' is a number (km), and the answers are none: 'Auto'"),
        ("commute_minutes\n", "employed\n", 19, "none of the answers given is one of 'employed': '25'"),
        ("commute_minutes\n", "coworking_wishes\n      items: {'25': parking}\n", 20,
         "the answers are of another type"),
        ("Bahn: rail", "Bahn: car", 18, "by its words 'Bahn' is 'rail', and is mapped to 'car'"),
        ("question: MIN\n      concept: commute_minutes\n", "question: HOW\n      concept: employed\n", 19,
         "answered by its parts ('01'), and none is named. Name one, `subquestion: \"01\"`"),
        ("question: MIN\n      concept: commute_minutes\n", "question: HOW\n      concept: lab_satisfaction\n"
         "      subquestion: '02'\n", 21, "no part of 'HOW' called '02'"),
        ("question: MIN\n      concept: commute_minutes\n", "question: HOW\n      concept: lab_satisfaction\n"
         "      subquestion: '01'\n      answers: {'1': satisfied, '2': dissatisfied, '3': neutral}\n", 22,
         "neither rise nor fall with the scale"),
        ("[Auto]", "[Auot]", 23, "no answer to 'MODE' in the files called 'Auot'. Did you mean 'Auto'"),
    ],
)  # fmt: skip
def test_a_question_the_files_do_not_have_is_named(tmp_path, old, new, line, said):
    survey, path = loaded(tmp_path, old, new)
    fault = unknown_question(survey, path, QUESTIONS, ANSWERS)

    assert fault is not None
    assert fault.line == line
    assert said in str(fault)


@pytest.mark.parametrize(
    "entry",
    [
        # A question without a concept is not mapped, whatever stands under it; an answer without a code neither.
        "question: NOWHERE\n      answers: {a: , b: ''}",
        "question: MODE\n      concept:\n      answers: {Auto: }",
        "question: MODE\n      concept: commute_mode\n      combine: true\n      answers: {Auto: car, Bahn: }",
        "question: HOW\n      concept: lab_satisfaction\n      subquestion: '01'\n"
        "      answers: {'1': dissatisfied, '2': neutral, '3': satisfied}",
    ],
)
def test_what_is_not_mapped_is_left_alone_and_what_is_meant_is_taken(tmp_path, entry):
    survey, path = loaded(tmp_path, "question: MIN\n      concept: commute_minutes", entry)

    assert unknown_word(survey, path) is None
    assert unknown_question(survey, path, QUESTIONS, ANSWERS) is None
    assert len(survey.survey.mapped) == 2 + ("concept: " in entry)


def test_further_faults_are_counted(tmp_path):
    survey, path = loaded(tmp_path, "Auto: car\n        Bahn: rail", "Auto: x\n        Bahn: y")

    assert "1 further problem(s)" in str(unknown_word(survey, path))


def test_the_projects_own_surveys_are_understood():
    found = [(source.load(path), path) for path in sorted((places.PROJECT / "raw").glob("*/source.yml"))]
    surveys = [(one, path) for one, path in found if one.kind == "survey"]

    assert len(surveys) >= 6
    assert [str(fault) for one, path in surveys if (fault := unknown_word(one, path))] == []


def test_other_kinds_are_passed_over(tmp_path):
    one, path = loaded(tmp_path)
    other = one.model_copy(update={"kind": "statistics", "survey": None})

    assert unknown_word(other, path) is None
    with pytest.raises(DeliveryError, match="line 14, field survey.questions.0.question: x"):
        raise source.fault_at(path, ("survey", "questions", 0, "question"), "x")
