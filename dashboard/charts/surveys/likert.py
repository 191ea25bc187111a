"""Answers on a scale as bars around the middle: one hue to each side, no red and green, numbers in the bars.

Half of the middle answer lies to each side. What is hidden keeps its length where that follows from the
base and the published rest, with a dashed edge and its sign; how it divides among its answers stays hidden.
"""

from typing import Any

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts.scales import at
from dashboard.charts.surveys.around_middle import hue, pieces
from dashboard.charts.theme import LABEL, NARROW, NOTE, dressed, hatch, ink, layered
from dashboard.words.numbers import HATCHED, INTERNAL, Numbers
from dashboard.words.survey_words import percent

STEP = 46  # px a row
BAR = 24  # px height
NAMES = 232  # px beside the bars where there is room
TRACK_SHIFT = f"{NARROW} ? 10 : 0"
WORDS_SHIFT = f"{NARROW} ? -14 : 0"
MARGIN = 4.0  # per cent that is kept free on either side of the middle
FITS = 34  # px that a number in a bar needs

# From one end of the scale over the middle to the other, with the ink that is read upon each.
HUES = {
    "light": ("#7a4a08", "#cf9a4c", "#d8d3c6", "#6ba3ad", "#0b5563"),
    "dark": ("#e0a75a", "#8f6a35", "#414c50", "#3f7d88", "#86c9d3"),
}
INKS = {
    "light": ("#ffffff", "#1d2527", "#1d2527", "#1d2527", "#ffffff"),
    "dark": ("#14191b", "#ffffff", "#ebe8e2", "#ffffff", "#14191b"),
}


def likert(counts: pl.DataFrame, language: str, theme: str) -> alt.LayerChart:
    """A bar for each row of a grid, in the frame's order (`survey_queries.counts`), around the same middle."""
    rows, names = _rows(counts, language, theme), _names(counts, language)
    height = alt.Step(STEP)
    y = alt.Y("key:N", sort=[one["key"] for one in names], axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    reach = [min((row["start"] for row in rows), default=-50.0), max((row["end"] for row in rows), default=50.0)]
    ends = [min(reach[0], -MARGIN), max(reach[1], MARGIN)]
    x = alt.X(
        "start:Q",
        axis=None,
        scale=alt.Scale(
            domain=ends,
            nice=False,
            rangeMin=alt.ExprRef(f"{NARROW} ? 0 : {NAMES}"),
            rangeMax=alt.ExprRef("width"),
        ),
    )
    bars = alt.Chart(pl.DataFrame(rows, schema=_SCHEMA), width="container", height=height).encode(y=y)
    words = alt.Chart(pl.DataFrame(names), width="container", height=height).encode(y=y)
    colours, shift = ink(theme), alt.ExprRef(TRACK_SHIFT)
    numbers = bars.mark_text(
        baseline="middle",
        fontSize=NOTE,
        yOffset=shift,
        # By the width, not by the scale: in a file the picture is part of a sheet and its scale has another name.
        text=alt.ExprRef(
            f"(datum.end - datum.start) / {ends[1] - ends[0]} * (width - ({NARROW} ? 0 : {NAMES})) > {FITS}"
            " ? datum.label : ''"
        ),
    ).encode(x=at(x, "centre"), color=alt.Color("ink:N", scale=None))
    middle = words.mark_tick(color=colours.text, thickness=1.2, size=BAR + 6, yOffset=shift)
    chart = layered(
        middle.encode(x=at(x, "zero")),
        bars.mark_bar(height=BAR, yOffset=shift, stroke=colours.paper, strokeWidth=1).encode(
            x=x,
            x2=alt.X2("end:Q"),
            color=_legend(counts, language, theme),
            tooltip=[alt.Tooltip("answer:N", title=" "), alt.Tooltip("label:N", title="  ")],
        ),
        bars.transform_filter("datum.is_hidden").mark_bar(
            height=BAR - 2, yOffset=shift, filled=False, stroke=colours.quiet, strokeWidth=1.2, strokeDash=[3, 3]
        ).encode(x=x, x2=alt.X2("end:Q")),
        *_hatched(bars, rows, x, shift, theme),
        numbers,
        words.mark_text(
            align="left",
            baseline="middle",
            fontSize=LABEL,
            color=colours.text,
            text=alt.ExprRef(f"{NARROW} ? datum.name + ' · ' + datum.base : datum.name"),
            yOffset=alt.ExprRef(f"{NARROW} ? -14 : -8"),
        ).encode(x=alt.XValue(0)),
        words.mark_text(
            align="left", baseline="middle", fontSize=NOTE, color=colours.quiet,
            text=alt.ExprRef(f"{NARROW} ? '' : datum.base"), yOffset=10,
        ).encode(x=alt.XValue(0)),
    )  # fmt: skip
    return dressed(chart, theme, language)


def _hatched(bars: alt.Chart, rows: list[dict[str, Any]], x: alt.X, shift: alt.ExprRef, theme: str) -> list[alt.Chart]:
    if not any(row["is_internal"] for row in rows):
        return []
    over = bars.transform_filter("datum.is_internal").mark_bar(
        height=BAR, yOffset=shift, color=hatch(theme), opacity=0.5
    )
    return [over.encode(x=x, x2=alt.X2("end:Q"))]


_SCHEMA: dict[str, Any] = dict.fromkeys(("key", "answer", "label", "ink", "hue"), pl.String)
_SCHEMA |= dict.fromkeys(("start", "end", "centre"), pl.Float64)
_SCHEMA |= dict.fromkeys(("is_hidden", "is_internal"), pl.Boolean)


def scale_of(counts: pl.DataFrame, language: str) -> list[str]:
    """The scale's answers in words, best first."""
    ordered = counts.sort("answer_order").unique("answer", keep="first", maintain_order=True)
    return [str(words) for words in ordered.get_column(f"answer_label_{language}")]


def _rows(counts: pl.DataFrame, language: str, theme: str) -> list[dict[str, Any]]:
    numbers, hidden = Numbers(language), texts.of(language).hidden
    scale, found = scale_of(counts, language), []
    for (item,), rows in counts.group_by(["item"], maintain_order=True):
        ordered = rows.sort("answer_order")
        base = ordered.get_column("base_n")[0]
        laid = pieces(list(ordered.select(f"answer_label_{language}", "share").iter_rows()))
        internal = set(ordered.filter(pl.col("sign") == INTERNAL).get_column(f"answer_label_{language}"))
        for one in laid:
            if one.share <= 0:
                continue
            figure = percent(one.share, base, numbers)
            is_hidden = one.place is None
            found.append(
                {
                    "key": str(item or ""),
                    "answer": one.answer,
                    "label": "." if is_hidden else f"{figure} {HATCHED}" if one.answer in internal else figure,
                    "is_internal": one.answer in internal,
                    "ink": ink(theme).quiet if one.place is None else INKS[theme][one.place],
                    "hue": hidden if is_hidden else one.answer,
                    "start": one.start,
                    "end": one.end,
                    "centre": (one.start + one.end) / 2,
                    "is_hidden": is_hidden,
                }
            )
    assert all(row["is_hidden"] or row["hue"] in scale for row in found)
    return found


def _names(counts: pl.DataFrame, language: str) -> list[dict[str, Any]]:
    say, numbers, found = texts.of(language), Numbers(language), []
    for (item,), rows in counts.group_by(["item"], maintain_order=True):
        base = rows.get_column("base_n")[0]
        found.append(
            {
                "key": str(item or ""),
                "name": rows.get_column(f"item_label_{language}")[0] or say.answers_all,
                "zero": 0.0,
                "base": "" if base is None else say.base_n.format(count=numbers.decimal(base)),
            }
        )
    return found


def _legend(counts: pl.DataFrame, language: str, theme: str) -> alt.Color:
    scale, hidden = scale_of(counts, language), texts.of(language).hidden
    left_to_right = scale[::-1]
    hues = [HUES[theme][hue(place, len(scale))] for place in range(len(scale))]
    if counts.get_column("share").null_count():
        left_to_right, hues = [*left_to_right, hidden], [*hues, ink(theme).paper]
    return alt.Color(
        "hue:N",
        scale=alt.Scale(domain=left_to_right, range=hues),
        legend=alt.Legend(
            title=None,
            orient="top",
            direction="horizontal",
            columns=alt.ExprRef(f"{NARROW} ? 2 : 6"),
            symbolType="square",
            symbolSize=180,
            symbolStrokeColor=ink(theme).quiet,
            symbolStrokeWidth=0.6,
            labelFontSize=NOTE,
            labelColor=ink(theme).text,
            labelLimit=0,
            columnPadding=18,
            offset=26,
        ),
    )
