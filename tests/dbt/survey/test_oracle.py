"""Every survey indicator against a naive computation straight from the files."""

import math

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from tests.samples import oracle

# What the oracle computes: the total and an indicator's own breakdown, not the standing ones.
OWN = ("total", "answer", "item", "statistic", "price", "survey")


@pytest.fixture(scope="module")
def published(surveys):
    rows = surveys.rows(
        "select indicator_id, sources, breakdown, coalesce(breakdown_value, ''), value, numerator, base_n, "
        "interval_low, interval_high, sign from indicator_values "
        "inner join indicator_catalogue using (indicator_id) "
        "where dbt_model = 'survey__values' and sources is not null"
    )
    return {row[:4]: row[4:] for row in rows}


@pytest.fixture(scope="module")
def computed(surveys):
    rows = oracle.survey_rows(surveys.raw)
    return {(row.indicator_id, row.delivery, row.breakdown, row.breakdown_value): row for row in rows}


def test_every_number_is_the_oracles(published, computed):
    shown = {key: row for key, row in published.items() if key in computed and row[0] is not None}
    # Of open questions alone and in whole per cent, where the oracle has all of them exactly.
    coarse = {key: row[0] for key, row in shown.items() if key[0] == "survey_item_nonresponse"}
    shown = {key: row for key, row in shown.items() if key not in coarse}

    assert {key: value for key, value in coarse.items() if abs(value - computed[key].value) > 1 or value % 1} == {}
    wrong = {
        key: (row[0], computed[key].value)
        for key, row in shown.items()
        if not math.isclose(row[0], computed[key].value, rel_tol=0, abs_tol=1e-9)
    }

    assert wrong == {}
    assert len(shown) >= 250


def test_nothing_the_oracle_computes_is_left_out(published, computed):
    assert sorted(set(computed) - set(published)) == []


def test_what_the_oracle_has_not_is_a_zero_nobody_answered_or_the_reach(published, computed):
    further = {key: row for key, row in published.items() if key not in computed and key[2] in OWN}

    assert {key for key, row in further.items() if not (row[0] in (0, None) or key[0] == "survey_reach")} == set()


def test_a_hidden_number_says_why_and_a_small_one_is_not_hidden_for_nothing(published, computed):
    hidden = {key: row for key, row in published.items() if key in computed and row[0] is None}
    signs = {row[-1] for row in hidden.values()}

    assert signs <= {".", "/", "x"}
    for key, row in hidden.items():
        if row[-1] == "/":
            assert computed[key].denominator < 30, key
        if computed[key].denominator < 30 and row[2] is not None:
            assert row[-1] == "/", key


def test_brackets_stand_from_thirty_to_under_fifty(published, computed):
    bracketed = {key: row for key, row in published.items() if row[-1] == "()"}
    plain = {key: row for key, row in published.items() if row[-1] == "" and row[2] is not None}

    assert bracketed
    assert all(30 <= row[2] < 50 for row in bracketed.values())
    assert all(row[2] >= 50 for row in plain.values())


def test_intervals_are_wilsons(published):
    shares = [row for row in published.values() if row[3] is not None and row[1] is not None and row[2] is not None]
    low, high = proportion_confint(
        np.array([row[1] for row in shares]), np.array([row[2] for row in shares]), method="wilson"
    )

    assert len(shares) > 200
    np.testing.assert_allclose([row[3] for row in shares], 100 * low, atol=1e-9)
    np.testing.assert_allclose([row[4] for row in shares], 100 * high, atol=1e-9)


def test_two_waves_of_one_town_are_two_periods(surveys):
    periods = surveys.rows(
        "select period from indicator_values where indicator_id = 'coworking_interest_share' "
        "and town_id = 'dippoldiswalde' and breakdown = 'total' order by period_start"
    )

    assert periods == [("2022-05-09/2022-06-12",), ("2023-03-06/2023-04-16",)]
