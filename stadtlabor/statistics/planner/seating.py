"""Who finds a desk: visits in the order in which they are booked, and a number of desks."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Bits = NDArray[np.uint64]

# Slots of a day are the bits of one number.
MOST_SLOTS = 48


def peaks(day: Ints, start: Ints, end: Ints, days: int) -> Ints:
    """The most visits at one time of each day, were there a desk for everybody."""
    width = MOST_SLOTS + 1
    steps = np.bincount(day * width + start, minlength=days * width)
    steps -= np.bincount(day * width + end, minlength=days * width)
    return np.asarray(steps.reshape(days, width).cumsum(axis=1).max(axis=1), dtype=np.intp)


def turned_away(day: Ints, start: Ints, end: Ints, desks: int, day_peaks: Ints) -> Bools:
    """Which visits find no desk.

    A visit needs one for its whole length; it gets one unless at some time of it all are taken by visits
    booked before. Whoever has one may be asked to change seats in between. A visit turned away is lost.

    Args:
        day, start, end: of each visit; slots, half-open, at most MOST_SLOTS. Visits of a day stand together, in
            the order in which they are booked; days rise.
        desks: how many there are.
        day_peaks: `peaks` of the same visits; days on which it is not above `desks` have room for all.
    """
    lost = np.zeros(len(day), dtype=bool)
    crowded = np.flatnonzero(day_peaks[day] > desks)
    if not len(crowded):
        return lost
    days, place = np.unique(day[crowded], return_inverse=True)
    wanted: Bits = _below(end[crowded]) ^ _below(start[crowded])
    first = np.searchsorted(place, np.arange(len(days)))
    turn = np.arange(len(crowded)) - first[place]
    # Of each day and slot how many desks are taken, as a binary number whose digits lie in one array each.
    digits = np.zeros((desks.bit_length(), len(days)), dtype=np.uint64)
    order = np.argsort(turn, kind="stable")
    bounds = np.searchsorted(turn[order], np.arange(turn.max() + 2))
    for begin, stop in pairwise(bounds):
        now = order[begin:stop]
        of, slots = place[now], wanted[now]
        all_taken = slots
        for digit, known in enumerate(digits):
            all_taken = all_taken & (known[of] if desks >> digit & 1 else ~known[of])
        is_free = all_taken == 0
        lost[crowded[now[~is_free]]] = True
        of, carried = of[is_free], slots[is_free]
        for known in digits:
            before = known[of]
            known[of] = before ^ carried
            carried = before & carried
    return lost


def _below(slot: Ints) -> Bits:
    """All slots before one, as bits."""
    one = np.uint64(1)
    return np.asarray((one << slot.astype(np.uint64)) - one, dtype=np.uint64)
