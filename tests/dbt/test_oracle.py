"""Each indicator against an independent naive computation, on the figures raw/ ships and on invented ones."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from stadtlabor.indicators import catalogue
from tests.dbt import building, oracle
from tests.dbt.building import figure
from tests.dbt.conftest import RAW

PROJECT = RAW.parent
# Indicators made of official figures; the surveys' have an oracle of their own.
OFFICIAL = {one.entry.indicator_id for one in catalogue.load() if one.model == "indicators__official"}


def figures_by_town(raw: Path) -> dict[str, dict[str, dict[str, float]]]:
    """`[ags][figure][period] = number`, read by the csv module from the deliveries."""
    found: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for name in building.FIGURE_DELIVERIES:
        with (raw / name / "figures.csv").open(encoding="utf-8", newline="") as stream:
            for record in csv.DictReader(stream):
                found[record["ags"]][record["figure"]][record["period"]] = float(record["value"])
    return found


def test_every_indicator_has_an_oracle():
    assert set(oracle.INDICATORS) == OFFICIAL


@pytest.mark.parametrize("indicator_id", sorted(oracle.INDICATORS))
def test_the_release_says_what_a_naive_computation_says(network, indicator_id):
    towns = dict(network.rows("select ags, town_id from towns"))
    expected = {
        (towns[ags], period): value
        for ags, figures in figures_by_town(RAW).items()
        for period, value in oracle.INDICATORS[indicator_id](ags, figures).items()
    }

    found = {
        (town, period): (value, sign)
        for town, period, value, sign in network.rows(
            "select town_id, period, value, sign from indicator_values where indicator_id = $i", i=indicator_id
        )
    }

    if not expected:  # no delivery has its figures: every town says so
        assert {(town, sign) for (town, _), (_, sign) in found.items()} == {(town, ".") for town in towns.values()}
        return
    assert set(found) == set(expected)
    for key, value in expected.items():
        sign = "x" if value is None else value if isinstance(value, str) else ""
        assert found[key][0] == (None if sign else pytest.approx(value, rel=1e-12)), key
        assert found[key][1] == sign, key


@pytest.fixture(scope="session")
def invented(tmp_path_factory):
    """The figures no delivery has yet, so that their formulas are tried too."""
    return building.build(
        tmp_path_factory.mktemp("invented"),
        figures=[
            figure("marginally_employed_at_workplace", 300, "2015-06-30"),
            figure("employees_at_workplace", 900, "2015-06-30"),
            figure("employees_at_workplace_services", 600, "2015-06-30"),
            figure("marginally_employed_at_residence", 250, "2015-06-30"),
            figure("population", 2000, "2015-12-31"),
        ],
    )


def test_marginal_employment_is_a_share_of_all_jobs_and_a_number_per_thousand_inhabitants(invented):
    assert invented.value("marginally_employed_share", "2015-06-30") == (300 / (300 + 900) * 100, "")
    assert invented.value("marginally_employed_per_1000", "2015-06-30") == (250 / 2000 * 1000, "")


def test_the_tertiary_share_is_of_those_who_work_here(invented):
    assert invented.value("tertiary_share", "2015-06-30") == (pytest.approx(600 / 900 * 100), "")


def test_every_newer_figure_is_in_the_warehouse_as_issued_with_its_source_period_and_licence(network):
    """All 788: value, period, source, licence and the mark of what is derived."""
    with (RAW / "official-updates" / "figures.csv").open(encoding="utf-8", newline="") as stream:
        issued = {(one["ags"], one["figure"], one["period"]): one for one in csv.DictReader(stream)}
    expected = {
        key: (float(one["value"]), one["source"], one["licence"], one["quality"]) for key, one in issued.items()
    }

    found = network.private(
        "select municipality_id, figure, period, value, source_text, licence, quality from core.core__figures "
        "where contains(delivery_ids, 'official-updates')"
    )

    assert len(expected) == 788
    assert {row[:3]: row[3:] for row in found} == expected


def test_the_newest_period_of_each_theme_is_of_this_decade_where_one_exists(network):
    found = dict(
        network.rows("select indicator_id, max(period) from indicator_values where value is not null group by all")
    )

    wanted = {
        "population": "2024-12-31", "unemployed_per_1000": "2021", "employment_rate": "2023-06-30",
        "tax_capacity_per_inhabitant": "2024", "property_tax_b_multiplier": "2025-06-30",
        "broadband_fixed_line_50": "2023-12-31", "mobile_5g_area": "2024-01", "average_stay": "2021",
        "commuting_distance": "2023-06-30", "out_commuter_share": "2015-06-30",
    }  # fmt: skip
    assert {name: found[name] for name in wanted} == wanted


def test_a_value_says_whether_it_was_issued_derived_or_estimated(network):
    found = network.rows(
        "select indicator_id, period, quality_grade from indicator_values where town_id = 'diessen' and "
        "(indicator_id, period) in (('population', '2024-12-31'), ('population', '2019-12-31'), "
        "('average_stay', '2021'), ('average_stay', '2015'), ('modal_share_walking', '2023')) order by all"
    )

    assert found == [
        ("average_stay", "2015", "official"),
        ("average_stay", "2021", "derived"),
        ("modal_share_walking", "2023", "estimate"),
        ("population", "2019-12-31", "official"),
        ("population", "2024-12-31", "derived"),
    ]
