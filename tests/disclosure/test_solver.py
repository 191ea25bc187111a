"""The way into the optimisation library: its answers, and that it leaves the process as it found it."""

import subprocess
import sys
from itertools import combinations, product

import numpy as np
import pytest
from scipy.sparse import csr_array

from stadtlabor.disclosure.moves import CANDIDATE, HIDDEN, Programme
from stadtlabor.disclosure.search import Search
from stadtlabor.disclosure.solver import Model, minimise

SOLVING_AT_ONCE = """
import os
from concurrent.futures import ThreadPoolExecutor
import numpy as np
from scipy.sparse import csr_array
from stadtlabor.disclosure.solver import minimise

def solve(number):
    rows = (csr_array(np.ones((1, 6))), np.array([2.0]), np.array([3.0]))
    return minimise(np.arange(6.0), np.ones(6), np.zeros(6), np.ones(6), rows)

with ThreadPoolExecutor(8) as pool:
    assert all(point.sum() == 2 for point in pool.map(solve, range(400)))
os.write(1, b"heard")
"""


def test_what_is_written_after_solves_in_several_threads_arrives():
    said = subprocess.run([sys.executable, "-c", SOLVING_AT_ONCE], capture_output=True, encoding="utf-8", check=True)

    assert said.stdout == "heard"


def test_a_build_keeps_its_output_for_python():
    script = """
import os
from stadtlabor.base.progress import keep_output_for_python
print("before")
keep_output_for_python()
os.write(1, b"what a library writes past Python")
print("after ü")
"""
    said = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script], capture_output=True, encoding="utf-8", check=True
    )

    assert said.stdout.splitlines() == ["before", "after ü"]


@pytest.mark.parametrize("seed", range(3))
def test_a_kept_model_answers_as_a_new_one(seed):
    rng = np.random.default_rng(seed)
    rows = (csr_array(rng.integers(-2, 3, (3, 8)).astype(float)), np.full(3, -5.0), np.full(3, 5.0))
    model = Model(rows, np.zeros(8), np.ones(8))
    found = []
    for _ in range(12):
        low, costs = rng.integers(-3, 3, 8), rng.normal(size=8)
        model.bound(low, low + rng.integers(0, 3, 8))
        model.limit(int(rng.integers(3)), -3.0, float(rng.integers(-3, 6)))
        kept = model.minimise(costs)
        new = minimise(costs, np.zeros(8), model.low, model.high, model.rows)
        assert (kept is None) == (new is None)
        assert kept is None or abs(costs @ kept - costs @ new) < 1e-6
        found.append(kept is None)
    assert {*found} == {True, False}


@pytest.mark.parametrize("seed", range(4))
def test_the_cheapest_are_hidden(seed):
    """Held against every choice of cells of a table of three by three with its totals."""
    rng = np.random.default_rng(seed)
    counts = dict(zip(product("abc", "xyz"), rng.integers(0, 9, 9), strict=True))
    target = max((cell for cell in counts if counts[cell] < 5), key=lambda cell: counts[cell])
    programme = Programme()
    for cell, count in counts.items():
        programme.add((*cell, ""), int(count), HIDDEN if cell == target else CANDIDATE, 1 + count / 10)
    for line in [*"abc", *"xyz"]:
        programme.relate([((*cell, ""), 1) for cell in counts if line in cell])

    up, down, hidden = Search(programme).cheapest(programme.place[*target, ""], 5)

    def protects(chosen):
        room = {cell: (-counts[cell], 10) if cell in (target, *chosen) else (0, 0) for cell in counts}
        low, high = np.array(list(room.values()), float).T
        sums = csr_array([[float(line in cell) for cell in counts] for line in [*"abc", *"xyz"]])
        rows, weights = (sums, np.zeros(6), np.zeros(6)), np.array([float(cell == target) for cell in counts])
        least, most = (weights @ minimise(sign * weights, np.zeros(9), low, high, rows) for sign in (1, -1))
        return most - least >= 5

    others = [cell for cell in counts if cell != target]
    choices = [chosen for size in range(9) for chosen in combinations(others, size)]
    prices = sorted((sum(1 + counts[cell] / 10 for cell in chosen), chosen) for chosen in choices)
    price = next(price for price, chosen in prices if protects(chosen))
    place = programme.place[*target, ""]
    assert sum(programme.costs[i] for i in hidden) == pytest.approx(price)
    assert up[place] - down[place] >= 5
