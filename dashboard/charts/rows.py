"""The standard picture: a row for each town or figure, its name left, its dot in the middle, its value right.

Behind the dot lies the band of all municipalities of the towns' size: the middle eight tenths light,
the middle half darker, the median as a tick. The same picture stands on every page, so it is learned
once. On a telephone the name and the value move above the track. Where a row has a note (how many were
asked), it stands beneath the name, on a telephone beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import polars as pl

from dashboard.charts import palette, row_layers
from dashboard.charts.row_layers import NAME_WIDTH, VALUE_WIDTH
from dashboard.charts.theme import NARROW, ink, layered

STEP = 54  # px a row; enough for a name above the track on a telephone
# The quantiles that a band is drawn from.
QUANTILES = ("p10", "p25", "p50", "p75", "p90")

# What lies back when one town is highlighted; full colour is 1.
LAID_BACK = 0.4


@dataclass(frozen=True)
class Row:
    """One row, ready to draw: positions on the shared scale, words in the reader's language."""

    key: str
    name: str
    label: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    band: Mapping[str, float | None] = field(default_factory=dict)  # by QUANTILES; empty without peers
    colour: str = ""
    shape: str = ""
    opacity: float = 1.0
    weight: str = "normal"
    aside: str = ""
    note: str = ""
    name_short: str = ""  # the name where there is hardly room, at 400 % zoom
    note_short: str = ""  # the note where it stands beside the name
    is_internal: bool = False  # whether the public edition hides the value
    is_hollow: bool = False  # an added town's, whose mark is a ring
    town: str = ""  # whose row it is, where a town can be highlighted; empty for a row that belongs to none


def rows(
    content: Sequence[Row],
    domain: tuple[float, float],
    theme: str,
    unit_sign: str = "",
    axis: bool = True,
    names: int = NAME_WIDTH,
    highlighted: str | None = None,
) -> alt.LayerChart:
    """A chart of the rows, in the order given, over `domain`; not yet dressed.

    Where rows have towns, a click on one highlights it and lays the others back, within the chart; `highlighted` is
    the one that begins so.

    `unit_sign` stands behind the axis numbers; without `axis` each row has a scale of its own. `names` is
    the room (px) beside the tracks for the rows' names; where it is not the usual one, longer names are cut.
    """
    frame = pl.DataFrame([_flat(row, ink(theme).paper) for row in content], schema=_SCHEMA)
    order = [row.key for row in content]
    # A height by rows: a fixed one would have to hold the axis as well, at the rows' cost.
    base = alt.Chart(frame, width="container", height=alt.Step(STEP)).encode(
        y=alt.Y("key:N", sort=order, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    )
    x = track_scale(domain, unit_sign, axis, names)
    layers = row_layers.layers(base, x, theme, names, has_internal=any(row.is_internal for row in content))
    return layered(
        *(_highlightable(_ground(base), layers, highlighted) if any(row.town for row in content) else layers)
    )


def _ground(base: alt.Chart) -> alt.Chart:
    """What of a row can be clicked beside what is drawn on it: all of it."""
    return base.mark_bar(opacity=0, cursor=alt.ExprRef("datum.town ? 'pointer' : 'default'"), aria=False).encode(
        x=alt.XValue(0), x2=alt.X2Value(alt.ExprRef("width"))
    )


def _highlightable(ground: alt.Chart, layers: Sequence[alt.Chart], highlighted: str | None) -> list[alt.Chart]:
    """The layers on a ground, with towns that a click highlights, alone or with others, or lays back again."""
    begins = [{"town": highlighted}] if highlighted else alt.Undefined
    pick = alt.selection_point(
        name=HIGHLIGHT, fields=["town"], on=f"click[{ON_A_TOWN}]", toggle="true", clear=False, value=begins
    )
    opacity = alt.condition(pick, alt.OpacityValue(1), alt.value(LAID_BACK))
    for layer in layers:
        if layer.mark.type in ("point", "rule") and layer.encoding.color is not alt.Undefined:
            layer.encoding.opacity = opacity
        if layer.mark.type == "text" and layer.mark.fontWeight is not alt.Undefined:
            layer.mark.fontWeight = alt.ExprRef(f"{IS_HIGHLIGHTED} ? 'bold' : datum.weight")
    return [ground.add_params(pick), *layers]


# Whether a row is among those highlighted, where any is: what a bold name or value asks.
HIGHLIGHT = "highlight"
ON_A_TOWN = "event.item && event.item.datum && event.item.datum.town"
IS_HIGHLIGHTED = f"length(data('{HIGHLIGHT}_store')) && vlSelectionTest('{HIGHLIGHT}_store', datum)"

_TEXTS = ("key", "name", "name_short", "label", "colour", "shape", "weight", "aside", "note", "note_short", "town")
_NUMBERS = ("value", "low", "high", "opacity")
_MARK = {"fill": pl.String, "edge": pl.String, "edge_width": pl.Float64, "is_internal": pl.Boolean}
_SCHEMA: dict[str, Any] = dict.fromkeys(_TEXTS, pl.String) | dict.fromkeys((*_NUMBERS, *QUANTILES), pl.Float64) | _MARK


def _flat(row: Row, paper: str) -> dict[str, object]:
    own = {name: getattr(row, name) for name in (*_TEXTS, *_NUMBERS, "is_internal")}
    own |= palette.inks(row.colour, row.is_hollow, paper)
    return own | {name: row.band.get(name) for name in QUANTILES}


def track_scale(
    domain: tuple[float, float], unit_sign: str, axis: bool = True, names: int = NAME_WIDTH, values: int = VALUE_WIDTH
) -> alt.X:
    """The tracks' shared scale, with room for names and values beside it (px) where the chart is wide."""
    numbers = alt.Axis(
        title=None,
        orient="bottom",
        tickCount=alt.ExprRef(f"{NARROW} ? 4 : 7"),
        labelExpr=f"format(datum.value, ',~f') + '{unit_sign}'",
        labelFlush=True,
        labelOverlap="greedy",
        labelSeparation=8,
        gridDash=[2, 3],
    )
    return alt.X(
        "value:Q",
        axis=numbers if axis else None,
        scale=alt.Scale(
            domain=list(domain),
            nice=False,
            zero=False,
            rangeMin=alt.ExprRef(f"{NARROW} ? 8 : {names}"),
            rangeMax=alt.ExprRef(f"{NARROW} ? width - 8 : width - {values}"),
        ),
    )
