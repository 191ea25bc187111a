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
    """`[ags][figure][period] = number`, read by the csv module from both deliveries."""
    found: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for name in ("official-figures", "regional-tables"):
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
        assert found[key][0] == (None if value is None else pytest.approx(value, rel=1e-12)), key
        assert found[key][1] == ("x" if value is None else ""), key


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
