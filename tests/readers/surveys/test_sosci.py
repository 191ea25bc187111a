"""SoSci Survey: TAB under .csv, three encodings of the same, pretests out, residual codes."""

import pytest

from tests.readers.surveys import oracle

HEADER = oracle.fields(
    "CASE|SERIAL|REF|QUESTNNR|MODE|STARTED|A101|A102|A102_01|A102_02|A102_02a|A103_01|A104_REF|"
    "TIME001|TIME002|TIME_SUM|MAILSENT|LASTDATA|FINISHED|Q_VIEWER|LASTPAGE|MAXPAGE|MISSING|MISSREL|"
    "TIME_RSI|DEG_TIME"
)
ROWS = [
    oracle.fields("11|||base|debug|2018-02-20 15:07:30|1|1|1|2||x||5|6|11||2018-02-20 15:08:32|F|F|1|2|0|0|1|0"),
    oracle.fields(
        "12|S7|r|base|interview|2018-02-20 15:10:30|2|1|1|2|Mühle|ja, gern|https://a.de/7|5|6|11||"
        "2018-02-20 15:20:32|T|F|2|2|0|0|1|0"
    ),
    oracle.fields("13|||base|interview|2018-02-21 15:10:30|-9|-1|1|1||||5||5||2018-02-21 15:20:32|F|F|1|1|0|0|1|0"),
    oracle.fields("14|||base|pretest1|2018-02-21 16:10:30|1|0|1|1||||5||5||2018-02-21 16:20:32|T|F|1|1|0|0|1|0"),
]
ANSWERS = range(6, 12)


def write(path, rows=ROWS, header=HEADER, encoding="utf-8"):
    path.write_bytes("".join("\t".join(row) + "\r\n" for row in ([header] if header else []) + rows).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_interviews_only_and_every_cell_of_them(tmp_path, encoding):
    path = write(tmp_path / "data.csv", encoding=encoding)

    result = oracle.read(path, "sosci")

    rows = oracle.records(path, "\t", encoding)[1:]
    expected = oracle.filled(rows, lambda n: n in ANSWERS, lambda row: row[4] == "interview")
    assert oracle.cells(result) == expected == result.facts.answer_cells
    assert oracle.statuses(result) == {"test": 2, "completed": 1, "incomplete": 1}
    assert any("MODE is pretest1" in note and "left out" in note for note in result.notes)


def test_a_file_without_headings(tmp_path):
    path = write(tmp_path / "data.csv", header=None)

    result = oracle.read(path, "sosci")

    assert oracle.statuses(result) == {"test": 2, "completed": 1, "incomplete": 1}
    # A104_REF cannot be known without its name; it is one more column of the respondent's.
    expected = oracle.filled(oracle.records(path, "\t"), lambda n: 6 <= n < 13, lambda row: row[4] == "interview")
    assert oracle.cells(result) == expected
    assert ("V007", "") in oracle.questions(result)


@pytest.mark.parametrize(("true", "false"), [("1", "0"), ("TRUE", "FALSE"), ("T", "F")])
def test_finished_in_each_spelling(tmp_path, true, false):
    rows = [
        [{"T": true, "F": false}.get(cell, cell) if n == 18 else cell for n, cell in enumerate(row)] for row in ROWS
    ]

    assert oracle.statuses(oracle.read(write(tmp_path / "d.csv", rows), "sosci"))["completed"] == 1


def test_residual_codes_are_no_answers_and_boxes_are_marks(tmp_path):
    result = oracle.read(write(tmp_path / "d.csv"), "sosci")

    assert oracle.answers(result, "A101") == [("2", None, "choice"), ("-9", "-9", "no_answer")]
    assert oracle.answers(result, "A102", "02") == [("2", "marked", "choice"), ("1", "not_marked", "choice")]
    assert oracle.answers(result, "A102", "02a") == [("Mühle", None, "other")]
    assert oracle.answers(result, "A102", "count")[1] == ("-1", "-1", "no_answer")


def test_serial_and_referrer_are_dropped_and_named(tmp_path):
    result = oracle.read(write(tmp_path / "d.csv"), "sosci")

    assert "dropped on load as personal: SERIAL, REF, A104_REF" in result.notes
    assert "https://a.de/7" not in result.tables["answers"]["value"].to_list()


def test_a_second_row_of_labels_is_no_response(tmp_path):
    labels = ["Interview-Nummer", *[f"Text: {name}" for name in HEADER[1:]]]

    result = oracle.read(write(tmp_path / "d.csv", [labels, *ROWS]), "sosci")

    assert result.facts.rows == 4
    assert oracle.questions(result)["A103", "01"]["subquestion_text"] == "A103_01"
