"""A few amounts as bars, one below the other in the order given; what is hidden has its sign and words instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from dashboard.charts import palette
from dashboard.charts.rows import track_scale
from dashboard.charts.scales import at
from dashboard.charts.theme import LABEL, NARROW, NOTE, dressed, hatch, ink, layered

STEP = 42  # px a row
BAR = 18  # px height
NAMES, VALUES = 250, 150  # px beside the bars where there is room
VALUE = 110  # px that the longest value takes above a bar on a telephone
TRACK_SHIFT = f"{NARROW} ? 10 : 0"
WORDS_SHIFT = f"{NARROW} ? -10 : 0"
HEADROOM = 1.06


@dataclass(frozen=True)
class Bar:
    """One bar, ready to draw; without a value its `aside` says why."""

    key: str
    name: str
    value: float | None
    label: str
    aside: str = ""
    is_internal: bool = False


def bars(content: Sequence[Bar], slot: int, unit_sign: str, language: str, theme: str) -> alt.LayerChart:
    """The bars in a town's colour over a scale from zero; `unit_sign` stands behind the axis numbers."""
    frame = pl.DataFrame([vars(one) | {"zero": 0.0} for one in content], schema=_SCHEMA)
    order = [one.key for one in content]
    base = alt.Chart(frame, width="container", height=alt.Step(STEP)).encode(
        y=alt.Y("key:N", sort=order, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    )
    top = max((one.value for one in content if one.value is not None), default=0.0) * HEADROOM or 1.0
    x = track_scale((0.0, top), unit_sign, names=NAMES, values=VALUES)
    drawn = base.mark_bar(
        color=palette.colour(slot, theme), height=BAR, cornerRadiusEnd=2, opacity=0.85,
        yOffset=alt.ExprRef(TRACK_SHIFT),
    )  # fmt: skip
    words = words_beside(base, NAMES, VALUE, TRACK_SHIFT, theme)
    encoded = drawn.encode(x=at(x, "zero"), x2=alt.X2("value:Q"))
    return dressed(layered(encoded, *hatched(encoded, frame, theme), *words), theme, language)


_SCHEMA: dict[str, Any] = dict.fromkeys(("key", "name", "label", "aside"), pl.String)
_SCHEMA |= dict.fromkeys(("value", "zero"), pl.Float64) | {"is_internal": pl.Boolean}


def hatched(bars: alt.Chart, frame: pl.DataFrame, theme: str) -> list[alt.Chart]:
    """Stripes over the bars of `frame` that are internal; no layer where none is."""
    if not frame.get_column("is_internal").any():
        return []
    over = bars.transform_filter("datum.is_internal").copy()
    over.mark.color, over.mark.opacity = hatch(theme), 1
    return [over]


def words_beside(base: alt.Chart, names: int, value: int, shift: str, theme: str) -> list[alt.Chart]:
    """Of each row its name to the left, its value to the right, and upon the track what it says instead of a bar.

    `names` is the room (px) for names beside the track; on a telephone they stand above it, `value` px shorter than
    the row, and `shift` moves the track beneath them.
    """
    colours = ink(theme)
    shared: dict[str, Any] = {"baseline": "middle", "yOffset": alt.ExprRef(WORDS_SHIFT), "fontSize": LABEL}
    limit = alt.ExprRef(f"{NARROW} ? width - {value} : {names - 16}")
    return [
        base.mark_text(align="left", color=colours.text, limit=limit, **shared).encode(
            x=alt.XValue(0), text=alt.Text("name:N")
        ),
        base.mark_text(align="right", color=colours.text, **shared).encode(
            x=alt.XValue(alt.ExprRef("width")), text=alt.Text("label:N")
        ),
        base.mark_text(
            align="left", baseline="middle", fontSize=NOTE, fontStyle="italic", color=colours.quiet,
            yOffset=alt.ExprRef(shift),
        ).encode(x=alt.XValue(alt.ExprRef(f"{NARROW} ? 0 : {names}")), text=alt.Text("aside:N")),
    ]  # fmt: skip
