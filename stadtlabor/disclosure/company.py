"""Secondary suppression: the cheapest company for a hidden cell, as an integer programme.

For a hidden cell the programme looks for two ways to move respondents between cells, `up` and `down`,
such that every published number stays as it is and the cell's two values lie at least k apart. Moving
a published cell costs hiding it. Both ways, added to the true counts, are counts an attacker cannot
rule out, so the cell's range is at least k wide by construction, whatever is hidden later.

The programme of one hidden cell is the model of Fischetti and Salazar (2001) for cell suppression,
solved cell after cell as in Kelly, Golden and Assad (1992); each solution also vouches for every other
cell it happens to move.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from stadtlabor.disclosure.solver import minimise

Key = tuple[str, str, str]

# Hidden, may move freely; published, may be hidden at a price; published for good.
HIDDEN, CANDIDATE, FIXED = range(3)


@dataclass
class Programme:
    """The cells that hang together, and the relations that hold between their changes.

    Each relation is (coefficients by cell, slack): Σ coefficient · change ≤ slack, with equality and
    slack 0 where `slack` is None.
    """

    keys: list[Key] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    modes: list[int] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    relations: list[tuple[dict[int, int], int | None]] = field(default_factory=list)
    follows: list[tuple[int, int]] = field(default_factory=list)
    place: dict[Key, int] = field(default_factory=dict)

    def add(self, key: Key, count: int, mode: int, cost: float) -> None:
        """Add a cell; `cost` is the price of hiding it where it is a candidate."""
        self.place[key] = len(self.keys)
        self.keys.append(key)
        self.counts.append(count)
        self.modes.append(mode)
        self.costs.append(cost)

    def relate(self, coefficients: Iterable[tuple[Key, int]], slack: int | None = None) -> None:
        """Add a relation between the changes of cells.

        Raises:
            ValueError: the true counts break the relation themselves; the tables contradict each other.
        """
        coefficients = list(coefficients)
        if slack is not None and slack < 0:
            raise ValueError(f"the tables contradict each other by {-slack} respondent(s) at {coefficients[0][0]}")
        self.relations.append(({self.place[key]: value for key, value in coefficients}, slack))

    def hide_with(self, first: Key, then: Key) -> None:
        """Whoever hides `first` hides `then` as well."""
        self.follows.append((self.place[first], self.place[then]))


@dataclass
class Widths:
    """How far each cell of a programme is known to move, downwards (≤ 0) and upwards (≥ 0)."""

    low: np.ndarray
    high: np.ndarray

    def see(self, change: np.ndarray) -> None:
        """Take note of one feasible change of all cells."""
        np.minimum(self.low, change, out=self.low)
        np.maximum(self.high, change, out=self.high)


def find_company(programme: Programme, targets: Callable[[], dict[Key, int]], hide: Callable[[Key], None]) -> list[Key]:
    """Hide cells until every target's range is as wide as asked; returns the targets that cannot be helped.

    Args:
        programme: modes are changed in place as cells are hidden.
        targets: gives the hidden cells with the width each needs; asked anew after every hiding.
        hide: is told every cell that gets hidden.
    """
    matrix, limits = _matrix(programme)
    widths = Widths(np.zeros(len(programme.keys)), np.zeros(len(programme.keys)))
    helpless: list[Key] = []
    while True:
        open_targets = [
            (programme.counts[programme.place[key]], key, k)
            for key, k in targets().items()
            if key not in helpless and widths.high[programme.place[key]] - widths.low[programme.place[key]] < k
        ]
        if not open_targets:
            return helpless
        _, key, k = min(open_targets)
        solution = _solve(programme, matrix, limits, programme.place[key], k)
        if solution is None:
            helpless.append(key)
            continue
        up, down, hidden = solution
        widths.see(up)
        widths.see(down)
        for index in hidden:
            programme.modes[index] = HIDDEN
            hide(programme.keys[index])


def _matrix(programme: Programme) -> tuple[csr_array, np.ndarray]:
    entries = [(i, j, v) for i, (row, _) in enumerate(programme.relations) for j, v in row.items()]
    shape = (len(programme.relations), len(programme.keys))
    i, j, v = zip(*entries, strict=True) if entries else ((), (), ())
    matrix = csr_array((np.array(v, float), (np.array(i, int), np.array(j, int))), shape=shape)
    slacks = np.array([np.nan if slack is None else slack for _, slack in programme.relations], float)
    return matrix, slacks


def _solve(
    programme: Programme, matrix: csr_array, slacks: np.ndarray, target: int, k: int
) -> tuple[np.ndarray, np.ndarray, list[int]] | None:
    """The cheapest pair of changes that moves the target by k, and what must be hidden for it."""
    # Small changes suffice nearly always and make the programme tight; large ones are the last resort.
    for reach in (2 * k, max(4 * k, max(programme.counts) + k)):
        for whole in (False, True):
            found = _attempt(programme, matrix, slacks, target, k, reach, whole)
            if found is None:
                break
            up, down, hidden = found
            if np.abs(up - up.round()).max() < 1e-6 and np.abs(down - down.round()).max() < 1e-6:
                return up.round(), down.round(), hidden
    return None


def _attempt(
    programme: Programme, matrix: csr_array, slacks: np.ndarray, target: int, k: int, reach: int, whole: bool
) -> tuple[np.ndarray, np.ndarray, list[int]] | None:
    """Solve over (up, down, hide): `hide` is 0 or 1 for each candidate."""
    counts, modes = np.array(programme.counts, float), np.array(programme.modes)
    size, candidates = len(counts), np.flatnonzero(modes == CANDIDATE)
    high = np.where(modes == FIXED, 0.0, reach)
    low = np.where(modes == FIXED, 0.0, -np.minimum(counts, reach))
    upper = np.where(np.isnan(slacks), 0.0, slacks)
    lower = np.where(np.isnan(slacks), 0.0, -np.inf)
    pick = csr_array(
        (np.ones(len(candidates)), (np.arange(len(candidates)), candidates)), shape=(len(candidates), size)
    )
    none = csr_array((len(candidates), size))
    no_hide = csr_array((matrix.shape[0], len(candidates)))
    no_move = csr_array(matrix.shape)
    rows = [hstack([matrix, no_move, no_hide]), hstack([no_move, matrix, no_hide])]
    lows, highs = [lower, lower], [upper, upper]
    diagonal = np.arange(len(candidates))
    for bound, sign in ((high, 1.0), (low, -1.0)):
        price = csr_array((-sign * bound[candidates], (diagonal, diagonal)), shape=(len(candidates),) * 2)
        for parts in ([sign * pick, none], [none, sign * pick]):
            rows.append(hstack([*parts, price]))
            lows.append(np.full(len(candidates), -np.inf))
            highs.append(np.zeros(len(candidates)))
    extra, extra_low = _demands(programme, candidates, size, target, k)
    rows.append(extra)
    lows.append(extra_low)
    highs.append(np.full(len(extra_low), np.inf))
    costs = np.concatenate([np.zeros(2 * size), np.array(programme.costs)[candidates]])
    integrality = np.concatenate([np.full(2 * size, int(whole)), np.ones(len(candidates))])
    none_hidden = np.zeros(len(candidates))
    point = minimise(
        costs,
        integrality,
        np.concatenate([low, low, none_hidden]),
        np.concatenate([high, high, none_hidden + 1]),
        (vstack(rows, format="csr"), np.concatenate(lows), np.concatenate(highs)),
        gap=0.05,
    )
    if point is None:
        return None
    up, down, hide = np.split(point, [size, 2 * size])
    return up, down, [int(candidates[i]) for i in np.flatnonzero(hide > 0.5)]


def _demands(
    programme: Programme, candidates: np.ndarray, size: int, target: int, k: int
) -> tuple[csr_array, np.ndarray]:
    """The target must move by k; whatever follows a hidden cell must be hidden too."""
    at = {int(index): 2 * size + position for position, index in enumerate(candidates)}
    rows: list[dict[int, float]] = [{target: 1.0, size + target: -1.0}]
    rows += [{at[then]: 1.0, at[first]: -1.0} for first, then in programme.follows if first in at and then in at]
    i, j, v = zip(*((i, j, v) for i, row in enumerate(rows) for j, v in row.items()), strict=True)
    matrix = csr_array((v, (i, j)), shape=(len(rows), 2 * size + len(candidates)))
    return matrix, np.array([float(k)] + [0.0] * (len(rows) - 1))
