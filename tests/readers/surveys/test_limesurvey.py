"""LimeSurvey: three styles of headings, its own rule for completion, its structure file as codebook."""

import csv
import json

import pytest

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.readers import registry
from stadtlabor.readers.surveys.tools import limesurvey_structure
from tests.readers.surveys import oracle

OWN = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
LONG = "Bitte lesen Sie:\t" + "sehr langer Text\xa0mit\nUmbruch " * 40


def write(path, header, rows, delimiter=",", end="\r\n", mark="\ufeff"):
    """All quoted, CRLF between records, as LimeSurvey writes."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(mark)
        writer = csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=end)
        writer.writerow(header)
        writer.writerows(rows)
        stream.write(end)
    return path


@pytest.fixture
def codes(tmp_path):
    """157 records of which 143 are incomplete, one name 14 times, a row index in front."""
    header = ["", *OWN, *["time"] * 14, "Q2[SQ001]", "Q2[SQ002]", "Q2[other]", "Q3", "Q3[other]", LONG, "ipaddr"]
    rows = []
    for n in range(1, 158):
        submitted = "1980-01-01 00:00:00" if n % 11 == 0 else ("NA" if n % 2 else "")
        choice = ["A1", "A2", "-oth-", "N/A", "NA", ""][n % 6]
        rows.append([
            n, n + 40, submitted, n % 5, "de", f"{n}123.0", *["x" if (n + k) % 3 else "" for k in range(14)],
            "Y" if n % 2 else "", "Y" if n % 3 else "", "Gleis\nAnger" if n % 10 == 0 else "", choice,
            "im Café, gern" if choice == "-oth-" else "", "  " if n % 2 else "ja; doch", "192.168.0.1",
        ])  # fmt: skip
    return write(tmp_path / "results-survey.csv", header, rows)


def test_no_answer_is_lost_and_none_invented(codes):
    result = oracle.read(codes, "limesurvey")

    rows = oracle.records(codes)[1:]
    # Row index, LimeSurvey's five own columns and the address are no answers.
    expected = oracle.filled(rows, lambda n: 6 <= n < 26)
    assert oracle.cells(result) == expected == result.facts.answer_cells
    assert not result.rejects


def test_the_submit_date_decides_and_1980_is_no_date(codes):
    result = oracle.read(codes, "limesurvey")

    assert oracle.statuses(result) == {"completed": 14, "incomplete": 143}
    responses = result.tables["responses"]
    assert responses["submitted_at"].null_count() == 157
    assert responses.filter(status="completed")["status_reason"].unique().to_list() == [
        "submitdate is 1980-01-01: completed, time not recorded"
    ]
    assert result.facts.periods == []


def test_one_name_fourteen_times_is_fourteen_questions(codes):
    result = oracle.read(codes, "limesurvey")

    repeated = [question for question, _ in oracle.questions(result) if question.split(" ")[0] == "time"]
    assert len(set(repeated)) == 14
    assert any("14 times" in note for note in result.notes)


def test_the_tools_words_for_a_gap_are_no_answers(codes):
    result = oracle.read(codes, "limesurvey")

    kinds = {(value, kind) for value, _, kind in oracle.answers(result, "Q3")}
    assert kinds == {
        ("A1", "choice"), ("A2", "choice"), ("-oth-", "choice"), ("N/A", "not_asked"), ("NA", "no_answer")
    }  # fmt: skip
    assert {kind for _, _, kind in oracle.answers(result, "Q3", "other")} == {"other"}
    assert ("Gleis\nAnger", None, "other") in oracle.answers(result, "Q2", "other")


def test_ticked_boxes_are_marks(codes):
    result = oracle.read(codes, "limesurvey")

    assert oracle.questions(result)["Q2", "SQ001"]["question_type"] == "multiple"
    assert set(oracle.answers(result, "Q2", "SQ001")) == {("Y", "marked", "choice")}


@pytest.mark.parametrize(("ticked", "empty"), [("1", "0"), ("Ja", "Nein"), ("Yes", "No")])
def test_boxes_written_both_ways_say_which_is_which(tmp_path, ticked, empty):
    rows = [[n, "2022-01-01 10:00:00", 1, "de", 5, ticked, empty if n % 2 else ticked] for n in range(1, 6)]
    path = write(tmp_path / "r.csv", [*OWN, "Q1[SQ001]", "Q1[SQ002]"], rows)

    result = oracle.read(path, "limesurvey")

    assert oracle.answers(result, "Q1", "SQ002")[0] == (empty, "not_marked", "choice")
    assert oracle.answers(result, "Q1", "SQ002")[1] == (ticked, "marked", "choice")


def test_personal_columns_are_dropped_and_named(codes):
    result = oracle.read(codes, "limesurvey")

    assert "dropped on load as personal: ipaddr" in result.notes
    assert "192.168.0.1" not in result.tables["answers"]["value"].to_list()
    assert not result.tables["responses"]["response_key"].is_in([str(n) for n in range(200)]).any()


def test_an_answer_that_is_a_mail_address_is_dropped_whatever_its_heading(tmp_path):
    rows = [[n, "", 1, "de", 5, f"jemand{n}@example.org", "ja"] for n in range(1, 4)]
    path = write(tmp_path / "r.csv", [*OWN, "Q1", "Q2"], rows)

    result = oracle.read(path, "limesurvey")

    assert set(result.tables["answers"]["question"]) == {"Q2"}
    assert "dropped on load as personal: Q1" in result.notes


def test_codes_with_texts(tmp_path):
    header = [
        "id. Antwort ID", "submitdate. Datum Abgeschickt", "lastpage. Letzte Seite", "startlanguage. Start-Sprache",
        "G1Q1. Wie alt\tsind\xa0Sie?\n(in Jahren)", "G1Q2[SQ001]. Wie zufrieden sind Sie? [Einkauf (Ort)]",
        "G1Q2[SQ002]. Wie zufrieden sind Sie? [Verkehr]", "wegTime. Wie lange?", "interviewtime. Gesamtzeit",
        "groupTime12. Gruppenzeit: A", "G1Q1Time. Fragenzeit: G1Q1",
    ]  # fmt: skip
    rows = [
        ["1", "2022-01-01 10:00:00", "3", "de", "33", "4", "5", "20", "61.4", "3", "2"],
        ["2", "", "1", "de", "", "2", "", "", "", "", ""],
    ]
    path = write(tmp_path / "r.csv", header, rows, delimiter=";")

    result = oracle.read(path, "limesurvey")

    row = oracle.questions(result)["G1Q2", "SQ001"]
    assert (row["question_text"], row["subquestion_text"]) == ("Wie zufrieden sind Sie?", "Einkauf (Ort)")
    assert oracle.questions(result)["G1Q1", ""]["question_text"] == "Wie alt sind Sie? (in Jahren)"
    assert result.tables["responses"]["duration_seconds"].to_list() == ["61", None]
    # What is called …Time before the total is a question.
    assert result.facts.answer_cells == 5


def test_a_repeated_number_is_one_respondent(tmp_path):
    header = [*OWN, "startdate", "Q1", "Q2"]
    rows = [
        ["1", "", "1", "de", "5", "2022-01-01 10:00:00", "a", ""],
        ["1", "2022-01-01 11:00:00", "2", "de", "5", "2022-01-01 10:00:00", "a", "b"],
        ["2", "", "1", "de", "5", "2022-01-02 10:00:00", "a", "c"],
        ["2", "", "1", "de", "5", "2022-01-02 10:00:00", "a", "c"],
        ["1", "", "1", "de", "5", "2022-02-02 10:00:00", "a", "d"],
    ]
    result = oracle.read(write(tmp_path / "r.csv", header, rows), "limesurvey")

    assert [(reject.line, reject.reason) for reject in result.rejects] == [
        (2, "duplicate_response"), (5, "duplicate_record")
    ]  # fmt: skip
    # The third number 1 began a month later: another person, from another export.
    assert result.tables["responses"]["line"].to_list() == ["3", "4", "6"]
    assert result.tables["responses"]["response_key"].n_unique() == 3


def test_row_names_that_r_wrote_without_a_heading(tmp_path):
    rows = [["7", "1", "2022-01-01 10:00:00", "1", "de", "5", "a"], ["9", "2", "NA", "1", "de", "5", "b"]]

    result = oracle.read(write(tmp_path / "r.csv", [*OWN, "Q1"], rows), "limesurvey")

    assert result.facts.answer_cells == 2
    assert oracle.statuses(result) == {"completed": 1, "incomplete": 1}
    assert not result.rejects


def test_a_file_without_a_response_is_refused_by_name(tmp_path):
    path = write(tmp_path / "leer.csv", [*OWN, "Q1"], [])

    with pytest.raises(DeliveryError, match="leer.csv: the file holds a header and no response"):
        oracle.read(path, "limesurvey")


@pytest.mark.parametrize(
    ("name", "own", "completed", "incomplete"),
    [("limesurvey_fulltext.csv", 5, 70, 0), ("limesurvey_long_heading.csv", 7, 2, 5)],
)
def test_real_exports(shared_data, name, own, completed, incomplete):
    path = shared_data / "surveys" / name
    header, *rows = oracle.records(path)

    result = oracle.read(path, "limesurvey")

    timed = [n for n, heading in enumerate(header) if heading.startswith(("Total time", "Group time", "Question time"))]
    # The part of an address that tells where somebody lives is no answer.
    street = [n for n, heading in enumerate(header) if "[Street]" in heading]
    expected = oracle.filled(rows, lambda n: n >= own and n not in (*timed, *street))
    assert oracle.cells(result) == expected == result.facts.answer_cells
    assert (result.facts.completed, result.facts.incomplete) == (completed, incomplete)
    assert result.tables["answers"]["cell"].n_unique() <= len(header)


STRUCTURE = """<?xml version="1.0" encoding="UTF-8"?>
<document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>{version}</DBVersion>
<languages><language>en</language><language>de</language></languages>
<groups><rows><row><gid>1</gid><grelevance>1</grelevance></row></rows></groups>
<surveys><rows><row><sid>9</sid><language>en</language></row></rows></surveys>{tables}</document>"""


def table(name, *rows):
    cells = "".join("<row>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in row.items()) + "</row>" for row in rows)
    return f"<{name}><rows>{cells}</rows></{name}>"


ROUTED = '((pendelt.NAOK == "A1"))'
ROUTED_TWICE = "pendelt.NAOK=='A1' && !is_empty(womit)"


def old_structure():
    question = {"gid": 1, "parent_qid": 0, "language": "de", "relevance": "1"}
    return STRUCTURE.format(
        version=178,
        tables=table(
            "questions",
            {**question, "qid": 1, "type": "L", "title": "pendelt", "question": "<p>Pendeln&nbsp;Sie?</p>"},
            {**question, "qid": 1, "type": "L", "title": "pendelt", "question": "Do you commute?", "language": "en"},
            {**question, "qid": 2, "type": "M", "title": "womit", "question": "Womit?", "relevance": ROUTED},
            {**question, "qid": 3, "type": "F", "title": "rate", "question": "Bewerten", "relevance": ROUTED_TWICE},
        )
        + table(
            "subquestions",
            {"qid": 7, "parent_qid": 2, "title": "SQ001", "question": "Auto", "question_order": 1, "language": "de"},
            {"qid": 8, "parent_qid": 3, "title": "r1", "question": "Takt", "question_order": 1, "language": "de"},
        )
        + table(
            "answers",
            {"qid": 1, "code": "A2", "answer": "Nein", "sortorder": 2, "language": "de"},
            {"qid": 1, "code": "A1", "answer": "Ja", "sortorder": 1, "language": "de"},
            {"qid": 3, "code": "1", "answer": "gut", "sortorder": 1, "language": "de"},
        ),
    )  # fmt: skip


def new_structure():
    question = {"gid": 1, "parent_qid": 0, "relevance": "1"}
    return STRUCTURE.format(
        version=600,
        tables=table("questions", {**question, "qid": 1, "type": "L", "title": "pendelt"})
        + table("question_l10ns", {"qid": 1, "question": "Pendeln Sie?", "language": "de"})
        + table("answers", {"aid": 5, "qid": 1, "code": "A1", "sortorder": 1})
        + table("answer_l10ns", {"aid": 5, "answer": "Ja", "language": "de"}),
    )


@pytest.fixture
def with_codebook(tmp_path):
    (tmp_path / "survey.lss").write_text(old_structure(), "utf-8")
    rows = [
        ["1", "2022-01-01 10:00:00", "3", "de", "9", "A1", "Y", "Roller", "1"],
        ["2", "", "1", "de", "9", "A2", "", "", ""],
    ]
    return write(tmp_path / "r.csv", [*OWN, "pendelt", "womit[SQ001]", "womit[other]", "rate[r1]"], rows)


def test_the_structure_beside_gives_labels_types_and_routing(with_codebook):
    result = oracle.read(with_codebook, "limesurvey")

    asked = oracle.questions(result)
    assert asked["pendelt", ""]["question_text"] == "Pendeln Sie?"
    assert asked["pendelt", ""]["options"] == '[{"code": "A1", "label": "Ja"}, {"code": "A2", "label": "Nein"}]'
    assert asked["womit", "SQ001"]["subquestion_text"] == "Auto"
    assert asked["womit", "SQ001"]["question_type"] == "multiple"
    assert asked["rate", "r1"]["question_type"] == "scale"
    assert json.loads(asked["womit", "SQ001"]["asked_if"])["question"] == "pendelt"
    assert json.loads(asked["womit", "SQ001"]["asked_if"])["answers"] == ["A1"]
    # More than one answer to one question: told as it is, not guessed.
    assert set(json.loads(asked["rate", "r1"]["asked_if"])) == {"expression"}
    assert oracle.answers(result, "pendelt") == [("A1", "A1", "choice"), ("A2", "A2", "choice")]


OWN_IN = {
    "code": ("id", "submitdate", "lastpage", "startlanguage"),
    "de": ("Antwort ID", "Datum Abgeschickt", "Letzte Seite", "Start-Sprache"),
    "en": ("Response ID", "Date submitted", "Last page", "Start language"),
    "fr": ("ID de la réponse", "Date de soumission", "Dernière page", "Langue de départ"),
    "es": ("ID de respuesta", "Fecha de envío", "Última página", "Lenguaje inicial"),
}
OWN_CELLS = (("1", "2022-01-01 10:00:00", "3", "de"), ("2", "", "1", "de"))
KEPT = [(), (0,), (1,), (0, 1), (3,), (0, 1, 2, 3)]
# Headings of the questions, and what a cell holds: codes, or the labels' texts.
STYLES = {
    "codes": (["pendelt", "womit[SQ001]", "rate[r1]"], [("A1", "Y", "1"), ("A2", "", "")]),
    "texts": (["Pendeln Sie?", "Womit? [Auto]", "Bewerten [Takt]"], [("Ja", "Ja", "gut"), ("Nein", "Nein", "")]),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", OWN_IN)
def test_own_columns_ticked_off_beside_a_structure(tmp_path, language, style):
    """Whichever of LimeSurvey's own columns were exported, the structure tells questions, answers and who finished."""
    (tmp_path / "survey.lss").write_text(old_structure(), "utf-8")
    questions, given = STYLES[style]
    for kept in KEPT:
        header = [OWN_IN[language][place] for place in kept] + questions
        records = [[*(own[place] for place in kept), *cells] for own, cells in zip(OWN_CELLS, given, strict=True)]
        result = oracle.read(write(tmp_path / "r.csv", header, records), "limesurvey")

        assert set(oracle.questions(result)) == {("pendelt", ""), ("womit", "SQ001"), ("rate", "r1")}, kept
        assert [code for _, code, _ in oracle.answers(result, "pendelt")] == ["A1", "A2"], kept
        assert oracle.answers(result, "womit", "SQ001")[0][1] == "marked", kept
        assert result.facts.incomplete == (1 if 1 in kept else 0), kept


def test_a_structure_that_cannot_be_read_is_refused_where_it_is_delivered(with_codebook):
    """The answers are read all the same: one that only lies beside is no part of the delivery."""
    path = with_codebook.parent / "survey.lss"
    path.write_text(path.read_text("utf-8").replace("</row>", "</rxw>", 1), "utf-8")

    assert oracle.read(with_codebook, "limesurvey").facts.codebook == ""
    with pytest.raises(DeliveryError, match=r"survey\.lss: the structure is not well-formed XML"):
        oracle.read(path, "limesurvey_structure")


def test_a_heading_that_lost_or_gained_a_delimiter_is_named_as_the_cause(tmp_path):
    path = write(tmp_path / "r.csv", [*OWN, "Q1", "Q2", "Q3"], [[1, "", 3, "de", 9, "a", "b"]] * 3)

    with pytest.raises(DeliveryError, match=r"r\.csv, line 2: none of its 3 record\(s\).*7 fields, the header has 8"):
        oracle.read(path, "limesurvey")


def test_labels_in_the_answers_find_their_codes(tmp_path):
    (tmp_path / "survey.lss").write_text(old_structure(), "utf-8")
    header = [
        "Response ID",
        "Date submitted",
        "Last page",
        "Start language",
        "Pendeln  Sie?",
        "Womit? [Auto]",
        "Womit? [Other]",
    ]
    path = write(
        tmp_path / "r.csv", header, [["1", "", "3", "de", "Ja", "Yes", ""], ["2", "", "3", "de", "Nein", "No", "x"]]
    )

    result = oracle.read(path, "limesurvey")

    assert oracle.answers(result, "pendelt") == [("Ja", "A1", "choice"), ("Nein", "A2", "choice")]
    assert oracle.answers(result, "womit", "SQ001") == [("Yes", "marked", "choice"), ("No", "not_marked", "choice")]


def test_the_structure_of_newer_versions(tmp_path):
    path = tmp_path / "neu.lss"
    path.write_text(new_structure(), "utf-8")

    book = limesurvey_structure.parse(RawFile(path))

    assert book.questions["pendelt"].text == "Pendeln Sie?"
    assert book.questions["pendelt"].answers == {"A1": "Ja"}


def test_a_structure_is_recognised_and_holds_no_answers(with_codebook):
    path = with_codebook.parent / "survey.lss"

    result = oracle.read(path, "limesurvey_structure")

    assert result.tables == {}


def test_a_structure_with_entities_is_refused(tmp_path):
    path = tmp_path / "bombe.lss"
    path.write_text(old_structure().replace("<document>", '<!DOCTYPE d [<!ENTITY a "aa">]><document>'), "utf-8")

    with pytest.raises(DeliveryError, match="declares entities"):
        limesurvey_structure.parse(RawFile(path))


def test_the_real_structure(shared_data):
    book = limesurvey_structure.parse(RawFile(shared_data / "surveys" / "limesurvey_structure.lss"))

    assert len(book.questions) == 80
    assert json.loads(book.questions["noConsentReason"].asked_if)["answers"] == ["no"]


def test_inspect_names_the_structure_as_a_file_of_the_delivery(with_codebook):
    file = RawFile(with_codebook)
    reader, _ = registry.recognise(file)

    made = reader.scaffold(file, reader.read(file))

    assert [named["name"] for named in made["files"]] == ["r.csv", "survey.lss"]
