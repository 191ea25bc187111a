"""Two releases of a growing space together: by trying all sums of both, nothing tells of too few."""

from itertools import pairwise

import numpy as np
import pytest

from stadtlabor.disclosure.dominance import dominance_reason
from stadtlabor.disclosure.policy import POLICY
from tests.disclosure.spaces.growth import releases
from tests.disclosure.spaces.made_up import DAYS, names

# Three weeks over the end of a month: few enough sums for all of them to be tried.
FEW = [day for day in DAYS if 22 <= day.timetuple().tm_yday - 212 <= 43][:9]
SUMS = ("total", "month", "week")


def tables(told):
    """Days by person."""
    table = np.zeros((len(FEW), 20))
    for day, user, hours in told.bookings:
        table[FEW.index(day), int(user[1:])] += hours
    return table


def told_sums(told, is_now):
    """Printed sums of days, over what was there before and what was added since."""
    cells = [cell for cell in told.cells.select("family", "cell").iter_rows() if cell[0] in SUMS]
    days = np.array([[cell in names(day) for day in FEW] for cell in cells], np.int8).reshape(-1, len(FEW))
    return np.hstack([days, days if is_now else 0 * days])


@pytest.mark.parametrize("seed", range(6))
def test_no_sum_of_two_releases_tells_of_too_few(seed):
    for before, now in pairwise(releases(seed, FEW, busy=12)):
        if now.is_kept:
            assert now.cells is before.cells
            continue
        then, added = tables(before), tables(now) - tables(before)
        changed = added.any(axis=1)
        columns = np.concatenate([np.full(len(FEW), True), changed])
        people = np.vstack([then, added])[columns]
        rows = np.unique(np.vstack([told_sums(before, False), told_sums(now, True)])[:, columns], axis=0)
        left = np.zeros((1, rows.shape[1]), np.int8)
        for row in rows:
            left = np.unique(np.vstack([left, left + row, left - row]), axis=0)
        told = left[(left >= 0).all(axis=1) & (left <= 1).all(axis=1) & left.any(axis=1)]
        assert {dominance_reason(by_user) for by_user in told @ people if by_user.any()} <= {None}
        assert not 0 < abs(len({u for _, u, _ in now.bookings}) - len({u for _, u, _ in before.bookings})) < POLICY.k


def test_some_growths_are_told_and_some_stay():
    told = [one for seed in range(12) for one in releases(seed, FEW, busy=12) if not one.cells.is_empty()]

    assert {one.is_kept for one in told} == {True, False}
