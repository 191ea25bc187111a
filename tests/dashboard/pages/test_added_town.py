"""A small town from outside the network beside the five: found, drawn hollow, in the address, in files and reports."""

from datetime import date

import polars as pl
import pytest

from dashboard.pages.structure.subject import Structure
from dashboard.parts.visit import Visit
from dashboard.release import municipality_queries
from dashboard.release import store as release_store
from dashboard.texts import of
from dashboard.words.numbers import Numbers
from tests.dashboard.conftest import words
from tests.dashboard.samples import sample

TOWNS = (
    ("01055032", "Neustadt in Holstein, Stadt", "Ostholstein", "Schleswig-Holstein", 30, 15_146),
    ("07332039", "Neustadt an der Weinstraße", "Bad Dürkheim", "Rheinland-Pfalz", 30, 12_000),
    ("05358004", "Aldenhoven", "Düren", "Nordrhein-Westfalen", 30, 14_012),
)
NEUSTADT, RENT, BEDS = "01055032", "housing__rent", "tourism__beds"


@pytest.fixture
def visit(tmp_path, monkeypatch) -> Visit:
    rows = [
        {
            "ags": ags, "name": name, "district": district, "land_de": land, "land_en": land, "town_type": kind,
            "location": 3, "population": people, "population_date": date(2023, 12, 31), "area_km2": 20.0,
        }
        for ags, name, district, land, kind, people in TOWNS
    ]  # fmt: skip
    values = [
        {"indicator_id": RENT, "ags": NEUSTADT, "period": "2022-05-15", "period_end": date(2022, 5, 15), "value": 7.77},
        {"indicator_id": BEDS, "ags": NEUSTADT, "period": "2021", "period_end": date(2021, 12, 31), "value": 900.0},
    ]
    monkeypatch.setenv("STADTLABOR_WAREHOUSE", str(tmp_path))
    sample.write_release(tmp_path, municipalities=rows, municipality_values=values)
    return Visit("de", "light", of("de"), Numbers("de"), release_store.current(), added=NEUSTADT)


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("neustadt", ["07332039", NEUSTADT]),
        ("HOLSTEIN", [NEUSTADT]),
        ("01055032", [NEUSTADT]),
        ("weinstr", ["07332039"]),
        ("n", []),
        ("Atlantis", []),
    ],
)
def test_a_town_is_found_by_its_name_or_key_in_alphabetical_order(visit, words, keys):
    assert municipality_queries.found(visit.release, words) == keys


def test_namesakes_are_told_apart_by_district_and_land(visit):
    names = [municipality_queries.name_of(visit.release, key, "de") for key in ("07332039", NEUSTADT)]

    assert names == [
        "Neustadt an der Weinstraße (Bad Dürkheim, Rheinland-Pfalz)",
        "Neustadt in Holstein, Stadt (Ostholstein, Schleswig-Holstein)",
    ]


def test_the_added_town_is_a_hollow_mark_in_picture_words_and_files(visit):
    indicator = visit.release.indicator(RENT, "de")
    picture = Structure().picture(indicator, visit)
    drawn = next(iter(picture.chart.to_dict()["datasets"].values()))
    mine = next(row for row in drawn if row["key"] == NEUSTADT)

    assert (mine["value"], mine["name"], mine["note"]) == (7.77, "Neustadt in Holstein, Stadt", "")
    assert len({row["shape"] for row in drawn if row["town"]}) == 6
    assert "Neustadt in Holstein" in picture.alt
    assert picture.numbers.filter(pl.col("Stadt") == "Neustadt in Holstein, Stadt")["Wert"].to_list() == [7.77]


def test_the_added_town_says_its_own_period_where_it_is_another(visit):
    picture = Structure().picture(visit.release.indicator(BEDS, "de"), visit)
    drawn = next(iter(picture.chart.to_dict()["datasets"].values()))

    assert next(row["note"] for row in drawn if row["key"] == NEUSTADT) == "2021"


def test_without_an_added_town_nothing_changes(visit):
    alone = Visit("de", "light", of("de"), Numbers("de"), visit.release)

    values = municipality_queries.with_added(visit.release, RENT, alone.added)

    assert values.equals(visit.release.values_by_town(RENT))


def test_its_portrait_is_made_of_official_figures_alone(visit, open_page):
    page = open_page("towns", gemeinde=NEUSTADT)
    said = words(page)

    assert "Neustadt in Holstein, Stadt" in said
    assert "Größere Kleinstadt, Lage peripher" in said
    assert "allein aus amtlichen Kennzahlen" in said
    assert "7,77" in said


def test_an_unknown_key_in_the_address_adds_nothing(visit, open_page):
    page = open_page("structure", gemeinde="99999999", thema="housing")

    assert not page.exception
