"""Numbers of which only sums are known: the most even ones that agree with every sum."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

SWEEPS = 80
# A booked minute in a whole year; below it another sweep changes nothing anybody could see.
CLOSE_ENOUGH = 1e-4


def raked(first: Floats, sums: Sequence[tuple[Places, float]]) -> Floats:
    """Scale numbers until they add up to what is known of them (iterative proportional fitting).

    Of all numbers that agree with the sums these stay nearest to the first ones (in relative entropy), so
    that nothing is read into what is not known. Where sums contradict each other the last sweep stands.

    Args:
        first: numbers >= 0 to begin with; a 0 stays 0.
        sums: which of them add up to how much.
    """
    found = first.copy()
    for _ in range(SWEEPS):
        farthest = 0.0
        for places, known in sums:
            total = found[places].sum()
            if total > 0:
                farthest = max(farthest, abs(total - known))
                found[places] *= known / total
        if farthest < CLOSE_ENOUGH:
            break
    return found
