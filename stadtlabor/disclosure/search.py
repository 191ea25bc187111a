"""The integer programme behind secondary suppression, and cheap looks around it."""

from collections.abc import Callable

import numpy as np
from scipy.sparse import block_array, csr_array, diags_array, eye_array, vstack

from stadtlabor.disclosure.moves import CANDIDATE, FIXED, HIDDEN, Programme, Widths
from stadtlabor.disclosure.solver import minimise


class Search:
    """The integer programme over (up, down, hide); assembled once, asked for many targets."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._size = len(programme.keys)
        self._counts = np.array(programme.counts, float)
        self._room = self._counts - np.array(programme.floors, float)
        self._relations = _matrix(programme)
        self._systems: dict[float, csr_array] = {}
        slacks = np.array([np.nan if slack is None else slack for _, slack in programme.relations], float)
        self._upper = np.where(np.isnan(slacks), 0.0, slacks)
        self._lower = np.where(np.isnan(slacks), 0.0, -np.inf)

    def cheapest(self, target: int, k: int) -> tuple[np.ndarray, np.ndarray, list[int]] | None:
        """The cheapest pair of changes that moves the target by k, and what must be hidden for it."""
        # Small changes suffice nearly always and make the programme tight; large ones are the last
        # resort. Moves are whole by themselves in most tables, where asking for it only costs time.
        for reach in (2.0 * k, max(4.0 * k, self._counts.max() + k)):
            for whole in (False, True):
                found = self._attempt(target, k, reach, whole)
                if found is None:
                    break
                up, down, _ = found
                if _is_whole(up) and _is_whole(down):
                    return up.round(), down.round(), found[2]
        return None

    def look_around(self, widths: Widths, still: Callable[[], list[tuple[int, int]]]) -> None:
        """Move what is hidden already, many targets at once, each up or down by chance.

        Most cells are protected by what others needed; these small programmes find it at once.
        `still` gives the open targets with the width that each needs. Stops when it does not pay.
        """
        rng = np.random.default_rng(self._size)
        free = np.flatnonzero(np.array(self._programme.modes) == HIDDEN)
        inner = self._relations[:, free]
        touched = np.flatnonzero(np.diff(inner.indptr))
        rows = (inner[touched], self._lower[touched], self._upper[touched])
        tried = np.inf
        while len(found := still()) > 1 and len(found) <= 0.8 * tried:
            tried = len(found)
            reach = np.full(len(free), 2.0 * max(k for _, k in found))
            weights = np.zeros(self._size)
            weights[[i for i, _ in found]] = rng.choice([-1.0, 1.0], len(found))
            for sign in (-1.0, 1.0):
                change = np.zeros(self._size)
                low = -np.minimum(self._room[free], reach)
                high = reach
                point = minimise(sign * weights[free], np.zeros(len(free)), low, high, rows)
                if point is not None and _is_whole(point):
                    change[free] = point.round()
                    widths.see(change)

    def _attempt(
        self, target: int, k: int, reach: float, whole: bool
    ) -> tuple[np.ndarray, np.ndarray, list[int]] | None:
        size, modes = self._size, np.array(self._programme.modes)
        moves = modes != FIXED
        high = np.where(moves, reach, 0.0)
        low = np.where(moves, -np.minimum(self._room, reach), 0.0)
        demand = csr_array(([1.0, -1.0], ([0, 0], [target, size + target])), shape=(1, 3 * size))
        follows = np.array([0.0 if modes[i] == CANDIDATE else -1.0 for i, _ in self._programme.follows])
        lower = [self._lower, self._lower, np.full(4 * size, -np.inf), follows, np.array([float(k)])]
        upper = [self._upper, self._upper, np.zeros(4 * size), np.full(len(follows), np.inf), np.array([np.inf])]
        point = minimise(
            np.concatenate([np.zeros(2 * size), np.where(modes == CANDIDATE, self._programme.costs, 0.0)]),
            np.concatenate([np.full(2 * size, int(whole)), np.ones(size)]),
            np.concatenate([low, low, (modes == HIDDEN).astype(float)]),
            np.concatenate([high, high, (modes != FIXED).astype(float)]),
            (vstack([self._system(reach), demand], format="csr"), np.concatenate(lower), np.concatenate(upper)),
            gap=0.05,
        )
        if point is None:
            return None
        up, down, hidden = np.split(point, 3)
        return up, down, [int(i) for i in np.flatnonzero((hidden > 0.5) & (modes == CANDIDATE))]

    def _system(self, reach: float) -> csr_array:
        """Relations of both changes; no change of a cell that is not hidden; what is hidden together."""
        if reach not in self._systems:
            size, follows = self._size, self._programme.follows
            relations, one = self._relations, eye_array(size, format="csr")
            most = diags_array(np.full(size, reach), format="csr")
            least = diags_array(np.minimum(self._room, reach), format="csr")
            pairs = np.array(follows, int).reshape(-1, 2)
            order = np.arange(len(follows))
            then = csr_array((np.ones(len(follows)), (order, pairs[:, 1])), shape=(len(follows), size))
            first = csr_array((np.ones(len(follows)), (order, pairs[:, 0])), shape=(len(follows), size))
            self._systems[reach] = block_array(
                [
                    [relations, None, None],
                    [None, relations, None],
                    [one, None, -most],
                    [None, one, -most],
                    [-one, None, -least],
                    [None, -one, -least],
                    [None, None, then - first],
                ],
                format="csr",
            )
        return self._systems[reach]


def _is_whole(change: np.ndarray) -> bool:
    return bool((np.abs(change - change.round()) < 1e-6).all())


def _matrix(programme: Programme) -> csr_array:
    entries = [(i, j, v) for i, (row, _) in enumerate(programme.relations) for j, v in row.items()]
    i, j, v = zip(*entries, strict=True) if entries else ((), (), ())
    shape = (len(programme.relations), len(programme.keys))
    return csr_array((np.array(v, float), (np.array(i, int), np.array(j, int))), shape=shape)
