"""Use of a space over weeks: an area with its line, broken where a week is hidden; holidays and closures as bands."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import palette
from dashboard.charts.theme import NARROW, NOTE, dressed, ink, layered
from dashboard.numbers import NARROW_SPACE, Numbers

HEIGHT = 320
NAMES_HEIGHT, NAME_ROWS = 20, 2  # px of a row of the bands' names, which take turns
MIDDLE = timedelta(days=3, hours=12)  # a week's value stands in the middle of it
SHORTEST_NAMED = 2  # days after its first that a band needs to be named
APART = 0.27  # of the picture's width that a name needs on a telephone
LATE = 0.75  # of the picture's width, from where on a name is set from its right end
END = f"{NARROW} ? 0 : 168"  # px at the right for the words on the whole period
HEADROOM = 1.3
WHOLE = 100.0

Run = tuple[date, date, str]


def space_weeks(
    weeks: pl.DataFrame,
    holidays: Sequence[Run],
    closures: Sequence[Run],
    mean: float | None,
    slot: int,
    language: str,
    theme: str,
) -> alt.LayerChart:
    """The weeks of `space_release.weeks` in the town's colour; `mean` is the whole record's utilisation.

    A hidden week breaks the line and is an open circle on the ground; a week without an open day has none.
    """
    frame = _frame(weeks, language)
    x, y = _axes(weeks, language)
    base = alt.Chart(frame, width="container", height=HEIGHT)
    colour = palette.colour(slot, theme)
    known = base.transform_filter("isValid(datum.utilisation)")
    hidden = base.transform_filter("datum.is_hidden").mark_point(
        size=60, filled=False, strokeWidth=1.4, color=ink(theme).quiet, opacity=1
    )
    said = alt.Tooltip("said:N", title=" ")
    chart = layered(
        *_bands(holidays, closures, weeks, x, theme),
        known.mark_area(color=colour, opacity=0.16).encode(x=x, y=y, detail="stretch:N"),
        known.mark_line(color=colour, strokeWidth=2.5).encode(x=x, y=y, detail="stretch:N"),
        known.mark_point(
            filled=True, size=70, color=colour, opacity=1, stroke=ink(theme).paper, strokeWidth=1,
            shape=palette.shape(slot),
        ).encode(x=x, y=y, tooltip=said),
        hidden.encode(x=x, y=_at(y, "ground"), tooltip=said),
        _ends(frame, x, y, theme),
        *_mean(mean, y, language, theme),
    )  # fmt: skip
    return dressed(chart, theme, language)


def _frame(weeks: pl.DataFrame, language: str) -> pl.DataFrame:
    numbers, say = Numbers(language), texts.of(language)
    rows, stretch = [], 0
    for row in weeks.iter_rows(named=True):
        is_known = row["utilisation"] is not None
        stretch += not is_known
        figure = numbers.quantity(row["utilisation"], "%") if is_known else say.hidden
        when = say.space_week_of.format(day=numbers.date(row["week_start"]))
        rows.append(
            {
                "day": row["week_start"] + MIDDLE,
                "utilisation": row["utilisation"],
                "is_hidden": not is_known and row["open_days"] > 0,
                "stretch": str(stretch),
                "ground": 0.0,
                "figure": figure if is_known else "",
                "said": say.space_said.format(when=when, figure=figure),
            }
        )
    return pl.DataFrame(rows, schema=_WEEKS)


_WEEKS: dict[str, Any] = {"day": pl.Date, "utilisation": pl.Float64, "ground": pl.Float64, "is_hidden": pl.Boolean}
_WEEKS |= dict.fromkeys(("stretch", "figure", "said"), pl.String)


def _axes(weeks: pl.DataFrame, language: str) -> tuple[alt.X, alt.Y]:
    first, last = weeks.get_column("week_start")[0], weeks.get_column("week_start")[-1] + timedelta(days=7)
    sign = NARROW_SPACE + "%" if language == "de" else "%"
    x = alt.X(
        "day:T",
        axis=alt.Axis(
            title=None, grid=False, tickCount="month", labelOverlap="greedy", labelSeparation=6,
            labelExpr="timeFormat(datum.value, month(datum.value) == 0 ? '%b %Y' : '%b')",
        ),
        scale=alt.Scale(domain=[_day(first), _day(last)], nice=False, rangeMax=alt.ExprRef(f"width - ({END})")),
    )  # fmt: skip
    top = max((float(one) for one in weeks.get_column("utilisation").drop_nulls()), default=0.0)
    y = alt.Y(
        "utilisation:Q",
        axis=alt.Axis(title=None, tickCount=5, labelExpr=f"datum.value + '{sign}'", gridDash=[2, 3]),
        # Above the highest value stand the names of the bands.
        scale=alt.Scale(domain=[0, top * HEADROOM or WHOLE], nice=False),
        stack=None,
    )
    return x, y


def _day(day: date) -> alt.DateTime:
    return alt.DateTime(year=day.year, month=day.month, date=day.day)


def _bands(
    holidays: Sequence[Run], closures: Sequence[Run], weeks: pl.DataFrame, x: alt.X, theme: str
) -> list[alt.Chart]:
    begin, end = weeks.get_column("week_start")[0], weeks.get_column("week_start")[-1]
    runs = sorted([*((*run, False) for run in holidays), *((*run, True) for run in closures)])
    if not runs:
        return []
    rows = [
        {
            "day": first,
            "end": last + timedelta(days=1),
            "name": name if (last - first).days >= SHORTEST_NAMED else "",
            "turn": turn,
            "is_closure": is_closure,
            # A name that would run out of the picture ends where its band ends.
            "is_late": (first - begin).days > LATE * (end - begin).days,
        }
        for turn, (first, last, name, is_closure) in zip(turns([one[0] for one in runs], begin, end), runs, strict=True)
    ]
    base = alt.Chart(pl.DataFrame(rows), width="container", height=HEIGHT)
    colours = ink(theme)
    x_end = x.copy()
    x_end["shorthand"] = "end:T"
    span = base.encode(x=x, x2="end:T")
    sides: list[tuple[Literal["left", "right"], int, str, alt.X]] = [
        ("left", 3, "false", x),
        ("right", -3, "true", x_end),
    ]
    words = [
        base.transform_filter(f"datum.turn == {turn}")
        .mark_text(
            align=align, baseline="middle", dx=shift, fontSize=NOTE, color=colours.quiet,
            text=alt.ExprRef(f"datum.is_late == {late} ? datum.name : ''"),
        )
        .encode(x=at, y=alt.value(NAMES_HEIGHT * (turn + 0.5)))
        for turn in range(NAME_ROWS)
        for align, shift, late, at in sides
    ]  # fmt: skip
    return [
        span.transform_filter("!datum.is_closure").mark_rect(color=colours.band),
        span.transform_filter("datum.is_closure").mark_rect(
            color=colours.band_middle, opacity=0.55, stroke=colours.quiet, strokeDash=[3, 3], strokeWidth=1
        ),
        *words,
    ]


def turns(starts: Sequence[date], begin: date, end: date) -> list[int]:
    """In which row of names each stands: the first whose last name began far enough away."""
    room, taken, found = APART * max((end - begin).days, 1), [-math.inf] * NAME_ROWS, []
    for start in ((one - begin).days for one in starts):
        row = next((place for place, before in enumerate(taken) if start - before >= room), NAME_ROWS - 1)
        taken[row] = start
        found.append(row)
    return found


def _mean(mean: float | None, y: alt.Y, language: str, theme: str) -> list[alt.Chart]:
    if mean is None:
        return []
    words = texts.of(language).space_mean.format(value=Numbers(language).quantity(mean, "%"))
    base = alt.Chart(pl.DataFrame({"utilisation": [mean], "name": [words]}), width="container", height=HEIGHT)
    colours = ink(theme)
    at = {"x": alt.value(alt.ExprRef(f"{NARROW} ? 0 : width - ({END}) + 10")), "y": y, "text": "name:N"}
    shared: dict[str, Any] = {
        "align": "left", "fontSize": NOTE, "baseline": "middle", "dx": 2, "dy": alt.ExprRef(f"{NARROW} ? -10 : 0"),
    }  # fmt: skip
    return [
        base.mark_rule(color=colours.quiet, strokeDash=[5, 4]).encode(
            y=y, x=alt.value(0), x2=alt.value(alt.ExprRef(f"width - ({END})"))
        ),
        # An edge in the paper's colour keeps the words apart from a line that they may meet.
        base.mark_text(stroke=colours.paper, strokeWidth=4, color=colours.paper, **shared).encode(**at),
        base.mark_text(color=colours.text, **shared).encode(**at),
    ]


def _ends(frame: pl.DataFrame, x: alt.X, y: alt.Y, theme: str) -> alt.Chart:
    """The figures of the least and the most booked week that is shown."""
    known = frame.filter(pl.col("utilisation").is_not_null())
    ends = pl.concat([known.sort("utilisation", maintain_order=True).head(1), known.sort("utilisation").tail(1)])
    return (
        alt.Chart(ends.unique("day", maintain_order=True), width="container", height=HEIGHT)
        .mark_text(baseline="bottom", dy=-8, fontSize=NOTE, fontWeight=600, color=ink(theme).text)
        .encode(x=x, y=y, text="figure:N")
    )


def _at(y: alt.Y, field: str) -> alt.Y:
    placed = y.copy()
    placed["shorthand"] = f"{field}:Q"
    return placed
