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
        "select {0}, {1} from (values " + column([*values, None]) + ") as answers(x)",
        "median('x')",
        "quantile('x', 0.9)",
    )[0]

    assert found == pytest.approx(np.quantile(values, [0.5, 0.9]), abs=1e-9)


@pytest.mark.parametrize(("base_n", "sign"), [(0, "/"), (29, "/"), (30, "()"), (49, "()"), (50, ""), ("null", None)])
def test_small_bases_have_their_official_sign(base_n: int | str, sign: str | None):
    assert query("select {0}", f"small_base_sign('{base_n}')") == [(sign,)]
