"""Who stays at a price: the survey's points, its interval, its hidden points, and the tariff's unit."""

import numpy as np
import polars as pl
import pytest

from stadtlabor.statistics.planner import Tariff, willingness

CURVE = pl.DataFrame(
    {
        "price": [30.0, 5.0, 20.0, 10.0, 15.0],
        "share": [0.0, 100.0, None, 70.0, 40.0],
        "interval_low": [0.0, 93.0, None, 56.0, 28.0],
        "interval_high": [7.0, 100.0, None, 80.0, 53.0],
    }
)
LOW, MIDDLE, HIGH = (np.array([mark]) for mark in (0.0, 0.5, 1.0))


def share(curve, price, mark, pays=MIDDLE):
    return float(curve.stays(np.array([price]), mark, pays)[0, 0])


@pytest.mark.parametrize(("price", "ends"), [(5, (0.93, 1, 1)), (10, (0.56, 0.7, 0.8)), (15, (0.28, 0.4, 0.53))])
def test_at_a_price_that_was_asked_stands_the_published_share_with_its_interval(price, ends):
    curve = willingness(CURVE, None)

    assert [share(curve, price, mark) for mark in (LOW, MIDDLE, HIGH)] == pytest.approx(ends)


def test_between_two_published_prices_lies_a_straight_line():
    assert share(willingness(CURVE, None), 12.5, MIDDLE) == pytest.approx(0.55)


def test_beside_a_hidden_price_the_range_reaches_to_the_known_ones():
    curve = willingness(CURVE, None)

    assert share(curve, 20, LOW) == pytest.approx(0.0)
    assert share(curve, 20, HIGH) == pytest.approx(0.53)
    assert 0 < share(curve, 20, MIDDLE) < 0.4


def test_above_the_last_known_price_where_dearer_ones_are_hidden_anything_down_to_nobody_is_possible():
    curve = willingness(CURVE.filter(pl.col("price") < 30), None)

    assert share(curve, 25, LOW) == pytest.approx(0.0)
    assert share(curve, 25, HIGH) == pytest.approx(0.53)


def test_what_costs_nothing_keeps_everybody_and_what_costs_a_cent_only_who_pays_at_all():
    curve = willingness(CURVE, (55.0, 69.0, 81.0))

    assert share(curve, 0, MIDDLE) == 1
    assert share(curve, 0.01, MIDDLE) == pytest.approx(0.69, abs=0.001)
    assert share(curve, 10, MIDDLE, LOW) == pytest.approx(0.7 * 0.55)


@pytest.mark.parametrize("mark", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_a_higher_price_never_keeps_more(mark):
    found = willingness(CURVE, (55.0, 69.0, 81.0)).stays(np.linspace(0, 40, 401), np.array([mark]), MIDDLE)[0]

    assert (np.diff(found) <= 1e-12).all()


def test_without_a_published_price_there_is_nothing_to_say():
    assert willingness(CURVE.with_columns(share=None), None) is None


def test_a_visit_costs_the_same_day_in_every_unit():
    hour, half, day = (Tariff(*one).costs(18) for one in ((1.5, "hour"), (6.0, "half_day"), (12.0, "day")))
    four, eight, nine, none = 8, 16, 18, 0

    assert [hour[four], half[four], day[four]] == [6, 6, 12]
    assert [hour[eight], half[eight], day[eight]] == [12, 12, 12]
    assert [hour[nine], half[nine], day[nine]] == [13.5, 12, 12]
    assert [hour[none], half[none], day[none]] == [0, 0, 0]
    assert Tariff(6.0, "half_day", 3.0).costs(18)[four] == 12
