"""A space's year at a glance: a field for each day, weeks from left to right, Monday on top; weeks and months below.

A day, week or month has the shade of how much was booked; what is hidden has a dot, the sign of official
tables for it, a closure a cross, a public holiday a diamond. School holidays lie behind as named bands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import names_above, scales
from dashboard.charts.spaces.shades import Shades, shades
from dashboard.charts.theme import LABEL, NARROW, NOTE, dressed, ink, layered
from dashboard.words.numbers import Numbers

CELL = 26  # px height of a day
LEFT = f"{NARROW} ? 46 : 70"  # px for the rows' names
SHORTEST_NAMED = 2  # days after its first that a band needs to be named upon it; a single day has its field
GAP = 12  # px between days, weeks and months
LEGEND = 40  # px that the page takes of the height for the legend
MONTH_NAMES = 22  # px beneath the months
FIGURE = 20  # px that a figure or a month's name in a field needs
FEWEST_COLUMNS = 12  # weeks that the width is made for, so that one day does not fill it
MARKS = {
    "holiday": "M0,-1L1,0L0,1L-1,0Z",
    "closed": "M-0.8,-0.8L0.8,0.8M0.8,-0.8L-0.8,0.8",
    "hidden": "M0.35,0A0.35,0.35,0,1,1,-0.35,0A0.35,0.35,0,1,1,0.35,0Z",
}

Run = tuple[date, date, str]


@dataclass(frozen=True)
class Year:
    """What is drawn: days, weeks and months (`space_release`) of a stretch of time, and its school holidays."""

    days: pl.DataFrame
    weeks: pl.DataFrame
    months: pl.DataFrame
    holidays: Sequence[Run]

    @property
    def begin(self) -> date:
        """The Monday of the first week."""
        first = self.days.get_column("day").min()
        assert isinstance(first, date)
        return first - timedelta(days=first.weekday())

    @property
    def columns(self) -> int:
        """How many weeks the width is made for: those there are, the first and last perhaps in part."""
        last = self.days.get_column("day").max()
        assert isinstance(last, date)
        return max((last - self.begin).days // 7 + 1, FEWEST_COLUMNS)

    @property
    def weekdays(self) -> list[int]:
        """The weekdays on which it was ever open, 1 is Monday; all where it never was."""
        ever = self.days.filter(pl.col("open")).get_column("weekday").unique().sort().to_list()
        return ever or list(range(1, 8))

    @property
    def named(self) -> list[Run]:
        """The school holidays that are long enough to be named above their days."""
        return [run for run in self.holidays if (run[1] - run[0]).days >= SHORTEST_NAMED]

    @property
    def spans(self) -> list[names_above.Span]:
        """Where they begin and end, from 0 to 1 of the width."""
        return [
            (self.at(first) / self.columns, self.at(last + timedelta(days=1)) / self.columns)
            for first, last, _ in self.named
        ]

    def at(self, day: date) -> float:
        """Where a day begins on the scale of weeks."""
        return (day - self.begin).days / 7


def space_year(year: Year, language: str, theme: str) -> alt.LayerChart:
    """The picture of a year; its height follows from the weekdays on which the space is open."""
    known = [v for part in (year.days, year.weeks, year.months) for v in part.get_column("utilisation").drop_nulls()]
    steps = shades(known, language, theme)
    top = names_above.room(year.spans)
    bottom = top + CELL * len(year.weekdays)
    cells, marks = _days(year, steps, top)
    cells += _weeks(year, steps, bottom + GAP) + _months(year, steps, bottom + 2 * GAP + CELL)
    drawn = bottom + 2 * GAP + 2 * CELL + MONTH_NAMES
    # The page fits the legend into the height; everything is placed on the scale, so that nothing shifts.
    height = drawn + LEGEND
    x, y = _scales(year.columns, drawn)
    names = _row_names(year, top, bottom, language)
    chart = layered(
        *_bands(year, top, height, x, y, theme),
        *_fields(cells, steps, year.columns, height, x, y, theme),
        _marks(marks + [_hidden(row) for row in cells if row["is_hidden"]], height, x, y, theme),
        *_words(names, cells, year.columns, height, x, y, theme),
    )
    return dressed(chart, theme, language)


def _scales(columns: int, height: int) -> tuple[alt.X, alt.Y]:
    across = alt.Scale(
        domain=[0, columns], nice=False, rangeMin=alt.ExprRef(LEFT), rangeMax=alt.ExprRef("width")
    )  # fmt: skip
    down = alt.Scale(domain=[height, 0], nice=False, zero=False)
    return alt.X("start:Q", axis=None, scale=across), alt.Y("top:Q", axis=None, scale=down)


def _cell(start: float, end: float, top: float, row: dict[str, Any], steps: Shades, said: str) -> dict[str, Any]:
    value = row["utilisation"]
    return {
        "start": start,
        "end": end,
        "top": top,
        "bottom": top + CELL,
        "middle": (start + end) / 2,
        "centre": top + CELL / 2,
        "shade": "" if value is None else steps.words(value),
        "ink": "" if value is None else steps.ink(value),
        "figure": "" if value is None else Numbers(steps.language).decimal(value),
        "said": said,
        "name": "",
        "is_hidden": value is None,
    }


def _days(year: Year, steps: Shades, top: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    numbers, say = Numbers(steps.language), texts.of(steps.language)
    cells, marks = [], []
    for row in year.days.filter(pl.col("weekday").is_in(year.weekdays)).iter_rows(named=True):
        week = (row["day"] - year.begin).days // 7
        height = top + CELL * year.weekdays.index(row["weekday"])
        if row["open"]:
            figure = say.hidden if row["utilisation"] is None else numbers.quantity(row["utilisation"], "%")
            said = say.space_said.format(when=numbers.date(row["day"]), figure=figure)
            cells.append(_cell(week, week + 1, height, row, steps, said))
        kind = "holiday" if row["public_holiday"] else "closed" if row["closure"] and not row["open"] else ""
        if kind:
            why = row["public_holiday"] or row["closure"]
            why = say.group("public_holidays").get(why, why)
            words = say.space_said.format(when=numbers.date(row["day"]), figure=why)
            marks.append({"mark": MARKS[kind], "middle": week + 0.5, "top": height + CELL / 2, "said": words})
    return cells, marks


def _weeks(year: Year, steps: Shades, top: int) -> list[dict[str, Any]]:
    numbers, say = Numbers(steps.language), texts.of(steps.language)
    cells = []
    for row in year.weeks.filter(pl.col("open_days") > 0).iter_rows(named=True):
        start = round(year.at(row["week_start"]))
        when = say.space_week_of.format(day=numbers.date(row["week_start"]))
        figure = say.hidden if row["utilisation"] is None else numbers.quantity(row["utilisation"], "%")
        cells.append(_cell(start, start + 1, top, row, steps, say.space_said.format(when=when, figure=figure)))
    return cells


def _months(year: Year, steps: Shades, top: int) -> list[dict[str, Any]]:
    numbers, say = Numbers(steps.language), texts.of(steps.language)
    cells = []
    for row in year.months.filter(pl.col("available_seat_hours") > 0).iter_rows(named=True):
        start, end = year.at(row["begins"]), year.at(row["ends"] + timedelta(days=1))
        figure = say.hidden if row["utilisation"] is None else numbers.quantity(row["utilisation"], "%")
        said = say.space_said.format(when=numbers.month(row["begins"]), figure=figure)
        cells.append(_cell(start, end, top, row, steps, said) | {"name": numbers.short_month(row["begins"])})
    return cells


def _hidden(cell: dict[str, Any]) -> dict[str, Any]:
    return {
        "mark": MARKS["hidden"],
        "middle": cell["middle"],
        "top": cell["centre"],
        "said": cell["said"],
    }


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
    said = alt.Tooltip("said:N", title=" ")
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
        hidden.encode(x=x, x2=alt.X2("end:Q"), y=y, y2=alt.Y2("bottom:Q"), tooltip=said),
        shown.encode(x=x, x2=alt.X2("end:Q"), y=y, y2=alt.Y2("bottom:Q"), color=steps.colour(), tooltip=said),
        figures,
    ]


_CELLS: dict[str, Any] = dict.fromkeys(("start", "end", "top", "bottom", "middle", "centre"), pl.Float64)
_CELLS |= dict.fromkeys(("shade", "ink", "figure", "said", "name"), pl.String) | {"is_hidden": pl.Boolean}


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


def _row_names(year: Year, top: int, bottom: int, language: str) -> list[dict[str, Any]]:
    say = texts.of(language)
    names = [
        {"name": say.group("weekdays_short")[str(one)], "middle": top + CELL * (place + 0.5)}
        for place, one in enumerate(year.weekdays)
    ]
    names.append({"name": say.space_week, "middle": bottom + GAP + CELL / 2})
    names.append({"name": say.space_month, "middle": bottom + 2 * GAP + 1.5 * CELL})
    return names


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
