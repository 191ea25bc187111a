"""What a row is drawn from: its line, the band behind it, the interval, the dot, and its words on both sides."""

from typing import Any

import altair as alt

from dashboard.charts.scales import at
from dashboard.charts.theme import LABEL, NARROW, NOTE, hatch, ink

# Below this width two words side by side run into each other.
TINY = "width < 330"

TRACK = 16  # px height of the band
NAME_WIDTH, VALUE_WIDTH = 212, 118  # px beside the track where there is room

# Where the track and the words stand within a row, in px from its middle.
TRACK_SHIFT = f"{NARROW} ? 11 : 0"
WORDS_SHIFT = f"{NARROW} ? -12 : 0"
NOTE_SHIFT = 9  # px that a name moves up and its note down


def layers(base: alt.Chart, x: alt.X, theme: str, names: int, has_internal: bool = False) -> list[alt.Chart]:
    """Line, band, median, interval, dot and words of every row, from the back to the front; internal dots hatched."""
    return [
        _lines(base, theme),
        _band(base, x, "p10", "p90", ink(theme).band),
        _band(base, x, "p25", "p75", ink(theme).band_middle),
        _median(base, x, theme),
        _interval(base, x),
        _dots(base, x),
        *([_hatched(base, x, theme)] if has_internal else []),
        *_words(base, theme, names),
    ]


def _lines(base: alt.Chart, theme: str) -> alt.Chart:
    return base.mark_rule(color=ink(theme).line, strokeWidth=1).encode(
        x=alt.XValue(0),
        x2=alt.X2Value(alt.ExprRef("width")),
        y=alt.Y("key:N", sort=None, axis=None, bandPosition=1),
    )


def _band(base: alt.Chart, x: alt.X, start: str, end: str, colour: str) -> alt.Chart:
    return base.mark_bar(
        color=colour, height=TRACK, cornerRadius=2, yOffset=alt.ExprRef(TRACK_SHIFT), aria=False
    ).encode(x=at(x, start), x2=alt.X2(f"{end}:Q"))


def _median(base: alt.Chart, x: alt.X, theme: str) -> alt.Chart:
    return base.mark_tick(color=ink(theme).median, thickness=2, size=TRACK, yOffset=alt.ExprRef(TRACK_SHIFT)).encode(
        x=at(x, "p50")
    )


def _interval(base: alt.Chart, x: alt.X) -> alt.Chart:
    return base.mark_rule(strokeWidth=2.5, strokeCap="round", yOffset=alt.ExprRef(TRACK_SHIFT)).encode(
        x=at(x, "low"),
        x2=alt.X2("high:Q"),
        color=alt.Color("colour:N", scale=None),
        opacity=alt.Opacity("opacity:Q", scale=None),
    )


def _dots(base: alt.Chart, x: alt.X) -> alt.Chart:
    # A thin edge in the paper's colour keeps a dot apart from the band and from its neighbour.
    return base.mark_point(
        filled=True,
        size=240,
        opacity=1,
        strokeWidth=alt.ExprRef("datum.edge_width"),
        yOffset=alt.ExprRef(TRACK_SHIFT),
    ).encode(
        x=at(x, "value"),
        color=alt.Color("fill:N", scale=None),
        stroke=alt.Stroke("edge:N", scale=None),
        shape=alt.Shape("shape:N", scale=None),
        opacity=alt.Opacity("opacity:Q", scale=None),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("label:N", title="  ")],
    )


def _hatched(base: alt.Chart, x: alt.X, theme: str) -> alt.Chart:
    dots = base.transform_filter("datum.is_internal").mark_point(
        filled=True, size=240, opacity=1, fill=hatch(theme), yOffset=alt.ExprRef(TRACK_SHIFT)
    )
    return dots.encode(x=at(x, "value"), shape=alt.Shape("shape:N", scale=None))


# On a telephone name and value share a line: what the value's letters (px each) and a gap leave to the name.
_LEFT_BESIDE_VALUE = "max(width - 7 * length(datum.label) - 12, 80)"


def _words(base: alt.Chart, theme: str, names_width: int) -> list[alt.Chart]:
    colours = ink(theme)
    shared: dict[str, Any] = {"baseline": "middle", "yOffset": alt.ExprRef(WORDS_SHIFT), "fontSize": LABEL}
    names = base.mark_text(
        align="left",
        color=colours.text,
        text=alt.ExprRef(
            f"{TINY} && datum.name_short ? datum.name_short : "
            f"{NARROW} && datum.note_short ? datum.name + ' · ' + datum.note_short : datum.name"
        ),
        limit=alt.ExprRef(f"{NARROW} ? {_LEFT_BESIDE_VALUE} : {0 if names_width == NAME_WIDTH else names_width - 14}"),
        **{**shared, "yOffset": alt.ExprRef(f"{NARROW} ? -12 : datum.note ? -{NOTE_SHIFT} : 0")},
    ).encode(x=alt.XValue(0))
    notes = base.mark_text(
        align="left",
        baseline="middle",
        fontSize=NOTE,
        color=colours.quiet,
        text=alt.ExprRef(f"{NARROW} ? '' : datum.note"),
        yOffset=NOTE_SHIFT + 1,
    ).encode(x=alt.XValue(0))
    values = base.mark_text(align="right", color=colours.text, **shared).encode(
        x=alt.XValue(alt.ExprRef("width")), text=alt.Text("label:N")
    )
    asides = base.mark_text(
        align="left",
        baseline="middle",
        fontSize=NOTE,
        fontStyle="italic",
        color=colours.quiet,
        yOffset=alt.ExprRef(TRACK_SHIFT),
    ).encode(x=alt.XValue(alt.ExprRef(f"{NARROW} ? 0 : {names_width}")), text=alt.Text("aside:N"))
    return [_weighted(names), notes, _weighted(values), asides]


def _weighted(words: alt.Chart) -> alt.Chart:
    words.mark.fontWeight = alt.ExprRef("datum.weight")
    return words
