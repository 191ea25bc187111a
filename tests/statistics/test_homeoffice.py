import itertools

import numpy as np
import pytest

from stadtlabor.statistics.homeoffice import (
    AnswerClass,
    Assumptions,
    Range,
    Survey,
    exactly,
    home_office_gap,
    influences,
    mean_range,
)
from stadtlabor.statistics.weighting import wilson

SURVEY = Survey(
    could_stay=Range(0.41, 0.5, 0.59),
    possible_days=Range(1.5, 2.0, 2.8),
    current_days=Range(0.2, 0.5, 0.9),
    one_way_minutes=Range(25, 35, 50),
    one_way_km=Range(18, 30, 42),
)


def naive(out_commuters, could, possible, current, minutes, km, weeks, carries):
    commuters = out_commuters * could * carries
    days = commuters * max(0, possible - current) * weeks
    return commuters, days, days * minutes * 2 / 60, days * km * 2


def test_the_range_holds_every_corner_and_its_ends_are_corners():
    given = Assumptions()
    gap = home_office_gap(4_000, SURVEY, given)
    parameters = [
        SURVEY.could_stay, SURVEY.possible_days, SURVEY.current_days, SURVEY.one_way_minutes,
        SURVEY.one_way_km, given.working_weeks, given.carries_over,
    ]  # fmt: skip
    corners = np.array([naive(4_000, *c) for c in itertools.product(*((p.low, p.high) for p in parameters))])
    found = (gap.commuters, gap.days, gap.hours, gap.kilometres)

    assert [each.low for each in found] == pytest.approx(corners.min(axis=0))
    assert [each.high for each in found] == pytest.approx(corners.max(axis=0))
    assert [each.central for each in found] == pytest.approx(naive(4_000, *(p.central for p in parameters)))


def test_the_range_holds_every_point_inside():
    rng = np.random.default_rng(1)
    given = Assumptions()
    gap = home_office_gap(4_000, SURVEY, given)
    for _ in range(500):
        draw = [
            rng.uniform(each.low, each.high)
            for each in (
                SURVEY.could_stay, SURVEY.possible_days, SURVEY.current_days, SURVEY.one_way_minutes,
                SURVEY.one_way_km, given.working_weeks, given.carries_over,
            )
        ]  # fmt: skip
        for value, each in zip(naive(4_000, *draw), (gap.commuters, gap.days, gap.hours, gap.kilometres), strict=True):
            assert each.low <= value <= each.high


def test_who_is_at_home_already_as_much_as_possible_saves_nothing():
    settled = Survey(exactly(0.5), exactly(2), exactly(3), exactly(30), exactly(20))

    assert home_office_gap(1_000, settled).days == exactly(0)


def test_an_influence_varies_one_parameter_only():
    found = influences(4_000, SURVEY)
    middle = home_office_gap(4_000, SURVEY).days.central

    assert set(found) == {
        "could_stay", "possible_days", "current_days", "one_way_minutes", "one_way_km", "working_weeks",
        "carries_over",
    }  # fmt: skip
    assert all(gap.days.central == pytest.approx(middle) for gap in found.values())
    assert found["working_weeks"].days.high == pytest.approx(middle * 46 / 43)
    assert found["one_way_km"].days == exactly(found["one_way_km"].days.central)


@pytest.mark.parametrize("seed", range(5))
def test_the_mean_of_any_respondents_in_these_classes_lies_in_its_range(seed: int):
    rng = np.random.default_rng(seed)
    limits = [0, 10, 20, 30, 45, 60, 120]
    values = rng.gamma(2.5, 12, 90).clip(0, 119)
    counts = np.histogram(values, limits)[0]
    classes = [
        AnswerClass(low, high, None if 0 < n < 5 else int(n))
        for low, high, n in zip(limits, limits[1:], counts, strict=False)
    ]
    found = mean_range(classes, 90)

    assert found.low <= values.mean() <= found.high


def test_the_mean_by_hand_without_hidden_classes():
    found = mean_range([AnswerClass(0, 0, 30), AnswerClass(1, 1, 20), AnswerClass(2, 3, 10)], 60)
    low = [wilson(30, 60)[0], wilson(10, 60)[0]]
    high = [wilson(30, 60)[1], wilson(10, 60)[1]]

    assert found.central == pytest.approx((20 * 1 + 10 * 2.5) / 60)
    assert found.low == pytest.approx(1 * low[0] + 1 * low[1])
    assert found.high == pytest.approx(1 * high[0] + 2 * high[1])


def test_hidden_classes_widen_the_range_to_both_sides():
    shown = mean_range([AnswerClass(0, 10, 20), AnswerClass(10, 20, 20), AnswerClass(20, 30, 20)], 60)
    hidden = mean_range([AnswerClass(0, 10, None), AnswerClass(10, 20, 20), AnswerClass(20, 30, None)], 60)

    assert hidden.low < shown.low
    assert hidden.high > shown.high


@pytest.mark.parametrize(
    ("classes", "base_n"),
    [
        ([], 10),
        ([AnswerClass(0, 5, 10)], 0),
        ([AnswerClass(0, 5, 5), AnswerClass(4, 9, 5)], 10),
        ([AnswerClass(5, 0, 10)], 10),
        ([AnswerClass(0, 5, 9)], 10),
        ([AnswerClass(0, 5, 11)], 10),
    ],
)
def test_a_mean_of_classes_that_do_not_fit_is_refused(classes: list[AnswerClass], base_n: int):
    with pytest.raises(ValueError, match=r"class|respondents"):
        mean_range(classes, base_n)


def test_impossible_quantities_are_refused():
    with pytest.raises(ValueError, match="not in order"):
        Range(2, 1, 3)
    with pytest.raises(ValueError, match="both are ≥ 0"):
        exactly(-1).times(exactly(2))
    with pytest.raises(ValueError, match="7 days"):
        home_office_gap(1, Survey(exactly(0.5), exactly(8), exactly(0), exactly(1), exactly(1)))
    with pytest.raises(ValueError, match="share exceeds 1"):
        home_office_gap(1, SURVEY, Assumptions(carries_over=Range(0.5, 1.0, 1.5)))
