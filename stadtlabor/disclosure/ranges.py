"""The range of each hidden count: smallest and largest value that agree with everything known."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from stadtlabor.disclosure.solver import Model, minimise


class ContradictionError(Exception):
    """No counts agree with what is given."""


@dataclass
class Ranges:
    """Ranges found: `low` and `high` by unknown, and how many programmes were solved for them.

    A range at least as wide as asked may be wider still: the search stops there.
    """

    low: np.ndarray
    high: np.ndarray
    solved: int = 0


def solve(
    matrix: csr_array, is_equal: np.ndarray, low: np.ndarray, high: np.ndarray, asked: Mapping[int, int]
) -> Ranges:
    """Find the ranges of the asked unknowns by integer programming (HiGHS).

    Args:
        matrix: relations × unknowns, Σ coefficient · count = 0 or ≥ 0.
        is_equal: by relation, True for = 0.
        low, high: bounds of each unknown, whole numbers.
        asked: unknown → width at which the search for it may stop.

    Raises:
        ContradictionError: no whole counts satisfy relations and bounds.
    """
    low, high = tighten(matrix, is_equal, low.astype(float), high.astype(float))
    ranges = Ranges(np.full(len(low), np.inf), np.full(len(low), -np.inf))
    known = low == high
    ranges.low[known], ranges.high[known] = low[known], high[known]
    labels = _components(matrix, ~known)
    wanted: dict[int, list[int]] = {}
    for unknown in asked:
        if not known[unknown]:
            wanted.setdefault(int(labels[unknown]), []).append(unknown)
    for label, members in wanted.items():
        part = np.flatnonzero((labels == label) & ~known)
        _solve_part(matrix, is_equal, low, high, part, {m: asked[m] for m in members}, ranges)
    return ranges


def tighten(
    matrix: csr_array, is_equal: np.ndarray, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Settle what follows relation by relation, until nothing more does: bounds by interval arithmetic.

    Raises:
        ContradictionError: a bound passes its opposite.
    """
    entries = matrix.tocoo()
    row, column, value = entries.row, entries.col, entries.data
    for _ in range(200):
        largest = np.where(value > 0, value * high[column], value * low[column])
        smallest = np.where(value > 0, value * low[column], value * high[column])
        room_above = np.bincount(row, largest, matrix.shape[0])[row] - largest
        room_below = np.bincount(row, smallest, matrix.shape[0])[row] - smallest
        # value · x ≥ −(largest of the others), and for equalities ≤ −(smallest of the others).
        at_least, at_most = -room_above, np.where(is_equal[row], -room_below, np.inf)
        new_low = np.where(value > 0, at_least, -at_most) / np.abs(value)
        new_high = np.where(value > 0, at_most, -at_least) / np.abs(value)
        before = low.copy(), high.copy()
        np.maximum.at(low, column, np.ceil(new_low - 1e-6))
        np.minimum.at(high, column, np.floor(new_high + 1e-6))
        if (low > high).any():
            raise ContradictionError
        if (low == before[0]).all() and (high == before[1]).all():
            break
    return low, high


def _components(matrix: csr_array, unknown: np.ndarray) -> np.ndarray:
    """Which unknowns hang together through relations between unknowns."""
    active = matrix.copy()
    active.data = np.ones_like(active.data) * unknown[active.indices]
    active.eliminate_zeros()
    relations, counts = active.shape
    graph = csr_array(
        (active.data, active.indices + relations, np.concatenate([active.indptr, np.full(counts, active.nnz)])),
        shape=(relations + counts,) * 2,
    )
    return connected_components(graph, directed=False)[1][relations:]


def _solve_part(
    matrix: csr_array,
    is_equal: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    part: np.ndarray,
    asked: Mapping[int, int],
    ranges: Ranges,
) -> None:
    fixed = np.where(low == high, low, 0.0)
    inner = matrix[:, part]
    touched = np.flatnonzero(np.diff(inner.indptr))
    rest = -(matrix[touched] @ fixed)
    system = (csr_array(inner[touched]), rest, np.where(is_equal[touched], rest, np.inf))
    model = Model(system, low[part], high[part])
    place = {int(unknown): i for i, unknown in enumerate(part)}

    def extreme(weights: np.ndarray) -> None:
        found = _optimum(weights, model)
        ranges.solved += 1
        ranges.low[part] = np.minimum(ranges.low[part], found)
        ranges.high[part] = np.maximum(ranges.high[part], found)

    def open_unknowns() -> list[int]:
        return [unknown for unknown, width in asked.items() if ranges.high[unknown] - ranges.low[unknown] < width]

    # Every solution is a witness for each cell it moves. Pulling many cells at once, each up or down
    # by chance, settles most of them; the rest is asked one by one.
    rng = np.random.default_rng(len(part))
    pulled = np.inf
    while len(still := open_unknowns()) > 4 and len(still) <= 0.8 * pulled:
        pulled = len(still)
        signs = rng.choice([-1.0, 1.0], pulled)
        for sign in (-1.0, 1.0):
            extreme(_weights(len(part), [place[unknown] for unknown in still], sign * signs))
    for unknown in asked:
        for sign in (-1.0, 1.0):
            if ranges.high[unknown] - ranges.low[unknown] < asked[unknown]:
                extreme(_weights(len(part), [place[unknown]], sign))


def _optimum(weights: np.ndarray, model: Model) -> np.ndarray:
    """The optimum over whole counts; mostly the one over all numbers is whole, and so the same."""
    found = model.minimise(weights)
    if found is not None and not (np.abs(found - found.round()) < 1e-6).all():
        found = minimise(weights, np.ones(len(weights)), model.low, model.high, model.rows)
    if found is None:
        raise ContradictionError
    return found.round()


def _weights(size: int, places: list[int], values: np.ndarray | float) -> np.ndarray:
    weights = np.zeros(size)
    weights[places] = values
    return weights
