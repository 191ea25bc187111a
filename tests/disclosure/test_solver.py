"""The way into the optimisation library leaves the process as it found it."""

import subprocess
import sys

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
