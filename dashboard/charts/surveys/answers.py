"""The answers to one question as bars: their share of those who answered, with the uncertainty of few answers."""

from typing import Any

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import palette
from dashboard.charts.bars import BAR, hatched, words_beside
from dashboard.charts.rows import track_scale
from dashboard.charts.scales import at
from dashboard.charts.theme import NARROW, dressed, ink, layered
from dashboard.words.numbers import INTERNAL, NARROW_SPACE, Numbers
from dashboard.words.survey_words import percent

STEP = 40  # px a row
NAMES, VALUES = 300, 84  # px beside the bars where there is room
VALUE = 60  # px that a percentage takes above a bar on a telephone
TRACK_SHIFT = f"{NARROW} ? 9 : 0"
HIGHEST = 100.0


def answer_bars(counts: pl.DataFrame, slot: int, language: str, theme: str) -> alt.LayerChart:
    """A bar for each answer in the frame's order (`survey_queries.counts`), in the town's colour.

    A weighted share, where there is one, is a hollow diamond upon the bar or beside it; what is hidden has
    its sign and words instead of a bar.
    """
    frame = _frame(counts, language)
    base = alt.Chart(frame, width="container", height=alt.Step(STEP)).encode(
        y=alt.Y(
            "key:N", sort=frame.get_column("key").to_list(), axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0)
        )
    )
    drawn = [float(value) for name in ("share", "high", "weighted") for value in frame.get_column(name).drop_nulls()]
    top = min(HIGHEST, max(drawn, default=HIGHEST) * 1.06) or HIGHEST
    x = track_scale((0.0, top), NARROW_SPACE + "%" if language == "de" else "%", names=NAMES, values=VALUES)
    colour, colours = palette.colour(slot, theme), ink(theme)
    shift = alt.ExprRef(TRACK_SHIFT)
    bars = base.mark_bar(color=colour, height=BAR, cornerRadiusEnd=2, yOffset=shift, opacity=0.85).encode(
        x=at(x, "zero"), x2=alt.X2("share:Q")
    )
    edges = [
        base.mark_rule(color=ink_of, strokeWidth=width, strokeCap="round", yOffset=shift).encode(
            x=at(x, "low"), x2=alt.X2("high:Q")
        )
        for ink_of, width in ((colours.paper, 4.5), (colours.text, 1.8))
    ]
    weighted = base.mark_point(
        shape="diamond", size=90, fill=colours.paper, stroke=colours.text, strokeWidth=1.8, opacity=1, yOffset=shift
    ).encode(x=at(x, "weighted"))
    words = words_beside(base, NAMES, VALUE, TRACK_SHIFT, theme)
    return dressed(layered(bars, *hatched(bars, frame, theme), *edges, weighted, *words), theme, language)


def _frame(counts: pl.DataFrame, language: str) -> pl.DataFrame:
    say, numbers = texts.of(language), Numbers(language)
    rows = []
    for row in counts.iter_rows(named=True):
        is_hidden = row["share"] is None
        figure = row["sign"] or "." if is_hidden else percent(row["share"], row["base_n"], numbers)
        rows.append(
            {
                "key": f"{row['item'] or ''}/{row['answer']}",
                "name": row[f"answer_label_{language}"] or row["answer"],
                "label": figure if is_hidden else numbers.signed_text(figure, row["sign"]),
                "aside": say.group("survey_signs").get(row["sign"] or ".", "") if is_hidden else "",
                "zero": 0.0,
                "share": row["share"],
                "low": row["interval_low"],
                "high": row["interval_high"],
                "weighted": row["weighted_share"],
                "is_internal": row["sign"] == INTERNAL,
            }
        )
    kinds: dict[str, Any] = dict.fromkeys(("key", "name", "label", "aside"), pl.String)
    kinds["is_internal"] = pl.Boolean
    return pl.DataFrame(rows, schema=kinds | dict.fromkeys(("zero", "share", "low", "high", "weighted"), pl.Float64))
