"""GENESIS flat files, new header and old: attributes, totals, units, quality, times, regions, languages."""

import json

import pytest

from stadtlabor.base.errors import DeliveryError
from stadtlabor.readers.statistics.genesis import genesis_flat, genesis_flat_old

HEADER = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;2_variable_code;2_variable_label;"
    "2_variable_attribute_code;2_variable_attribute_label;value;value_unit;value_variable_code;"
    "value_variable_label;value_q\n"
)
OLD_HEADER = (
    "Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;1_Auspraegung_Code;"
    "1_Auspraegung_Label;2_Merkmal_Code;2_Merkmal_Label;2_Auspraegung_Code;2_Auspraegung_Label;"
)


def record(**fields: str) -> str:
    """One record of a flat file; a test states only what it is about."""
    base = {
        "time": "2024-12-31", "region_variable": "GEMEIN", "region": "12070424", "region_label": "  Wittenberge",
        "variable": "GES", "attribute": "GESW", "attribute_label": "weiblich", "value": "8500", "unit": "Anzahl",
        "measure": "BEVSTD", "label": "Bevölkerungsstand", "q": "",
    }  # fmt: skip
    v = {**base, **fields}
    return (
        f"12411;Fortschreibung;STAG;Stichtag;{v['time']};{v['region_variable']};Gemeinden;{v['region']};"
        f"{v['region_label']};{v['variable']};Geschlecht;{v['attribute']};{v['attribute_label']};{v['value']};"
        f"{v['unit']};{v['measure']};{v['label']};{v['q']}\n"
    )


def read(file, manifest=None):
    result = genesis_flat.READER.read(file, manifest)
    return result, result.tables["figures"].to_dicts()


def test_a_record_becomes_a_landing_row(deliver):
    _, rows = read(deliver("\ufeff" + HEADER + record(q="e")))

    assert rows == [
        {
            "line": "2", "region_key": "12070424", "region_label": "Wittenberge", "source_figure": "BEVSTD",
            "source_figure_label": "Bevölkerungsstand", "attributes": '{"GES": "GESW"}', "period": "2024-12-31",
            "value_text": "8500", "value": "8500", "sign": "", "unit": "Anzahl", "unit_factor": "1", "quality": "e",
            "figure": None, "source": "Statistische Ämter des Bundes und der Länder, table 12411", "licence": None,
        }
    ]  # fmt: skip


def test_a_total_is_no_attribute(deliver):
    _, rows = read(deliver(HEADER + record(attribute="", attribute_label="Insgesamt")))

    assert rows[0]["attributes"] == "{}"


@pytest.mark.parametrize(
    ("unit", "name", "factor"), [("1000", "Anzahl", "1000"), ("1000 t", "t", "1000"), ("Mill. EUR", "EUR", "1000000")]
)
def test_units_that_multiply_are_split(deliver, unit, name, factor):
    _, rows = read(deliver(HEADER + record(value="655,6", unit=unit)))

    assert (rows[0]["value"], rows[0]["unit"], rows[0]["unit_factor"]) == ("655.6", name, factor)


@pytest.mark.parametrize("time", ["2024-12-31", "2024", "2023-10P6M", "2024-06"])
def test_times_of_every_form_are_kept(deliver, time):
    _, rows = read(deliver(HEADER + record(time=time)))

    assert rows[0]["period"] == time


@pytest.mark.parametrize("sign", ["-", ".", "/", "...", "x"])
def test_signs_stay_signs(deliver, sign):
    _, rows = read(deliver(HEADER + record(value=sign)))

    assert (rows[0]["value_text"], rows[0]["value"], rows[0]["sign"]) == (sign, None, sign)


def test_an_english_file_has_the_decimal_point(deliver):
    file = deliver(HEADER + record(value="101.2", unit="2015=100") + record(value="99.8", region="12070425"))

    result, rows = read(file)

    assert [row["value"] for row in rows] == ["101.2", "99.8"]
    assert result.facts.decimal_sign == "."


def test_a_point_in_a_german_file_is_never_guessed_to_be_a_decimal_point(deliver):
    result, rows = read(deliver(HEADER + record(value="1,5") + record(value="1.234", region="01053090")))

    assert [row["value"] for row in rows] == ["1.5"]
    assert [(reject.line, reject.column, reject.reason) for reject in result.rejects] == [(3, "value", "not_a_number")]


def test_the_region_is_found_wherever_it_stands_and_of_whatever_level(deliver):
    swapped = (
        "12411;F;STAG;Stichtag;2024;GES;Geschlecht;GESM;männlich;GEOGM4;Gemeinden;092760130130;Lindberg;5;Anzahl;"
        "PRS018;Personen;e\n"
    )

    _, rows = read(deliver(HEADER + swapped))

    assert (rows[0]["region_key"], rows[0]["region_label"]) == ("092760130130", "Lindberg")
    assert rows[0]["attributes"] == '{"GES": "GESM"}'


def test_the_total_of_all_regions_is_germany(deliver):
    _, rows = read(deliver(HEADER + record(region_variable="DLAND", region="", region_label="Insgesamt")))

    assert rows[0]["region_key"] == "DG"


def test_variables_may_differ_from_record_to_record(deliver):
    _, rows = read(deliver(HEADER + record() + record(variable="ALTGR2", attribute="ALT010B019")))

    assert [json.loads(row["attributes"]) for row in rows] == [{"GES": "GESW"}, {"ALTGR2": "ALT010B019"}]


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_other_separators_and_quoting_read_the_same(deliver, delimiter):
    text = HEADER + record(value="8,5") + record(value="-", region="01053090")
    quoted = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line.split(";")) for line in text.splitlines())

    assert read(deliver(quoted, "quoted.csv"))[1] == read(deliver(text))[1]


def test_a_missing_column_is_named(deliver):
    with pytest.raises(DeliveryError, match=r"table\.csv, line 1: the column 'value_variable_code' is missing"):
        read(deliver((HEADER + record()).replace("value_variable_code", "other")))


def test_a_second_column_of_values_is_not_chosen_between(deliver):
    text = (HEADER + record()).replace("value_q\n", "value\n")

    with pytest.raises(DeliveryError, match=r"more than one column could be the value: 'value' \(column 14\) and"):
        read(deliver(text))


def test_old_header_has_a_column_per_measure_and_its_quality(deliver):
    text = (
        OLD_HEADER + "BEVSTD__Bevoelkerungsstand__Anzahl;BEVSTD__Bevoelkerungsstand__q;  FLC006__Gebietsflaeche__qkm\n"
        "12411;Fortschreibung;STAG;Stichtag;31.12.2022;DLAND;Bundesländer;08;Baden-Württemberg;GES;Geschlecht;;"
        "Insgesamt;11280257;e;35747,85\n"
        "12411;Fortschreibung;STAG;Stichtag;31.12.2022;DLAND;Bundesländer;;Insgesamt;GES;Geschlecht;GESM;männlich;"
        "-;;...\n"
    )

    result = genesis_flat_old.READER.read(deliver(text))
    rows = result.tables["figures"].to_dicts()

    shown = [
        (row["region_key"], row["source_figure"], row["source_figure_label"], row["attributes"], row["value"],
         row["sign"], row["quality"], row["unit"], row["period"])
        for row in rows
    ]  # fmt: skip
    assert shown == [
        ("08", "BEVSTD", "Bevoelkerungsstand", "{}", "11280257", "", "e", "Anzahl", "2022-12-31"),
        ("DG", "BEVSTD", "Bevoelkerungsstand", '{"GES": "GESM"}', None, "-", "", "Anzahl", "2022-12-31"),
        ("08", "FLC006", "Gebietsflaeche", "{}", "35747.85", "", "", "qkm", "2022-12-31"),
        ("DG", "FLC006", "Gebietsflaeche", '{"GES": "GESM"}', None, "...", "", "qkm", "2022-12-31"),
    ]
    assert result.facts.delivered == len(rows) == 4


@pytest.mark.parametrize(
    ("heading", "measure"),
    [
        ("WERTA__Ausfuhr:_Wert__Tsd._EUR", ("WERTA", "Ausfuhr: Wert", "EUR", "1000")),
        ("UMS031__Umsatz__Mill._EUR", ("UMS031", "Umsatz", "EUR", "1000000")),
        ("STR020_______Guetersteuern__jew._ME", ("STR020", "Guetersteuern", "jew. ME", "1")),
        (
            "BIP005__nachr.:_BIP_(Veraenderung_in_%)__Prozent",
            ("BIP005", "nachr.: BIP (Veraenderung in %)", "Prozent", "1"),
        ),
        ("INS01__Verfahren_(Unternehmen)__MeasureUnitNotFound!", ("INS01", "Verfahren (Unternehmen)", None, "1")),
        ("BEVSTD__Bevoelkerungsstand", ("BEVSTD", "Bevoelkerungsstand", None, "1")),
        ("BEVSTD", ("BEVSTD", "BEVSTD", None, "1")),
    ],
)
def test_headings_of_old_measures_as_the_databases_write_them(deliver, heading, measure):
    text = OLD_HEADER + heading + "\n1;F;JAHR;Jahr;2022;KREISE;Kreise;01053;Lauenburg;;;;;7\n"

    (row,) = genesis_flat_old.READER.read(deliver(text)).tables["figures"].to_dicts()

    assert (row["source_figure"], row["source_figure_label"], row["unit"], row["unit_factor"]) == measure


def test_each_of_several_old_measures_has_its_own_quality_letters(deliver):
    text = (
        OLD_HEADER
        + "A1__Betriebe__Anzahl;A1__Betriebe__q;A2__Umsatz__Tsd._EUR;A2__Umsatz__q;A10__Betriebe_neu__Anzahl\n"
    )
    text += "1;F;JAHR;Jahr;2022;KREISE;Kreise;01053;Lauenburg;;;;;7;e;8,5;p;.\n"

    rows = genesis_flat_old.READER.read(deliver(text)).tables["figures"].to_dicts()

    assert [(row["source_figure"], row["value"], row["unit_factor"], row["quality"]) for row in rows] == [
        ("A1", "7", "1", "e"),
        ("A2", "8.5", "1000", "p"),
        ("A10", None, "1", ""),
    ]


def test_an_english_flat_file_of_the_new_database(deliver):
    """GENESIS-Online in English: the header is the same, labels and units are translated, 'DG' is a code."""
    text = HEADER + (
        "12411;Intercensal updates;STAG;Reference date;2023-12-31;DINSG;Germany;DG;Germany;GES;Sex;;Total;83456.1;1000;"
        "BEVSTD;Population;p\n"
    )

    result, (row,) = read(deliver(text))

    assert (row["region_key"], row["region_label"], row["value"], row["unit_factor"], row["quality"]) == (
        "DG", "Germany", "83456.1", "1000", "p",
    )  # fmt: skip
    assert result.rejects == []


def test_old_header_in_latin_1(deliver):
    text = OLD_HEADER + "PREIS1__Verbraucherpreisindex__2020=100\n"
    text += "61111;Verbraucherpreisindex für Deutschland;JAHR;Jahr;2023;DINSG;Deutschland;DG;Deutschland;;;;;116,7\n"

    result = genesis_flat_old.READER.read(deliver(text.encode("latin-1")))
    row = result.tables["figures"].to_dicts()[0]

    assert (row["unit"], row["unit_factor"], row["value"]) == ("2020=100", "1", "116.7")
    assert result.facts.layout.encoding == "iso-8859-1"
