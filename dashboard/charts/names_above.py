"""Names of stretches of time above a picture: in rows, so that none runs into the next, also on a telephone."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.theme import NARROW

HEIGHT = 18  # px of a row
# (of the picture's width that a name may need, rows there are)
WIDE, SLIM = (0.14, 2), (0.43, 3)
LATE = 0.72  # of the picture's width, from where on a name is set from its right end


@dataclass(frozen=True)
class Place:
    """Where a name stands: px from the top on a wide picture and on a narrow one, where it may be left out."""

    wide: float
    slim: float
    is_left_out: bool
    is_late: bool


def places(starts: Sequence[float]) -> list[Place]:
    """A place for each name by where it begins, from 0 to 1 of the picture's width; in the order given."""
    wide, slim = _rows(starts, *WIDE), _rows(starts, *SLIM)
    return [
        Place(HEIGHT * ((one or 0) + 0.5), HEIGHT * ((other or 0) + 0.5), other is None, start > LATE)
        for one, other, start in zip(wide, slim, starts, strict=True)
    ]


def room(starts: Sequence[float]) -> int:
    """How many px all the names take from the top."""
    used = [row for width, count in (WIDE, SLIM) for row in _rows(starts, width, count) if row is not None]
    return HEIGHT * (max(used, default=-1) + 1)


def _rows(starts: Sequence[float], width: float, count: int) -> list[int | None]:
    """The first row whose last name began far enough away; none where there is no such row."""
    taken, found = [-math.inf] * count, []
    for start in starts:
        row = next((place for place, before in enumerate(taken) if start - before >= width), None)
        if row is not None:
            taken[row] = start
        found.append(row)
    return found


# What a mark of text is given for rows with the columns of a place and a `name`.
AT = f"{NARROW} ? datum.slim : datum.wide"
WORDS = f"{NARROW} && datum.is_left_out ? '' : datum.name"
