"""Which numbers can be published so that no secret one is a sum or difference of published ones.

A number is a vector: with which factor each day, and each hour of the week, is part of it.
"""

from collections.abc import Sequence

import numpy as np
from scipy.linalg import qr

Numbers = np.ndarray

# Vectors hold whole numbers, and residuals of unequal ones are far larger than what rounding leaves.
TOLERANCE = 1e-9
# So many numbers are tried at once; most can be published, and one by one they would take ten times as long.
PORTION = 48


class Known:
    """What follows from the numbers published so far: the span of their vectors."""

    def __init__(self, secret: Numbers) -> None:
        """`secret` has a row per number that must not follow, `(secrets, parts)`."""
        self._basis = np.zeros((secret.shape[1], 0))
        # What of each secret number is not known yet.
        self._open = secret.astype(float)

    @property
    def determined(self) -> np.ndarray:
        """Which of the secret numbers follow exactly."""
        return _lengths(self._open) < TOLERANCE

    def publish(self, numbers: Numbers) -> list[int]:
        """Publish as many of `numbers` (a row each) as can be, in their order; returns the others' positions."""
        refused: list[int] = []
        for first in range(0, len(numbers), PORTION):
            self._publish(numbers, range(first, min(first + PORTION, len(numbers))), refused)
        return refused

    def take(self, numbers: Numbers) -> None:
        """Publish these, whatever follows from it."""
        new = self._new(numbers)
        self._learn(new, self._without(new))

    def _publish(self, numbers: Numbers, positions: Sequence[int], refused: list[int]) -> None:
        new = self._new(numbers[list(positions)])
        left = self._without(new)
        if not (_lengths(left) < TOLERANCE).any():
            self._learn(new, left)
        elif len(positions) == 1:
            refused.append(positions[0])
        else:
            half = len(positions) // 2
            self._publish(numbers, positions[:half], refused)
            self._publish(numbers, positions[half:], refused)

    def _new(self, numbers: Numbers) -> Numbers:
        """An orthonormal basis of what the numbers add to what is known, `(parts, directions)`."""
        added = numbers.T.astype(float)
        if not added.size:
            return added
        # Twice: what rounding leaves of the known part would pass for something new.
        for _ in range(2):
            added -= self._basis @ (self._basis.T @ added)
        directions, lengths, _ = qr(added, mode="economic", pivoting=True)
        return np.asarray(directions[:, np.abs(np.diag(lengths)) > TOLERANCE])

    def _without(self, new: Numbers) -> Numbers:
        return np.asarray(self._open - (self._open @ new) @ new.T)

    def _learn(self, new: Numbers, left: Numbers) -> None:
        self._basis = np.hstack([self._basis, new])
        self._open = left


def _lengths(rows: Numbers) -> Numbers:
    return np.asarray(np.abs(rows).max(axis=1, initial=0))
