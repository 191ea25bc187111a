"""Who finds a desk: against a naive count seat by seat, and against Erlang's formula."""

import numpy as np
import pytest

from stadtlabor.statistics.planner.seating import MOST_SLOTS, peaks, turned_away


def naive(day, start, end, desks):
    """Every visit in its turn, every slot by itself."""
    taken = {}
    lost = []
    for of, begin, stop in zip(day.tolist(), start.tolist(), end.tolist(), strict=True):
        slots = [(of, slot) for slot in range(begin, stop)]
        is_lost = any(taken.get(slot, 0) >= desks for slot in slots)
        lost.append(is_lost)
        for slot in [] if is_lost else slots:
            taken[slot] = taken.get(slot, 0) + 1
    return np.array(lost, dtype=bool)


@pytest.mark.parametrize("seed", range(12))
def test_the_same_visits_are_turned_away_as_seat_by_seat(seed):
    rng = np.random.default_rng(seed)
    count = 400
    day = np.sort(rng.integers(0, 30, count))
    start = rng.integers(0, MOST_SLOTS - 1, count)
    end = np.minimum(start + rng.integers(1, 20, count), MOST_SLOTS)
    for desks in (1, 2, 3, 7, 20):
        lost = turned_away(day, start, end, desks, peaks(day, start, end, 30))

        assert lost.tolist() == naive(day, start, end, desks).tolist()


def test_a_whole_day_fits_beside_one_that_ends_where_it_begins():
    day, start, end = np.zeros(3, int), np.array([0, 20, 10]), np.array([20, 48, 30])

    assert turned_away(day, start, end, 1, peaks(day, start, end, 1)).tolist() == [False, False, True]


def test_nobody_comes_to_nothing():
    none = np.zeros(0, int)

    assert turned_away(none, none, none, 3, peaks(none, none, none, 5)).tolist() == []


def erlang_b(load, desks):
    """The chance that all are taken: Poisson arrivals, any length of stay (Erlang 1917)."""
    blocked = 1.0
    for number in range(1, desks + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


@pytest.mark.parametrize("desks", [1, 2, 3, 4, 6])
def test_who_comes_by_chance_is_turned_away_as_often_as_erlang_says(desks):
    """Booked on the spot, in the order of coming, and looked at once the day has warmed up."""
    rng, days, length, load = np.random.default_rng(5), 30_000, 12, 2.0
    counts = rng.poisson(load / length, (days, MOST_SLOTS - length))
    day, start = (np.repeat(one, counts.ravel()) for one in (np.indices(counts.shape).reshape(2, -1)))
    end = start + length

    lost = turned_away(day, start, end, desks, peaks(day, start, end, days))

    assert lost[start >= 2 * length].mean() == pytest.approx(erlang_b(load, desks), abs=0.012)
