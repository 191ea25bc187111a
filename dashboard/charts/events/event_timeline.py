"""All events of all towns in time: a sign for each, as high as many came; what is hidden or unknown looks otherwise.

Few visits (one to four) are not published and stand as a hollow bar over the range that they lie in; an event
that nobody counted is a tick beneath the line, a cancelled one a cross.
"""

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import palette
from dashboard.charts.events import panels
from dashboard.charts.rows import LAID_BACK
from dashboard.charts.theme import NARROW, NOTE, dressed, hatch, ink, layered
from dashboard.words.event_words import counted_words, event_line
from dashboard.words.numbers import INTERNAL, Numbers

PANEL = 112  # px a town
TOP, GROUND = 30, 94  # px from a panel's top: where the highest and the lowest attendance stand
BENEATH = 8  # px beneath the ground for what has no attendance
STEPS = (2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)
MOST_LINES = 3
LABEL_FROM = 0.62  # from here on, as a share of the time shown, a label stands left of its dot
CROSS = "M-0.8,-0.8L0.8,0.8M-0.8,0.8L0.8,-0.8"


def event_timeline(
    events: pl.DataFrame, towns: pl.DataFrame, language: str, theme: str, highlighted: str | None = None
) -> alt.LayerChart:
    """The towns as panels in the frame's order (`Release.towns`); `events` are rows of `event_queries.events`.

    There must be at least one event with a date.
    """
    step = _step(events)
    y, x = panels.heights(towns.height, PANEL), _time(events)
    points = _points(events, towns, step, language, theme, highlighted)
    base = (
        alt.Chart(points)
        .properties(**panels.size(towns.height, PANEL))
        .encode(x=x, y=y, opacity=alt.Opacity("opacity:Q", scale=None))
    )
    colour = alt.Color("colour:N", scale=None)
    tips = [alt.Tooltip("title:N", title=" "), alt.Tooltip("said:N", title="  ")]
    few = base.transform_filter("datum.kind == 'few'").encode(y=panels.at(y, "low"), y2=alt.Y2("high:Q"), tooltip=tips)
    dots = base.transform_filter("datum.kind == 'counted'").mark_point(
        filled=True, size=120, stroke=ink(theme).paper, strokeWidth=1.2
    )
    return dressed(
        layered(
            *_lines(towns.height, step, y, theme),
            *panels.names(_names(events, towns, language, highlighted), y, PANEL, theme, panels.NAMES - 42),
            few.mark_rule(strokeWidth=9, strokeCap="round").encode(color=colour),
            few.mark_rule(strokeWidth=5, strokeCap="round", color=ink(theme).paper),
            base.transform_filter("datum.kind == 'unknown'")
            .mark_point(shape="stroke", size=70, angle=90, strokeWidth=2)
            .encode(color=colour, tooltip=tips),
            base.transform_filter("datum.kind == 'cancelled'")
            .mark_point(shape=CROSS, size=50, strokeWidth=2, filled=False)
            .encode(color=colour, tooltip=tips),
            dots.encode(color=colour, shape=alt.Shape("shape:N", scale=None), tooltip=tips),
            *_hatched(base, points, theme),
            *_labels(base, theme),
        ),
        theme,
        language,
    )


def _hatched(base: alt.Chart, points: pl.DataFrame, theme: str) -> list[alt.Chart]:
    """Stripes over the events of which the public edition hides how many came."""
    if not points.get_column("is_internal").any():
        return []
    over = base.transform_filter("datum.is_internal && datum.kind == 'counted'")
    return [over.mark_point(filled=True, size=120, fill=hatch(theme)).encode(shape=alt.Shape("shape:N", scale=None))]


def _time(events: pl.DataFrame) -> alt.X:
    days = events.get_column("event_date").drop_nulls().sort()
    return panels.months(days[0], days[-1])


def _step(events: pl.DataFrame) -> int:
    """The distance of two lines: a round number, so that no more than three stand above the ground."""
    highest = max((int(value) for value in events.get_column("attended_high").drop_nulls()), default=0)
    return next((step for step in STEPS if highest <= step * MOST_LINES), highest or 1)


def _at(place: int, attendance: float, step: int) -> float:
    return place * PANEL + GROUND - attendance / (step * MOST_LINES) * (GROUND - TOP)


def _points(
    events: pl.DataFrame, towns: pl.DataFrame, step: int, language: str, theme: str, highlighted: str | None
) -> pl.DataFrame:
    places = {row["town_id"]: (place, row) for place, row in enumerate(towns.iter_rows(named=True))}
    days = events.get_column("event_date").drop_nulls().sort()
    first, span = days[0], max((days[-1] - days[0]).days, 1)
    most = _most_visited(events)
    rows = []
    for event in events.filter(pl.col("event_date").is_not_null()).iter_rows(named=True):
        place, town = places[event["town_id"]]
        is_right = (event["event_date"] - first).days / span > LABEL_FROM
        label = event["title"] if event["event_id"] in most else ""
        rows.append(
            {
                "day": event["event_date"],
                "kind": kind_of(event),
                "at": _height(event, place, step),
                "low": _at(place, event["attended_low"] or 0, step),
                "high": _at(place, event["attended_high"] or 0, step),
                "title": event["title"],
                "said": event_line(event, language),
                "label": label,
                "side": "left" if is_right else "right",
                "is_internal": event.get("attended_sign") == INTERNAL,
                "colour": palette.colour(town["slot"], theme),
                "shape": palette.shape(town["slot"]),
                "opacity": 1.0 if highlighted in (None, event["town_id"]) else LAID_BACK,
            }
        )
    return pl.DataFrame(rows)


def kind_of(event: Mapping[str, Any]) -> str:
    """How an event is drawn: "cancelled", "unknown" (nobody counted), "few" (one to four) or "counted"."""
    if event["status"] == "cancelled":
        return "cancelled"
    if event["attended_low"] is None:
        return "unknown"
    return "counted" if event["attended_low"] == event["attended_high"] else "few"


def _height(event: Mapping[str, Any], place: int, step: int) -> float:
    if kind_of(event) in ("cancelled", "unknown"):
        return place * PANEL + GROUND + BENEATH
    return _at(place, event["attended_high"], step)


def _most_visited(events: pl.DataFrame) -> set[str]:
    """Of each town the event that most came to, where there is one and its count is published."""
    known = events.filter(pl.col("attended").is_not_null() & (pl.col("status") != "cancelled"))
    top = known.filter(pl.col("attended") == pl.col("attended").max().over("town_id"))
    alone = top.filter(pl.len().over("town_id") == 1)
    return set(alone.get_column("event_id").to_list())


def _names(events: pl.DataFrame, towns: pl.DataFrame, language: str, highlighted: str | None) -> pl.DataFrame:
    say, rows = texts.of(language), []
    for town in towns.iter_rows(named=True):
        mine = events.filter(pl.col("town_id") == town["town_id"])
        rows.append(
            {
                "name": town["name"],
                "note": counted_words(mine, language).replace(", ", ",\n") if mine.height else "",
                "aside": "" if mine.height else say.events_none_here,
                "weight": "bold" if highlighted == town["town_id"] else "normal",
            }
        )
    return pl.DataFrame(rows)


def _lines(count: int, step: int, y: alt.Y, theme: str) -> list[alt.Chart]:
    """The lines of equal attendance with their numbers, in every panel."""
    numbers = Numbers("de")
    rows = [
        {"at": _at(place, line * step, step), "label": numbers.decimal(line * step)}
        for place in range(count)
        for line in range(MOST_LINES + 1)
    ]
    base = alt.Chart(pl.DataFrame(rows)).properties(**panels.size(count, PANEL)).encode(y=y)
    rules = base.mark_rule(color=ink(theme).line, strokeWidth=1).encode(
        x=alt.XValue(alt.ExprRef(panels.LEFT)), x2=alt.X2Value(alt.ExprRef("width"))
    )
    labels = base.mark_text(align="right", baseline="middle", fontSize=11, color=ink(theme).quiet).encode(
        x=alt.XValue(alt.ExprRef(f"{panels.LEFT} - 8")), text=alt.Text("label:N")
    )
    return [rules, labels]


def _labels(base: alt.Chart, theme: str) -> list[alt.Chart]:
    """The best-attended event's title above its sign, where nothing else is; on a telephone there is no room."""
    drawn, common = [], {"baseline": "bottom", "dy": -7, "fontSize": NOTE, "limit": 260, "color": ink(theme).text}
    for side, align, shift in (("left", "right", 6), ("right", "left", -6)):
        mine = base.transform_filter(f"datum.side == '{side}' && datum.label")
        shared: dict[str, Any] = {**common, "align": align, "dx": shift}
        drawn.append(mine.mark_text(**shared, text=alt.ExprRef(f"{NARROW} ? '' : datum.label")))
    return drawn
