"""How long visitors stay and when they come, so that on average the published hours come out."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Slots of the simulation: half an hour.
SLOTS_PER_HOUR = 2
# The release's classes of stays: above so many hours, up to so many. The last one ends with the opening hours.
CLASSES: Mapping[str, tuple[float, float]] = {
    "up_to_2_hours": (0, 2),
    "up_to_4_hours": (2, 4),
    "up_to_6_hours": (4, 6),
    "up_to_8_hours": (6, 8),
    "over_8_hours": (8, 24),
}
ROUNDS = 300
# How steeply lengths may lean within their class before their mean counts as out of reach.
STEEPEST = 12.0


def lengths(counts: Mapping[str, float], mean_hours: float, longest: int) -> Floats:
    """The chance of each length of a stay in slots, from 0 to `longest`.

    Within a class nothing is published but how many; lengths lean to its beginning or its end just so far that
    their mean becomes the known one.

    Args:
        counts: stays by class of CLASSES; a class that is missing did not occur. Empty: nothing is known of
            classes, all are as likely.
        mean_hours: the mean of all stays.
        longest: slots of the longest opening.
    """
    weights = dict(counts) or dict.fromkeys(CLASSES, 1.0)
    places = np.arange(longest + 1)
    parts = []
    for name, weight in weights.items():
        low, high = CLASSES[name]
        inside = (places > low * SLOTS_PER_HOUR) & (places <= high * SLOTS_PER_HOUR)
        if inside.any() and weight > 0:
            parts.append((weight, inside))
    if not parts:
        parts = [(1.0, places == longest)]

    def leaning(lean: float) -> Floats:
        found = np.zeros(longest + 1)
        for weight, inside in parts:
            at = np.linspace(-0.5, 0.5, int(inside.sum())) if inside.sum() > 1 else np.zeros(1)
            own = np.exp(lean * at)
            found[inside] += weight * own / own.sum()
        return found / found.sum()

    wanted = mean_hours * SLOTS_PER_HOUR
    low, high = -STEEPEST, STEEPEST
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if leaning(middle) @ places < wanted else (low, middle)
    return leaning((low + high) / 2)


def arrivals(load: Floats, chances: Floats) -> Floats:
    """How many visits begin in each slot of a day and last how long: an array (slot, length in slots).

    Visits lie within the day's opening. They are the most even ones with which, on average, the known number
    of desks is in use in every slot and lengths are as often as known (multiplicative updates, as in
    Richardson and Lucy's deconvolution: what is too small grows, what is too large shrinks).

    Args:
        load: desks in use on average, by slot of the opening.
        chances: of each length in slots, as `lengths` gives them.
    """
    slots = len(load)
    start, length = np.meshgrid(np.arange(slots), np.arange(1, len(chances)), indexing="ij")
    fits = (start + length <= slots) & (chances[1:] > 0)[None, :]
    if not fits.any():
        # Shorter than any stay that occurs: whoever comes takes the whole opening.
        fits = start + length == slots
    start, length = start[fits], length[fits]
    covers = (np.arange(slots) >= start[:, None]) & (np.arange(slots) < (start + length)[:, None])
    kinds, kind = np.unique(length, return_inverse=True)
    wanted = np.where(chances[kinds] > 0, chances[kinds], 1.0)
    wanted *= load.sum() / (wanted @ kinds)
    visits = (wanted / np.bincount(kind))[kind]
    for _ in range(ROUNDS):
        seen, often = visits @ covers, np.bincount(kind, visits)
        by_slot = covers @ np.divide(load, seen, out=np.zeros(slots), where=seen > 0)
        by_length = np.divide(wanted, often, out=np.zeros(len(kinds)), where=often > 0)[kind]
        # A length counts as much as the slots that it covers.
        visits = visits * (by_slot + length * by_length) / (2 * length)
    found = np.zeros((slots, len(chances)))
    found[start, length] = visits
    total = (found.sum(axis=0) @ np.arange(len(chances))) or 1.0
    return found * (load.sum() / total)
