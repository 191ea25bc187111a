"""Breitbandatlas: separators, decimal signs and column names of different years, one label for all."""

import pytest

from stadtlabor.readers.statistics import breitband_headings, breitbandatlas

# The headings and numbers of each are as the atlas wrote them in that year.
WRITTEN = ("AGS", "alle Technologien ≥ 50 Mbit/s", "DSL ≥ 50 Mbit/s")
DIALECTS = {
    "end of 2018, semicolon, whole numbers": '"' + '";"'.join(WRITTEN) + '"\n"01053090";98;88\n',
    "mid 2018, semicolon, decimal comma": "AGS;300_50;DSL_50\n01053090;98,00;88,00\n",
    "end of 2019, comma, decimal point": '"' + '","'.join(WRITTEN) + '"\n"01053090",98,88.00\n',
    "end of 2020, semicolon, decimal point": ";".join(WRITTEN) + "\n01053090;98.00;88.00\n",
    "Länder 2021": '"ags";"verf_300_50";"verf_dsl_50"\n"01053090";98;88\n',
    "2022, speed first": "AGS;≥ 50 Mbit/s alle Technologien;mind. 50 Mbit/s (DSL)\n01053090;98,0;88,0\n",
    "municipalities 2021": "AGS;priv_alle_tech_50;priv_dsl_50\n01053090;98,0;88,0\n",
}


@pytest.mark.parametrize("text", DIALECTS.values(), ids=DIALECTS)
def test_every_year_reads_to_the_same_labels_and_numbers(deliver, text):
    result = breitbandatlas.READER.read(deliver(text))

    rows = result.tables["figures"].to_dicts()
    assert [(row["region_key"], row["source_figure_label"], float(row["value"]), row["unit"]) for row in rows] == [
        ("01053090", "alle Technologien ≥ 50 Mbit/s", 98.0, "%"),
        ("01053090", "DSL ≥ 50 Mbit/s", 88.0, "%"),
    ]
    assert breitbandatlas.READER.recognise(deliver(text)).confidence > 0.9


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("verf_100_1000", "leitungsg. Technologien ≥ 1000 Mbit/s"),
        ("200_6", "mobile Technologien ≥ 6 Mbit/s"),
        ("FTTH_50", "FTTH/B ≥ 50 Mbit/s"),
        ("gew_lg_tech_50", "leitungsg. Technologien (Gewerbe) ≥ 50 Mbit/s"),
        ("HH_catv_400", "CATV ≥ 400 Mbit/s"),
        ("leitungsg_technologien_gtoe_100_mbits", "leitungsg. Technologien ≥ 100 Mbit/s"),
        ("down_fn_hh_alle_1000", "alle Technologien (Festnetz) ≥ 1000 Mbit/s"),
        ("down_fn_hh_ftthb_1000", "FTTH/B (Festnetz) ≥ 1000 Mbit/s"),
        ("up_fn_hh_alle_10", "alle Technologien (Upload, Festnetz) ≥ 10 Mbit/s"),
        ("down_fn_sch_alle_1000", "alle Technologien (Festnetz, Schulen) ≥ 1000 Mbit/s"),
        ("down_fn_xyz_ftthb_1000", "FTTH/B (Festnetz, xyz) ≥ 1000 Mbit/s"),
        ("xyz_ftthb_1000", None),
        ("FTTH/B ≥ 1 Gbit/s", "FTTH/B ≥ 1000 Mbit/s"),
        ("leitungsg. Technologien mind. 100 Mbit/s", "leitungsg. Technologien ≥ 100 Mbit/s"),
        ("FTTH/B ≥ 1000 Mbit/s", "FTTH/B ≥ 1000 Mbit/s"),
        ("alle Technologien >= 100 Mbit/s", "alle Technologien ≥ 100 Mbit/s"),
        ("alle Technologien  ≥  100  Mbit/s", "alle Technologien ≥ 100 Mbit/s"),
        ("HH_ges", "Haushalte"),
        ("Gemeindename", None),
        ("Einwohner_2020", None),
    ],
)
def test_headings_of_all_years(heading, label):
    found = breitband_headings.understand(heading)

    assert (found.label if found else None) == label


def test_the_period_comes_from_the_manifest_and_its_lack_is_noted(deliver, manifest_of):
    file = deliver("AGS;300_50\n01053090;98,00\n")

    without = breitbandatlas.READER.read(file)
    stated = breitbandatlas.READER.read(file, manifest_of(period={"from": "2018-06-30", "to": "2018-06-30"}))

    assert without.tables["figures"]["period"].to_list() == [None]
    assert "'period' in source.yml" in without.notes[0]
    assert stated.tables["figures"]["period"].to_list() == ["2018-06-30"]


@pytest.mark.parametrize(
    ("written", "period"),
    [("202312", "2023-12"), ("12/2023", "2023-12"), ("31.12.2023", "2023-12-31"), ("2023", "2023")],
)
def test_the_layout_since_2022_states_its_date_and_most_columns_are_of_other_groups(deliver, written, period):
    """Gigabit-Grundbuch: a hundred columns, most about business parks, schools and hospitals."""
    groups = ("hh", "gwg", "sch", "kh", "unt")
    headings = [
        f"{way}_fn_{group}_{tech}_50" for way in ("down", "up") for group in groups for tech in ("alle", "ftthb")
    ]
    text = (
        ";".join(["gem", "name", "date", *headings])
        + "\n"
        + ";".join(["01053090", "Mölln", written, *["7,5"] * 20])
        + "\n"
    )

    file = deliver(text)
    rows = breitbandatlas.READER.read(file).tables["figures"]

    assert breitbandatlas.READER.recognise(file).confidence > 0.9
    assert rows.height == rows["source_figure_label"].n_unique() == 20
    assert set(rows.select("region_key", "region_label", "period", "value").rows()) == {
        ("01053090", "Mölln", period, "7.5")
    }
    assert rows["source_figure_label"][0] == "alle Technologien (Festnetz) ≥ 50 Mbit/s"


def test_a_table_over_several_years_has_the_year_in_the_heading(deliver):
    rows = breitbandatlas.READER.read(deliver("AGS;verf_300_50_2010;verf_300_50_2018\n01053090;48,5;98\n")).tables[
        "figures"
    ]

    assert rows.select("source_figure_label", "period", "value").rows() == [
        ("alle Technologien ≥ 50 Mbit/s", "2010", "48.5"),
        ("alle Technologien ≥ 50 Mbit/s", "2018", "98"),
    ]


def test_mobile_supply_by_kind_of_area_has_one_value_per_record(deliver):
    text = '"AGS";"Technologie";"Flaechenart";"Verfügbarkeit"\n'
    text += '"01001";"5G2";Bahnstrecken;94.47\n"01001";LTE2;Gewässer;93\n'

    rows = breitbandatlas.READER.read(deliver(text)).tables["figures"].to_dicts()

    assert [(row["value"], row["attributes"]) for row in rows] == [
        ("94.47", '{"Flaechenart": "Bahnstrecken", "Technologie": "5G2"}'),
        ("93", '{"Flaechenart": "Gewässer", "Technologie": "LTE2"}'),
    ]


def test_a_table_of_other_columns_is_not_taken_for_the_atlas(deliver):
    assert breitbandatlas.READER.recognise(deliver("ags,figure,value,period\n01053090,f,1,2021\n")) is None
