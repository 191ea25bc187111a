"""What a plan comes to, by the number of desks: three measures one above the other, each with its range.

Each has a scale of its own from zero; the plan's number of desks is a line through all of them, where the
values stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import palette
from dashboard.charts.theme import LABEL, NARROW, NOTE, dressed, ink, layered
from dashboard.words.numbers import Numbers

PANEL, GAP = 104, 58  # px of a measure's drawing, and of the line of words above it
# Where a scale may end, in per cent.
ENDS = (1, 2, 5, 10, 20, 40, 60, 80, 100, 150, 200, 300, 500, 1000)

# By number of desks: lowest, central and highest value.
Spans = Sequence[tuple[float, float, float]]


@dataclass(frozen=True)
class Measure:
    """One measure of the plan: its title, and its spans in per cent for each number of desks."""

    title: str
    spans: Spans


def planner(
    desks: Sequence[int], measures: Sequence[Measure], chosen: int, seen: int, slot: int, language: str, theme: str
) -> alt.LayerChart:
    """The measures for each of `desks`; `chosen` is the plan's number, `seen` the one that was measured."""
    at = list(desks).index(chosen)
    grounds = [_ground(place) for place in range(len(measures))]
    frames = {
        "spans": pl.concat([_frame(desks, one, place, chosen, language) for place, one in enumerate(measures)]),
        "panels": pl.DataFrame([_panel(one, place, one.spans[at], language) for place, one in enumerate(measures)]),
        "seen": pl.DataFrame(
            {"desks": [float(seen)] * len(grounds), "ground": grounds, "top": [one - PANEL for one in grounds]}
        ),
    }
    drawn = _drawn(len(measures), slot, language, theme)
    # The drawing is the same for every plan and takes long to make; a plan only brings other data.
    chart = drawn.copy(deep=False)
    chart.layer = [_with(layer, frames[name]) for layer, name in zip(drawn.layer, LAYERS, strict=True)]
    return chart


# What each layer is drawn from, from the bottom up.
LAYERS = ("panels", "seen", *["spans"] * 5, *["panels"] * 4)


def _with(layer: Any, frame: pl.DataFrame) -> Any:
    found = layer.copy(deep=False)
    found.data = frame
    return found


@lru_cache(maxsize=64)
def _drawn(panels: int, slot: int, language: str, theme: str) -> alt.LayerChart:
    """The drawing without data: its layers in the order of LAYERS."""
    height = panels * (PANEL + GAP)
    colour = palette.colour(slot, theme)
    # Different placeholders keep Altair from taking the layers' data together.
    spans, words, seen = (alt.Chart(pl.DataFrame({"place": [name]}), width="container") for name in "abc")
    x = alt.X(
        "desks:Q",
        axis=alt.Axis(title=None, tickMinStep=1, format="d", grid=False, labelOverlap="greedy", labelSeparation=6),
        scale=alt.Scale(nice=False, zero=False, padding=14),
    )
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False, zero=False))
    ground, *others = _words(words, theme)
    known = spans.transform_filter("datum.is_chosen")
    tooltips = [alt.Tooltip("name:N", title=" "), alt.Tooltip("said:N", title="  ")]
    chart = layered(
        ground.properties(height=height),
        seen.mark_rule(color=ink(theme).quiet, strokeDash=[4, 4]).encode(x=x, y=_at("top"), y2=alt.Y2("ground:Q")),
        spans.mark_area(color=colour, opacity=0.18).encode(
            x=x, y=_at("high"), y2=alt.Y2("low:Q"), detail=alt.Detail("place:N")
        ),
        spans.mark_line(color=colour, strokeWidth=2).encode(x=x, y=y, detail=alt.Detail("place:N")),
        spans.mark_point(filled=True, size=36, color=colour, opacity=1).encode(x=x, y=y, tooltip=tooltips),
        known.mark_rule(color=ink(theme).text, strokeWidth=1.5).encode(x=x, y=_at("low"), y2=alt.Y2("high:Q")),
        known.mark_point(
            filled=True, size=170, color=colour, opacity=1, stroke=ink(theme).paper, strokeWidth=1.5,
            shape=palette.shape(slot),
        ).encode(x=x, y=y, tooltip=tooltips),
        *others,
    )  # fmt: skip
    return dressed(chart, theme, language)


def _at(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(nice=False, zero=False))


def _words(panels: alt.Chart, theme: str) -> list[alt.Chart]:
    """Of each measure the ground and the end of its scale, its title and the plan's value."""
    colours = ink(theme)
    ground = panels.mark_rule(color=colours.line, strokeWidth=1).encode(y=_at("ground"))
    top = panels.mark_rule(color=colours.line, strokeDash=[2, 3]).encode(y=_at("top"))
    title = panels.mark_text(
        align="left", baseline="bottom", x=0, dy=-20, fontSize=LABEL, fontWeight=600, color=colours.text
    ).encode(y=_at("top"), text=alt.Text("title:N"))
    end = panels.mark_text(align="left", baseline="bottom", x=0, dy=-3, fontSize=NOTE, color=colours.quiet).encode(
        y=_at("top"), text=alt.Text("end:N")
    )
    value = (
        panels.transform_calculate(value=f"{NARROW} ? datum.short : datum.long")
        .mark_text(
            align="right", baseline="bottom", x=alt.ExprRef("width"), dy=-20, fontSize=LABEL, fontWeight=600,
            color=colours.text,
        )
        .encode(y=_at("top"), text=alt.Text("value:N"))
    )  # fmt: skip
    return [ground, top, title, end, value]


def _end(measure: Measure) -> float:
    """The first round number above all that is drawn."""
    most = max(high for _, _, high in measure.spans)
    return next((float(end) for end in ENDS if end >= most), float(most))


def _ground(place: int) -> float:
    return (place + 1) * (PANEL + GAP)


def _frame(desks: Sequence[int], measure: Measure, place: int, chosen: int, language: str) -> pl.DataFrame:
    numbers, say, end = Numbers(language), texts.of(language), _end(measure)

    def drawn(value: float) -> float:
        return _ground(place) - PANEL * value / end

    rows = []
    for count, (low, central, high) in zip(desks, measure.spans, strict=True):
        desks_said = say.space_desks_one if count == 1 else say.space_desks.format(count=numbers.decimal(count))
        rows.append(
            {
                "place": str(place),
                "desks": count,
                "low": drawn(low),
                "y": drawn(central),
                "high": drawn(high),
                "is_chosen": count == chosen,
                "name": f"{desks_said}: {measure.title}",
                "said": span_words((low, central, high), language),
            }
        )
    return pl.DataFrame(rows)


def _panel(measure: Measure, place: int, span: tuple[float, float, float], language: str) -> dict[str, object]:
    numbers = Numbers(language)
    return {
        "title": measure.title,
        "end": numbers.quantity(_end(measure), "%"),
        "long": span_words(span, language),
        "short": percent(span[1], numbers),
        "ground": _ground(place),
        "top": _ground(place) - PANEL,
    }


def span_words(span: tuple[float, float, float], language: str) -> str:
    """A span as a figure with its ends: "29 % (24 bis 33)"."""
    numbers, (low, central, high) = Numbers(language), span
    return texts.of(language).planner_span.format(
        central=percent(central, numbers), low=numbers.decimal(low), high=numbers.decimal(high)
    )


def percent(value: float, numbers: Numbers) -> str:
    """A share in per cent, whole; "unter 1 %" where there is something but less than one in a hundred."""
    if 0 < value < 0.5:
        return texts.of(numbers.language).planner_below.format(value=numbers.quantity(1, "%"))
    return numbers.quantity(value, "%")
