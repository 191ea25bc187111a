"""A space's year at a glance: a field for each day, weeks from left to right, Monday on top; weeks and months below.

A day, week or month has the shade of how much was booked; what is hidden has a dot, the sign of official
tables for it, a closure a cross, a public holiday a diamond. School holidays lie behind as named bands.
"""

from datetime import timedelta
from typing import Any

import altair as alt
import polars as pl

from dashboard.charts import names_above, scales
from dashboard.charts.spaces import year_cells
from dashboard.charts.spaces.shades import Shades, shades
from dashboard.charts.spaces.year_cells import CELL, GAP, Year
from dashboard.charts.theme import LABEL, NARROW, NOTE, dressed, hatch, ink, layered

LEFT = f"{NARROW} ? 46 : 70"  # px for the rows' names
LEGEND = 40  # px that the page takes of the height for the legend
MONTH_NAMES = 22  # px beneath the months
FIGURE = 20  # px that a figure or a month's name in a field needs


def space_year(year: Year, language: str, theme: str) -> alt.LayerChart:
    """The picture of a year; its height follows from the weekdays on which the space is open."""
    known = [v for part in (year.days, year.weeks, year.months) for v in part.get_column("utilisation").drop_nulls()]
    steps = shades(known, language, theme)
    top = names_above.room(year.spans)
    bottom = top + CELL * len(year.weekdays)
    cells, marks = year_cells.days(year, steps, top)
    cells += year_cells.weeks(year, steps, bottom + GAP) + year_cells.months(year, steps, bottom + 2 * GAP + CELL)
    drawn = bottom + 2 * GAP + 2 * CELL + MONTH_NAMES
    # The page fits the legend into the height; everything is placed on the scale, so that nothing shifts.
    height = drawn + LEGEND
    x, y = _scales(year.columns, drawn)
    names = year_cells.row_names(year, top, bottom, language)
    chart = layered(
        *_bands(year, top, height, x, y, theme),
        *_fields(cells, steps, year.columns, height, x, y, theme),
        _marks(marks + [year_cells.hidden(row) for row in cells if row["is_hidden"]], height, x, y, theme),
        *_words(names, cells, year.columns, height, x, y, theme),
    )
    return dressed(chart, theme, language)


def _scales(columns: int, height: int) -> tuple[alt.X, alt.Y]:
    across = alt.Scale(
        domain=[0, columns], nice=False, rangeMin=alt.ExprRef(LEFT), rangeMax=alt.ExprRef("width")
    )  # fmt: skip
    down = alt.Scale(domain=[height, 0], nice=False, zero=False)
    return alt.X("start:Q", axis=None, scale=across), alt.Y("top:Q", axis=None, scale=down)


def _bands(year: Year, top: int, height: int, x: alt.X, y: alt.Y, theme: str) -> list[alt.Chart]:
    """A ground behind each day of school holidays, and above them their names."""
    if not year.holidays:
        return []
    grounds = []
    for first, last, _ in year.holidays:
        for day in (first + timedelta(days=one) for one in range((last - first).days + 1)):
            if day.isoweekday() in year.weekdays:
                week, at = (day - year.begin).days // 7, float(top + CELL * year.weekdays.index(day.isoweekday()))
                grounds.append({"start": week, "end": week + 1, "top": at, "bottom": at + CELL})
    names = [
        {"start": year.at(first), "end": year.at(last + timedelta(days=1)), "name": name, **vars(place)}
        for (first, last, name), place in zip(year.named, names_above.places(year.spans), strict=True)
    ]
    colours = ink(theme)
    ground = alt.Chart(pl.DataFrame(grounds, schema=_GROUNDS), width="container", height=height)
    named = alt.Chart(pl.DataFrame(names, schema=_NAMES), width="container", height=height)
    shared: dict[str, Any] = {
        "baseline": "middle", "fontSize": NOTE, "color": colours.quiet,
        "y": alt.ExprRef(names_above.AT), "text": alt.ExprRef(names_above.WORDS),
    }  # fmt: skip
    words = [
        named.transform_filter("!datum.is_late").mark_text(align="left", dx=2, **shared).encode(x=x),
        named.transform_filter("datum.is_late").mark_text(align="right", dx=-2, **shared).encode(x=scales.at(x, "end")),
    ]
    return [ground.mark_rect(color=colours.band).encode(x=x, x2=alt.X2("end:Q"), y=y, y2=alt.Y2("bottom:Q")), *words]


_GROUNDS: dict[str, Any] = dict.fromkeys(("start", "end", "top", "bottom"), pl.Float64)
_NAMES: dict[str, Any] = dict.fromkeys(("start", "end", "wide", "slim"), pl.Float64)
_NAMES |= {"name": pl.String, "is_late": pl.Boolean, "is_left_out": pl.Boolean}


def _fields(
    cells: list[dict[str, Any]], steps: Shades, columns: int, height: int, x: alt.X, y: alt.Y, theme: str
) -> list[alt.Chart]:
    colours = ink(theme)
    base = alt.Chart(pl.DataFrame(cells, schema=_CELLS), width="container", height=height)
    field: dict[str, Any] = {"stroke": colours.paper, "strokeWidth": 1.5, "cornerRadius": 2}
    tooltip = alt.Tooltip("said:N", title=" ")
    hidden = base.transform_filter("datum.is_hidden").mark_rect(
        filled=False, stroke=colours.line, strokeWidth=1, cornerRadius=2
    )
    shown = base.transform_filter("!datum.is_hidden").mark_rect(**field)
    figures = base.mark_text(
        baseline="middle",
        fontSize=NOTE,
        text=_where_it_fits("figure", columns),
    ).encode(x=scales.at(x, "middle"), y=scales.at(y, "centre"), color=alt.Color("ink:N", scale=None))
    return [
        hidden.encode(x=x, x2=alt.X2("end:Q"), y=y, y2=alt.Y2("bottom:Q"), tooltip=tooltip),
        shown.encode(x=x, x2=alt.X2("end:Q"), y=y, y2=alt.Y2("bottom:Q"), color=steps.colour(), tooltip=tooltip),
        *(
            # Half through, so that the shade and its number are still read.
            [
                base.transform_filter("datum.is_internal")
                .mark_rect(color=hatch(theme), opacity=0.45)
                .encode(x=x, x2=alt.X2("end:Q"), y=y, y2=alt.Y2("bottom:Q"), tooltip=tooltip)
            ]
            if any(cell["is_internal"] for cell in cells)
            else []
        ),
        figures,
    ]


_CELLS: dict[str, Any] = dict.fromkeys(("start", "end", "top", "bottom", "middle", "centre"), pl.Float64)
_CELLS |= dict.fromkeys(("shade", "ink", "figure", "said", "name"), pl.String)
_CELLS |= dict.fromkeys(("is_hidden", "is_internal"), pl.Boolean)


def _marks(marks: list[dict[str, Any]], height: int, x: alt.X, y: alt.Y, theme: str) -> alt.Chart:
    schema = {"mark": pl.String, "middle": pl.Float64, "top": pl.Float64, "said": pl.String}
    colours = ink(theme)
    return (
        alt.Chart(pl.DataFrame(marks, schema=schema), width="container", height=height)
        .mark_point(size=42, filled=False, stroke=colours.quiet, strokeWidth=1.3, opacity=1)
        .encode(
            x=scales.at(x, "middle"),
            y=y,
            shape=alt.Shape("mark:N", scale=None),
            tooltip=alt.Tooltip("said:N", title=" "),
        )
    )


def _words(
    names: list[dict[str, Any]],
    cells: list[dict[str, Any]],
    columns: int,
    height: int,
    x: alt.X,
    y: alt.Y,
    theme: str,
) -> list[alt.Chart]:
    colours = ink(theme)
    rows = alt.Chart(pl.DataFrame(names), width="container", height=height)
    months = alt.Chart(
        pl.DataFrame([row for row in cells if row["name"]], schema=_CELLS), width="container", height=height
    )
    return [
        rows.mark_text(
            align="left", baseline="middle", color=colours.quiet, fontSize=alt.ExprRef(f"{NARROW} ? {NOTE} : {LABEL}")
        ).encode(x=alt.XValue(0), y=scales.at(y, "middle"), text=alt.Text("name:N")),
        months.mark_text(
            baseline="top",
            color=colours.quiet,
            fontSize=NOTE,
            dy=4,
            text=_where_it_fits("name", columns),
        ).encode(x=scales.at(x, "middle"), y=scales.at(y, "bottom")),
    ]


def _where_it_fits(field: str, columns: int) -> alt.ExprRef:
    # By the width, not by the scale: in a file the picture is part of a sheet and its scale has another name.
    room = f"(datum.end - datum.start) * (width - ({LEFT})) / {columns}"
    return alt.ExprRef(f"{room} >= {FIGURE} ? datum.{field} : ''")
