import numpy as np
import pytest

from tests.statistics.macros import query


def column(values: list[float | None]) -> str:
    return ", ".join(f"({'null' if value is None else value})" for value in values)


@pytest.mark.parametrize("seed", range(5))
def test_quantiles_equal_numpy_and_leave_out_gaps(seed: int):
    rng = np.random.default_rng(seed)
    values = rng.gamma(2, 12, int(rng.integers(1, 60))).tolist()
    found = query(
        "select {0}, {1}, {2}, {3} from (values " + column([*values, None]) + ") as answers(x)",
        "lower_quartile('x')",
        "median('x')",
        "upper_quartile('x')",
        "quantile('x', 0.9)",
    )[0]

    assert found == pytest.approx(np.quantile(values, [0.25, 0.5, 0.75, 0.9]), abs=1e-9)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [([10, 5, 5], [0]), ([4, 3, 4], [1]), ([1, 0, 9], [2]), ([5, 0, 5], [0]), ([0, 0, 0], []), ([0, 7], [1])],
)
def test_the_class_that_holds_the_median(counts: list[int], expected: list[int]):
    """Where the median lies exactly between two classes, the lower one is named."""
    values = ", ".join(f"('s', {i}, {n})" for i, n in enumerate(counts))
    rows = query(
        "select position from (select *, {0} as here from (values "
        + values
        + ") as classes(survey, position, n)) where here",
        "holds_median('n', 'position', 'survey')",
    )

    assert [position for (position,) in rows] == expected
    ungrouped = np.repeat(np.arange(len(counts)), counts)
    if len(ungrouped):
        assert expected == [int(np.quantile(ungrouped, 0.5, method="inverted_cdf"))]


def demand(prices: list[float], k: int = 5) -> list[tuple[float, int, int, float]]:
    values = ", ".join(f"('s', {price})" for price in prices)
    return query(
        "with answers as (select * from (values " + values + ") as v(survey, price)) "
        "select price, respondents, base_n, share from {0} order by price",
        f"demand_curve('answers', 'survey', 'price', {k})",
    )


def test_demand_is_the_share_who_would_pay_that_much_or_more():
    prices = [5.0] * 20 + [10.0] * 15 + [20.0] * 5

    assert demand(prices) == [(5.0, 40, 40, 1.0), (10.0, 20, 40, 0.5), (20.0, 5, 40, 0.125)]


@pytest.mark.parametrize("seed", range(20))
def test_demand_steps_never_differ_by_a_handful_and_lie_on_the_curve(seed: int):
    rng = np.random.default_rng(seed)
    prices = (rng.integers(1, 40, int(rng.integers(5, 120))) / 2).tolist()
    curve = demand(prices)
    reached = [respondents for _, respondents, _, _ in curve]

    for price, respondents, base_n, share in curve:
        assert respondents == sum(stated >= price for stated in prices)
        assert (base_n, share) == (len(prices), respondents / len(prices))
    assert reached[0] == len(prices)
    assert all(higher - lower >= 5 for higher, lower in zip(reached, [*reached[1:], 0], strict=True))


def test_the_demand_of_fewer_than_k_is_not_told():
    assert demand([5.0, 10.0, 10.0, 20.0]) == []


def test_two_surveys_have_two_curves():
    rows = query(
        "with answers as (select * from (values ('a', 1.0), ('a', 2.0), ('b', 3.0), ('b', 3.0)) as v(survey, price))"
        " select survey, price, respondents from {0} order by survey, price",
        "demand_curve('answers', 'survey', 'price', 1)",
    )

    assert rows == [("a", 1.0, 2), ("a", 2.0, 1), ("b", 3.0, 2)]


@pytest.mark.parametrize(("base_n", "sign"), [(0, "/"), (29, "/"), (30, "()"), (49, "()"), (50, ""), ("null", None)])
def test_small_bases_have_their_official_sign(base_n: int | str, sign: str | None):
    assert query("select {0}", f"small_base_sign('{base_n}')") == [(sign,)]
