"""Positions on a scale that several marks of a chart share."""

from typing import Literal, TypeVar

import altair as alt

Position = TypeVar("Position", alt.X, alt.Y)


def at(position: Position, field: str, kind: Literal["Q", "T"] = "Q") -> Position:
    """A copy of a position for another field; `kind` is Vega-Lite's, a quantity or a moment."""
    placed = position.copy()
    placed["shorthand"] = f"{field}:{kind}"
    return placed
