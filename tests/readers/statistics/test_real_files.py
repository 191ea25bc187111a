"""The real files, whole: every cell against an independent reading with Python's csv module alone."""

import csv
import io
import json
import re
from collections import Counter

import pytest

from stadtlabor.files.raw import RawFile
from stadtlabor.readers.registry import recognise

SIGNS = {"-", ".", "...", "/", "x"}
REGIONAL = {
    # file → encoding, number of header lines from the first record's line, records
    "regionalstatistik/12411-01-01-5.csv": ("utf-8", 9, 2, 24),
    "regionalstatistik/13111-08-02-5.csv": ("utf-8", 9, 2, 5),
    "regionalstatistik/13211-01-03-5.csv": ("utf-8", 11, 2, 7),
    "regionalstatistik/71231-01-02-5.csv": ("utf-8", 8, 2, 13),
    "regionalstatistik-latin1/11111-01-01-4.csv": ("iso-8859-1", 7, 3, 1),
    "regionalstatistik-latin1/12411-01-01-4.csv": ("iso-8859-1", 9, 2, 3),
}
ANCHOR_TOWNS = ("12070424", "09181114", "14628060", "01053090", "06439012")


def naive(text: str, decimal: str = ",") -> tuple[str | None, str]:
    """A cell as the project's rule has it, in the plainest way: (value, sign)."""
    text = text.strip()
    if text in SIGNS or not text:
        return None, text
    assert re.fullmatch(rf"-?\d+({re.escape(decimal)}\d+)?", text), text
    return text.replace(decimal, "."), ""


def read(path, manifest=None):
    file = RawFile(path)
    reader, _ = recognise(file)
    result = reader.read(file, manifest)
    assert result.rejects == []
    rows = result.tables.get("figures")
    if rows is not None:
        assert rows.height == result.facts.delivered
    return reader, result


@pytest.mark.parametrize("name", REGIONAL)
def test_every_cell_of_a_regional_table(shared_data, name):
    encoding, first_line, labels, measures = REGIONAL[name]
    path = shared_data / "statistics" / name
    lines = path.read_bytes().decode(encoding).split("\n")
    expected = Counter()
    for number, line in enumerate(lines[first_line - 1 :], first_line):
        if line.startswith("____"):
            break
        record = next(csv.reader([line], delimiter=";"))
        assert len(record) == labels + measures
        for cell in record[labels:]:
            expected[str(number), record[labels - 2], record[labels - 1].strip(), cell, *naive(cell)] += 1

    reader, result = read(path)

    names = ("line", "region_key", "region_label", "value_text", "value", "sign")
    assert reader.name == "regional-table"
    assert result.facts.layout.encoding == encoding
    assert Counter(result.tables["figures"].select(names).iter_rows()) == expected


@pytest.mark.parametrize("name", ["1000A-2022", "12411-01-01-4", "3000G-1008", "32161-0003", "46181-0001"])
def test_every_record_of_a_genesis_flat_file(shared_data, name):
    path = shared_data / "statistics" / "ffcsv" / f"{name}.csv"
    text = path.read_bytes().decode("utf-8-sig")
    expected = []
    for number, record in enumerate(csv.DictReader(io.StringIO(text), delimiter=";"), 2):
        further = {
            record[f"{i}_variable_code"]: record[f"{i}_variable_attribute_code"]
            for i in (2, 3)
            if record.get(f"{i}_variable_attribute_code")
        }
        expected.append(
            (str(number), record["1_variable_attribute_code"], record["value_variable_code"], further, record["time"],
             record["value"], *naive(record["value"]), record.get("value_q", ""))
        )  # fmt: skip

    reader, result = read(path)

    names = ("line", "region_key", "source_figure", "attributes", "period", "value_text", "value", "sign", "quality")
    rows = [(*row[:3], json.loads(row[3]), *row[4:]) for row in result.tables["figures"].select(names).iter_rows()]
    assert reader.name == "genesis-flat"
    assert rows == expected


def test_units_of_the_flat_files(shared_data):
    _, result = read(shared_data / "statistics" / "ffcsv" / "32161-0003.csv")

    units = set(result.tables["figures"].select("source_figure", "unit", "unit_factor").iter_rows())
    assert units == {
        ("ERW012", "Anzahl", "1000"), ("BETR01", "Anzahl", "1"), ("ABF014", "t", "1000"), ("ERF001", "Prozent", "1"),
        ("ERF002", "Prozent", "1"),
    }  # fmt: skip


def test_every_cell_of_the_breitbandatlas(shared_data):
    (path,) = (shared_data / "statistics" / "breitbandatlas").glob("*.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        header, *records = csv.reader(stream)
    expected = Counter()
    for number, record in enumerate(records, 2):
        for heading, cell in zip(header[1:], record[1:], strict=True):
            expected[str(number), record[0], heading, cell, naive(cell, ".")[0]] += 1

    reader, result = read(path)

    names = ("line", "region_key", "source_figure", "value_text", "value")
    assert reader.name == "breitbandatlas"
    assert Counter(result.tables["figures"].select(names).iter_rows()) == expected


def test_the_gv_isys_workbook_agrees_with_the_compiled_figures(shared_data):
    """The compiled table has the five towns' area, population and position of the same day, written by others."""
    with (shared_data / "statistics" / "five_towns_figures.csv").open(encoding="utf-8") as stream:
        compiled = {
            (row["ags"], row["figure"]): float(row["value"])
            for row in csv.DictReader(stream)
            if row["period"] == "2023-12-31" and "GV-ISys" in row["source"]
        }
    names = {
        "Fläche": "area_km2", "Bevölkerung insgesamt": "population", "Bevölkerung männlich": "population_male",
        "Bevölkerung weiblich": "population_female", "Längengrad": "longitude", "Breitengrad": "latitude",
    }  # fmt: skip

    _, result = read(shared_data / "statistics" / "gv-isys" / "31122023_Auszug_GV.xlsx")

    found = {
        (row["region_key"], names[row["source_figure"]]): float(row["value"])
        for row in result.tables["figures"].iter_rows(named=True)
        if row["source_figure"] in names and row["region_key"] in ANCHOR_TOWNS
    }
    assert len(compiled) == 30
    assert found == compiled


def test_the_gv_isys_workbook_holds_every_municipality(shared_data):
    _, result = read(shared_data / "statistics" / "gv-isys" / "31122023_Auszug_GV.xlsx")

    area = result.tables["figures"].filter(source_figure="Fläche")
    assert area.height == area["region_key"].n_unique() == 10_981
    assert area["region_key"].str.contains(r"^[0-9]{8}$").all()
    # Germany has 357,600 km² (Destatis); unincorporated areas stand in the list too.
    assert 357_000 < area["value"].cast(float).sum() < 358_500


def test_the_figures_of_the_five_towns(shared_data):
    path = shared_data / "statistics" / "five_towns_figures.csv"
    with path.open(encoding="utf-8") as stream:
        expected = [tuple(row.values()) for row in csv.DictReader(stream)]

    _, result = read(path)

    columns = ("region_key", "region_label", "figure", "value_text", "unit", "period", "source", "licence")
    assert result.tables["figures"].select(columns).rows() == expected


def test_the_anchors_of_commuting_come_out_of_the_official_table(shared_data):
    """Out-commuter shares and balances of 30 June 2015 as the methods state them."""
    _, result = read(shared_data / "statistics" / "regionalstatistik" / "13111-08-02-5.csv")

    number = {
        (row["region_key"], row["source_figure"]): int(row["value"])
        for row in result.tables["figures"].iter_rows(named=True)
        if row["region_key"] in ANCHOR_TOWNS
    }
    shares, balances = [], []
    for town in ANCHOR_TOWNS:
        living = number[town, "Sozialversicherungspfl. Beschäftigte (Wohnort)"]
        working = number[town, "Sozialversicherungspfl. Beschäftigte (Arbeitsort)"]
        out = number[town, "Auspendler(innen) über Gemeindegrenzen (Wohnort)"]
        into = number[town, "Einpendler(innen) über Gemeindegrenze (Arbeitsort)"]
        shares.append(round(100 * out / living, 1))
        balances.append(round(100 * (into - out) / working, 1))
    assert shares == [47.2, 75.1, 61.0, 59.3, 84.5]
    assert balances == [11.0, -69.3, -2.1, 1.9, -141.1]


@pytest.mark.parametrize("name", ["public_de", *(f"school_de_{land}" for land in ("bb", "by", "he", "sh", "sn"))])
def test_every_holiday(shared_data, name):
    path = shared_data / "holidays" / f"openholidays_{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        expected = [
            (row["Id"], row["StartDate"], row["EndDate"] or row["StartDate"], row["Subdivisions"], row.get("Tags", ""))
            for row in csv.DictReader(stream, delimiter=";")
        ]

    _, result = read(path)

    holidays = result.tables["holidays"]
    assert holidays.select("holiday_id", "start_date", "end_date", "subdivisions", "tags").rows() == expected
    assert not holidays["name_de"].is_in([""]).any()
    assert not holidays["comment_de"].str.contains("%2C").any()


def test_school_holidays_in_hesse_in_the_second_half_of_2022(shared_data):
    _, result = read(shared_data / "holidays" / "openholidays_school_de_he.csv")

    spans = {(row["start_date"], row["end_date"]) for row in result.tables["holidays"].iter_rows(named=True)}
    assert {("2022-07-25", "2022-09-02"), ("2022-10-24", "2022-10-29")} <= spans
