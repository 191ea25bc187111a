"""The bootstrap over weeks: what it estimates, that it repeats itself, and where it keeps silent."""

import random

import polars as pl
import pytest

from stadtlabor.statistics.holiday_effect import effects


def weeks(first, second, space="s"):
    rows = [(space, "c", True, *week) for week in first] + [(space, "c", False, *week) for week in second]
    return pl.DataFrame(rows, schema=["space_id", "comparison", "is_first", "booked", "available"], orient="row")


def one(first, second):
    (row,) = effects(weeks(first, second)).to_dicts()
    return row


def test_utilisation_is_booked_over_available_and_short_weeks_weigh_less():
    found = one([(10, 100), (10, 20)], [(50, 100)])

    assert found["first_pct"] == pytest.approx(100 * 20 / 120)
    assert found["second_pct"] == 50
    assert found["difference"] == pytest.approx(100 * 20 / 120 - 50)
    assert (found["first_weeks"], found["second_weeks"]) == (2, 1)


def test_the_interval_is_that_of_drawing_weeks_one_by_one():
    dice = random.Random(7)
    first = [(dice.randrange(10, 40), 100) for _ in range(6)]
    second = [(dice.randrange(30, 70), 100) for _ in range(15)]

    def drawn(side):
        taken = dice.choices(side, k=len(side))
        return 100 * sum(booked for booked, _ in taken) / sum(available for _, available in taken)

    naive = sorted(drawn(first) - drawn(second) for _ in range(20_000))
    found = one(first, second)

    assert found["low"] == pytest.approx(naive[500], abs=0.6)
    assert found["high"] == pytest.approx(naive[19_500], abs=0.6)


def test_the_same_weeks_give_the_same_interval_in_any_order_and_beside_any_space():
    first, second = [(1, 10), (2, 10), (5, 10)], [(6, 10), (7, 10), (9, 10), (8, 10)]
    together = pl.concat([weeks([(3, 10)] * 4, [(4, 10)] * 4, "a"), weeks(first[::-1], second[::-1])])

    assert effects(together).filter(pl.col("space_id") == "s").to_dicts() == [one(first, second)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([], [(1, 10)], (None, 10, None, None)),
        ([(1, 10)], [], (10, None, None, None)),
        ([(1, 10), (1, 10)], [(2, 10)] * 9, (10, 20, -10, None)),
    ],
)
def test_too_few_weeks_have_no_interval_and_none_no_difference(first, second, expected):
    found = one(first, second)

    assert (found["first_pct"], found["second_pct"], found["difference"], found["low"]) == expected
    assert found["high"] is None


def test_no_space_no_row():
    assert effects(weeks([], [])).is_empty()
