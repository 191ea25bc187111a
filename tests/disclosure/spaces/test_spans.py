"""Ranges of hidden sums, against the two linear programmes asked each time."""

import numpy as np
import pytest
from scipy.optimize import linprog

from stadtlabor.disclosure import solver
from stadtlabor.disclosure.spaces.spans import ContradictionError, Printed, widths

ENOUGH = 1.0


def some_use(seed):
    """Parts with limits, sums of them that are printed, and sums that are hidden."""
    dice = np.random.default_rng(seed)
    parts = dice.integers(3, 9)
    use = dice.choice([0, 0, 0.5, 1, 2, 4], parts)
    limits = np.maximum(use, dice.choice([1.0, 2.0, 4.0], parts))
    sums = dice.choice([0.0, 0.0, 1.0, 1.0], size=(dice.integers(1, 6), parts))
    hidden = dice.choice([0.0, 1.0], size=(6, parts))
    sums = sums[sums.any(axis=1)]
    return Printed(sums, sums @ use, limits), hidden[hidden.any(axis=1)], use


def found_of(printed, hidden, use=None):
    return widths(printed, hidden * printed.limits, ENOUGH, use)


def asked(printed, row):
    bounds = list(zip(np.zeros(len(row)), printed.limits, strict=True))
    sums = {"A_eq": printed.sums, "b_eq": printed.values} if len(printed.sums) else {}
    least, most = (linprog(way * row, **sums, bounds=bounds) for way in (1, -1))
    return -most.fun - least.fun


@pytest.mark.parametrize("seed", range(60))
def test_ranges_are_exact_below_enough_and_never_said_to_be_wider_than_they_are(seed):
    printed, hidden, use = some_use(seed)

    found = found_of(printed, hidden, use if seed % 2 else None)

    exact = np.array([asked(printed, row) for row in hidden])
    is_narrow = exact < ENOUGH - 1e-6
    assert found[is_narrow] == pytest.approx(exact[is_narrow], abs=1e-5)
    assert (found[~is_narrow] >= ENOUGH - 1e-5).all()
    assert (found <= exact + 1e-5).all()


def test_the_random_cases_hold_narrow_ranges_and_wide_ones():
    exact = np.concatenate([[asked(some_use(seed)[0], row) for row in some_use(seed)[1]] for seed in range(30)])

    assert (exact < 1e-9).sum() > 20
    assert ((exact > 1e-9) & (exact < ENOUGH)).sum() > 5
    assert (exact > ENOUGH).sum() > 20


def test_bounds_tell_what_no_sum_does():
    """Two parts of two hours each, four in all: both are full, though neither is printed."""
    printed = Printed(np.array([[1.0, 1.0]]), np.array([4.0]), np.array([2.0, 2.0]))

    assert found_of(printed, np.eye(2)) == pytest.approx([0, 0], abs=1e-6)


def test_numbers_that_cannot_all_be_true_are_refused():
    printed = Printed(np.array([[1.0, 1.0]]), np.array([5.0]), np.array([2.0, 2.0]))

    with pytest.raises(ContradictionError):
        found_of(printed, np.eye(2))


def test_a_thin_year_needs_no_programme_for_each_of_its_days(monkeypatch):
    """Less in all than would be enough for each day: few programmes for all 260 of them together."""
    asked_for = []
    minimise = solver.minimise
    monkeypatch.setattr(solver, "minimise", lambda *given: asked_for.append(given) or minimise(*given))
    printed = Printed(np.ones((1, 260)), np.array([120.0]), np.full(260, 90.0))

    found = found_of(printed, np.eye(260))

    assert (found >= ENOUGH).all()
    assert len(asked_for) < 26
