"""How closely hidden numbers of a space can be inferred from the printed ones: ranges that agree with all of them.

Unknown are parts (a day, an hour of the week), each between nothing and all that was available. Printed numbers are
sums of them. Parts that no printed number tells apart form a group, of which the sum alone matters: it may lie with
any of them. A use that agrees with everything printed is a witness for all hidden numbers at once; an optimisation
library is asked for further ones only while ranges are not wide enough: first for all together, then one by one.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import block_array, csr_array, eye_array

from stadtlabor.disclosure import solver

Numbers = np.ndarray

# Printed numbers are doubles; a sum of them may be off by rounding and no more.
TOLERANCE = 1e-7


class ContradictionError(Exception):
    """No use of the space agrees with all printed numbers."""


@dataclass(frozen=True)
class Printed:
    """What is printed: `sums @ groups == values`, with `0 <= groups <= limits`."""

    sums: Numbers
    values: Numbers
    limits: Numbers


def widths(printed: Printed, hidden: Numbers, enough: float, use: Numbers | None = None) -> Numbers:
    """The width of each hidden sum's range, in the unit of the values.

    Args:
        printed: what is known.
        hidden: a row per hidden sum: what of each group's limit belongs to it.
        enough: a range found to be at least so wide is not measured more closely.
        use: a use to begin with; taken where it agrees with all that is printed.

    Raises:
        ContradictionError: the printed numbers cannot all be true.
    """
    ranges = _Ranges(printed, hidden, enough)
    if use is not None and _agrees(printed, use):
        ranges.see(use)
    else:
        ranges.see(ranges.solved(np.zeros(0, int), 1.0))
    tried = np.inf
    while 1 < (narrow := ranges.narrow()).size < tried:
        tried = narrow.size
        ranges.see(ranges.solved(narrow, 1.0))
    for number in narrow:
        for way in (1.0, -1.0):
            if ranges.high[number] - ranges.low[number] < enough - TOLERANCE:
                ranges.see(ranges.solved(np.array([number]), way))
    return np.clip(ranges.high - ranges.low, 0, None)


def _agrees(printed: Printed, use: Numbers) -> bool:
    within = (use >= -TOLERANCE).all() and (use <= printed.limits + TOLERANCE).all()
    off = np.abs(printed.sums @ use - printed.values).max(initial=0)
    return bool(within and off <= TOLERANCE * max(np.abs(printed.values).max(initial=0), 1))


class _Ranges:
    """The lowest and the highest that each hidden sum is known to reach."""

    def __init__(self, printed: Printed, hidden: Numbers, enough: float) -> None:
        self._printed, self._hidden, self._enough = printed, hidden, enough
        self._others = printed.limits - hidden
        self._sums = csr_array(printed.sums)
        self.low = np.full(len(hidden), np.inf)
        self.high = np.full(len(hidden), -np.inf)

    def narrow(self) -> np.ndarray:
        """Which are not wide enough yet."""
        return np.flatnonzero(self.high - self.low < self._enough - TOLERANCE)

    def see(self, groups: Numbers) -> None:
        """Take note of one use: each hidden sum has as much of its groups as it can hold, or as little."""
        np.maximum(self.high, np.minimum(self._hidden, groups).sum(axis=1), out=self.high)
        np.minimum(self.low, np.clip(groups - self._others, 0, None).sum(axis=1), out=self.low)

    def solved(self, targets: np.ndarray, way: float) -> Numbers:
        """A use at which these hidden sums are together as large (`way` 1) or small (-1) as can be.

        Of several none counts further than to be wide enough.
        """
        where, group = np.nonzero(self._hidden[targets] > 0)
        own, rest = self._hidden[targets][where, group], self._others[targets][where, group]
        size, count, sums = len(self._printed.limits), len(own), self._sums
        takes = csr_array((np.ones(count), (np.arange(count), group)), shape=(count, size))
        one, of = eye_array(count), csr_array((np.ones(count), (where, np.arange(count))), (len(targets), count))
        nothing = np.full(count, -np.inf)
        # An amount of each group lies with the target: not more than the group's, nor less than others cannot hold.
        blocks: list[list[Any]] = [[sums, None], [-takes, one], [takes, -one]]
        lower, upper = [self._printed.values, nothing, nothing], [self._printed.values, np.zeros(count), rest]
        costs = np.concatenate([np.zeros(size), np.full(count, -way)])
        limits = np.concatenate([self._printed.limits, own])
        if len(targets) > 1:
            blocks = [[*row, None] for row in blocks] + [[None, -of, eye_array(len(targets))]]
            lower, upper = [*lower, np.full(len(targets), -np.inf)], [*upper, np.zeros(len(targets))]
            costs = np.concatenate([np.zeros(size + count), np.full(len(targets), -1.0)])
            limits = np.concatenate([limits, np.clip(self.low[targets], 0, None) + self._enough])
        matrix = block_array(blocks, format="csr") if count else sums
        shape = (matrix, np.concatenate(lower), np.concatenate(upper))
        point = solver.minimise(costs, np.zeros(len(costs)), np.zeros(len(costs)), limits, shape)
        if point is None:
            raise ContradictionError("no use of the space agrees with all of them")
        return point[:size]
