"""The sample deliveries as files: reproducible, complete, true to their tools, with the faults they promise."""

import csv
import io
import re

import polars as pl
import pytest

from stadtlabor import samples
from stadtlabor.base import places
from stadtlabor.dictionary import concepts
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest import source
from stadtlabor.readers.registry import recognise
from stadtlabor.samples.questionnaire import Questionnaire, questionnaires
from tests.samples import oracle

FORMS = {form.delivery: form for form in questionnaires()}
FORMATS = {
    "diessen-buergerbefragung-2022": "limesurvey",
    "dippoldiswalde-buergerbefragung-2022": "google_forms",
    "dippoldiswalde-buergerbefragung-2023": "google_forms",
    "oestrich-winkel-nutzerbefragung-2022": "qualtrics",
    "wittenberge-nutzerbefragung-2022": "nextcloud_forms",
    "wittenberge-pendlerbefragung-2022": "sosci",
}
WRITTEN_OUT = {
    "diessen-veranstaltungen-2022", "wittenberge-veranstaltungen-2022", "wittenberge-labortagebuch-2022",
}  # fmt: skip


def bytes_below(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def data_file(folder, delivery):
    return next(path for path in (folder / delivery).iterdir() if path.suffix == ".csv")


def text_of(folder, delivery):
    data = data_file(folder, delivery).read_bytes()
    return data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8-sig")


def landed(folder, delivery):
    described = source.load(folder / delivery / "source.yml")
    path = data_file(folder, delivery)
    file = RawFile(path, path.name)
    reader, _ = recognise(file)
    return described, reader, reader.read(file, described)


@pytest.fixture(scope="module")
def read(made):
    return {delivery: landed(made, delivery) for delivery in FORMATS}


def test_the_same_seed_gives_the_same_bytes(made, tmp_path):
    samples.generate(tmp_path, samples.SEED)

    assert bytes_below(tmp_path) == bytes_below(made)


def test_another_seed_gives_other_answers_in_the_same_files(made, tmp_path):
    samples.generate(tmp_path, 7)
    first, second = bytes_below(made), bytes_below(tmp_path)

    assert first.keys() == second.keys()
    # Lists of a few events and the journal say what the report says; there is nothing to draw.
    written_out = {name for name in first if name.split("/")[0] in WRITTEN_OUT}
    assert all(first[name] != second[name] for name in first.keys() - written_out if name.endswith(".csv"))


def test_raw_holds_what_the_seed_gives(made):
    """Byte for byte: whoever changes a shape commits what comes of it."""
    generated = bytes_below(made)
    raw = places.PROJECT / "raw"

    bookings, events, journals = 3, 5, 1
    assert len({name.split("/")[0] for name in generated}) == len(FORMATS) + bookings + events + journals
    for name, data in generated.items():
        assert (raw / name).read_bytes() == data, name


def test_every_town_with_a_survey_is_there_in_five_tools_forms():
    assert {FORMS[delivery].town for delivery in FORMATS} == {
        "diessen", "dippoldiswalde", "oestrich-winkel", "wittenberge",
    }  # fmt: skip
    assert FORMS.keys() == FORMATS.keys()
    assert len(set(FORMATS.values())) == 5


@pytest.mark.parametrize("delivery", FORMATS)
def test_the_manifest_says_that_it_is_made_up(made, delivery):
    described = source.load(made / delivery / "source.yml")

    assert described.synthetic
    assert described.title.startswith("Beispieldaten")
    assert described.licence == "CC0, synthetic"
    assert described.received > described.period.last


@pytest.mark.parametrize("delivery", FORMATS)
def test_files_are_small_and_hold_nobodys_address(made, delivery):
    for path in (made / delivery).iterdir():
        assert path.stat().st_size < 300_000
    text = text_of(made, delivery)
    addresses = set(re.findall(r"\b\d{1,3}(?:\.\d{1,3}){3}\b", text))

    assert "@" not in text
    assert all(address.startswith("192.0.2.") for address in addresses)
    assert not re.search(r"\b0\d{2,4}[ /-]\d{4,}", text)


@pytest.mark.parametrize("delivery", FORMATS)
def test_its_reader_recognises_the_file(read, delivery):
    _, reader, result = read[delivery]

    assert reader.name == FORMATS[delivery]
    assert result.facts.completed > 50


@pytest.mark.parametrize("delivery", FORMATS)
def test_trials_unfinished_and_finished_are_told_apart(made, read, delivery):
    facts, form = read[delivery][2].facts, FORMS[delivery]
    is_late = sum(defect.kind == "wrong_year" for defect in form.defects)

    assert facts.test == form.pretests
    assert facts.completed == oracle.read(made, delivery).completed + is_late
    assert (facts.incomplete > 0) == (form.completion < 1)


@pytest.mark.parametrize("delivery", FORMATS)
def test_no_answer_is_lost_on_reading(made, read, delivery):
    _, _, result = read[delivery]
    answers = result.tables["answers"]
    responses = result.tables["responses"]

    by_response = {row["line"]: row["response_key"] for row in responses.iter_rows(named=True)}
    tests = set(responses.filter(pl.col("status") == "test")["response_key"])
    found = answers.select("response_key", "cell").unique()
    expected = sum(
        count for line, count in filled_cells(made, delivery, read[delivery]) if by_response.get(str(line)) not in tests
    )

    assert found.height == expected


def filled_cells(folder, delivery, parts):
    """(line, answers given) of every record the reader made a response of; columns by name, not by reader."""
    _, _, result = parts
    kept = set(result.tables["responses"]["line"])
    delimiter = "\t" if FORMATS[delivery] == "sosci" else ","
    stream = csv.reader(io.StringIO(text_of(folder, delivery), newline=""), delimiter=delimiter)
    header = next(stream)
    own = {"id", "submitdate", "lastpage", "startlanguage", "seed", "Zeitstempel"}
    own |= {"Submission ID", "User ID", "User display name", "Timestamp"}
    own |= set("CASE SERIAL REF QUESTNNR MODE STARTED TIME_SUM MAILSENT LASTDATA FINISHED Q_VIEWER".split())  # noqa: SIM905
    own |= {"LASTPAGE", "MAXPAGE", "MISSING", "MISSREL", "TIME_RSI", "DEG_TIME", "TIME001", "TIME002", "TIME003"}
    own |= {"TIME004"} | set(header[:17] if FORMATS[delivery] == "qualtrics" else [])
    wanted = [index for index, heading in enumerate(header) if heading not in own]
    line = stream.line_num + 1
    for record in stream:
        if str(line) in kept:
            yield line, sum(bool(record[index].strip()) for index in wanted)
        line = stream.line_num + 1


@pytest.mark.parametrize("delivery", FORMATS)
def test_the_mapping_reaches_every_question_but_the_open_ones(read, delivery):
    described, _, result = read[delivery]
    asked = set(result.tables["questions"]["question"])
    mapped = {one.question for one in described.survey.questions}
    without = {q.text for q in FORMS[delivery].questions if q.concept is None}
    codes = {q.code for q in FORMS[delivery].questions if q.concept is None}

    assert mapped <= asked
    assert {re.sub(r" \(\d\)$", "", name) for name in asked - mapped} <= without | codes


@pytest.mark.parametrize("delivery", FORMATS)
def test_each_question_was_asked_in_one_classification(read, delivery):
    for mapping in read[delivery][0].survey.questions:
        concept = concepts.concepts()[mapping.concept]
        codes = set(mapping.answers.values())
        bases = [{answer.code for answer in concept.answers}]
        bases += [{answer.code for answer in level.answers} for level in concept.levels]
        assert not codes or any(codes <= base for base in bases), (mapping.question, codes)


@pytest.mark.parametrize("delivery", FORMATS)
def test_only_the_planted_answers_are_unknown_to_the_mapping(read, delivery):
    described, _, result = read[delivery]
    planted = sorted(str(d.value) for d in FORMS[delivery].defects if d.kind == "unknown_answer")

    unknown = []
    for mapping in described.survey.questions:
        if not mapping.answers and not mapping.items:
            continue
        for row in result.tables["answers"].filter(pl.col("question") == mapping.question).iter_rows(named=True):
            if row["answer_kind"] in ("no_answer", "not_asked"):
                continue
            is_choice = not mapping.items and row["subquestion"] == ""
            is_row = bool(mapping.answers) and row["subquestion"] in mapping.items
            if (is_choice or is_row) and row["value"] not in mapping.answers:
                unknown.append(row["value"])
            if mapping.items and not mapping.answers and row["subquestion"] == "" and row["value"] not in mapping.items:
                unknown.append(row["value"])
    assert sorted(unknown) == planted


@pytest.mark.parametrize("delivery", FORMATS)
def test_planted_values_times_and_records_stand_in_the_file(made, read, delivery):
    form, text = FORMS[delivery], text_of(made, delivery)
    _, _, result = read[delivery]

    for defect in form.defects:
        if defect.kind in ("value", "unknown_answer", "wrong_year"):
            assert str(defect.value) in text, defect
    reasons = sorted(reject.reason for reject in result.rejects)
    kinds = {"ragged_record": "wrong_number_of_fields", "repeated_record": "duplicate_record"}
    assert reasons == sorted(kinds[d.kind] for d in form.defects if d.kind in kinds)


@pytest.mark.parametrize("delivery", FORMATS)
def test_nobody_answers_a_question_that_routing_kept_from_them(made, delivery):
    survey = oracle.read(made, delivery)
    routed = [ask for ask in survey.asks if ask.only_if]

    strays = [
        (ask.concept, person) for person in survey.people for ask in routed
        if ask.concept in person and not oracle.was_asked(ask, person)
    ]  # fmt: skip
    assert routed or delivery == "wittenberge-nutzerbefragung-2022"
    assert strays == []


@pytest.mark.parametrize("delivery", FORMATS)
def test_open_links_bring_doubles(read, delivery):
    """The same answers to everything but the open questions, from two responses."""
    _, _, result = read[delivery]
    closed = result.tables["answers"].filter(pl.col("answer_kind") == "choice")
    fingerprints = closed.group_by("response_key").agg(pl.struct("cell", "value").sort().hash().sum(), pl.len())
    doubled = fingerprints.filter(pl.col("len") > 5)["cell"].is_duplicated().sum()

    assert doubled >= FORMS[delivery].doubles


def test_a_questionnaire_that_names_unknown_codes_is_refused():
    given = FORMS["diessen-buergerbefragung-2022"].model_dump(by_alias=True)
    given["questions"][3]["options"] = {"sometimes": "manchmal"}

    with pytest.raises(ValueError, match="does not know"):
        Questionnaire.model_validate(given)
