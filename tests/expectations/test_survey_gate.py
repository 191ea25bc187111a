"""The survey suite: each expectation broken once, alone; and the sample surveys with exactly their planted faults."""

from collections import Counter

import polars as pl
import pytest

from expectations import gate, suites
from expectations.derived import survey_columns
from expectations.gate import GateContext
from stadtlabor import samples
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest import source
from stadtlabor.manifest.survey_section import Survey
from stadtlabor.readers import landing_tables
from stadtlabor.readers.registry import recognise
from stadtlabor.samples.questionnaire import questionnaires
from stadtlabor.values.stated import Period
from tests.expectations.rows import TODAY, TOWNS, frame, heard, named

PERIOD = Period.model_validate({"from": "2022-10-10", "to": "2022-12-21"})
SURVEY = Survey.model_validate(
    {
        "population": "citizens",
        "questions": [
            {"question": "Q12", "concept": "commute_minutes"},
            {"question": "PE03", "subquestion": "01", "concept": "commute_minutes"},
            {"question": "Q17", "concept": "coworking_interest", "answers": {"A1": "very", "eher nein": "rather_not"}},
            {"question": "Q11", "concept": "destination", "answers": {"München": "muenchen"}},
            {
                "question": "Q01",
                "concept": "town_satisfaction",
                "items": {"SQ001": "internet"},
                "answers": {"A1": "satisfied"},
            },
            {"question": "Q03", "concept": "town_wishes", "items": {"mehr Geschäfte": "shops", "SQ004": "youth"}},
        ],
    }
)
MINUTES = {"question": "Q12", "answer_kind": "number"}

BROKEN = [
    ("responses", "response_key_missing", {"response_key": None}),
    ("responses", "response_key_repeated", {"response_key": "other0"}),
    ("responses", "status_unknown", {"status": "halb fertig"}),
    ("responses", "status_missing", {"status": " "}),
    ("responses", "not_a_time", {"started_at": "12.10.2022 09:00"}),
    ("responses", "not_a_time", {"submitted_at": "2022-10-12"}),
    ("responses", "no_such_time", {"submitted_at": "2022-11-31T09:00:00"}),
    ("responses", "before_survey_period", {"submitted_at": "2022-10-09T23:59:59", "started_at": None}),
    ("responses", "after_survey_period", {"submitted_at": "2032-10-12T09:06:30"}),
    ("responses", "after_survey_period", {"submitted_at": None, "started_at": "2022-12-22T00:00:00"}),
    ("responses", "ends_before_it_starts", {"submitted_at": "2022-10-12T08:59:59"}),
    ("responses", "not_a_duration", {"duration_seconds": "6:30"}),
    ("answers", "answer_without_response", {"response_key": "nobody"}),
    ("answers", "question_missing", {"question": None}),
    ("answers", "answer_empty", {"value": None, "question": "Q99"}),
    ("answers", "answer_kind_unknown", {"answer_kind": "guess"}),
    ("answers", "answer_repeated", {"response_key": "other0"}),
    ("answers", "answer_unknown", {"question": "Q17", "value": "Kommt drauf an", "answer_kind": "other"}),
    ("answers", "answer_unknown", {"question": "Q17", "value": "A9", "answer_kind": "choice"}),
    ("answers", "answer_unknown", {"question": "Q11", "value": "Prag", "answer_kind": "choice"}),
    ("answers", "answer_unknown", {"question": "Q01", "subquestion": "SQ001", "value": "6", "answer_kind": "choice"}),
    ("answers", "answer_unknown", {"question": "Q03", "value": "mehr Parks", "answer_kind": "choice"}),
    ("answers", "answer_not_a_number", {**MINUTES, "value": "1 1/2 Std."}),
    ("answers", "answer_not_a_number", {**MINUTES, "value": "30-45", "answer_kind": "text"}),
    ("answers", "answer_not_a_number", {**MINUTES, "value": "१२"}),
    ("answers", "answer_not_a_number", {**MINUTES, "value": "nan"}),
    ("answers", "answer_out_of_range", {**MINUTES, "value": "950"}),
    ("answers", "answer_out_of_range", {**MINUTES, "value": "0"}),
    ("answers", "answer_out_of_range", {**MINUTES, "value": "-20"}),
    ("answers", "answer_out_of_range", {**MINUTES, "value": "1.200,50"}),
    ("answers", "answer_out_of_range", {"question": "PE03", "subquestion": "01", "value": "999"}),
    ("questions", "question_name_missing", {"question": None}),
    ("questions", "question_repeated", {"question": "other0"}),
    ("questions", "question_type_unknown", {"question_type": "likert"}),
    ("questions", "free_text_not_told", {"is_free_text": "ja"}),
]
# Follows from a fault of another row; its own test stands below.
FOLLOWS = {("answers", "response_in_quarantine")}
FINE = [
    ("answers", "", cells)
    for cells in (
        {**MINUTES, "value": "240"},
        {**MINUTES, "value": "12,5"},
        {**MINUTES, "value": "45", "answer_kind": "choice"},
        {"question": "Q17", "value": "eher nein", "answer_kind": "other"},
        {"question": "Q17", "value": "1", "code": "A1", "answer_kind": "choice"},
        {"question": "Q17", "value": "very", "answer_kind": "choice"},
        {"question": "Q17", "value": "-9", "answer_kind": "no_answer"},
        {"question": "Q17", "subquestion": "other", "value": "weiß der Kuckuck", "answer_kind": "other"},
        {"question": "Q11", "value": "Prag", "answer_kind": "other"},
        {"question": "Q01", "subquestion": "SQ009", "value": "was immer", "answer_kind": "choice"},
        {"question": "Q03", "value": "mehr Parks", "answer_kind": "other"},
        {"question": "Q03", "subquestion": "SQ004", "value": "Y", "code": "marked", "answer_kind": "choice"},
        {"question": "Q03", "subquestion": "count", "value": "4", "answer_kind": "number"},
        {"question": "PE03", "value": "egal", "answer_kind": "text"},
        {"question": "Q19", "value": "950 Ideen", "answer_kind": "text"},
    )
]


def told(**changed):
    given = {
        "delivery_id": "a-survey", "town_keys": TOWNS, "format": "limesurvey", "period": PERIOD, "today": TODAY,
        "survey": SURVEY,
    }  # fmt: skip
    return GateContext(**{**given, **changed})


def delivered(table=None, cells=None):
    """Ten good responses with an answer each, eleven questions, and one row more where it is asked for."""
    keys = [{"response_key": f"other{number}"} for number in range(10)]
    rows = {
        "responses": [*keys, {}],
        "answers": keys,
        "questions": [{"question": f"other{number}"} for number in range(10)],
    }
    if table == "responses":
        rows["responses"][-1] = cells
    elif table:
        rows[table] = [*rows[table], cells]
    return {name: as_read(name, frame(name, given)) for name, given in rows.items()}


def as_read(table, rows):
    """What stands in many rows comes from the readers of surveys as categories."""
    repeated = ("file", *(name for name in landing_tables.ANSWERS if name != "value"))
    return rows.cast(dict.fromkeys(repeated, pl.Categorical)) if table == "answers" else rows


def only_failing(result):
    return {check.check_id for check in result.checks if check.outcome == "failed"}


HEARD = heard("survey", [*BROKEN, *FINE], lambda case: (delivered(case[0], case[2]), told()))


@pytest.mark.parametrize("case", BROKEN, ids=named)
def test_a_row_that_breaks_one_expectation_is_quarantined_for_it_alone(case):
    table, reason, cells = case
    tables, result = delivered(table, cells), HEARD(case)

    assert result.refused is None
    assert result.quarantine.select("table_name", "line", "reason").rows() == [
        (table, str(tables[table].height + 1), reason)
    ]
    assert only_failing(result) == {reason}
    assert result.accepted[table].equals(tables[table].head(tables[table].height - 1))


def test_every_row_expectation_of_the_suite_is_broken_above():
    expected = {
        (table, one.id)
        for table, expectations in suites.load("survey").tables.items()
        for one in expectations
        if one.severity == "row"
    }

    assert {(table, reason) for table, reason, _ in BROKEN} | FOLLOWS == expected


@pytest.mark.parametrize("case", FINE, ids=named)
def test_what_the_manifest_and_the_dictionary_know_passes(case):
    result = HEARD(case)

    assert result.quarantine.is_empty()
    assert only_failing(result) == set()


def test_the_answers_of_a_quarantined_response_go_with_it():
    tables = delivered("responses", {"submitted_at": "2032-01-01T00:00:00"})
    tables["answers"] = pl.concat([tables["answers"], as_read("answers", frame("answers", [{"value": "30"}]))])
    result = gate.run("survey", tables, told())

    assert sorted(result.quarantine["reason"]) == ["after_survey_period", "response_in_quarantine"]
    assert result.accepted["answers"].height == 10


def test_of_a_repeated_response_the_first_keeps_its_answers():
    result = gate.run("survey", delivered("responses", {"response_key": "other0", "status": "incomplete"}), told())

    assert result.quarantine["reason"].to_list() == ["response_key_repeated"]
    assert result.accepted["answers"].height == 10


def test_trials_may_lie_before_the_survey():
    trial = {"status": "test", "started_at": "2022-09-30T10:00:00", "submitted_at": None}
    result = gate.run("survey", delivered("responses", trial), told())

    assert result.quarantine.is_empty()


def test_the_reason_names_question_and_value():
    cells = {"question": "Q17", "value": "Kommt drauf an", "answer_kind": "other"}
    result = gate.run("survey", delivered("answers", cells), told())

    assert result.quarantine["detail"].to_list() == ['answer = "Kommt drauf an (Q17)"']


@pytest.mark.parametrize("status", ["incomplete", "test"])
def test_a_survey_without_a_completed_response_is_refused(status):
    tables = delivered()
    tables["responses"] = tables["responses"].with_columns(pl.lit(status).alias("status"))
    result = gate.run("survey", tables, told())

    assert "No questionnaire is completed" in result.refused
    assert sum(one.height for one in result.accepted.values()) == 0


def test_a_survey_without_a_mapping_comes_in_unjudged():
    result = gate.run("survey", delivered("answers", {**MINUTES, "value": "950"}), told(survey=None))

    assert result.quarantine.is_empty()


def test_helper_columns_are_described_as_they_are():
    tables = delivered()
    nothing = survey_columns.Beside(None, tables["responses"]["response_key"], tables["responses"]["response_key"])
    made = {
        "responses": survey_columns.responses(tables["responses"]),
        "answers": survey_columns.answers(tables["answers"], nothing),
        "questions": survey_columns.questions(tables["questions"]),
    }

    for table, columns in survey_columns.COLUMNS.items():
        assert set(made[table].columns) == {*landing_tables.columns(table), *columns}


PLANTED = {"wrong_number_of_fields": "ragged_record", "duplicate_record": "repeated_record"}


@pytest.mark.parametrize("form", questionnaires(), ids=lambda form: form.delivery)
def test_a_sample_survey_loses_its_planted_faults_and_nothing_else(form, tmp_path_factory):
    folder = tmp_path_factory.getbasetemp() / "gate-samples"
    if not folder.exists():
        samples.generate(folder)
    described, tables, rejects = read(folder / form.delivery)
    result = gate.run("survey", tables, told(period=described.period, survey=described.survey, rejects=rejects))
    reasons = Counter(result.quarantine["reason"])
    followers = reasons.pop("response_in_quarantine", 0)

    assert result.refused is None
    assert reasons == expected_reasons(form)
    assert (followers > 0) == any(defect.kind == "wrong_year" for defect in form.defects)
    counted = sum(one.height for one in result.accepted.values()) + result.quarantine.height
    assert counted == sum(one.height for one in tables.values()) + len(rejects)


def expected_reasons(form):
    reasons = Counter()
    for defect in form.defects:
        if defect.kind == "wrong_year":
            reasons[
                "before_survey_period" if int(defect.value) < form.period.first.year else "after_survey_period"
            ] += 1
        elif defect.kind == "unknown_answer":
            # Own words, given once, are the answer "other" where the concept has one.
            is_other = defect.value in ("Prag", "Motorrad")
            reasons["answer_unknown"] += 0 if is_other else 1
        elif defect.kind == "value":
            text = str(defect.value).replace(",", ".")
            is_number = text.replace(".", "", 1).isdigit()
            fits = is_number and text == "1.5"
            reasons["answer_out_of_range" if is_number else "answer_not_a_number"] += 0 if fits else 1
        else:
            reasons[next(code for code, kind in PLANTED.items() if kind == defect.kind)] += 1
    return +reasons


def read(folder):
    described = source.load(folder / "source.yml")
    name = described.files[0].name
    file = RawFile(folder / name, name)
    reader, _ = recognise(file)
    result = reader.read(file, described)
    origin = {"delivery_id": described.id, "file": name, "file_sha256": "0" * 64, "row_sha256": "1" * 64}
    tables = {
        table: rows.with_columns(**{column: pl.lit(text) for column, text in origin.items()}).select(
            landing_tables.columns(table)
        )
        for table, rows in result.tables.items()
    }
    return described, tables, [(name, reject) for reject in result.rejects]
