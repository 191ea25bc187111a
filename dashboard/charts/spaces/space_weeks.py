"""Use of a space over weeks: an area with its line, broken where a week is hidden; holidays and closures as bands."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import names_above, palette
from dashboard.charts.scales import at
from dashboard.charts.theme import NARROW, NOTE, dressed, hatch, ink, layered
from dashboard.words.numbers import INTERNAL, NARROW_SPACE, Numbers

HEIGHT = 320
MIDDLE = timedelta(days=3, hours=12)  # a week's value stands in the middle of it
SHORTEST_NAMED = 2  # days after its first that a band needs to be named
END = f"{NARROW} ? 0 : 168"  # px at the right for the words on the whole period
HEADROOM = 1.35
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
    """The weeks of `space_queries.weeks` in the town's colour; `mean` is the whole record's utilisation.

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
    tooltip = alt.Tooltip("said:N", title=" ")
    chart = layered(
        *_bands(holidays, closures, weeks, x, theme),
        known.mark_area(color=colour, opacity=0.16).encode(x=x, y=y, detail=alt.Detail("stretch:N")),
        known.mark_line(color=colour, strokeWidth=2.5).encode(x=x, y=y, detail=alt.Detail("stretch:N")),
        known.mark_point(
            filled=True, size=70, color=colour, opacity=1, stroke=ink(theme).paper, strokeWidth=1,
            shape=palette.shape(slot),
        ).encode(x=x, y=y, tooltip=tooltip),
        *(
            [
                base.transform_filter("datum.is_internal")
                .mark_point(
                    filled=True, size=110, opacity=1, fill=hatch(theme), stroke=colour, strokeWidth=1.6,
                    shape=palette.shape(slot),
                )
                .encode(x=x, y=y, tooltip=tooltip)
            ]
            if frame.get_column("is_internal").any()
            else []
        ),
        hidden.encode(x=x, y=at(y, "ground"), tooltip=tooltip),
        *_ends(frame, x, y, theme),
        *_mean(mean, y, language, theme),
    )  # fmt: skip
    return dressed(chart, theme, language)


def _frame(weeks: pl.DataFrame, language: str) -> pl.DataFrame:
    numbers, say = Numbers(language), texts.of(language)
    rows, stretch = [], 0
    for row in weeks.iter_rows(named=True):
        is_known = row["utilisation"] is not None
        stretch += not is_known
        figure = numbers.told(row)
        when = say.space_week_of.format(day=numbers.date(row["week_start"]))
        rows.append(
            {
                "day": row["week_start"] + MIDDLE,
                "utilisation": row["utilisation"],
                "is_hidden": not is_known and row["open_days"] > 0,
                "is_internal": row.get("sign") == INTERNAL,
                "stretch": str(stretch),
                "ground": 0.0,
                "figure": numbers.quantity(row["utilisation"], "%") if is_known else "",
                "said": say.space_said.format(when=when, figure=figure),
            }
        )
    return pl.DataFrame(rows, schema=_WEEKS)


_WEEKS: dict[str, Any] = {"day": pl.Date, "utilisation": pl.Float64, "ground": pl.Float64}
_WEEKS |= dict.fromkeys(("is_hidden", "is_internal"), pl.Boolean)
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
    runs = sorted([*((*run, False) for run in holidays), *((*run, True) for run in closures)])
    if not runs:
        return []
    begin, days = weeks.get_column("week_start")[0], 7 * weeks.height
    rows = [
        {"day": first, "end": last + timedelta(days=1), "name": name, "is_closure": is_closure}
        for first, last, name, is_closure in runs
    ]
    long = [row for row, run in zip(rows, runs, strict=True) if (run[1] - run[0]).days >= SHORTEST_NAMED]
    placed = names_above.places([((row["day"] - begin).days / days, (row["end"] - begin).days / days) for row in long])
    named = pl.DataFrame([row | vars(place) for row, place in zip(long, placed, strict=True)], schema=_NAMED)
    colours = ink(theme)
    span = alt.Chart(pl.DataFrame(rows), width="container", height=HEIGHT).encode(x=x, x2=alt.X2("end:T"))
    words = alt.Chart(named, width="container", height=HEIGHT)
    shared: dict[str, Any] = {
        "baseline": "middle", "fontSize": NOTE, "color": colours.quiet,
        "y": alt.ExprRef(names_above.AT), "text": alt.ExprRef(names_above.WORDS),
    }  # fmt: skip
    return [
        span.transform_filter("!datum.is_closure").mark_rect(color=colours.band),
        span.transform_filter("datum.is_closure").mark_rect(
            color=colours.band_middle, opacity=0.55, stroke=colours.quiet, strokeDash=[3, 3], strokeWidth=1
        ),
        words.transform_filter("!datum.is_late").mark_text(align="left", dx=3, **shared).encode(x=x),
        words.transform_filter("datum.is_late").mark_text(align="right", dx=-3, **shared).encode(x=at(x, "end", "T")),
    ]


_NAMED: dict[str, Any] = {"day": pl.Date, "end": pl.Date, "name": pl.String, "is_closure": pl.Boolean}
_NAMED |= {"wide": pl.Float64, "slim": pl.Float64, "is_left_out": pl.Boolean, "is_late": pl.Boolean}


def _mean(mean: float | None, y: alt.Y, language: str, theme: str) -> list[alt.Chart]:
    """The whole period as a dashed line, named at its end where there is room; the foot names it always."""
    if mean is None:
        return []
    words = texts.of(language).space_mean.format(value=Numbers(language).quantity(mean, "%"))
    base = alt.Chart(pl.DataFrame({"utilisation": [mean], "name": [words]}), width="container", height=HEIGHT)
    colours = ink(theme)
    return [
        base.mark_rule(color=colours.quiet, strokeDash=[5, 4]).encode(
            y=y, x=alt.XValue(0), x2=alt.X2Value(alt.ExprRef(f"width - ({END})"))
        ),
        base.mark_text(
            align="left", baseline="middle", fontSize=NOTE, color=colours.text,
            text=alt.ExprRef(f"{NARROW} ? '' : datum.name"),
        ).encode(y=y, x=alt.XValue(alt.ExprRef(f"width - ({END}) + 10"))),
    ]  # fmt: skip


def _ends(frame: pl.DataFrame, x: alt.X, y: alt.Y, theme: str) -> list[alt.Chart]:
    """The figures of the most booked week that is shown, above it, and of the least booked, below."""
    known = frame.filter(pl.col("utilisation").is_not_null()).sort("utilisation", maintain_order=True)
    shared: dict[str, Any] = {"fontSize": NOTE, "fontWeight": 600, "color": ink(theme).text}
    high = alt.Chart(known.tail(1), width="container", height=HEIGHT)
    low = alt.Chart(known.head(known.height - 1).head(1), width="container", height=HEIGHT)
    return [
        high.mark_text(baseline="bottom", dy=-8, **shared).encode(x=x, y=y, text=alt.Text("figure:N")),
        low.mark_text(baseline="top", dy=9, **shared).encode(x=x, y=y, text=alt.Text("figure:N")),
    ]
