"""The plain figures table: order of columns, headings, separators, decimal signs, sheets, faults."""

import pytest
import xlsxwriter

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.readers.statistics import figures_table

ENGLISH = "ags,town,figure,value,unit,period,source,licence\n"


def read(file, manifest=None):
    result = figures_table.READER.read(file, manifest)
    return result, result.tables["figures"].to_dicts()


def test_a_record_becomes_a_row_under_its_own_figure(deliver):
    _, rows = read(deliver(ENGLISH + '01053090,Mölln,area_km2,25.05,km²,31.12.2021,"Destatis, GV-ISys",attribution\n'))

    assert rows == [
        {
            "line": "2", "region_key": "01053090", "region_label": "Mölln", "source_figure": "area_km2",
            "source_figure_label": "area_km2", "attributes": "{}", "period": "2021-12-31", "value_text": "25.05",
            "value": "25.05", "sign": "", "unit": "km²", "unit_factor": "1", "quality": "", "figure": "area_km2",
            "source": "Destatis, GV-ISys", "licence": "attribution",
        }
    ]  # fmt: skip


def test_german_headings_semicolons_and_decimal_commas_in_any_order(deliver):
    text = (
        "Wert;Kennzahl;Gemeindeschlüssel;Jahr;Einheit;Quelle;Lizenz\n"
        "25,05;area_km2;01053090;2021;km²;Destatis;L\n19.469;population;01053090;2021;Personen;Destatis;L\n"
    )

    result, rows = read(deliver(text))

    assert [(row["figure"], row["value"]) for row in rows] == [("area_km2", "25.05"), ("population", "19469")]
    assert result.facts.decimal_sign == ","


def test_a_point_that_may_group_thousands_or_part_decimals_is_not_guessed(deliver):
    result, rows = read(deliver("ags;figure;value;period\n01053090;population;19.469;2021\n01053090;x;7;2021\n"))

    assert [row["value"] for row in rows] == ["7"]
    assert [reject.reason for reject in result.rejects] == ["not_a_number"]
    assert "could be read in two ways" in result.facts.decimal_reason


def test_signs_and_brackets_are_kept(deliver):
    text = ENGLISH + "".join(f"01053090,M,f{i},{cell},u,2021,s,l\n" for i, cell in enumerate([".", "-", "(3.5)", ""]))

    _, rows = read(deliver(text))

    assert [(row["value"], row["sign"]) for row in rows] == [(None, "."), (None, "-"), ("3.5", "()"), (None, "")]


def test_source_and_licence_come_from_the_manifest_where_the_table_has_none(deliver, manifest_of):
    file = deliver("ags,figure,value,period\n01053090,population,19469,2021\n")

    _, rows = read(file, manifest_of(producer="Office", licence="dl-de/by-2-0"))

    assert (rows[0]["source"], rows[0]["licence"]) == ("Office", "dl-de/by-2-0")


def test_a_sheet_with_empty_rows_above_keeps_its_row_numbers(tmp_path):
    path = tmp_path / "figures.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Info").write(0, 0, "nothing here")
        sheet = book.add_worksheet("Zahlen")
        sheet.write_row(2, 0, ["AGS", "Kennzahl", "Wert", "Jahr", "Einheit"])
        sheet.write_row(3, 0, ["01053090", "area_km2", 25.05, 2021, "km²"])
        sheet.write_row(5, 0, ["06439012", "area_km2", "59,51", 2021, "km²"])

    result, rows = read(RawFile(path))

    assert [(row["line"], row["region_key"], row["value"], row["period"]) for row in rows] == [
        ("4", "01053090", "25.05", "2021")
    ]
    assert [(reject.line, reject.column) for reject in result.rejects] == [(6, "Wert")]
    assert result.facts.layout.sheet == "Zahlen"


@pytest.mark.parametrize("column", ["ags", "figure", "value", "period"])
def test_a_missing_column_is_named_with_line_and_what_was_found(deliver, column):
    text = (ENGLISH + "01053090,M,f,1,u,2021,s,l\n").replace(column, "something")

    recognition = figures_table.READER.recognise(deliver(text))
    with pytest.raises(
        DeliveryError, match=rf"table\.csv, line 1: the column '{column}' is missing; found: .*something"
    ):
        read(deliver(text))
    assert recognition.confidence < 0.5


@pytest.mark.parametrize(("first", "second"), [("value", "value"), ("Wert", "value"), ("Jahr", "Stichtag")])
def test_two_columns_that_could_be_the_same_one_are_not_chosen_between(deliver, first, second):
    others = {"ags": "01053090", "figure": "f", "value": "1", "Jahr": "2021"}
    others.pop("Jahr" if "Jahr" in (first, second) else "value")
    text = ",".join([*others, first, second]) + "\n" + ",".join([*others.values(), "2020", "2021"]) + "\n"

    with pytest.raises(DeliveryError, match=rf"line 1: more than one column .*'{first}' \(column 4\) and '{second}'"):
        read(deliver(text))


def test_a_key_that_has_lost_its_zero_gets_it_back(deliver):
    """As a spreadsheet took it: seven digits are a municipality of one of the first nine Länder without its zero."""
    _, rows = read(deliver(ENGLISH + "1053090,M,f,1,u,2021,s,l\n"))

    assert rows[0]["region_key"] == "01053090"


def test_columns_not_understood_are_named(deliver):
    result, _ = read(deliver("ags,figure,value,period,colour\n01053090,f,1,2021,red\n"))

    assert result.notes == ["passed over the column 'colour'"]


def test_a_header_alone_is_a_clear_error(deliver):
    with pytest.raises(DeliveryError, match="there is a header and no record below it"):
        read(deliver(ENGLISH))
