"""Google Forms and Nextcloud Forms: times, several answers in a cell, grids, the row of ids."""

import csv

import pytest
import xlsxwriter

from tests.readers.surveys import oracle

HEADER = [
    "Zeitstempel", "E-Mail-Adresse", "Wie alt sind Sie?", "Was ist wichtig?", "Wie zufrieden? [Einkauf]",
    "Wie zufrieden? [Verkehr]", "Anmerkung [optional]", "Was fehlt?", "Was fehlt?",
]  # fmt: skip
SHEET = [
    oracle.fields(
        "10.03.2023 12:28:23|a@b.de|18 bis 24 Jahre|Internet, Ruhe, Drucker, auch für A3|gut|schlecht||Ein Café, bitte|"
    ),
    oracle.fields("10.03.2023 12:29:23||25 bis 34 Jahre|Ruhe|gut|mittel|ja||Bus"),
    oracle.fields("11.03.2023 12:28:23||18 bis 24 Jahre|Internet, Ruhe|gut|mittel|||"),
    oracle.fields("12.03.2023 12:28:23||25 bis 34 Jahre|Internet, Drucker, auch für A3|gut||||"),
]


def write(path, rows, delimiter=","):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL).writerows(rows)
    return path


def test_a_sheet_of_google_forms(tmp_path):
    path = write(tmp_path / "f.csv", [HEADER, *SHEET])

    result = oracle.read(path, "google_forms")

    assert oracle.cells(result) == oracle.filled(SHEET, lambda n: n > 1) == result.facts.answer_cells
    assert oracle.statuses(result) == {"completed": 4}
    assert result.tables["responses"]["submitted_at"][0] == "2023-03-10T12:28:23"
    assert "dropped on load as personal: E-Mail-Adresse" in result.notes


def test_several_answers_in_a_cell_are_told_from_a_comma_in_a_label(tmp_path):
    result = oracle.read(write(tmp_path / "f.csv", [HEADER, *SHEET]), "google_forms")

    first = result.tables["answers"].filter(question="Was ist wichtig?", line="2")
    assert first["value"].to_list() == ["Internet", "Ruhe", "Drucker, auch für A3"]
    assert first["part"].to_list() == ["1", "2", "3"]
    assert first["cell"].n_unique() == 1
    # A comma in a sentence is no list.
    assert [value for value, _, _ in oracle.answers(result, "Was fehlt?")] == ["Ein Café, bitte"]


def test_a_grid_is_one_question_and_a_bracket_alone_is_none(tmp_path):
    asked = oracle.questions(oracle.read(write(tmp_path / "f.csv", [HEADER, *SHEET]), "google_forms"))

    assert {("Wie zufrieden?", "Einkauf"), ("Wie zufrieden?", "Verkehr"), ("Anmerkung [optional]", "")} <= set(asked)
    assert {("Was fehlt?", ""), ("Was fehlt? (2)", "")} <= set(asked)


def test_the_forms_own_csv(tmp_path):
    rows = [
        ["Timestamp", "Age?", "What matters?"],
        ["2023/03/21 8:16:53 AM OEZ", "18-24", "Quiet;Coffee"],
        ["2023/03/21 8:16:53 PM MEZ", "18-24", "Quiet"],
        ["2023/03/22 1:16:53 nachm. MESZ", "25-30", "Coffee;Quiet"],
    ]
    result = oracle.read(write(tmp_path / "f.csv", rows), "google_forms")

    assert result.tables["responses"]["submitted_at"].to_list() == [
        "2023-03-21T08:16:53", "2023-03-21T20:16:53", "2023-03-22T13:16:53"
    ]  # fmt: skip
    assert [value for value, _, _ in oracle.answers(result, "What matters?")] == [
        "Quiet",
        "Coffee",
        "Quiet",
        "Coffee",
        "Quiet",
    ]


def test_a_form_sent_twice_in_one_second_counts_once(tmp_path):
    result = oracle.read(write(tmp_path / "f.csv", [HEADER, *SHEET, SHEET[3]]), "google_forms")

    assert [(reject.line, reject.reason, reject.raw) for reject in result.rejects] == [(6, "duplicate_record", "")]
    assert result.facts.rows == 4


def test_a_workbook_gives_the_same_as_its_csv(tmp_path):
    import datetime as dt

    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("leer")
        sheet = book.add_worksheet("Formularantworten 1")
        form = book.add_format({"num_format": "dd.mm.yyyy hh:mm:ss"})
        sheet.write_row(0, 0, HEADER)
        for number, row in enumerate(SHEET, 1):
            sheet.write_datetime(number, 0, dt.datetime.strptime(row[0], "%d.%m.%Y %H:%M:%S"), form)
            sheet.write_row(number, 1, row[1:])

    from_book = oracle.read(path, "google_forms")
    from_text = oracle.read(write(tmp_path / "f.csv", [HEADER, *SHEET]), "google_forms")

    columns = ["question", "subquestion", "cell", "part", "value", "answer_kind"]
    assert from_book.tables["answers"].select(columns).equals(from_text.tables["answers"].select(columns))
    assert from_book.tables["responses"]["submitted_at"].equals(from_text.tables["responses"]["submitted_at"])


NEXTCLOUD = oracle.fields(
    "Submission ID|User ID|User display name|Timestamp|Alter|Wie gut? (Lage)|Wie gut? (Preis)|Wünsche|Weg (km)"
)
IDS = oracle.fields(
    "submission_id|user_id|user_display_name|timestamp|question-id-1|question-id-2-5|"
    "question-id-2-6|question-id-3|question-id-4"
)
SUBMISSIONS = [
    oracle.fields("12||Anonymous user|2024-03-01T10:00:00+01:00|18-24|gut|schlecht|Ruhe; Kaffee|'-5"),
    oracle.fields("13|max|Max M|2024-03-01T11:00:00+01:00|25-30|gut|gut|Ruhe|7"),
    oracle.fields("14||Anonymous user|2024-03-02T11:00:00+01:00|25-30|gut||Kaffee|12"),
]


@pytest.mark.parametrize("hidden", [[IDS], []])
def test_nextcloud_forms(tmp_path, hidden):
    path = write(tmp_path / "n.csv", [NEXTCLOUD, *hidden, *SUBMISSIONS])

    result = oracle.read(path, "nextcloud_forms")

    assert oracle.cells(result) == oracle.filled(SUBMISSIONS, lambda n: n > 3) == result.facts.answer_cells
    assert oracle.statuses(result) == {"completed": 3}
    assert result.tables["responses"]["submitted_at"][0] == "2024-03-01T10:00:00"
    assert [value for value, _, _ in oracle.answers(result, "Wünsche")] == ["Ruhe", "Kaffee", "Ruhe", "Kaffee"]
    assert {("Wie gut?", "Lage"), ("Wie gut?", "Preis"), ("Weg (km)", "")} <= set(oracle.questions(result))
    # The apostrophe is the tool's guard against formulas, not the person's.
    assert oracle.answers(result, "Weg (km)")[0] == ("-5", None, "number")
    assert "dropped on load as personal: User ID, User display name" in result.notes


def test_german_headings_of_nextcloud_are_not_taken_for_google(tmp_path):
    header = ["Anzeigename des Benutzers", "Zeitstempel", "Wie alt?"]
    rows = [
        ["Anonymer Benutzer", "2024-03-01T10:00:00+01:00", "33"],
        ["Anonymer Benutzer", "2024-03-01T10:00:01+01:00", "44"],
    ]

    result = oracle.read(write(tmp_path / "n.csv", [header, *rows]), "nextcloud_forms")

    assert oracle.cells(result) == 2


def test_a_damaged_byte_in_a_stamp_sets_its_record_aside(tmp_path):
    path = tmp_path / "Umfrage (Antworten).csv"
    records = [b"01.02.2023 10:0\xba:00,hier", b"02.02.2023 10:00:00,dort", b"03.02.2023 10:00:00,dort"]
    path.write_bytes(b"\n".join([b"Zeitstempel,Wo arbeiten Sie?", *records, b""]))

    result = oracle.read(path, "google_forms")

    assert [(one.line, one.reason) for one in result.rejects] == [(2, "undecodable")]
    assert result.tables["responses"].height == 2
