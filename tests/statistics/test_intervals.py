import numpy as np
import pytest
from scipy.stats import binom, norm
from statsmodels.stats.proportion import proportion_confint

from stadtlabor.statistics.weighting import effective_sample_size, wilson
from tests.statistics.macros import query, render

BASES = (1, 2, 7, 20, 49, 50, 187, 500, 12_345)
CASES = [(k, n) for n in BASES for k in sorted({0, 1, n // 10, n // 3, n // 2, n - 1, n})]


def wilson_in_sql(cases: list[tuple[float, float]]) -> np.ndarray:
    values = ", ".join(f"({i}, {k}, {n})" for i, (k, n) in enumerate(cases))
    rows = query(
        "select {0}, {1} from (values " + values + ") as cases(i, k, n) order by i",
        "wilson_low('k', 'n')",
        "wilson_high('k', 'n')",
    )
    return np.array(rows)


def test_z_is_the_quantile_of_the_normal_distribution():
    assert float(render("z_95()")) == norm.ppf(0.975)


def test_wilson_equals_statsmodels():
    expected = [proportion_confint(k, n, method="wilson") for k, n in CASES]

    np.testing.assert_allclose(wilson_in_sql(CASES), expected, rtol=0, atol=1e-9)


def test_wilson_in_python_is_the_macro():
    np.testing.assert_allclose([wilson(k, n) for k, n in CASES], wilson_in_sql(CASES), rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (5, 50, 4.3, 21.4),
        (25, 50, 36.6, 63.4),
        (0, 50, 0.0, 7.1),
        (10, 20, 29.9, 70.1),
        (5, 10, 23.7, 76.3),
    ],
)
def test_wilson_meets_the_anchors_of_the_methods(k: int, n: int, low: float, high: float):
    found = 100 * wilson_in_sql([(k, n)])[0]

    assert found.round(1).tolist() == [low, high]


def test_wilson_ends_are_exact_where_nobody_or_everybody_was_counted():
    assert wilson_in_sql([(0, 50), (50, 50)])[[0, 1], [0, 1]].tolist() == [0.0, 1.0]


def test_no_base_has_no_interval():
    assert query("select {0}, {1}", "wilson_low('0', '0')", "wilson_high('0', 'null')") == [(None, None)]


def test_weighted_wilson_uses_the_effective_sample_size():
    weights = np.array([0.4, 0.6, 1.0, 1.3, 2.2, 0.5, 1.1, 0.9])
    marked = np.array([1, 0, 1, 1, 0, 0, 1, 0])
    values = ", ".join(f"({w}, {m})" for w, m in zip(weights, marked, strict=True))
    (n_eff, low, high) = query(
        "select n_eff, {1}, {2} from (select {0} as n_eff, sum(w * m) / sum(w) as share from (values "
        + values
        + ") as answers(w, m))",
        "effective_sample_size('w')",
        "weighted_wilson_low('share', 'n_eff')",
        "weighted_wilson_high('share', 'n_eff')",
    )[0]
    share = float(np.average(marked, weights=weights))

    assert n_eff == pytest.approx(weights.sum() ** 2 / (weights @ weights), abs=1e-12)
    assert n_eff == pytest.approx(effective_sample_size(weights), abs=1e-12)
    expected = proportion_confint(share * n_eff, n_eff, method="wilson")
    assert (low, high) == pytest.approx(expected, abs=1e-9)


def coverage(n: int, p: np.ndarray) -> np.ndarray:
    """The exact probability, by p, that Wilson's interval holds p: the sum over all outcomes."""
    k = np.arange(n + 1)
    low, high = wilson_in_sql([(float(i), float(n)) for i in k]).T
    holds = (low[:, None] <= p) & (p <= high[:, None])
    return (binom.pmf(k[:, None], n, p) * holds).sum(axis=0)


def test_wilson_covers_95_percent_on_average(record_property):
    """Exact summation instead of chance: the share of samples whose interval holds the true share."""
    p = np.linspace(0.01, 0.99, 981)
    by_n = {n: coverage(n, p) for n in (10, 20, 30, 50, 100, 187, 300, 500)}
    everything = np.concatenate(list(by_n.values()))
    record_property("mean", float(everything.mean()))
    record_property("min", float(everything.min()))

    assert 0.93 < everything.mean() < 0.97
    for n, covered in by_n.items():
        assert 0.93 < covered.mean() < 0.97, n
    # Wilson's known weakness lies near 0 and 1; from n = 30 on and 5–95 % it is nowhere far off.
    middle = (p >= 0.05) & (p <= 0.95)
    assert min(covered[middle].min() for n, covered in by_n.items() if n >= 30) > 0.90
