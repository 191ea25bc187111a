"""Names of stretches of time above a picture: in rows, so that none runs into the next, also on a telephone."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.theme import NARROW

HEIGHT = 18  # px of a row
# (of the picture's width that a name may need, rows there are); wide begins where a tablet stands upright
WIDE, SLIM = (0.2, 3), (0.43, 3)
LATE = 0.72  # of the picture's width, from where on a name is set from its right end

# Where a stretch begins and ends, from 0 to 1 of the picture's width.
Span = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """Where a name stands: px from the top on a wide picture and on a narrow one, where it may be left out."""

    wide: float
    slim: float
    is_left_out: bool
    is_late: bool


def places(spans: Sequence[Span]) -> list[Place]:
    """A place for the name of each stretch, in the order given."""
    wide, slim = _rows(spans, *WIDE), _rows(spans, *SLIM)
    return [
        Place(HEIGHT * ((one or 0) + 0.5), HEIGHT * ((other or 0) + 0.5), other is None, start > LATE)
        for one, other, (start, _) in zip(wide, slim, spans, strict=True)
    ]


def room(spans: Sequence[Span]) -> int:
    """How many px all the names take from the top."""
    used = [row for width, count in (WIDE, SLIM) for row in _rows(spans, width, count) if row is not None]
    return HEIGHT * (max(used, default=-1) + 1)


def _rows(spans: Sequence[Span], width: float, count: int) -> list[int | None]:
    """The first row in which the last name ends before this one begins; none where there is no such row."""
    taken, found = [-math.inf] * count, []
    for start, end in spans:
        left = end - width if start > LATE else start
        row = next((place for place, before in enumerate(taken) if left >= before), None)
        if row is not None:
            taken[row] = left + width
        found.append(row)
    return found


# What a mark of text is given for rows with the columns of a place and a `name`.
AT = f"{NARROW} ? datum.slim : datum.wide"
WORDS = f"{NARROW} && datum.is_left_out ? '' : datum.name"
