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


def told_sums(told, blocks, known):
    """Printed sums of days, over what was there at first and what was added by each of the known growths."""
    cells = [cell for cell in told.cells.select("family", "cell").iter_rows() if cell[0] in SUMS]
    days = np.array([[cell in names(day) for day in FEW] for cell in cells], np.int8).reshape(-1, len(FEW))
    return np.hstack([days if block < known else 0 * days for block in range(blocks)])


def harms(history):
    """Why a sum that follows from some releases together must not be told; by adding and subtracting all of them."""
    counted = [tables(told) for told in history]
    blocks = [counted[0], *(now - before for before, now in pairwise(counted))]
    columns = np.concatenate([np.full(len(FEW), True), *(block.any(axis=1) for block in blocks[1:])])
    sums = [told_sums(told, len(history), number + 1) for number, told in enumerate(history)]
    left = np.zeros((1, columns.sum()), np.int8)
    for row in np.unique(np.vstack(sums)[:, columns], axis=0):
        left = np.unique(np.vstack([left, left + row, left - row]), axis=0)
    told = left[(left >= 0).all(axis=1) & (left <= 1).all(axis=1) & left.any(axis=1)]
    return {dominance_reason(by_user) for by_user in told @ np.vstack(blocks)[columns] if by_user.any()} - {None}


@pytest.mark.parametrize("seed", range(6))
def test_no_sum_of_two_releases_tells_of_too_few(seed):
    for before, now in pairwise(releases(seed, FEW, busy=12)):
        if now.is_kept:
            assert now.cells is before.cells
            continue
        assert not harms([before, now])
        assert not 0 < abs(len({u for _, u, _ in now.bookings}) - len({u for _, u, _ in before.bookings})) < POLICY.k


@pytest.mark.parametrize(("seed", "count"), [(0, 1), (6, 1), (12, 3), (19, 3), (41, 3)])
def test_nor_does_one_of_all_releases_that_told_anew(seed, count):
    """Of two spaces a week that was hidden would tell of another one: told without both, the third release tells it."""
    history = [told for told in releases(seed, FEW, busy=12, steps=(60, 60)) if not told.is_kept]

    assert len(history) == count
    assert not harms(history)


def test_some_growths_are_told_and_some_stay():
    told = [one for seed in range(12) for one in releases(seed, FEW, busy=12) if not one.cells.is_empty()]

    assert {one.is_kept for one in told} == {True, False}
