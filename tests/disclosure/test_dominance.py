import numpy as np
import pytest

from stadtlabor.disclosure.dominance import dominance_reason
from tests.statistics.macros import query

CASES = [
    ([10, 10, 10, 10], "few_contributors"),
    ([10, 10, 10, 10, 0, 0], "few_contributors"),
    ([], "few_contributors"),
    ([50, 20, 10, 10, 10], None),
    ([51, 20, 10, 10, 9], "one_dominates"),
    ([45, 40, 5, 5, 5], None),
    ([46, 40, 5, 5, 4], "two_dominate"),
]


@pytest.mark.parametrize(("hours", "reason"), CASES)
def test_a_sum_that_a_handful_of_persons_make_up_is_hidden(hours: list[float], reason: str | None):
    assert dominance_reason(hours) == reason


def test_the_macro_states_the_same_rule():
    rng = np.random.default_rng(0)
    drawn = [rng.pareto(1.0, int(rng.integers(5, 9))).round(2).tolist() for _ in range(200)]
    cases = [list(map(float, hours)) for hours, _ in CASES if len(hours) > 1] + drawn
    values = []
    for i, hours in enumerate(cases):
        parts = sorted(filter(None, hours), reverse=True)
        values.append(f"({i}, {len(parts)}, {parts[0]}, {parts[1]}, {sum(parts)})")
    rows = query(
        "select {0} from (values " + ", ".join(values) + ") as users(i, n, largest, second, total) order by i",
        "dominance_reason('n', 'largest', 'second', 'total')",
    )

    assert [reason for (reason,) in rows] == [dominance_reason(hours) for hours in cases]


def test_amounts_of_two_signs_have_no_shares():
    with pytest.raises(ValueError, match="negative"):
        dominance_reason([5, 5, 5, 5, -1])
