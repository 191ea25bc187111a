"""Answers on a scale laid around its middle, in per cent: where each begins and ends, and what is left to hide."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Piece:
    """A stretch of one bar, in per cent from the middle of the scale."""

    start: float
    end: float
    place: int | None  # of the five hues; None where hidden
    share: float
    answer: str


def pieces(answers: Sequence[tuple[str, float | None]]) -> list[Piece]:
    """One row of a scale laid around its middle, from its last answer (left) to its first (right).

    `answers` are (name, share in per cent or None where hidden), best first; the shares of one row are parts
    of 100. Neighbours that are hidden are one piece; where hidden pieces lie apart, each is drawn with the
    same part of what is left, as nobody may know more.
    """
    left_to_right = [(name, share, len(answers) - 1 - place) for place, (name, share) in enumerate(answers)][::-1]
    middle = (len(answers) - 1) / 2
    known = sum(share or 0.0 for _, share in answers)
    runs = [
        list(run)
        for _, run in groupby(left_to_right, key=lambda one: (one[1] is None, 0 if one[1] is None else one[2]))
    ]
    hidden = sum(run[0][1] is None for run in runs)
    rest = max(0.0, 100.0 - known) / hidden if hidden else 0.0
    laid, at, zero = [], 0.0, 0.0
    for run in runs:
        share = rest if run[0][1] is None else float(run[0][1] or 0.0)
        places = [place for _, _, place in run]
        if min(places) <= middle <= max(places):
            zero = at + share / 2
        elif max(places) < middle:
            zero = at + share
        of_hue = None if run[0][1] is None else hue(run[0][2], len(answers))
        laid.append(Piece(at, at + share, of_hue, share, ", ".join(name for name, _, _ in run)))
        at += share
    return [Piece(one.start - zero, one.end - zero, one.place, one.share, one.answer) for one in laid]


def hue(place: int, count: int) -> int:
    """The hue of an answer by its place from the left: a scale of four leaves the middle out."""
    if count % 2:
        return place + (5 - count) // 2
    return place + (4 - count) // 2 + (place >= count // 2)
