"""GV-ISys: keys from their parts, a date per column, levels without values, positions as text."""

import pytest
import xlsxwriter

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.readers.statistics import gv_isys

HEADER = [
    ["Satz-art", "Text-kenn-zeichen", "Amtlicher Regionalschlüssel (ARS)", "", "", "", "", "Gemeindename",
     "Fläche km2 1)",
     "Bevölkerung2)", "", "", "", "Postleit-zahl3)", "Geografische Mittelpunktkoordinaten"],
    ["", "", "Land", "RB", "Kreis", "VB", "Gem", "", "", "insgesamt", "männlich", "weiblich", "je km2", "",
     "Längengrad", "Breitengrad"],
    ["", "", "Gebietsstand am 30.06.2024 (2. Quartal)", "", "", "", "", "", "30.06.2024", "31.12.2022", "", "", "", "",
     "Zuordnungsstand am 31.12.2023"],
]  # fmt: skip
LAND = ["10", "", "01", "", "", "", "", "Schleswig-Holstein"]
ASSOCIATION = ["50", "50", "01", "0", "53", "5323", "", "Mölln, Stadt"]
MOELLN = ["60", "63", "01", "0", "53", "5323", "090", "Mölln, Stadt", 25.05, 19469, 9300, 10169, 777, "23879",
          "10,685", "53,62805"]  # fmt: skip


@pytest.fixture
def workbook(tmp_path):
    def build(*records, header=HEADER, sheet="Onlineprodukt", top=2, between=1) -> RawFile:
        path = tmp_path / "31122023_Auszug_GV.xlsx"
        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet("Inhalt").write(0, 0, "Statistisches Bundesamt")
            sheet = book.add_worksheet(sheet)
            if top:
                sheet.write(0, 0, "Gemeinden in Deutschland nach Fläche")
            for row, cells in enumerate([*header, *[[]] * between, *records], top):
                sheet.write_row(row, 0, cells)
        return RawFile(path)

    return build


def rows_of(file):
    result = gv_isys.READER.read(file)
    return result, {row["source_figure"]: row for row in result.tables["figures"].to_dicts()}


def test_the_key_is_land_rb_kreis_gem_and_every_column_has_its_date(workbook):
    result, rows = rows_of(workbook(LAND, ASSOCIATION, MOELLN))

    shown = {name: (row["region_key"], row["value"], row["unit"], row["period"]) for name, row in rows.items()}
    assert shown == {
        "Fläche": ("01053090", "25.05", "km²", "2024-06-30"),
        "Bevölkerung insgesamt": ("01053090", "19469", "Anzahl", "2022-12-31"),
        "Bevölkerung männlich": ("01053090", "9300", "Anzahl", "2022-12-31"),
        "Bevölkerung weiblich": ("01053090", "10169", "Anzahl", "2022-12-31"),
        "Bevölkerung je km²": ("01053090", "777", "Einwohner je km²", "2022-12-31"),
        "Längengrad": ("01053090", "10.685", "Grad", "2023-12-31"),
        "Breitengrad": ("01053090", "53.62805", "Grad", "2023-12-31"),
    }
    assert rows["Längengrad"]["value_text"] == "10,685"
    assert {row["line"] for row in rows.values()} == {"9"}
    assert result.facts.delivered == 7


def test_records_of_other_levels_without_values_are_noted_with_values_kept(workbook):
    land_with_population = [*LAND, "", 2953270]

    result, rows = rows_of(workbook(land_with_population, ASSOCIATION))

    assert [(row["region_key"], row["value"]) for row in rows.values()] == [("01", "2953270")]
    assert result.facts.delivered == 1
    assert any(note.startswith("1 records of Länder") for note in result.notes)


def test_numbers_in_the_key_get_their_leading_zeros_back(workbook):
    as_numbers = [60, 63, 1, 0, 53, 5323, 90, *MOELLN[7:]]

    _, rows = rows_of(workbook(as_numbers))

    assert rows["Fläche"]["region_key"] == "01053090"


def test_the_notes_below_are_passed_over_and_a_strange_record_is_set_aside(workbook):
    result, rows = rows_of(workbook(MOELLN, ["99", "", "01"], MOELLN, [], ["Quelle: GV-ISys"]))

    assert [(reject.line, reject.reason) for reject in result.rejects] == [(8, "not_understood")]
    assert any("Quelle: GV-ISys" in note for note in result.notes)
    assert result.facts.delivered == 15
    assert len(rows) == 7


# The quarterly edition of 30 June 2026: shorter headings, a census named, the date with '(Jahr)' behind it.
QUARTER = [
    ["Satzart", "Textkennzeichen", "ARS", "", "", "", "", "Gemeindename", "Fläche km² 1)",
     "Bevölkerung auf Grundlage des Zensus 2022 2)", "", "", "", "Postleitzahl", "Geografische Mittelpunktkoordinaten"],
    HEADER[1],
    ["", "", "Gebietsstand am 30.06.2026", "", "", "", "", "", "31.12.2024 (Jahr)", "31.12.2024 (Jahr)"],
]  # fmt: skip
# A sheet somebody has flattened: one line of headings, no dates.
FLAT = [
    ["Satzart", "Textkennzeichen", "Land", "RB", "Kreis", "VB", "Gem", "Gemeinde", "Fläche km2",
     "Bevölkerung insgesamt", "männlich", "weiblich", "je km2", "PLZ", "Längengrad", "Breitengrad"],
]  # fmt: skip


@pytest.mark.parametrize(("top", "between"), [(2, 1), (3, 0), (5, 2), (0, 0)])
@pytest.mark.parametrize("sheet", ["Onlineprodukt_Gemeinden30062026", "Gemeindedaten", "31.12.1992"])
def test_header_rows_and_sheet_names_of_other_editions(workbook, sheet, top, between):
    file = workbook(LAND, MOELLN, header=QUARTER, sheet=sheet, top=top, between=between)

    result, rows = rows_of(file)

    assert gv_isys.READER.recognise(file).confidence > 0.9
    assert {name: (row["region_key"], row["value"], row["period"]) for name, row in rows.items()} == {
        "Fläche": ("01053090", "25.05", "2024-12-31"),
        "Bevölkerung insgesamt": ("01053090", "19469", "2024-12-31"),
        "Bevölkerung männlich": ("01053090", "9300", "2024-12-31"),
        "Bevölkerung weiblich": ("01053090", "10169", "2024-12-31"),
        "Bevölkerung je km²": ("01053090", "777", "2024-12-31"),
        "Längengrad": ("01053090", "10.685", "2024-12-31"),
        "Breitengrad": ("01053090", "53.62805", "2024-12-31"),
    }
    assert {row["attributes"] for row in rows.values()} == {"{}"}
    assert result.rejects == []


def test_a_sheet_without_dates_takes_the_manifest_s_period(workbook, manifest_of):
    file = workbook(MOELLN, header=FLAT)

    without = gv_isys.READER.read(file)
    stated = gv_isys.READER.read(file, manifest_of(period={"from": "2024-12-31", "to": "2024-12-31"}))

    assert any("no date is written above some columns" in note for note in without.notes)
    assert set(without.tables["figures"]["period"]) == {None}
    assert set(stated.tables["figures"].select("region_label", "period").rows()) == {("Mölln, Stadt", "2024-12-31")}
    assert stated.tables["figures"]["value"].to_list()[:2] == ["25.05", "19469"]


def test_populations_that_go_on_from_two_censuses_are_told_apart(workbook):
    header = [row[:10] + [""] * (10 - len(row)) for row in HEADER]
    header[0][9:] = ["Bevölkerung auf Grundlage des Zensus 2011", "Bevölkerung auf Grundlage des Zensus 2022"]
    header[1][9:] = ["insgesamt", "insgesamt"]
    header[2] = [*header[2][:8], "30.06.2024", "31.12.2023", "31.12.2023"]

    result = gv_isys.READER.read(workbook([*MOELLN[:9], 19469, 19123], header=header))

    rows = result.tables["figures"].select("source_figure", "attributes", "value").rows()
    assert rows == [
        ("Fläche", "{}", "25.05"),
        ("Bevölkerung insgesamt", '{"Grundlage": "Zensus 2011"}', "19469"),
        ("Bevölkerung insgesamt", '{"Grundlage": "Zensus 2022"}', "19123"),
    ]


def test_a_workbook_without_the_header_is_no_gv_isys(workbook):
    file = workbook(MOELLN, header=[["Satzart", "Land"]])

    assert gv_isys.READER.recognise(file) is None
    with pytest.raises(DeliveryError, match="no sheet has the headings"):
        gv_isys.READER.read(file)
