"""The labs in time: for each town its phases, its lab as a bar, what was done in it, and its events as ticks.

A day that nobody wrote down is never drawn as if it were known: a bar with one unknown end runs on dotted, one
with both unknown is dotted altogether and says so. What is estimated or sample data is paler, with a dashed edge.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import palette
from dashboard.charts.events import panels
from dashboard.charts.rows import LAID_BACK
from dashboard.charts.theme import NOTE, dressed, ink, layered
from dashboard.words.event_words import event_line
from dashboard.words.phase_words import period_words

PANEL = 96  # px a town
# px from a panel's top: where each strip begins, and how high it is
STRIPS = {"phase": (28, 14), "lab": (46, 16), "activity": (66, 6), "event": (77, 11)}
STUB = 21  # days that a bar is drawn from its one known end
PALE = 0.55  # what is sample data
WIDE_ENOUGH = 88  # px that a phase's name needs

Span = tuple[date, date]


def phases(
    labs: pl.DataFrame,
    phases: pl.DataFrame,
    activities: pl.DataFrame,
    events: pl.DataFrame,
    towns: pl.DataFrame,
    language: str,
    theme: str,
    highlighted: str | None = None,
) -> alt.LayerChart:
    """The towns as panels in the frame's order (`Release.towns`); the other frames are those of `journal_queries`."""
    span = time_span(labs, phases, activities, events)
    y, x = panels.heights(towns.height, PANEL), panels.months(*span)
    bars = _bars({"phase": phases, "lab": labs, "activity": activities}, towns, span, language, theme, highlighted)
    ticks = _ticks(events, towns, language, theme, highlighted)
    size = panels.size(towns.height, PANEL)
    base = alt.Chart(bars).properties(**size).encode(
        x=x,
        x2=alt.X2("end:T"),
        y=panels.at(y, "top"),
        y2=alt.Y2("bottom:Q"),
        opacity=alt.Opacity("opacity:Q", scale=None),
        tooltip=[alt.Tooltip("title:N", title=" "), alt.Tooltip("said:N", title="  ")],
    )  # fmt: skip
    colour = alt.Color("colour:N", scale=None)
    sure = base.transform_filter("datum.is_drawn && !datum.is_pale").mark_bar(cornerRadius=2)
    pale = base.transform_filter("datum.is_drawn && datum.is_pale")
    marks = alt.Chart(ticks).properties(**size).encode(
        x=x, y=panels.at(y, "top"), y2=alt.Y2("bottom:Q"), color=colour, opacity=alt.Opacity("opacity:Q", scale=None),
        tooltip=[alt.Tooltip("title:N", title=" "), alt.Tooltip("said:N", title="  ")],
    )  # fmt: skip
    return dressed(
        layered(
            *panels.names(_names(labs, activities, events, towns, language, highlighted), y, PANEL, theme),
            sure.encode(color=colour),
            pale.mark_bar(cornerRadius=2, opacity=0.4).encode(color=colour, opacity=alt.Opacity("paler:Q", scale=None)),
            pale.mark_bar(cornerRadius=2, filled=False, strokeWidth=1.2, strokeDash=[3, 2]).encode(color=colour),
            *_open_ends(alt.Chart(bars).properties(**size), x, y),
            *_bar_names(alt.Chart(bars).properties(**size), x, y, theme),
            marks.mark_rule(strokeWidth=2),
        ),
        theme,
        language,
    )


def time_span(*frames: pl.DataFrame) -> Span:
    """From the first day that any frame knows to the last; a single year where none knows one."""
    days: list[date] = []
    for frame in frames:
        for column in ("period_from", "period_to", "event_date"):
            if column in frame.columns:
                days += frame.get_column(column).drop_nulls().to_list()
    return (min(days), max(days)) if days else (date(2022, 1, 1), date(2022, 12, 31))


def has_days(*frames: pl.DataFrame) -> bool:
    """Whether any frame knows a day: without one there is no timeline to draw."""
    return any(
        frame.get_column(column).is_not_null().any()
        for frame in frames
        for column in ("period_from", "period_to", "event_date")
        if column in frame.columns
    )


def _bars(
    strips: dict[str, pl.DataFrame], towns: pl.DataFrame, span: Span, language: str, theme: str, highlighted: str | None
) -> pl.DataFrame:
    places = {row["town_id"]: (place, row) for place, row in enumerate(towns.iter_rows(named=True))}
    days = (span[1] - span[0]).days or 1
    rows = []
    for strip, frame in strips.items():
        above, high = STRIPS[strip]
        for row in frame.iter_rows(named=True):
            place, town = places[row["town_id"]]
            start, end = row["period_from"], row["period_to"]
            own = palette.colour(town["slot"], theme)
            opacity = 1.0 if highlighted in (None, row["town_id"]) else LAID_BACK
            rows.append(
                {
                    "strip": strip,
                    # An end that is not known is one day beyond the other: what lies further is dotted.
                    "day": start or (end and end - timedelta(days=STUB)) or span[0],
                    "end": (end or (start and start + timedelta(days=STUB)) or span[1]) + timedelta(days=1),
                    "first": span[0],
                    "last": span[1],
                    "is_drawn": bool(start or end),
                    "is_open_start": start is None and strip != "activity",
                    "is_open_end": end is None and strip != "activity",
                    "is_pale": bool(row["is_synthetic"] or row.get("is_estimated")),
                    "top": float(place * PANEL + above),
                    "bottom": float(place * PANEL + above + high),
                    "middle": place * PANEL + above + high / 2,
                    "title": row[f"phase_{language}"] if strip == "phase" else row[f"title_{language}"],
                    "said": period_words(start, end, language),
                    "share": (end - start).days / days if start and end else 0.0,
                    "upon": _upon(strip, row, language),
                    "upon_at": start + timedelta(days=STUB + 1) if start else span[0],
                    "colour": _phase_colour(row["phase"], theme) if strip == "phase" else own,
                    "opacity": opacity,
                    "paler": opacity * 0.35,
                }
            )  # fmt: skip
    words = ("strip", "title", "said", "colour", "upon")
    days_ = ("day", "end", "first", "last", "upon_at")
    flags = ("is_drawn", "is_open_start", "is_open_end", "is_pale")
    numbers = ("top", "bottom", "middle", "share", "opacity", "paler")
    schema: dict[str, Any] = dict.fromkeys(words, pl.String) | dict.fromkeys(days_, pl.Date)
    return pl.DataFrame(rows, schema=schema | dict.fromkeys(flags, pl.Boolean) | dict.fromkeys(numbers, pl.Float64))


def _upon(strip: str, row: Mapping[str, Any], language: str) -> str:
    """What stands upon the dots: the phase that runs on, or that a lab's period is not known."""
    if strip == "phase" and row["period_from"] and not row["period_to"]:
        return str(row[f"phase_{language}"])
    is_unknown = strip == "lab" and not row["period_from"] and not row["period_to"]
    return texts.of(language).period_unknown if is_unknown else ""


def _phase_colour(phase: str, theme: str) -> str:
    """Greys from light to dark: phases are the same for all towns and have no town's colour."""
    colours = ink(theme)
    return {"exploration": colours.band, "consolidation": colours.band_middle}.get(phase, colours.median)


def _open_ends(base: alt.Chart, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Dotted lines to where the time shown begins or ends, from an end that is not known."""
    shared: dict[str, Any] = {"strokeWidth": 2, "strokeDash": [1, 5], "strokeCap": "round"}
    drawn = []
    for condition, start, end in (
        ("datum.is_open_end && datum.is_drawn", "end", "last"),
        ("datum.is_open_start && datum.is_drawn", "first", "day"),
        ("!datum.is_drawn && datum.strip == 'lab'", "first", "last"),
    ):
        drawn.append(
            base.transform_filter(condition)
            .mark_rule(**shared)
            .encode(
                x=panels.at(x, start),
                x2=alt.X2(f"{end}:T"),
                y=panels.at(y, "middle"),
                color=alt.Color("colour:N", scale=None),
                opacity=alt.Opacity("opacity:Q", scale=None),
            )
        )
    return drawn


def _bar_names(base: alt.Chart, x: alt.X, y: alt.Y, theme: str) -> list[alt.Chart]:
    """The phases' names in their bars, where a bar has room for it; upon the dots where an end is not known."""
    room = f"datum.share * (width - {panels.LEFT} - {panels.RIGHT})"
    colours = ink(theme)
    is_dark = f"datum.colour == '{colours.median}' && !datum.is_pale"
    shared: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": NOTE - 2}
    opacity = alt.Opacity("opacity:Q", scale=None)
    within = (
        base.transform_filter("datum.strip == 'phase' && datum.is_drawn && !datum.is_open_end")
        .mark_text(
            **shared,
            dx=5,
            text=alt.ExprRef(f"{room} > {WIDE_ENOUGH} ? datum.title : ''"),
            color=alt.ExprRef(f"{is_dark} ? '{colours.paper}' : '{colours.text}'"),
        )
        .encode(x=x, y=panels.at(y, "middle"), opacity=opacity)
    )
    upon = base.transform_filter("datum.upon").encode(
        x=panels.at(x, "upon_at"), y=panels.at(y, "middle"), text=alt.Text("upon:N"), opacity=opacity
    )
    seam: dict[str, Any] = {"stroke": colours.paper, "strokeWidth": 6, "strokeJoin": "round"}
    return [within, upon.mark_text(**shared, dx=4, **seam), upon.mark_text(**shared, dx=4, color=colours.quiet)]


def _ticks(
    events: pl.DataFrame, towns: pl.DataFrame, language: str, theme: str, highlighted: str | None
) -> pl.DataFrame:
    places = {row["town_id"]: (place, row) for place, row in enumerate(towns.iter_rows(named=True))}
    above, high = STRIPS["event"]
    rows = []
    for event in events.filter(pl.col("event_date").is_not_null()).iter_rows(named=True):
        place, town = places[event["town_id"]]
        back = 1.0 if highlighted in (None, event["town_id"]) else LAID_BACK
        rows.append(
            {
                "day": event["event_date"],
                "top": float(place * PANEL + above),
                "bottom": float(place * PANEL + above + high),
                "title": event["title"],
                "said": event_line(event, language),
                "colour": palette.colour(town["slot"], theme),
                "opacity": back * (PALE if event["is_synthetic"] else 1.0),
            }
        )
    schema: dict[str, Any] = {"day": pl.Date}
    schema |= dict.fromkeys(("top", "bottom", "opacity"), pl.Float64)
    return pl.DataFrame(rows, schema=schema | dict.fromkeys(("title", "said", "colour"), pl.String))


def _names(
    labs: pl.DataFrame,
    activities: pl.DataFrame,
    events: pl.DataFrame,
    towns: pl.DataFrame,
    language: str,
    highlighted: str | None,
) -> pl.DataFrame:
    say, rows = texts.of(language), []
    for town in towns.iter_rows(named=True):
        own = [frame.filter(pl.col("town_id") == town["town_id"]) for frame in (labs, activities, events)]
        titles = own[0].get_column(f"title_{language}").drop_nulls().to_list()
        rows.append(
            {
                "name": town["name"],
                "note": panels.wrapped(titles[0]) if titles else "",
                "aside": "" if any(frame.height for frame in own) else say.journal_none_here,
                "weight": "bold" if highlighted == town["town_id"] else "normal",
            }
        )
    return pl.DataFrame(rows)
