"""How closely a hidden number of a space can be inferred from the printed ones: the range that agrees with all of them.

Unknown are parts (a day, an hour of the week), each between nothing and all that was available. Printed numbers are
sums of them. The range of a hidden sum is asked of an optimisation library only where a cheap certificate is not wide
enough: from a point inside the bounds, walk both ways along what the printed numbers leave open.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import block_array, csr_array, eye_array, hstack, vstack

from stadtlabor.disclosure import solver

Numbers = np.ndarray

# Printed numbers are doubles; a sum of them may be off by rounding and no more.
TOLERANCE = 1e-7
# Of what is enough, how much room a part is given before any gets more.
LAYERS = (0.01, 0.1, 0.89)


class ContradictionError(Exception):
    """No use of the space agrees with all printed numbers."""


@dataclass(frozen=True)
class Printed:
    """What is printed: `sums @ parts == values`, with `0 <= parts <= limits`."""

    sums: Numbers
    values: Numbers
    limits: Numbers

    def reduced(self) -> tuple["Printed", Numbers]:
        """Without the parts that are printed themselves, and which parts are left."""
        is_alone = np.count_nonzero(self.sums, axis=1) == 1
        alone = self.sums[is_alone]
        known = np.zeros(self.sums.shape[1], dtype=bool)
        parts = np.zeros(self.sums.shape[1])
        where = np.abs(alone).argmax(axis=1)
        known[where] = True
        parts[where] = self.values[is_alone] / alone[np.arange(len(alone)), where]
        rest = self.sums[~is_alone]
        left = self.values[~is_alone] - rest @ parts
        sums = rest[:, ~known]
        matters = np.abs(sums).max(axis=1, initial=0) > 0
        return Printed(sums[matters], left[matters], self.limits[~known]), ~known


def widths(printed: Printed, hidden: Numbers, enough: float) -> Numbers:
    """The width of each hidden sum's range, in the unit of the values.

    Args:
        printed: what is known.
        hidden: a row per hidden sum, over the same parts.
        enough: a range certified to be at least so wide is not measured more closely.

    Raises:
        ContradictionError: the printed numbers cannot all be true.
    """
    rest, is_left = printed.reduced()
    rows = hidden[:, is_left]
    found = np.zeros(len(rows))
    is_open = np.abs(rows @ _open_space(rest.sums)).max(axis=1, initial=0) > TOLERANCE
    if not is_open.any():
        return found
    inside, is_loose = _inside(rest, enough)
    directions = rows @ _open_space(np.vstack([rest.sums, np.eye(len(is_loose))[~is_loose]]))
    found[is_open] = _walked(rest, inside, rows[is_open], directions[is_open])
    for number in np.flatnonzero(is_open & (found < enough)):
        found[number] = _width(rest, rows[number])
    return found


def exchanged(sums: Numbers, values: Numbers, limits: Numbers, hidden: Numbers, use: Numbers) -> Numbers:
    """By how much each hidden sum can change at least: amounts moved between parts that no printed sum tells apart.

    `use` is one that agrees with everything printed; where it does not, nothing is certain and all widths are 0.
    """
    found = np.zeros(len(hidden))
    if len(sums) and np.abs(sums @ use - values).max(initial=0) > TOLERANCE * max(np.abs(values).max(initial=0), 1):
        return found
    keys: dict[bytes, int] = {}
    group = np.array([keys.setdefault(column.tobytes(), len(keys)) for column in np.ascontiguousarray(sums.T)])
    room = np.clip(limits - use, 0, None)
    size = len(keys)
    all_use, all_room = np.bincount(group, use, size), np.bincount(group, room, size)
    for number, row in enumerate(hidden):
        inside = np.flatnonzero(row)
        own_use = np.bincount(group[inside], use[inside], size)
        own_room = np.bincount(group[inside], room[inside], size)
        up = np.minimum(own_room, all_use - own_use).sum()
        found[number] = up + np.minimum(own_use, all_room - own_room).sum()
    return found


def _open_space(sums: Numbers) -> Numbers:
    """The projection onto what no printed sum tells."""
    parts = sums.shape[1]
    if not len(sums):
        return np.eye(parts)
    _, sizes, right = np.linalg.svd(sums, full_matrices=False)
    known_directions = right[sizes > TOLERANCE * max(sizes.max(initial=0), 1)]
    return np.asarray(np.eye(parts) - known_directions.T @ known_directions)


def _inside(rest: Printed, enough: float) -> tuple[Numbers, np.ndarray]:
    """A use that agrees with everything, with room on both sides of its parts; and which parts have it."""
    parts = len(rest.limits)
    # Beside each part its distance to the nearer bound, in layers of which the first counts most: so that all parts
    # get a little before any gets more, and none more than `enough`, which is of no use.
    one = eye_array(parts)
    layers = [enough * share for share in LAYERS]
    near = block_array([[sign * one, *(one for _ in layers)] for sign in (-1, 1)], format="csr")
    sums = hstack([csr_array(rest.sums), *(csr_array(rest.sums.shape) for _ in layers)], format="csr")
    point = _asked(
        np.concatenate([np.zeros(parts), *(np.full(parts, -enough / layer) for layer in layers)]),
        np.concatenate([rest.limits, *(np.full(parts, layer) for layer in layers)]),
        vstack([near, sums], format="csr"),
        np.concatenate([np.full(2 * parts, -np.inf), rest.values]),
        np.concatenate([np.zeros(parts), rest.limits, rest.values]),
    )
    return point[:parts], point[parts : 2 * parts] > TOLERANCE


def _walked(rest: Printed, inside: Numbers, rows: Numbers, directions: Numbers) -> Numbers:
    """How far each sum can be moved from the point inside: a width that is certain, perhaps not the whole one."""
    up, down = np.clip(rest.limits - inside, 0, None), np.clip(inside, 0, None)
    steps = np.where(np.abs(directions) > TOLERANCE, directions, np.nan)
    ways = [np.where(steps > 0, ahead / steps, back / -steps) for ahead, back in ((up, down), (down, up))]
    both = sum(np.where(np.isnan(way), np.inf, way).min(axis=1) for way in ways)
    gained = (rows * directions).sum(axis=1)
    return np.multiply(both, gained, where=gained > TOLERANCE, out=np.zeros(len(rows)))


def _width(rest: Printed, row: Numbers) -> float:
    """The exact width, by two linear programmes."""
    sums = csr_array(rest.sums)
    least, most = (_asked(way * row, rest.limits, sums, rest.values, rest.values) @ row for way in (1.0, -1.0))
    return float(most - least)


def _asked(costs: Numbers, limits: Numbers, rows: csr_array, lower: Numbers, upper: Numbers) -> Numbers:
    """The cheapest point between 0 and `limits` with `lower <= rows @ point <= upper`."""
    nothing = np.zeros(len(limits))
    point = solver.minimise(costs, nothing, nothing, limits, (rows, lower, upper))
    if point is None:
        raise ContradictionError("no use of the space agrees with all of them")
    return point
