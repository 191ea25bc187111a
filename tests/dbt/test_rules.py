"""Keys, periods, signs, revisions: the rules every indicator stands on, each on invented figures."""

import pytest

from tests.dbt import building
from tests.dbt.building import figure

# One town per rule: its AGS is what tells the rows apart.
TOWNS = {
    "eight-digits": "01053090",
    "ten-digits": "07131007",
    "twelve-digits": "09181114",
    "own-district": "16056000",
    "bracketed": "03000001",
    "secret": "03000002",
    "nothing-there": "03000003",
    "no-inhabitants": "03000004",
    "too-far": "03000005",
    "revised": "03000006",
    "thousands": "03000007",
    "empty-cell": "03000008",
    "winter-term": "03000009",
    "month": "03000010",
    "own-district-in-twelve": "01001000",
    "land-in-twelve": "02000000",
    "no-city": "09182000",
}
LAENDER = {
    "01": "Schleswig-Holstein",
    "02": "Hamburg",
    "03": "Niedersachsen",
    "07": "Rheinland-Pfalz",
    "09": "Bayern",
    "16": "Thüringen",
}


def of(town, name, value, period="2015-12-31", **rest):
    return figure(name, value, period, **{"region_key": TOWNS[town], **rest})


FIGURES = [
    of("eight-digits", "population", 1000),
    # The Regionaldatenbank writes Rheinland-Pfalz with the association in the middle.
    of("ten-digits", "population", 2000, region_key="0713100007"),
    of("twelve-digits", "population", 3000, region_key="091815102114"),
    # It has changed its association; the row under the old one says that nothing is there.
    of("ten-digits", "population", "-", region_key="0713199007", line=1),
    # A city that is its own district has 5 digits; a district has them too and is no town.
    of("own-district", "population", 4000, region_key="16056"),
    # The census writes every level with 12 digits: only a city that is its own district is a town here.
    of("own-district-in-twelve", "population", 5000, region_key="010010000000"),
    of("land-in-twelve", "population", 6000, region_key="020000000000"),
    figure("population", 99_999, region_key="091820000000", region_label="Miesbach, Landkreis"),
    figure("population", 99_999, region_key="091825152000", region_label="Schliersee, Verwaltungsgemeinschaft"),
    figure("population", 99_999, region_key="09181", region_label="Landsberg am Lech, Landkreis"),
    figure("population", 99_999, region_key="0713101", region_label="Adenau, Verbandsgem."),
    of("bracketed", "unemployed", 10, "2015", sign="()"),
    of("bracketed", "population", 1000),
    of("secret", "unemployed", "/", "2015"),
    of("secret", "population", 1000),
    of("nothing-there", "unemployed", "-", "2015"),
    of("nothing-there", "population", 1000),
    of("no-inhabitants", "unemployed", 10, "2015"),
    of("no-inhabitants", "population", 0),
    of("too-far", "unemployed", 10, "2015"),
    of("too-far", "population", 1000, "2013-12-31"),
    of("revised", "population", 500, delivery_id="old"),
    of("revised", "population", 600, delivery_id="new"),
    of("thousands", "trade_tax_multiplier_pct", 2.5, "2015", unit_factor="1000"),
    of("empty-cell", "population", "", value_text=""),
    of("winter-term", "area_km2", 7, "2023-10P6M"),
    of("month", "area_km2", 8, "2024-02"),
]
DELIVERIES = [
    {"received": "2026-01-01"},
    {"delivery_id": "old", "received": "2025-01-01"},
    {"delivery_id": "new", "received": "2025-06-01", "is_synthetic": "true"},
]


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    towns = [
        {"town_id": name, "ags": ags, "name": name, "land": LAENDER[ags[:2]], "slot": slot}
        for slot, (name, ags) in enumerate(TOWNS.items(), start=1)
    ]
    built = building.build(tmp_path_factory.mktemp("rules"), towns=towns, figures=FIGURES, deliveries=DELIVERIES)
    assert built.result.ok, built.result.failures
    return built


@pytest.mark.parametrize(
    ("town", "population"),
    [
        ("eight-digits", 1000),
        ("ten-digits", 2000),
        ("twelve-digits", 3000),
        ("own-district", 4000),
        ("own-district-in-twelve", 5000),
        ("land-in-twelve", 6000),
    ],
)
def test_a_municipality_is_found_by_whatever_key_the_office_writes(rules, town, population):
    assert rules.value("population", "2015-12-31", town) == (population, "")


def test_districts_and_associations_are_no_municipalities(rules):
    assert rules.rows("select count(*) from indicator_values where value = 99999") == [(0,)]


@pytest.mark.parametrize(
    ("town", "expected"),
    [
        ("bracketed", (10, "()")),
        ("secret", (None, "/")),
        ("nothing-there", (None, "-")),
        ("no-inhabitants", (None, "x")),
        ("too-far", (None, ".")),
    ],
)
def test_the_offices_sign_reaches_the_indicator_and_a_gap_never_becomes_zero(rules, town, expected):
    assert rules.value("unemployed_per_1000", "2015", town) == expected


def test_the_delivery_received_last_is_in_force_and_a_warning_names_the_difference(rules):
    assert rules.value("population", "2015-12-31", "revised") == (600, "")
    assert rules.rows(
        "select sources, is_synthetic from indicator_values where indicator_id = 'population' and town_id = 'revised'"
    ) == [("new, old", True)]
    (check,) = [c for c in rules.result.checks if c["name"] == "two_deliveries_never_disagree_on_a_figure"]
    assert (check["status"], check["failures"]) == ("warn", 1)


def test_thousands_are_multiplied_out(rules):
    assert rules.value("trade_tax_multiplier", "2015", "thousands") == (2500, "")


def test_an_empty_cell_is_unknown(rules):
    assert rules.value("population", "2015-12-31", "empty-cell") == (None, ".")


@pytest.mark.parametrize(
    ("town", "period", "start", "end"),
    [
        ("winter-term", "2023-10P6M", "2023-10-01", "2024-03-31"),
        ("month", "2024-02", "2024-02-01", "2024-02-29"),
    ],
)
def test_periods_are_dates(rules, town, period, start, end):
    assert rules.rows(
        "select period_start::text, period_end::text from indicator_values where town_id = $t and period = $p",
        t=town, p=period,
    ) == [(start, end)]  # fmt: skip


def test_a_town_without_a_value_is_named_with_the_latest_period_of_the_others(rules):
    assert rules.value("area", "2023-10P6M", "secret") == (None, ".")
