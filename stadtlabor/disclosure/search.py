"""The integer programme behind secondary suppression, and cheap looks around it."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.sparse import block_array, csr_array, diags_array

from stadtlabor.disclosure.moves import CANDIDATE, FIXED, HIDDEN, Programme, Widths
from stadtlabor.disclosure.solver import Model, Rows, minimise

# What of a cell is hidden less than this is not hidden.
LITTLE = 1e-6
# After so many branches the best solution found so far is taken.
BRANCHES = 100
# Two changes of all cells, and what must be hidden for them.
Solution = tuple[np.ndarray, np.ndarray, list[int]]


class Search:
    """What the cells of a programme can move, and what must be hidden for it; assembled once, asked for many targets.

    Variables are the changes of the cells that are not published for good; for a pair of changes these twice, and
    then how far each candidate is hidden, 0 to 1.
    """

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        counts, modes = np.array(programme.counts, float), np.array(programme.modes)
        self._moving = np.flatnonzero(modes != FIXED)
        self._at = {int(cell): at for at, cell in enumerate(self._moving)}
        self._candidates = np.flatnonzero(modes[self._moving] == CANDIDATE)
        self._costs = np.array(programme.costs, float)[self._moving[self._candidates]]
        self._room = (counts - np.array(programme.floors, float))[self._moving]
        self._most = counts.max(initial=0.0)
        self._relations = _relations(programme, self._moving)
        nothing = np.zeros(len(self._moving))
        self._changes = Model(self._relations, nothing, nothing)
        self._pairs: dict[int, Model] = {}

    def cheapest(self, target: int, k: int) -> Solution | None:
        """The cheapest pair of changes that moves the target by k, and what must be hidden for it.

        Small changes suffice nearly always and make the programme tight; large ones are the last resort. Moves are
        whole by themselves in most tables, where asking for it only costs time.
        """
        chosen = self._cheapest_hidden(self._at[target], k)
        found = None if chosen is None else self._range(target, k, self._candidates[chosen])
        for reach in (2 * k, int(max(4 * k, self._most + k))):
            found = found or self._whole(self._at[target], k, reach)
        return found

    def free(self, target: int, k: int) -> Solution | None:
        """A pair of changes that moves the target by k and hides nothing more."""
        return self._range(target, k, np.array([], int))

    def look_around(self, widths: Widths, still: Callable[[], list[tuple[int, int]]]) -> None:
        """Move what is hidden already, many targets at once, each up or down by chance.

        Most cells are protected by what others needed; these small programmes find it at once.
        `still` gives the open targets with the width that each needs. Stops when it does not pay.
        """
        rng = np.random.default_rng(len(self._programme.keys))
        tried = np.inf
        while len(found := still()) > 1 and len(found) <= 0.8 * tried:
            tried = len(found)
            self._bound_changes(2 * max(k for _, k in found), np.array([], int))
            weights = np.zeros(len(self._moving))
            weights[[self._at[i] for i, _ in found]] = rng.choice([-1.0, 1.0], len(found))
            for sign in (-1.0, 1.0):
                point = self._changes.minimise(sign * weights)
                if point is not None and _is_whole(point):
                    widths.see(self._everywhere(point))

    def _range(self, target: int, k: int, more: np.ndarray) -> Solution | None:
        """How far the target moves up and down where `more` is hidden besides; None where that is less than k."""
        self._bound_changes(2 * k, more)
        weights = np.zeros(len(self._moving))
        found = []
        for sign in (-1.0, 1.0):
            weights[self._at[target]] = sign
            point = self._changes.minimise(weights)
            if point is not None and not _is_whole(point):
                model = self._changes
                point = minimise(weights, np.ones(len(weights)), model.low, model.high, model.rows)
            if point is None:
                return None
            found.append(self._everywhere(point))
        up, down = found
        return None if up[target] - down[target] < k else (up, down, self._moving[more].tolist())

    def _bound_changes(self, reach: float, more: np.ndarray) -> None:
        is_free = np.array(self._programme.modes)[self._moving] == HIDDEN
        is_free[more] = True
        self._changes.bound(np.where(is_free, -np.minimum(self._room, reach), 0.0), np.where(is_free, reach, 0.0))

    def _cheapest_hidden(self, target: int, k: int) -> np.ndarray | None:
        """Which candidates to hide, by branch and bound; what is hidden in part counts as hidden.

        No cell's two values need lie further apart than the target's. That is so wherever a respondent who is moved
        passes each cell once, and makes bounds so tight that few branches are looked into.
        """
        model = self._pairs.get(k) or self._pairs.setdefault(k, Model(*self._pair(k, k)))
        asked = model.rows[0].shape[0] - len(self._moving) + target
        model.limit(asked, k, np.inf)
        low, high = self._bounds_of_pair(k)
        costs = self._costs_of_pair()
        hides = np.arange(2 * len(self._moving), len(costs))
        best, point, branches = float("inf"), None, [(low, high)]
        for _ in range(BRANCHES):
            if not branches:
                break
            model.bound(*(bounds := branches.pop()))
            found = model.minimise(costs)
            if found is None or costs @ found >= best - LITTLE:
                continue
            hidden = found[hides] > LITTLE
            if costs[hides] @ hidden < best:
                best, point = float(costs[hides] @ hidden), found
            in_part = costs[hides] * np.minimum(found[hides], 1 - found[hides])
            if (in_part > LITTLE).any():
                branches += _branched(*bounds, hides[np.argmax(in_part)])
        model.limit(asked, -np.inf, np.inf)
        return None if point is None else np.flatnonzero((point[hides] > LITTLE) & (costs[hides] > 0))

    def _whole(self, target: int, k: int, reach: int) -> Solution | None:
        (matrix, lower, upper), *_ = self._pair(reach, 2 * reach)
        lower[matrix.shape[0] - len(self._moving) + target] = k
        costs, size = self._costs_of_pair(), len(self._moving)
        point = minimise(costs, np.ones(len(costs)), *self._bounds_of_pair(reach), (matrix, lower, upper))
        if point is None:
            return None
        hidden = self._candidates[(point[2 * size :] > LITTLE) & (costs[2 * size :] > 0)]
        up, down = (self._everywhere(each) for each in (point[:size], point[size : 2 * size]))
        return up, down, self._moving[hidden].tolist()

    def _bounds_of_pair(self, reach: float) -> tuple[np.ndarray, np.ndarray]:
        least, is_open = -np.minimum(self._room, reach), self._is_open()
        most = np.full(len(least), float(reach))
        return np.concatenate([least, least, ~is_open]), np.concatenate([most, most, np.ones(len(is_open))])

    def _costs_of_pair(self) -> np.ndarray:
        return np.concatenate([np.zeros(2 * len(self._moving)), np.where(self._is_open(), self._costs, 0.0)])

    def _is_open(self) -> np.ndarray:
        """Which of the candidates are so still."""
        return np.array(self._programme.modes)[self._moving[self._candidates]] == CANDIDATE

    def _pair(self, reach: float, width: float) -> tuple[Rows, np.ndarray, np.ndarray]:
        """Both changes keep the relations, and move no candidate further than it is hidden, nor apart by more than
        `width`; what is hidden together; last, how far each cell's two values lie apart.
        """
        matrix, lower, upper = _able_to_bind(self._relations, -np.minimum(self._room, reach), reach)
        size, count = len(self._moving), len(self._candidates)
        pick = csr_array((np.ones(count), (np.arange(count), self._candidates)), shape=(count, size))
        most, apart = (diags_array(np.full(count, float(each)), format="csr") for each in (reach, width))
        least = diags_array(np.minimum(self._room[self._candidates], reach), format="csr")
        follows = self._follows()
        one = diags_array(np.ones(size), format="csr")
        blocks: list[list[Any]] = [
            [matrix, None, None],
            [None, matrix, None],
            [pick, None, -most],
            [None, pick, -most],
            [-pick, None, -least],
            [None, -pick, -least],
            [pick, -pick, -apart],
            [-pick, pick, -apart],
            [None, None, -follows],
            [one, -one, csr_array((size, count))],
        ]
        none = np.full(6 * count + follows.shape[0] + size, -np.inf)
        zero = np.concatenate([np.zeros(6 * count + follows.shape[0]), np.full(size, np.inf)])
        rows = (
            block_array(blocks, format="csr"),
            np.concatenate([lower, lower, none]),
            np.concatenate([upper, upper, zero]),
        )
        return rows, *self._bounds_of_pair(reach)

    def _follows(self) -> csr_array:
        """then − first ≥ 0 for candidates; what is hidden already asks for nothing."""
        place = {int(self._moving[at]): number for number, at in enumerate(self._candidates)}
        pairs = [(place[i], place[j]) for i, j in self._programme.follows if i in place and j in place]
        first, then = np.array(pairs, int).reshape(-1, 2).T
        order, shape = np.arange(len(pairs)), (len(pairs), len(place))
        values = np.ones(len(pairs))
        return csr_array((values, (order, then)), shape=shape) - csr_array((values, (order, first)), shape=shape)

    def _everywhere(self, point: np.ndarray) -> np.ndarray:
        change = np.zeros(len(self._programme.keys))
        change[self._moving] = point.round()
        return change


def _branched(low: np.ndarray, high: np.ndarray, column: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """The bounds with a variable at 0, and, to be looked into first, at 1."""
    without, with_it = high.copy(), low.copy()
    without[column], with_it[column] = 0.0, 1.0
    return [(low, without), (with_it, high)]


def _is_whole(change: np.ndarray) -> bool:
    return bool((np.abs(change - change.round()) < 1e-6).all())


def _relations(programme: Programme, moving: np.ndarray) -> Rows:
    """Relations of what moves, with the limits of their sums."""
    entries = [(i, j, v) for i, (row, _) in enumerate(programme.relations) for j, v in row.items()]
    i, j, v = zip(*entries, strict=True) if entries else ((), (), ())
    shape = (len(programme.relations), len(programme.keys))
    matrix = csr_array((np.array(v, float), (np.array(i, int), np.array(j, int))), shape=shape)[:, moving]
    touched = np.flatnonzero(np.diff(matrix.indptr))
    slacks = np.array([np.nan if slack is None else slack for _, slack in programme.relations], float)[touched]
    is_equal = np.isnan(slacks)
    return csr_array(matrix[touched]), np.where(is_equal, 0.0, -np.inf), np.where(is_equal, 0.0, slacks)


def _able_to_bind(rows: Rows, low: np.ndarray, high: float) -> Rows:
    """The rows that some point within the bounds breaks."""
    matrix, lower, upper = rows
    below, above = matrix.minimum(0), matrix.maximum(0)
    most, least = above.sum(axis=1) * high + below @ low, above @ low + below.sum(axis=1) * high
    kept = np.flatnonzero((most > upper) | (least < lower))
    return csr_array(matrix[kept]), lower[kept], upper[kept]
