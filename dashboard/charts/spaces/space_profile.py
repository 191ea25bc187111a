"""When desks are booked: a field for each weekday and hour, in the shade of how much of it was booked."""

from typing import Any

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts.scales import at
from dashboard.charts.spaces.shades import shades
from dashboard.charts.theme import LABEL, NARROW, NOTE, dressed, hatch, ink, layered
from dashboard.words import space_words
from dashboard.words.numbers import INTERNAL, Numbers

ROW = 34  # px height of a weekday
LEFT = f"{NARROW} ? 34 : 110"  # px for the weekdays' names
LEGEND = 40  # px that the page takes of the height for the legend
HOURS = 26  # px beneath for the hours
FIGURE = 22  # px that a figure in a field needs
HIDDEN = "M0.35,0A0.35,0.35,0,1,1,-0.35,0A0.35,0.35,0,1,1,0.35,0Z"


def space_profile(profile: pl.DataFrame, language: str, theme: str) -> alt.LayerChart:
    """The hours of `space_queries.profile`; weekdays and hours that were never open are left out at the edges."""
    say, colours = texts.of(language), ink(theme)
    steps = shades([float(one) for one in profile.get_column("utilisation").drop_nulls()], language, theme)
    weekdays = profile.get_column("weekday").unique().sort().to_list()
    first, last = int(profile.get_column("hour").to_numpy().min()), int(profile.get_column("hour").to_numpy().max()) + 1
    rows = []
    for row in profile.iter_rows(named=True):
        value, top = row["utilisation"], float(ROW * weekdays.index(row["weekday"]))
        figure = Numbers(language).told(row)
        when = space_words.hour_words(row["weekday"], row["hour"], language)
        rows.append(
            {
                "start": float(row["hour"]),
                "end": row["hour"] + 1.0,
                "middle": row["hour"] + 0.5,
                "top": top,
                "bottom": top + ROW,
                "centre": top + ROW / 2,
                "shade": "" if value is None else steps.words(value),
                "ink": "" if value is None else steps.ink(value),
                "figure": "" if value is None else Numbers(language).decimal(value),
                "said": say.space_said.format(when=when, figure=figure),
                "is_hidden": value is None,
                "is_internal": row.get("sign") == INTERNAL,
            }
        )
    drawn = ROW * len(weekdays) + HOURS
    # The page fits the legend into the height; everything is placed on the scale, so that nothing shifts.
    height = drawn + LEGEND
    base = alt.Chart(pl.DataFrame(rows, schema=_SCHEMA), width="container", height=height)
    x, y = _scales(first, last, drawn)
    # By the width, not by the scale: in a file the picture is part of a sheet and its scale has another name.
    room = f"(width - ({LEFT})) / {last - first}"
    field: dict[str, Any] = {"stroke": colours.paper, "strokeWidth": 1.5, "cornerRadius": 2}
    tooltip = alt.Tooltip("said:N", title=" ")
    span = {"x": x, "x2": "end:Q", "y": y, "y2": "bottom:Q", "tooltip": tooltip}
    hidden, shown = base.transform_filter("datum.is_hidden"), base.transform_filter("!datum.is_hidden")
    chart = layered(
        hidden.mark_rect(filled=False, stroke=colours.line, strokeWidth=1, cornerRadius=2).encode(**span),
        hidden.mark_point(
            size=42, shape=HIDDEN, filled=False, stroke=colours.quiet, strokeWidth=1.3, opacity=1
        ).encode(x=at(x, "middle"), y=at(y, "centre"), tooltip=tooltip),
        shown.mark_rect(**field).encode(**span, color=steps.colour()),
        *(
            [
                base.transform_filter("datum.is_internal")
                .mark_rect(color=hatch(theme), opacity=0.45)
                .encode(**span)
            ]
            if any(row["is_internal"] for row in rows)
            else []
        ),
        shown.mark_text(
            baseline="middle", fontSize=NOTE,
            text=alt.ExprRef(f"{room} >= {FIGURE} ? datum.figure : ''"),
        ).encode(x=at(x, "middle"), y=at(y, "centre"), color=alt.Color("ink:N", scale=None)),
        *_words(weekdays, range(first, last + 1), room, height, x, y, language, theme),
    )  # fmt: skip
    return dressed(chart, theme, language)


_SCHEMA: dict[str, Any] = dict.fromkeys(("start", "end", "middle", "top", "bottom", "centre"), pl.Float64)
_SCHEMA |= dict.fromkeys(("shade", "ink", "figure", "said"), pl.String)
_SCHEMA |= dict.fromkeys(("is_hidden", "is_internal"), pl.Boolean)


def _scales(first: int, last: int, height: int) -> tuple[alt.X, alt.Y]:
    across = alt.Scale(
        domain=[first, last], nice=False, zero=False, rangeMin=alt.ExprRef(LEFT), rangeMax=alt.ExprRef("width - 4")
    )
    down = alt.Scale(domain=[height, 0], nice=False, zero=False)
    return alt.X("start:Q", axis=None, scale=across), alt.Y("top:Q", axis=None, scale=down)


def _words(
    weekdays: list[int], ends: range, room: str, height: int, x: alt.X, y: alt.Y, language: str, theme: str
) -> list[alt.Chart]:
    say, colours = texts.of(language), ink(theme)
    names = [
        {
            "name": say.group("weekdays")[str(one)],
            "short": say.group("weekdays_short")[str(one)],
            "top": ROW * (place + 0.5),
        }
        for place, one in enumerate(weekdays)
    ]
    # An hour's number stands where it begins, on the line between two fields.
    hours = [
        {"start": float(one), "name": str(space_words.of_clock(one)), "top": float(ROW * len(weekdays))} for one in ends
    ]
    return [
        alt.Chart(pl.DataFrame(names), width="container", height=height)
        .mark_text(
            align="left", baseline="middle", fontSize=LABEL, color=colours.text,
            text=alt.ExprRef(f"{NARROW} ? datum.short : datum.name"),
        )
        .encode(x=alt.XValue(0), y=y),
        alt.Chart(pl.DataFrame(hours), width="container", height=height)
        .mark_text(
            align="center", baseline="top", dy=7, fontSize=NOTE, color=colours.quiet,
            text=alt.ExprRef(f"({room}) >= 22 || datum.start % 4 == 0 ? datum.name : ''"),
        )
        .encode(x=x, y=y),
    ]  # fmt: skip
