"""The events of one town one below the other, as rows of the standard picture.

The grey bar is the seats, its tick those who had registered, the town's sign those who came. The planned and the
actual length of events are told by the same rows.
"""

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import palette
from dashboard.charts.events.event_timeline import kind_of
from dashboard.charts.rows import Row, rows
from dashboard.charts.theme import dressed
from dashboard.words.event_words import event_line, visits
from dashboard.words.numbers import Numbers
from dashboard.words.sentences import as_float

NAMES = 330  # px for an event's title, day and format


def event_rows(events: pl.DataFrame, slot: int, language: str, theme: str) -> alt.LayerChart:
    """A row for each event in the frame's order (`event_queries.events`), in the town's colour."""
    content = [_row(event, slot, language, theme) for event in events.iter_rows(named=True)]
    drawn = [end for row in content for end in (row.value, row.high, *row.band.values()) if end is not None]
    return dressed(rows(content, (0.0, max([*drawn, 1.0]) * 1.04), theme, names=NAMES), theme, language)


def _row(event: Mapping[str, Any], slot: int, language: str, theme: str) -> Row:
    say, numbers, kind = texts.of(language), Numbers(language), kind_of(event)
    is_drawn, day = kind in ("few", "counted"), event["event_date"]
    capacity = as_float(event["capacity"]) if is_drawn else None
    label = {"few": say.under_five, "counted": numbers.decimal(event["attended"] or 0)}
    note = (numbers.date(day) if day else say.day_unknown, event[f"format_{language}"])
    return Row(
        key=event["event_id"],
        name=event["title"] or "",
        label=label.get(kind, ""),
        value=as_float(event["attended"]) if kind == "counted" else None,
        low=as_float(event["attended_low"]) if kind == "few" else None,
        high=as_float(event["attended_high"]) if kind == "few" else None,
        band={
            "p10": 0.0 if capacity else None,
            "p90": capacity,
            "p50": as_float(event["registered"]) if is_drawn else None,
        },
        colour=palette.colour(slot, theme),
        shape=palette.shape(slot),
        aside="" if is_drawn else visits(event, language),
        note=" · ".join(part for part in note if part),
    )


def describe_rows(events: pl.DataFrame, language: str) -> str:
    """The text alternative: each event with its day, attendance and seats."""
    seen = [f"{event['title']} ({event_line(event, language)})" for event in events.iter_rows(named=True)]
    return texts.of(language).alt_event_rows.format(rows="; ".join(seen))


def durations(events: pl.DataFrame, towns: pl.DataFrame, language: str, theme: str) -> alt.LayerChart:
    """Planned (tick) against actual length (sign) of the events that tell both, in minutes from zero."""
    slots = {town["town_id"]: town for town in towns.iter_rows(named=True)}
    content = []
    for event in events.iter_rows(named=True):
        planned, actual = float(event["planned_minutes"]), float(event["actual_minutes"])
        town = slots[event["town_id"]]
        content.append(
            Row(
                key=event["event_id"],
                name=event["title"],
                label=minutes_words(planned, actual, language),
                value=actual,
                low=min(planned, actual),
                high=max(planned, actual),
                band={"p50": planned},
                colour=palette.colour(town["slot"], theme),
                shape=palette.shape(town["slot"]),
                note=town["name"],
                note_short=town["name"],
            )
        )
    longest = max((row.high or 0.0 for row in content), default=1.0)
    return dressed(rows(content, (0.0, longest * 1.06), theme, names=NAMES), theme, language)


def minutes_words(planned: float, actual: float, language: str) -> str:
    """Both lengths as one label: "60 → 120"."""
    numbers = Numbers(language)
    return f"{numbers.decimal(planned)} → {numbers.decimal(actual)}"
