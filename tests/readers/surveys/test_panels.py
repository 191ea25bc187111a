"""SurveyMonkey (two header rows), Qualtrics (three), SPSS (labels and missing values)."""

import csv
import datetime as dt

import polars as pl
import pyreadstat
import pytest
import xlsxwriter

from stadtlabor.base.errors import DeliveryError
from tests.readers.surveys import oracle

QUESTIONS = oracle.fields(
    "Respondent ID|Collector ID|Start Date|End Date|IP Address|Email Address|First Name|Last Name|"
    "Wie alt?|Was nutzen Sie?|||Bewertung||Anmerkung"
)
OPTIONS = oracle.fields("||||||||Response|Auto|Rad|Sonstiges (bitte angeben)|Lage|Preis|Open-Ended Response")
RESPONSES = [
    oracle.fields("991|77|43290.53487|43290.54|1.2.3.4|x@y.de|A|B|18-24|Auto|||gut|schlecht|ok"),
    oracle.fields("992|77|43291.5|43291.6|1.2.3.5||||25-30|Auto|Rad|Roller|schlecht|gut|"),
    oracle.fields("993|77|43292.5|43292.6|1.2.3.6||||||||||"),
]


def write(path, rows, delimiter=",", encoding="utf-8", end="\n"):
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(rows)
    return path


@pytest.mark.parametrize("title", [[["Bürgerbefragung 2018"]], []])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_surveymonkey(tmp_path, title, end):
    path = write(tmp_path / "s.csv", [*title, QUESTIONS, OPTIONS, *RESPONSES], end=end)

    result = oracle.read(path, "surveymonkey")

    assert oracle.cells(result) == oracle.filled(RESPONSES, lambda n: n > 7) == result.facts.answer_cells
    assert oracle.statuses(result) == {"completed": 2, "incomplete": 1}
    # 43290.53487 days after 1899-12-30 is 9 July 2018, 12:50:13.
    assert result.tables["responses"]["started_at"][0] == "2018-07-09T12:50:13"
    assert oracle.answers(result, "Was nutzen Sie?", "Auto") == [("Auto", "marked", "choice")] * 2
    assert oracle.answers(result, "Was nutzen Sie?", "Sonstiges (bitte angeben)") == [("Roller", None, "other")]
    assert {("Bewertung", "Lage"), ("Bewertung", "Preis"), ("Anmerkung", ""), ("Wie alt?", "")} <= set(
        oracle.questions(result)
    )


def test_surveymonkey_as_a_workbook_with_dates(tmp_path):
    path = tmp_path / "s.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        form = book.add_format({"num_format": "dd.mm.yyyy hh:mm:ss"})
        for number, row in enumerate([["Titel"], QUESTIONS, OPTIONS, *RESPONSES]):
            sheet.write_row(number, 0, row)
            if number > 2:
                sheet.write_number(number, 0, float(row[0]))
                for place in (2, 3):
                    sheet.write_datetime(
                        number, place, dt.datetime(1899, 12, 30) + dt.timedelta(float(row[place])), form
                    )

    result = oracle.read(path, "surveymonkey")

    assert oracle.cells(result) == oracle.filled(RESPONSES, lambda n: n > 7)
    assert result.tables["responses"]["started_at"].str.head(16).to_list()[0] == "2018-07-09T12:50"


NAMES = oracle.fields(
    "StartDate|EndDate|Status|IPAddress|Progress|Duration (in seconds)|Finished|RecordedDate|"
    "ResponseId|RecipientEmail|DistributionChannel|UserLanguage|Q1|Q2|Q2_5_TEXT|Q3_1|Q3_2|Q4|"
    "Q9_Page Submit"
)
TEXTS = oracle.fields(
    "Start Date|End Date|Response Type|IP Address|Progress|Duration (in seconds)|Finished|Recorded "
    "Date|Response ID|Recipient Email|Distribution Channel|User Language|How old are you?|What do "
    "you use? - Selected Choice|What do you use? - Other - Text|Rate - Location|Rate - Price|"
    "Comments\nplease|Timing - Page Submit"
)
IMPORTS = [f'{{"ImportId":"{name}","timeZone":"Europe/Berlin"}}' for name in NAMES]
RECORDED = [
    oracle.fields(
        "2023-01-01 10:00:00|2023-01-01 10:05:00|IP Address|1.2.3.4|100|300|True|2023-01-01 10:05:01|"
        "R_1||anonymous|DE|33|Car,Bus||good|bad|two\nlines|4.2"
    ),
    oracle.fields(
        "2023-01-01 11:00:00|2023-01-01 11:05:00|Survey Preview||100|300|True|2023-01-01 11:05:01|R_2||"
        "preview|DE|33|Car||good|bad|x|1"
    ),
    oracle.fields(
        "2023-01-02 11:00:00|2023-01-02 11:05:00|IP Address||50|300|False|2023-01-02 11:05:01|R_3||"
        "anonymous|EN|44|Bus,Car|boat|good|||"
    ),
]


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), ("\t", "utf-16")])
@pytest.mark.parametrize("headers", [[TEXTS, IMPORTS], [TEXTS], []])
def test_qualtrics(tmp_path, delimiter, encoding, headers):
    path = write(tmp_path / "q.csv", [NAMES, *headers, *RECORDED], delimiter, encoding)

    result = oracle.read(path, "qualtrics")

    expected = oracle.filled(RECORDED, lambda n: 12 <= n < 18, lambda row: "Preview" not in row[2])
    assert oracle.cells(result) == expected == result.facts.answer_cells
    assert oracle.statuses(result) == {"completed": 1, "incomplete": 1, "test": 1}
    assert oracle.answers(result, "Q2", "5_TEXT") == [("boat", None, "other")]
    assert [value for value, _, _ in oracle.answers(result, "Q2")] == ["Car", "Bus", "Bus", "Car"]
    if headers:
        row = oracle.questions(result)["Q3", "1"]
        assert (row["question_text"], row["subquestion_text"]) == ("Rate", "Location")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("1", "test"),
        ("2", "test"),
        ("Survey Test", "test"),
        ("Survey Preview", "test"),
        ("0", "completed"),
        ("IP Address", "completed"),
    ],
)
def test_qualtrics_status_as_numbers(tmp_path, status, expected):
    row = [status if n == 2 else "1" if n == 6 else cell for n, cell in enumerate(RECORDED[0])]

    assert oracle.statuses(oracle.read(write(tmp_path / "q.csv", [NAMES, TEXTS, IMPORTS, row]), "qualtrics")) == {
        expected: 1
    }


@pytest.mark.parametrize("status", ["8", "9", "12", "40", "Spam", "Imported Spam", "Preview Spam"])
def test_qualtrics_spam_is_set_aside_with_a_reason_of_its_own(tmp_path, status):
    """Neither respondent nor trial, and in the account: two records delivered, one row and one reject."""
    spam = [status if n == 2 else "R_9" if n == 8 else cell for n, cell in enumerate(RECORDED[0])]
    alone, beside = (
        oracle.read(write(tmp_path / f"{len(records)}.csv", [NAMES, TEXTS, IMPORTS, *records]), "qualtrics")
        for records in ([spam], [RECORDED[0], spam])
    )

    assert oracle.statuses(beside) == {"completed": 1}
    assert oracle.statuses(alone) == {}
    for result, line in ((alone, 5), (beside, 7)):
        assert [(one.line, one.reason, one.raw) for one in result.rejects] == [(line, "spam_response", "")]
        assert "1 response(s) that the tool takes for spam were set aside" in result.notes


def spss(path, columns, **about):
    pyreadstat.write_sav(pl.DataFrame(columns), str(path), **about)
    return path


def test_spss_labels_and_missing_values(tmp_path):
    path = spss(
        tmp_path / "s.sav",
        {"id": [1.0, 2.0, 3.0], "age": [2.0, 1.0, 99.0], "km": [3.5, None, -1.0], "txt": ["a b", "", "Ä"]},
        column_labels=["Nr", "Wie alt sind Sie?", "Kilometer", "Anmerkung"],
        variable_value_labels={
            "age": {1.0: "18 bis 24", 2.0: "25 bis 34", 99.0: "keine Angabe"},
            "km": {-1.0: "weiß nicht"},
        },
        missing_ranges={"age": [99], "km": [{"lo": -9, "hi": -1}]},
    )  # fmt: skip

    result = oracle.read(path, "spss")

    assert oracle.answers(result, "age") == [("2", "2", "choice"), ("1", "1", "choice"), ("99", "99", "no_answer")]
    assert oracle.answers(result, "km") == [("3.5", None, "number"), ("-1", "-1", "no_answer")]
    assert oracle.questions(result)["age", ""]["question_text"] == "Wie alt sind Sie?"
    assert oracle.cells(result) == 3 + 2 + 2 == result.facts.answer_cells


def test_spss_from_a_tool_follows_the_tools_rule(tmp_path):
    path = spss(
        tmp_path / "s.sav",
        {"CASE": [1.0, 2.0, 3.0], "MODE": ["interview", "debug", "interview"], "QUESTNNR": ["b"] * 3,
         "STARTED": ["2020-01-01 10:00:00"] * 3, "FINISHED": [1.0, 1.0, 0.0], "A101": [1.0, 2.0, -9.0],
         "LASTPAGE": [3.0] * 3, "MAXPAGE": [3.0] * 3},
        variable_value_labels={"A101": {1.0: "ja", 2.0: "nein", -9.0: "nicht beantwortet"}},
        missing_ranges={"A101": [-9]},
    )  # fmt: skip

    result = oracle.read(path, "spss")

    assert oracle.statuses(result) == {"completed": 1, "test": 1, "incomplete": 1}
    assert oracle.answers(result, "A101") == [("1", "1", "choice"), ("-9", "-9", "no_answer")]


def test_a_damaged_spss_file_is_refused_by_name(tmp_path):
    path = spss(tmp_path / "s.sav", {"a": [1.0, 2.0]})
    path.write_bytes(path.read_bytes()[:200])

    with pytest.raises(DeliveryError, match=r"s\.sav: the SPSS file cannot be read"):
        oracle.read(path, "spss")
