"""Regionaldatenbank and GENESIS tables: layouts, stacked headers, units, levels, notes, faults."""

import pytest

from stadtlabor.base.errors import DeliveryError
from stadtlabor.readers.statistics.genesis import regional_table

PERIOD_IN_HEADER = """GENESIS-Tabelle: 12411-01-01-5
Bevölkerungsstand: Bevölkerung nach Geschlecht;;;;;
- Stichtag 31.12. -;;;;;
Bevölkerungsstand (Anzahl);;;;;
;;31.12.2015;31.12.2015;31.12.2014;31.12.2014
;;Insgesamt;weiblich;Insgesamt;weiblich
DG;Deutschland;82175684;41661561;81197537;41362080
01;  Schleswig-Holstein;2858714;1459256;2830864;-
01001;      Flensburg, Kreisfreie Stadt;85942;.;84694;...
12070424;          Wittenberge, Stadt;17400;x;17458;/
__________
"zu ""gesamter Tabelle"":
ab dem Berichtsjahr 2011: nach dem Zensus 2011"
"© Statistische Ämter des Bundes und der Länder, Deutschland, 2017."
Stand: 10.10.2017 / 11:01:03
"""

DATE_IN_ROWS = """GENESIS-Tabelle: 11111-01-01-4
Gebietsstand: Gebietsfläche in qkm;;;;
;;;Gebietsfläche;Aufkommen
;;;qkm;Tsd. EUR
31.12.2015;DG;Deutschland;357385,71;12
31.12.2014;01;  Schleswig-Holstein;15802,51;-
"""

FOUR_HEADER_LINES = """GENESIS-Tabelle: 13211-01-03-5
Arbeitslose nach ausgewählten Personengruppen;;;;
Jahr: 2016;;;;
;;Arbeitslose insgesamt;Arbeitslose;Arbeitslose
;;;und zwar;und zwar
;;;Ausländer;langzeitarbeitslos
;;Anzahl;Anzahl;Prozent
DG;Deutschland;2690975;629356;36,9
"""

WITH_TIME_WORDS_AND_ROW_DIMENSION = """Tabelle: 12411-02-03-4
Bevölkerung nach Geschlecht und Altersgruppen;;;;
Bevölkerungsstand (1000);;;;
;;;Stichtag;Stichtag
;;;31.12.2023;31.12.2023
;;;männlich;Insgesamt
01001;Flensburg;unter 3 Jahre;1,2;2,3
01001;Flensburg;Insgesamt;40,1;85,9
"""


def rows_of(file, manifest=None):
    result = regional_table.READER.read(file, manifest)
    return result, result.tables["figures"].to_dicts()


def test_periods_and_slices_in_the_header(deliver):
    result, rows = rows_of(deliver(PERIOD_IN_HEADER))

    found = {
        (row["region_key"], row["attributes"], row["period"]): (row["value_text"], row["value"], row["sign"])
        for row in rows
    }
    assert len(rows) == result.facts.delivered == 16
    assert found["DG", "{}", "2015-12-31"] == ("82175684", "82175684", "")
    assert found["01", '{"heading_1": "weiblich"}', "2014-12-31"] == ("-", None, "-")
    assert found["01001", '{"heading_1": "weiblich"}', "2015-12-31"] == (".", None, ".")
    assert found["01001", '{"heading_1": "weiblich"}', "2014-12-31"] == ("...", None, "...")
    assert found["12070424", '{"heading_1": "weiblich"}', "2015-12-31"] == ("x", None, "x")
    assert found["12070424", '{"heading_1": "weiblich"}', "2014-12-31"] == ("/", None, "/")
    assert {(row["source_figure"], row["unit"], row["unit_factor"]) for row in rows} == {
        ("Bevölkerungsstand", "Anzahl", "1")
    }
    assert {row["region_label"] for row in rows} == {
        "Deutschland", "Schleswig-Holstein", "Flensburg, Kreisfreie Stadt", "Wittenberge, Stadt",
    }  # fmt: skip
    assert {row["line"] for row in rows} == {"7", "8", "9", "10"}
    assert {row["source"] for row in rows} == {"Regionaldatenbank Deutschland, table 12411-01-01-5"}


def test_the_notes_at_the_end_are_passed_over_by_name(deliver):
    result, _ = rows_of(deliver(PERIOD_IN_HEADER))

    assert any("Zensus 2011" in note and "5 line(s)" in note for note in result.notes)
    assert result.rejects == []


def test_dates_in_the_rows_and_units_with_a_factor(deliver):
    _, rows = rows_of(deliver(DATE_IN_ROWS))

    assert [(row["period"], row["source_figure"], row["value"], row["unit"], row["unit_factor"]) for row in rows] == [
        ("2015-12-31", "Gebietsfläche", "357385.71", "qkm", "1"),
        ("2014-12-31", "Gebietsfläche", "15802.51", "qkm", "1"),
        ("2015-12-31", "Aufkommen", "12", "EUR", "1000"),
        ("2014-12-31", "Aufkommen", None, "EUR", "1000"),
    ]


def test_four_header_lines_name_the_measure(deliver):
    _, rows = rows_of(deliver(FOUR_HEADER_LINES))

    assert [(row["source_figure"], row["unit"], row["period"]) for row in rows] == [
        ("Arbeitslose insgesamt", "Anzahl", "2016"),
        ("Arbeitslose | und zwar | Ausländer", "Anzahl", "2016"),
        ("Arbeitslose | und zwar | langzeitarbeitslos", "Prozent", "2016"),
    ]


def test_time_words_are_no_slice_and_a_further_label_column_is_one(deliver):
    _, rows = rows_of(deliver(WITH_TIME_WORDS_AND_ROW_DIMENSION))

    assert [(row["attributes"], row["value"], row["unit_factor"]) for row in rows] == [
        ('{"heading_1": "männlich", "row_1": "unter 3 Jahre"}', "1.2", "1000"),
        ('{"heading_1": "männlich"}', "40.1", "1000"),
        ('{"row_1": "unter 3 Jahre"}', "2.3", "1000"),
        ("{}", "85.9", "1000"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(";", "\t"),
        lambda text: "\n".join(line + ";" if ";" in line else line for line in text.split("\n")),
        lambda text: "\n".join(
            ";".join(f'"{cell}"' for cell in line.split(";")) if number < 10 else line
            for number, line in enumerate(text.split("\n"))
        ),
    ],
    ids=["CRLF", "BOM", "TAB", "trailing delimiter", "everything quoted"],
)
def test_variants_of_the_layout_read_the_same(deliver, change):
    _, plain = rows_of(deliver(PERIOD_IN_HEADER))
    _, changed = rows_of(deliver(change(PERIOD_IN_HEADER), "changed.csv"))

    assert changed == plain


def test_an_english_table_has_the_decimal_point(deliver):
    text = "Table: 81000-0001\nNational accounts;;\n;;Gross value\n;;EUR bn.\n2015;Germany;2.75\n2016;Germany;...\n"

    _, rows = rows_of(deliver(text))

    assert [(row["value"], row["sign"], row["period"]) for row in rows] == [("2.75", "", "2015"), (None, "...", "2016")]


def test_a_table_of_germany_without_a_region_column_is_of_germany(deliver):
    text = 'Table: 12411-0001\nGermany\n"Reference date";"Population"\n;"number"\n"1950-12-31";"50958125"\n'

    _, rows = rows_of(deliver(text))

    assert [(row["region_key"], row["period"], row["value"]) for row in rows] == [("DG", "1950-12-31", "50958125")]


def test_a_column_of_quality_letters_belongs_to_the_values_before_it(deliver):
    text = (
        "Tabelle: 12411-01-01-4\nBevölkerungsstand (Anzahl);;;;;\n;;2022;;2023;\n"
        "01;Schleswig-Holstein;2953270;e;2965691;p\n02;Hamburg;1892122;e;.;\n"
    )

    result, rows = rows_of(deliver(text))

    assert [(row["period"], row["value"], row["quality"]) for row in rows if row["region_key"] == "01"] == [
        ("2022", "2953270", "e"),
        ("2023", "2965691", "p"),
    ]
    assert result.facts.delivered == len(rows) == 4


def test_faults_cost_their_cell_or_their_line(deliver):
    text = DATE_IN_ROWS + "31.12.2013;02;Hamburg;viel;7\n31.12.2013;03\n31.12.2013;04;Bremen;419,8;8\n"

    result, rows = rows_of(deliver(text))

    assert [(reject.line, reject.reason) for reject in result.rejects] == [
        (8, "wrong_number_of_fields"),
        (7, "not_a_number"),
    ]
    assert result.rejects[1].column.startswith("Gebietsfläche")
    assert result.rejects[1].raw == "31.12.2013;02;Hamburg;viel;7"
    assert len(rows) + len(result.rejects) == result.facts.delivered == 9


def test_a_table_without_records_is_a_clear_error(deliver):
    with pytest.raises(DeliveryError, match="no header with records below it"):
        rows_of(deliver("GENESIS-Tabelle: 12411-01-01-5\nBevölkerungsstand;;\n;;Anzahl\n"))
