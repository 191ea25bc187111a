"""One indicator over several periods: a line for each town, labelled at its end, broken where the series is."""

from datetime import date
from string import ascii_lowercase

import altair as alt
import polars as pl

from dashboard.charts import palette
from dashboard.charts.rows import LAID_BACK
from dashboard.charts.structure.town_dots import domain
from dashboard.charts.theme import LABEL, NARROW, NOTE, dressed, ink, layered
from dashboard.words.indicator import Indicator
from dashboard.words.numbers import Numbers
from dashboard.words.sentences import label

HEIGHT = 340
LABEL_GAP = 20  # px between the end labels of two towns
END_WIDTH = f"{NARROW} ? 132 : 230"
MOST_TICKS = 8


def series_lines(
    series: pl.DataFrame,
    breaks: pl.DataFrame,
    indicator: Indicator,
    language: str,
    theme: str,
    highlighted: str | None = None,
) -> alt.LayerChart:
    """A line for each town of `Release.series`; a gap before each value after a break.

    `breaks` (break_date) are dashed uprights with the letters of `marked`; their notes belong beneath the chart.
    """
    limits = domain(series, None, indicator)
    points = _points(series, indicator, language, theme, highlighted)
    base = alt.Chart(points, width="container", height=HEIGHT)
    x, y = _x_axis(points), _y_axis(limits)
    colour = alt.Color("colour:N", scale=None)
    opacity = alt.Opacity("opacity:Q", scale=None)
    lines = base.mark_line(strokeWidth=2).encode(
        x=x, y=y, color=colour, opacity=opacity, detail=alt.Detail("segment:N")
    )
    dots = base.mark_point(filled=True, size=90, strokeWidth=alt.ExprRef("datum.edge_width"), opacity=1).encode(
        x=x,
        y=y,
        color=alt.Color("fill:N", scale=None),
        stroke=alt.Stroke("edge:N", scale=None),
        opacity=opacity,
        shape=alt.Shape("shape:N", scale=None),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("said:N", title="  ")],
    )
    uprights = _uprights(marked(breaks, series), x, theme)
    return dressed(layered(*uprights, lines, dots, _ends(points, limits, theme)), theme, language)


def _points(
    series: pl.DataFrame, indicator: Indicator, language: str, theme: str, highlighted: str | None
) -> pl.DataFrame:
    numbers = Numbers(language)
    rows = []
    for row in series.iter_rows(named=True):
        rows.append(
            {
                "town_id": row["town_id"],
                "name": row.get("name_in_chart") or row["name"],
                "day": row["period_end"],
                "value": row["value"],
                "is_break": bool(row["is_break_before"]),
                "label": label(row, indicator, numbers),
                "said": f"{numbers.period(row['period'])}: {label(row, indicator, numbers)}",
                "colour": palette.colour(row["slot"], theme),
                "shape": palette.shape(row["slot"]),
                **palette.inks(palette.colour(row["slot"], theme), row["slot"] == palette.ADDED, ink(theme).paper),
                "opacity": 1.0 if highlighted in (None, row["town_id"]) else LAID_BACK,
            }
        )
    frame = pl.DataFrame(rows)
    number = pl.col("is_break").cast(pl.Int32).cum_sum().over("town_id").cast(pl.String)
    return frame.with_columns(pl.concat_str("town_id", pl.lit("/"), number).alias("segment"))


def _x_axis(points: pl.DataFrame) -> alt.X:
    days: list[date] = points.get_column("day").unique().sort().to_list()
    one_a_year = len({day.year for day in days}) == len(days)
    # Ticks stand at the values' own days: Vega's own would put the end of 2022 under "2023".
    step = -(-len(days) // MOST_TICKS)
    ticks = [alt.DateTime(year=day.year, month=day.month, date=day.day) for day in days[::-1][::step][::-1]]
    return alt.X(
        "day:T",
        axis=alt.Axis(
            title=None,
            grid=False,
            format="%Y" if one_a_year else "%d.%m.%Y",
            labelOverlap="greedy",
            values=ticks,
        ),
        scale=alt.Scale(rangeMin=16, rangeMax=alt.ExprRef(f"width - ({END_WIDTH})")),
    )


def _y_axis(limits: tuple[float, float]) -> alt.Y:
    numbers = alt.Axis(title=None, tickCount=5, format=",~f")
    return alt.Y("value:Q", axis=numbers, scale=alt.Scale(domain=list(limits), nice=False, zero=False))


def marked(breaks: pl.DataFrame, points: pl.DataFrame) -> pl.DataFrame:
    """The breaks within a series, oldest first, each day with a letter (`mark`) that its notes share."""
    days = points.get_column("period_end")
    seen = breaks.filter(pl.col("break_date").is_between(days.min(), days.max())).sort("break_date")
    place = pl.col("break_date").rank("dense").cast(pl.Int64) - 1
    letters = dict(enumerate(ascii_lowercase))
    return seen.with_columns(place.replace_strict(letters, default="…", return_dtype=pl.String).alias("mark"))


def _uprights(breaks: pl.DataFrame, x: alt.X, theme: str) -> list[alt.Chart]:
    seen = breaks.select(pl.col("break_date").alias("day"), "mark").unique(maintain_order=True)
    if seen.is_empty():
        return []
    base = alt.Chart(seen, width="container", height=HEIGHT).encode(x=x)
    letters = base.mark_text(baseline="bottom", fontSize=NOTE, fontWeight=600, color=ink(theme).quiet)
    return [
        base.mark_rule(color=ink(theme).quiet, strokeDash=[4, 4]),
        letters.encode(y=alt.YValue(-4), text=alt.Text("mark:N")),
    ]


def _ends(points: pl.DataFrame, limits: tuple[float, float], theme: str) -> alt.Chart:
    last = points.group_by("town_id", maintain_order=True).last()
    placed = last.with_columns(pl.Series("at", spread(last.get_column("value").to_list(), limits, HEIGHT, LABEL_GAP)))
    return (
        alt.Chart(placed, width="container", height=HEIGHT)
        .mark_text(
            align="left",
            baseline="middle",
            fontSize=alt.ExprRef(f"{NARROW} ? {NOTE} : {LABEL}"),
            color=ink(theme).text,
            text=alt.ExprRef(f"{NARROW} ? datum.name : datum.name + '  ' + datum.label"),
        )
        .encode(
            x=alt.XValue(alt.ExprRef(f"width - ({END_WIDTH}) + 12")),
            y=alt.Y("at:Q", scale=alt.Scale(domain=list(limits), nice=False, zero=False)),
        )
    )


def spread(values: list[float], limits: tuple[float, float], height: float, gap: float) -> list[float]:
    """Label heights, in the values' unit, at least `gap` px apart and as near as can be to their values."""
    low, high = limits
    scale = height / (high - low)
    order = sorted(range(len(values)), key=lambda index: values[index])
    heights = [(values[index] - low) * scale for index in order]
    for index in range(1, len(heights)):
        heights[index] = max(heights[index], heights[index - 1] + gap)
    if heights and heights[-1] > height:
        heights[-1] = height
        for index in range(len(heights) - 2, -1, -1):
            heights[index] = min(heights[index], heights[index + 1] - gap)
    placed = dict(zip(order, heights, strict=True))
    return [low + placed[index] / scale for index in range(len(values))]
