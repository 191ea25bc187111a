"""Regionaldatenbank and GENESIS tables of other years and forms: cut off, without first line, as sheets."""

import pytest
import xlsxwriter

from stadtlabor.files.raw import RawFile
from stadtlabor.readers import registry
from stadtlabor.readers.statistics.genesis import regional_table

WHOLE = """GENESIS-Tabelle: 12411-01-01-5
Bevölkerungsstand (Anzahl);;;
;;31.12.2015;31.12.2014
;;Insgesamt;Insgesamt
DG;Deutschland;82175684;81197537
01;  Schleswig-Holstein;2858714;2830864
01053090;      Mölln, Stadt;18735;18547
__________
© Statistische Ämter des Bundes und der Länder, Deutschland, 2017.
Stand: 10.10.2017 / 11:01:03
"""
RECORDS = WHOLE[: WHOLE.index("___")]
# As the databases have delivered since 2023: everything quoted, keys and names with headings, no underscores.
QUOTED = """"Tabelle: 12411-02-03-5"
"Bevölkerung nach Geschlecht - Stichtag 31.12. - regionale Tiefe: Gemeinden"
"Bevölkerungsstand (Anzahl)"
"";"";"31.12.2023";"31.12.2023"
"Schlüssel";"Gemeinden";"männlich";"Insgesamt"
"01053090";"Mölln, Stadt";"9301";"19469"
"06439012";"Rüdesheim am Rhein, Stadt";".";"9913"

"© Statistische Ämter des Bundes und der Länder, Deutschland, 2025; Datenlizenz dl-de/by-2-0"
"Erstellt am 12.03.2025 / 09:10:11"
"""
# GENESIS-Online 14111-0001: the records name the measure and its unit.
MEASURES_IN_ROWS = """GENESIS-Tabelle: 14111-0001
Wahlberechtigte, Wähler, Wahlbeteiligung, Erststimmen,;;
Deutschland, Stichtag;;
Deutschland;;
;;26.09.2021
Wahlberechtigte;Tsd.;61181
Wähler;Anzahl;46854508
Wahlbeteiligung;Prozent;76,6
__________
© Statistisches Bundesamt (Destatis), 2023
"""
REGIONS_AND_MEASURES_IN_ROWS = """Tabelle: 1
Titel;;;;;
;;;;Stichtag;Stichtag
;;;;31.12.2023;31.12.2023
;;;;männlich;Insgesamt
01053090;Mölln;Beschäftigte;Anzahl;7;15
01053090;Mölln;Quote;Prozent;1,5;-
06439012;Rüdesheim;Beschäftigte;Anzahl;8;9
"""


def read(file):
    result = regional_table.READER.read(file)
    rows = result.tables["figures"].to_dicts()
    assert len(rows) + len(result.rejects) == result.facts.delivered
    return result, rows


def cells_of(rows):
    return [(row["region_key"], row["region_label"], row["attributes"], row["period"], row["value"]) for row in rows]


@pytest.mark.parametrize(
    ("cut", "rejected"),
    [
        ("", 0),
        ("01053091;      Must", 1),
        ("0105309", 1),
        ("01053091;", 1),
        ("01053091;      Mustin;100", 1),
    ],
)
def test_a_table_without_an_end_is_noted_and_its_last_line_rejected_where_it_is_short(deliver, cut, rejected):
    result, rows = read(deliver(RECORDS + cut))

    assert cells_of(rows) == cells_of(read(deliver(WHOLE, "whole.csv"))[1])
    assert [(reject.line, reject.reason) for reject in result.rejects] == [(8, "wrong_number_of_fields")] * rejected
    assert any("it may be cut off" in note for note in result.notes)
    assert any("its last line has no end" in note for note in result.notes) == bool(cut)


def test_a_whole_table_is_not_said_to_be_cut_off(deliver):
    result, _ = read(deliver(WHOLE))

    assert not any("cut off" in note for note in result.notes)
    assert any("Stand: 10.10.2017" in note for note in result.notes)


def test_quoted_tables_with_headings_over_the_labels_and_notes_without_underscores(deliver):
    file = deliver(QUOTED)
    result, rows = read(file)

    assert cells_of(rows) == [
        ("01053090", "Mölln, Stadt", '{"heading_1": "männlich"}', "2023-12-31", "9301"),
        ("06439012", "Rüdesheim am Rhein, Stadt", '{"heading_1": "männlich"}', "2023-12-31", None),
        ("01053090", "Mölln, Stadt", "{}", "2023-12-31", "19469"),
        ("06439012", "Rüdesheim am Rhein, Stadt", "{}", "2023-12-31", "9913"),
    ]
    assert result.rejects == []
    assert result.facts.table_code == "12411-02-03-5"
    assert any("Erstellt am 12.03.2025" in note for note in result.notes)
    assert not any("cut off" in note for note in result.notes)


@pytest.mark.parametrize("text", [WHOLE, QUOTED], ids=["2017", "2025"])
def test_a_table_whose_first_line_is_gone_is_known_by_its_layout(deliver, text):
    without = deliver(text.split("\n", 1)[1])

    reader, recognition = registry.recognise(without)

    assert (reader.name, recognition.confidence) == ("regional-table", 0.7)
    assert cells_of(read(without)[1]) == cells_of(read(deliver(text, "whole.csv"))[1])


def test_a_plain_table_that_names_an_office_is_not_taken_for_one(deliver):
    plain = deliver("key;name;2015\n01053090;Mölln;7\n06439012;Rüdesheim;8\nQuelle: Destatis\n")

    assert regional_table.READER.recognise(plain) is None


def test_records_that_name_the_measure_and_its_unit(deliver):
    _, rows = read(deliver(MEASURES_IN_ROWS))

    assert [
        (row["region_key"], row["source_figure"], row["value"], row["unit"], row["unit_factor"]) for row in rows
    ] == [
        ("DG", "Wahlberechtigte", "61181", "Anzahl", "1000"),
        ("DG", "Wähler", "46854508", "Anzahl", "1"),
        ("DG", "Wahlbeteiligung", "76.6", "Prozent", "1"),
    ]
    assert {(row["attributes"], row["period"]) for row in rows} == {("{}", "2021-09-26")}


def test_records_that_name_region_measure_and_unit(deliver):
    _, rows = read(deliver(REGIONS_AND_MEASURES_IN_ROWS))

    assert [
        (row["region_key"], row["source_figure"], row["unit"], row["attributes"], row["value"]) for row in rows
    ] == [
        ("01053090", "Beschäftigte", "Anzahl", '{"heading_1": "männlich"}', "7"),
        ("01053090", "Quote", "Prozent", '{"heading_1": "männlich"}', "1.5"),
        ("06439012", "Beschäftigte", "Anzahl", '{"heading_1": "männlich"}', "8"),
        ("01053090", "Beschäftigte", "Anzahl", "{}", "15"),
        ("01053090", "Quote", "Prozent", "{}", None),
        ("06439012", "Beschäftigte", "Anzahl", "{}", "9"),
    ]


@pytest.fixture
def workbook(tmp_path):
    """A sheet as the databases export it: titles, merged headers, numbers as numbers, keys and signs as texts."""

    def build(*records, first="GENESIS-Tabelle: 12411-01-01-5") -> RawFile:
        path = tmp_path / "table.xlsx"
        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet("Titel").write(0, 0, "Regionaldatenbank Deutschland")
            sheet = book.add_worksheet("12411-01-01-5")
            for row, title in enumerate([first, "Bevölkerung und Fläche", ""]):
                sheet.write(row, 0, title)
            sheet.merge_range(3, 2, 3, 3, "Bevölkerung")
            sheet.write(3, 4, "Fläche")
            sheet.merge_range(4, 2, 4, 4, "31.12.2015")
            sheet.write_row(5, 2, ["Insgesamt", "weiblich", "Insgesamt"])
            sheet.merge_range(6, 2, 6, 3, "Anzahl")
            sheet.write(6, 4, "qkm")
            for row, record in enumerate(records, 7):
                sheet.write_row(row, 0, record)
            below = 7 + len(records)
            for row, note in enumerate(["__________", "© Statistische Ämter des Bundes und der Länder, 2017"], below):
                sheet.write(row, 0, note)
        return RawFile(path)

    return build


RECORDS_OF_SHEET = (
    ["DG", "Deutschland", 82175684, 41661561, 357385.71],
    ["01053090", "  Mölln, Stadt", 18735, ".", "-"],
)


@pytest.mark.parametrize("first", ["GENESIS-Tabelle: 12411-01-01-5", ""], ids=["named", "by its layout"])
def test_a_sheet_reads_as_the_text_does_with_merged_headings(workbook, first):
    file = workbook(*RECORDS_OF_SHEET, first=first)

    result, rows = read(file)

    assert registry.recognise(file)[0].name == "regional-table"
    shown = [(row["region_key"], row["source_figure"], row["value"], row["sign"], row["unit"]) for row in rows]
    assert shown == [
        ("DG", "Bevölkerung | Insgesamt", "82175684", "", "Anzahl"),
        ("01053090", "Bevölkerung | Insgesamt", "18735", "", "Anzahl"),
        ("DG", "Bevölkerung | weiblich", "41661561", "", "Anzahl"),
        ("01053090", "Bevölkerung | weiblich", None, ".", "Anzahl"),
        ("DG", "Fläche | Insgesamt", "357385.71", "", "qkm"),
        ("01053090", "Fläche | Insgesamt", None, "-", "qkm"),
    ]
    assert {(row["line"], row["period"]) for row in rows} == {("8", "2015-12-31"), ("9", "2015-12-31")}
    assert result.facts.layout.sheet == "12411-01-01-5"


def test_numbers_written_as_german_texts_in_a_sheet(workbook):
    _, rows = read(workbook(["01053090", "Mölln", "18735", "9300", "25,05"]))

    assert [row["value"] for row in rows] == ["18735", "9300", "25.05"]
