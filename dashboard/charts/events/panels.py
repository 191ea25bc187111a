"""A panel for each town beneath one time axis: its name left, its marks in the middle; the same on both timelines.

Heights are px from the chart's top, so that a panel can hold several strips. On a telephone the name moves
above the marks.
"""

import textwrap
from datetime import date, timedelta
from typing import Any

import altair as alt
import polars as pl

from dashboard.charts import scales
from dashboard.charts.theme import LABEL, NARROW, NOTE, ink

NAMES = 206  # px beside the marks where there is room
LEFT = f"({NARROW} ? 34 : {NAMES})"
RIGHT = 10
AXIS = 26  # px that the axis of time takes
NAME_AT, NOTE_AT = 14, 34  # px from a panel's top
NOTE_CHARACTERS = 29  # of a note's line
# On a telephone a name has the line up to the note's letters (px), and in any case less than half of it.
BESIDE_NOTE = "max(width * 0.42, width - 12 - 6.5 * length(datum.note))"
MONTHS_PER_LABEL = (1, 2, 3, 6, 12, 24, 60)
MOST_LABELS = 9


def heights(count: int, panel: int) -> alt.Y:
    """The vertical scale of `count` panels of `panel` px: a field `at` holds px from the top."""
    scale = alt.Scale(domain=[0, count * panel], rangeMin=0, rangeMax=alt.ExprRef("height"), nice=False, zero=False)
    return alt.Y("at:Q", axis=None, scale=scale)


def size(count: int, panel: int) -> dict[str, Any]:
    """Width and height of a chart of panels: the page counts the axis of time as part of the height."""
    return {"width": "container", "height": count * panel + AXIS}


def months(first: date, last: date) -> alt.X:
    """The time axis from the first day's month to the end of the last day's, labelled by whole months."""
    start, end = first.replace(day=1), _next_month(last)
    count = (end.year - start.year) * 12 + end.month - start.month
    step = next((one for one in MONTHS_PER_LABEL if count / one <= MOST_LABELS), MONTHS_PER_LABEL[-1])
    span = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    kept = [(month // 12, month % 12 + 1) for month in span if month % step == 0]
    return alt.X(
        "day:T",
        axis=alt.Axis(
            title=None,
            format="%B %Y" if step <= 2 and count <= 6 else "%b %Y",
            grid=True,
            gridDash=[2, 3],
            labelOverlap="greedy",
            labelFlush=False,
            labelSeparation=10,
            values=[alt.DateTime(year=year, month=month, date=1) for year, month in kept],
        ),
        scale=alt.Scale(
            domain=[_moment(start), _moment(end)],
            nice=False,
            rangeMin=alt.ExprRef(LEFT),
            rangeMax=alt.ExprRef(f"width - {RIGHT}"),
        ),
    )


def at(channel: scales.Position, field: str) -> scales.Position:
    """A copy of a position for another field of the same kind: days run to the right, panels down."""
    return scales.at(channel, field, "T" if isinstance(channel, alt.X) else "Q")


def names(towns: pl.DataFrame, y: alt.Y, panel: int, theme: str, room: int = NAMES - 8) -> list[alt.Chart]:
    """The towns' names with a note beneath and a line above each; a panel without marks says so in its `aside`.

    `towns` has name, note, weight and aside; a note's lines stand beneath each other where there is room. They
    are at most `room` px wide.
    """
    colours = ink(theme)
    base = alt.Chart(towns.with_row_index("place").with_columns(at=pl.col("place").cast(pl.Float64) * panel))
    base = base.properties(**size(towns.height, panel)).encode(y=y)
    shared: dict[str, Any] = {"align": "left", "baseline": "middle"}
    lines = base.mark_rule(color=colours.line, strokeWidth=1).encode(
        x=alt.XValue(0), x2=alt.X2Value(alt.ExprRef("width"))
    )
    words = base.mark_text(
        **shared,
        fontSize=LABEL,
        color=colours.text,
        yOffset=NAME_AT,
        fontWeight=alt.ExprRef("datum.weight"),
        limit=alt.ExprRef(f"{NARROW} ? {BESIDE_NOTE} : {NAMES - 8}"),
    ).encode(x=alt.XValue(0), text=alt.Text("name:N"))
    notes = base.mark_text(
        baseline="middle",
        fontSize=NOTE,
        color=colours.quiet,
        lineBreak="\n",
        lineHeight=17,
        align=alt.ExprRef(f"{NARROW} ? 'right' : 'left'"),
        yOffset=alt.ExprRef(f"{NARROW} ? {NAME_AT} : {NOTE_AT}"),
        limit=alt.ExprRef(f"{NARROW} ? width * 0.57 : {room}"),
        text=alt.ExprRef(f"{NARROW} ? replace(datum.note, /\\n/g, ' ') : datum.note"),
    ).encode(x=alt.XValue(alt.ExprRef(f"{NARROW} ? width : 0")))
    asides = base.mark_text(
        **shared,
        fontSize=NOTE,
        fontStyle="italic",
        color=colours.quiet,
        yOffset=alt.ExprRef(f"{NARROW} ? {panel // 2 + 8} : {panel // 2}"),
    ).encode(x=alt.XValue(alt.ExprRef(f"{NARROW} ? 0 : {NAMES}")), text=alt.Text("aside:N"))
    return [lines, words, notes, asides]


def wrapped(words: str) -> str:
    """Words in lines that fit beside the marks."""
    return "\n".join(textwrap.wrap(words, NOTE_CHARACTERS)[:3])


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _moment(day: date) -> alt.DateTime:
    return alt.DateTime(year=day.year, month=day.month, date=day.day)
