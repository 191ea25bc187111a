"""A small town beside the network's, groups of peers, similar towns and the map, on namesakes and their like."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard import texts
from dashboard.article.arrangement import every
from dashboard.article.blocks import Chart
from dashboard.article.choices import OneOf, Step, TownSearch
from dashboard.pages import SUBJECTS, VIEWS
from dashboard.pages.benchmark import selection
from dashboard.pages.structure import value_map
from dashboard.parts import compare
from dashboard.parts.visit import Visit
from dashboard.release import small_towns, store
from dashboard.words.numbers import Numbers
from tests.dashboard.conftest import gaps, words
from tests.dashboard.samples import sample

COMMUTERS = "commuting__out_share"
# Two of one name: the first like the others, the second unlike them; the third of a name within another's.
NEUSTADTS = {
    "01055032": ("Neustadt", "Kreis Ostholstein", "Schleswig-Holstein", "Schleswig-Holstein", 15_000, 70.0, 3),
    "14628260": ("Neustadt", "Landkreis Bautzen", "Sachsen", "Saxony", 6_000, 99.0, 4),
    "07316000": (
        "Alt-Neustadt an der Weinstraße",
        "kreisfrei",
        "Rheinland-Pfalz",
        "Rhineland-Palatinate",
        9_000,
        50.0,
        1,
    ),
}
OTHERS = {
    f"060000{place:02}": (f"Ort {chr(64 + place)}", "Kreis Mitte", "Hessen", "Hesse", 15_000 + 10 * place, 70.0, 3)
    for place in range(1, 26)
}


def small_town(ags: str, about: tuple[Any, ...]) -> dict[str, Any]:
    name, district, land_de, land_en, people, _, location = about
    return {"ags": ags, "name": name, "district": district, "land_de": land_de, "land_en": land_en, "latitude": 51.0,
            "longitude": 10.0, "population": people, "population_date": date(2022, 12, 31), "area_km2": 50.0,
            "town_type_key": 30, "location_key": location}  # fmt: skip


def town_value(ags: str, indicator_id: str, value: float, year: int = 2015, is_broken: bool = False) -> dict[str, Any]:
    return {"indicator_id": indicator_id, "ags": ags, "period": f"{year}-06-30", "period_end": date(year, 6, 30),
            "value": value, "sign": "", "sources": "small-towns", "source_text": "Amt, Tabelle 1",
            "licence": "dl-de/by-2-0", "is_break_before": is_broken}  # fmt: skip


@pytest.fixture
def published(warehouse: Path) -> Path:
    """The sample release with small towns and a band of a Land."""
    towns = NEUSTADTS | OTHERS
    of_land = sample.default_tables()["peer_bands"]
    bands = [{**band, "peer_group": "land_01", "municipality_count": 75, "p75": 69.5} for band in of_land]
    sample.write_release(
        warehouse,
        small_towns=[small_town(ags, about) for ags, about in towns.items()],
        small_town_values=[
            town_value(ags, name, about[5])
            for ags, about in towns.items()
            for name in (COMMUTERS, small_towns.MEASURES["out_share"])
        ],
        peer_bands=[*of_land, *bands],
    )
    return warehouse


@pytest.fixture
def visit(published: Path) -> Visit:
    return Visit("de", "light", texts.of("de"), Numbers("de"), store.current())


def shown(visit: Visit) -> Any:
    indicator = visit.release.indicator(COMMUTERS, "de")
    return compare.standard_picture(indicator, visit)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("neustadt", ["01055032", "14628260", "07316000"]),
        ("NEUSTADT weinstrasse", ["07316000"]),
        ("14628", ["14628260"]),
        ("01055032", ["01055032"]),
        ("Mölln", []),
        ("", []),
    ],
)
def test_a_town_is_found_by_words_or_by_its_key_and_the_exact_name_comes_first(visit, asked, found):
    assert small_towns.find(visit.release, asked) == found


def test_the_line_of_a_town_is_broken_where_its_territory_changed(warehouse):
    values = [(2013, False), (2014, True), (2015, False)]
    sample.write_release(
        warehouse,
        small_towns=[small_town(ags, about) for ags, about in NEUSTADTS.items()],
        small_town_values=[town_value("01055032", COMMUTERS, 50.0, *one) for one in values],
    )
    release = store.current()
    series = small_towns.series_beside(release, release.series(COMMUTERS), "01055032", "de", COMMUTERS)

    own = series.filter(pl.col("town_id") == "01055032").sort("period_end")
    assert own["is_break_before"].to_list() == [False, True, False]


@pytest.mark.parametrize("asked", ["01055032", "14628260"])
def test_namesakes_are_told_apart_in_words_charts_and_files(visit, asked):
    name, district, land, *_, share, _ = NEUSTADTS[asked]
    picture = shown(visit.beside({"gemeinde": asked}))

    full = f"{name} ({district}, {land})"
    assert full in picture.title
    assert full in picture.alt
    assert any(full in line and asked in line for line in picture.foot)
    assert picture.numbers.row(-1, named=True)["Stadt"] == full
    assert picture.numbers["Wert"][-1] == share
    row = next(row for rows in picture.chart.to_dict()["datasets"].values() for row in rows if row.get("key") == asked)
    assert (row["name"], row["note"], row["fill"]) == (name, district, "#fbfaf7")
    assert picture.numbers["Stadt"].to_list()[:-1] == [sample.NAMES[one] for one in sample.ORDER]


@pytest.mark.parametrize("asked", ["99999999", "01053090", "../x", ""])
def test_an_address_with_no_small_town_of_the_key_shows_the_network_alone(visit, asked):
    beside = visit.beside({"gemeinde": asked, "gruppe": "niemand"})
    assert (beside.added, beside.group) == ("", "")


def test_each_town_stands_on_the_band_of_its_own_land(visit):
    picture = shown(visit.beside({"gruppe": small_towns.LAND, "gemeinde": "01055032"}))

    rows = {row["key"]: row for rows in picture.chart.to_dict()["datasets"].values() for row in rows if "key" in row}
    assert (rows["moelln"]["p75"], rows["moelln"]["note"]) == (69.5, "75 in Schleswig-Holstein")
    assert rows["diessen"]["p75"] is None
    assert "peers" not in rows
    # 70 lies above this band's middle half, within the usual one's.
    assert "Neustadt (Kreis Ostholstein, Schleswig-Holstein) 70,0" in picture.alt
    assert "Neustadt (Kreis Ostholstein, Schleswig-Holstein) darüber – Stand 2015" in picture.title
    assert "Gemeinden dieser Größe" not in picture.title + "".join(picture.foot)


def test_similar_are_the_nearest_twenty_in_alphabetical_order_with_the_parts_of_their_distance(visit):
    near = small_towns.similar(visit.release, "01055032")

    assert near["name"].to_list() == [f"Ort {chr(64 + place)}" for place in range(1, 21)]
    parts_of_it = near.select(f"away_{name}" for name in small_towns.MEASURES)
    assert near["away"].to_list() == pytest.approx(parts_of_it.mean_horizontal().to_list())
    assert near["away_out_share"].to_list() == [0.0] * 20
    assert near["away_population"].to_list() == sorted(near["away_population"])


def test_the_band_of_similar_towns_is_that_of_their_values(visit):
    found = small_towns.band(visit.release, COMMUTERS, "2015-06-30", small_towns.SIMILAR, "01055032")

    assert found is not None
    assert (found["municipality_count"], found["p10"], found["p90"]) == (20, 70.0, 70.0)


def test_the_map_has_every_small_town_in_a_class_and_names_those_that_were_chosen(visit):
    chosen = visit.beside({"gemeinde": "14628260"})
    indicator = visit.release.indicator(COMMUTERS, "de")
    picture = value_map.picture_of(indicator, chosen)

    assert picture is not None
    assert picture.numbers["Gemeinden"].sum() == len(NEUSTADTS | OTHERS)
    assert "Neustadt (Landkreis Bautzen, Sachsen)" in picture.numbers["Darunter"][-1]
    (table,) = value_map.all_values(indicator, chosen).values()
    assert table["Gemeinde"].to_list()[:1] == ["Alt-Neustadt an der Weinstraße"]
    assert dict(table.filter(table["Gemeinde"] == "Neustadt").select("Kreis", "Wert").iter_rows()) == {
        "Kreis Ostholstein": 70.0, "Landkreis Bautzen": 99.0,
    }  # fmt: skip


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("structure", {"thema": "commuting", "gruppe": "land"}),
        ("structure", {"thema": "commuting", "ansicht": "karte"}),
        ("benchmark", {"gruppe": "aehnlich"}),
        ("towns", {"stadt": "01055032"}),
    ],
)
def test_pages_name_the_added_town_in_full(published, open_page, language, page, address):
    opened = open_page(page, sprache=language, gemeinde="01055032", **address)

    assert not opened.exception
    assert "Neustadt (Kreis Ostholstein, Schleswig-Holstein)" in words(opened)
    assert gaps(opened) == []


def test_what_is_written_into_the_box_is_added_or_asked_back(published, open_page):
    page = open_page("structure", thema="commuting")

    page.text_input(key="small-town-word").set_value("Neustadt").run()
    assert "gemeinde" not in page.query_params
    assert page.selectbox(key="small-town-match").options[1:] == [
        "Neustadt (Kreis Ostholstein, Schleswig-Holstein)",
        "Neustadt (Landkreis Bautzen, Sachsen)",
        "Alt-Neustadt an der Weinstraße (kreisfrei, Rheinland-Pfalz)",
    ]
    page.text_input(key="small-town-word").set_value("14628260").run()
    assert page.query_params["gemeinde"] in ("14628260", ["14628260"])
    page.button(key="sl-remove-added").click().run()
    assert "gemeinde" not in page.query_params


def test_the_presentation_has_its_steps_and_the_choices_of_every_page_on_official_figures(visit):
    found = list(every(VIEWS["benchmark"](visit.beside({"vorfuehrung": "1", "gemeinde": "14628260"}))))

    steps = [one for one in found if isinstance(one, Step)]
    assert [(one.changes["vorfuehrung"], one.is_off) for one in steps] == [("0", True), ("2", False), ("", False)]
    assert [one.name for one in found if isinstance(one, OneOf)] == ["gruppe"]
    assert [one.named for one in found if isinstance(one, TownSearch)] == ["Neustadt (Landkreis Bautzen, Sachsen)"]
    assert any("Neustadt" in one.alt for one in found if isinstance(one, Chart))


def test_a_file_shows_the_added_town(published, fetched):
    asked = "kennzahl/commuting__out_share.csv"
    answer = fetched(asked + "?gemeinde=14628260&")

    assert "Neustadt (Landkreis Bautzen, Sachsen)" in answer.content.decode("utf-8-sig")


def test_the_benchmark_has_a_sentence_and_a_row_for_the_added_town(visit):
    chosen = visit.beside({"gemeinde": "14628260"})
    indicator = visit.release.indicator(COMMUTERS, "de")
    *_, last = selection.sentences_of_towns(indicator, chosen)

    assert last.name == "Neustadt (Landkreis Bautzen, Sachsen)"
    assert last.sentences == [
        "Stand 2015: 99,0\u202f%; das liegt über der mittleren Hälfte der Gemeinden dieser Größe."
    ]
    assert selection.table([indicator], chosen)["Stadt"].to_list()[-1] == last.name


def test_the_subjects_offer_the_portrait_and_the_map_as_files(visit):
    chosen = visit.beside({"gemeinde": "14628260"})
    makers = {folder: make for subject in SUBJECTS for folder, make in subject.files.items()}

    assert makers["portraet"](chosen, "14628260", None) is not None
    assert makers["portraet"](visit, "14628260", None) is None
    assert makers[value_map.KIND](visit, COMMUTERS, None) is not None
