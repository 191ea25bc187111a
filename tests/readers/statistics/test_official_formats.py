"""Each official file, cut to the five towns and some with the traps, finds its reader and gives what the office says.

The cut-outs have the files' own titles, headings, footnotes and cells; what is expected is the list of figures that
raw/ ships, read from the whole files by other means.
"""

import csv
import io
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from stadtlabor.files.raw import RawFile
from stadtlabor.peers import official_tables
from stadtlabor.readers import registry
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.statistics.keyed.keyed_formats import atlas_measure, period_of

HERE = Path(__file__).parent / "cutouts"
ISSUED = Path(__file__).resolve().parents[3] / "raw" / "official-updates" / "figures.csv"
READERS = {
    "Deutschlandatlas-Daten_2026-04-22.xlsx": "deutschlandatlas",
    "Deutschlandatlas-Daten_2024-12-12.xlsx": "deutschlandatlas",
    "hebesaetze-realsteuern-8148001217005.xlsx": "hebesaetze",
    "Referenz_Gemeinden_Kreise_NUTS_31.12.2019.xlsx": "bbsr-referenz",
    "ref-gemeinden-ab-2020.xlsx": "bbsr-umsteigeschluessel",
    "MiD23_SAE_Gemeindedaten.xlsx": "mid-sae",
    "A_Arbeitslosigkeit.xlsx": "inkar-web",
    "A_ErwerbsfaehigeBevoelkerung.xlsx": "inkar-web",
    "E_Einkommensteuer.xlsx": "inkar-web",
    "IRIS_Einkommenssteuer_Gemeindeverbaende_2022.csv": "inkar-verbaende",
    "wirtschaft.parquet": "inkar-parquet",
    "medizinische_und_soziale_versorgung.parquet": "inkar-parquet",
}


def read(name: str) -> ReadResult:
    file = RawFile(HERE / name, name)
    return registry.recognise(file)[0].read(file)


def value(name: str, key: str, measure: str, period: str | None = None) -> tuple[str | None, str]:
    """Value and sign of one cell."""
    rows = read(name).tables["figures"].filter(region_key=key, source_figure=measure)
    rows = rows.filter(pl.col("period") == period) if period else rows
    assert rows.height == 1, rows
    return rows["value"][0], rows["sign"][0]


@pytest.mark.parametrize(("name", "reader"), READERS.items())
def test_a_file_finds_its_reader_and_no_cell_is_lost(name, reader):
    file = RawFile(HERE / name, name)
    found, _ = registry.recognise(file)
    result = found.read(file)

    assert found.name == reader
    assert result.facts.delivered == result.tables["figures"].height + len(result.rejects)
    assert result.tables["figures"].height > 0


def test_the_towns_figures_are_those_that_raw_ships():
    """All figures that the mapping of the peer bands takes from these files."""
    with ISSUED.open(encoding="utf-8", newline="") as stream:
        issued = {(one["ags"], one["figure"], one["period"]): float(one["value"]) for one in csv.DictReader(stream)}
    rows = pl.concat([table.figures for table in official_tables.read_folder(HERE, [])])
    # An estimate stands in raw/ in whole numbers, as its authors ask.
    found = {
        (key, figure, period): round(float(value) * float(factor or 1), 0 if quality == "estimate" else 6)
        for key, figure, period, value, factor, quality in rows.select(
            "region_key", "figure", "period", "value", "unit_factor", "quality"
        ).iter_rows()
        if value is not None
    }

    common = issued.keys() & found.keys()
    assert {key: found[key] for key in common} == {key: issued[key] for key in common}
    # 27 figures of the Deutschlandatlas, 3 multipliers, employees, 8 estimates, unemployed and inhabitants of 15 to
    # 64 of 14 years less 2016, 3 of tourism, 2 of physicians, income tax of 2022; of five towns each.
    assert len(common) == 5 * (27 + 3 + 1 + 8 + 13 + 14 + 3 + 2 + 1)


def test_a_0_beside_many_is_a_missing_number():
    """Of municipalities formed in the year INKAR counts nobody; small ones may have nobody without work."""
    rows = pl.read_parquet(ISSUED.parents[1] / "small-towns" / "inkar-web-Arbeitslosigkeit.parquet")
    most = rows.join(rows.group_by("ags").agg(most=pl.col("value").max()), on="ags")

    assert most.filter(pl.col("value") == 0)["most"].max() < 20
    assert most.filter(pl.col("most") < 20, pl.col("value") == 0).height > 100
    assert most.filter(pl.col("sign") == ".").select("ags", "period").rows() == [
        ("16064077", "2019"),
        ("16067092", "2019"),
        ("16071103", "2019"),
        ("16065089", "2020"),
        ("16077017", "2021"),
    ]


def test_an_older_edition_has_its_codes_in_the_first_line_and_no_year():
    assert value("Deutschlandatlas-Daten_2024-12-12.xlsx", "01053090", "st_einnkr") == ("1092.23", "")
    assert value("Deutschlandatlas-Daten_2024-12-12.xlsx", "06439012", "v_breitb1000") == ("0.035574529", "")
    assert value("Deutschlandatlas-Daten_2024-12-12.xlsx", "01053090", "pendel") == ("21.84", "")


def test_a_missing_value_is_unknown_and_not_minus_9999():
    rows = read("Deutschlandatlas-Daten_2026-04-22.xlsx").tables["figures"]

    assert not rows["value"].cast(pl.Float64).lt(-9000).any()
    assert rows.filter(pl.col("sign") == ".").height > 0


def test_a_district_and_an_association_of_several_are_no_municipality():
    keys = read("Deutschlandatlas-Daten_2026-04-22.xlsx").tables["figures"]["region_key"].unique().to_list()

    assert {"01001", "010515163"} <= set(keys)
    assert not [key for key in keys if len(key) == 8 and key.endswith("000") and key[:5] != "01001"]


@pytest.mark.parametrize("key", ["GKZ1225", "Regionalschlüssel"])
def test_the_yearly_text_is_read_like_the_workbook(deliver, key):
    text = f"{key};Gemeindename;p_apo;st_einnkr\r\n1053090;Mölln, Stadt;3,4;1204\r\n9181114;Dießen;-9999;1508,5\r\n"
    file = deliver(text.encode("cp1252"), "Deutschlandatlas_GEM1225_HA26.csv")
    rows = registry.recognise(file)[0].read(file).tables["figures"]

    assert rows.select("region_key", "source_figure", "value", "sign").rows() == [
        ("01053090", "p_apo", "3.4", ""), ("09181114", "p_apo", None, "."),
        ("01053090", "st_einnkr", "1204", ""), ("09181114", "st_einnkr", "1508.5", ""),
    ]  # fmt: skip


# As the workbook of a year has them: merged headings over several lines, the numbers of the columns below them.
GEMBAND = [
    ["Gemeindedaten der sozialversicherungspflichtig Beschäftigten nach Wohn- und Arbeitsort", *[""] * 14],
    ["Deutschland, Länder, Kreise und Gemeinden", *[""] * 14],
    ["Stichtag: 30. Juni 2025", *[""] * 14],
    ["Schlüssel", "Gemeinde", "Sozialversicherungspflichtig Beschäftigte", *[""] * 11, "Zahl der Betriebe"],
    ["", "", "am Wohnort", *[""] * 7, "am Arbeitsort", "darunter:", "", "", ""],
    ["", "", "Insgesamt", "davon", "", "", "", "darunter", "", "", "Insgesamt", "Wohnort = Arbeitsort", "Einpendler",
     "Auspendler", ""],
    ["", "", "", "Männer", "Frauen", "Deutsche", "Ausländer", "unter 20", "20 bis 25", "55 und älter", *[""] * 5],
    [str(n) for n in range(1, 16)],
]  # fmt: skip


def workbook(rows):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Gemeindedaten")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_employees_and_commuters_of_the_employment_agency(deliver, kind):
    counts = ["7101", "3600", "3501", "6000", "1101", "200", "500", "1900", "6512", "2612", "3900", "4489", "410"]
    rows = [
        *GEMBAND,
        ["01", "Schleswig-Holstein", *["*"] * 13],
        ["01053090", "Mölln, Stadt", *counts],
        ["9181114", "Dießen a.Ammersee", *["*"] * 13],
        ["Erstellungsdatum: 12.01.2026", *[""] * 14],
    ]
    content = workbook(rows) if kind == "xlsx" else "\n".join(";".join(row) for row in rows) + "\n"
    file = deliver(content, f"gemband-dlk-0-202506.{kind}")
    reader, _ = registry.recognise(file)
    found = reader.read(file).tables["figures"]

    assert reader.name == "ba-gemband"
    assert found["period"].unique().to_list() == ["2025-06-30"]
    assert found.filter(region_key="01053090").select("source_figure", "value").rows() == [
        ("Beschäftigte am Wohnort", "7101"), ("Beschäftigte am Wohnort | Männer", "3600"),
        ("Beschäftigte am Wohnort | Frauen", "3501"), ("Beschäftigte am Wohnort | Deutsche", "6000"),
        ("Beschäftigte am Wohnort | Ausländer", "1101"), ("Beschäftigte am Wohnort | unter 20", "200"),
        ("Beschäftigte am Wohnort | 20 bis 25", "500"), ("Beschäftigte am Wohnort | 55 und älter", "1900"),
        ("Beschäftigte am Arbeitsort", "6512"), ("Wohnort gleich Arbeitsort", "2612"), ("Einpendler", "3900"),
        ("Auspendler", "4489"), ("Betriebe", "410"),
    ]  # fmt: skip
    assert set(found.filter(region_key="09181114")["sign"]) == {"."}


def test_the_key_date_is_that_of_the_name_where_no_title_has_one(deliver):
    rows = [*GEMBAND[3:7], ["01053090", "Mölln, Stadt", *["1"] * 13]]
    file = deliver("\n".join(";".join(row) for row in rows) + "\n", "gemband-dlk-0-202406.csv")

    assert registry.recognise(file)[0].read(file).tables["figures"]["period"].unique().to_list() == ["2024-06-30"]


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("Mittlere Pkw-Fahrzeit im Jahr 2024 in Minuten", "2024"),
        ("Entwicklung der Bevölkerungszahl zwischen 2019 und 2024 pro Jahr in %", "2019/2024"),
        ("Pkw-Fahrzeit zur nächsten Grundschule in den Jahren 2021-24 in Minuten", "2021/2024"),
        ("Bevölkerung am 30.06.2021", "2021-06-30"),
        ("sozialvers.pflichtig Beschäftigte am Arbeitsort am 30.6.2021 in 100", "2021-06-30"),
        ("Einwohner je km²", None),
    ],
)
def test_the_period_stands_in_the_heading(heading, period):
    assert period_of(heading) == period


def test_a_heading_that_is_no_measure_is_none():
    assert atlas_measure("Gemeindename") is None
    assert atlas_measure("Indikatorkürzel: v_5g Mobilfunk") is not None
