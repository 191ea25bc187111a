"""Spaces side by side in the standard picture, and one space's weeks compared, with their intervals."""

from collections.abc import Container, Mapping

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import palette
from dashboard.charts.rows import LAID_BACK, Row, rows, track_scale
from dashboard.charts.structure.town_dots import domain
from dashboard.charts.theme import dressed, ink
from dashboard.words.indicator import Indicator
from dashboard.words.numbers import INTERNAL, NARROW_SPACE, Numbers
from dashboard.words.sentences import as_float, label


def space_dots(
    values: pl.DataFrame, indicator: Indicator, language: str, theme: str, highlighted: str | None = None
) -> alt.LayerChart:
    """The spaces of `space_queries.values` as rows in the frame's order; `highlighted` is a space's id."""
    several = set(values.filter(pl.col("town_id").is_duplicated()).get_column("town_id"))
    content = [_row(row, indicator, language, theme, highlighted, several) for row in values.iter_rows(named=True)]
    low, high = domain(values, None, indicator)
    if indicator.value_kind == "share":
        low = min(low, 0.0)
    sign = (NARROW_SPACE + "%" if language == "de" else "%") if indicator.unit.startswith("%") else ""
    return dressed(rows(content, (low, high), theme, sign), theme, language)


def _row(
    row: Mapping[str, object],
    indicator: Indicator,
    language: str,
    theme: str,
    highlighted: str | None,
    several: Container[object],
) -> Row:
    slot = int(str(row["slot"]))
    space = str(row[f"name_{language}"])
    return Row(
        key=str(row["space_id"]),
        name=str(row["name"]),
        label=label(row, indicator, Numbers(language)),
        value=as_float(row["value"]),
        low=as_float(row["interval_low"]),
        high=as_float(row["interval_high"]),
        colour=palette.colour(slot, theme),
        shape=palette.shape(slot),
        is_internal=row["sign"] == INTERNAL,
        opacity=1.0 if highlighted in (None, row["space_id"]) else LAID_BACK,
        weight="bold" if highlighted == row["space_id"] else "normal",
        aside=texts.of(language).group("space_signs")[str(row["sign"])] if row["value"] is None else "",
        note=space,
        # Where there is little room, a town's only space needs no name beside the town's.
        note_short=space if row["town_id"] in several else "",
    )


def space_effects(effects: pl.DataFrame, slot: int, language: str, theme: str) -> alt.LayerChart:
    """Each comparison of weeks as a dot with its interval, on a scale with zero on it."""
    say, numbers = texts.of(language), Numbers(language)
    names, notes = say.group("space_comparisons"), say.group("space_comparison_notes")
    content = []
    for row in effects.iter_rows(named=True):
        is_known = row["difference"] is not None
        figure = say.space_points.format(points=numbers.signed(row["difference"])) if is_known else ""
        content.append(
            Row(
                key=row["comparison"],
                name=names[row["comparison"]],
                label=numbers.signed_text(figure, row["sign"]) if is_known else row["sign"],
                value=row["difference"],
                low=row["low"],
                high=row["high"],
                colour=palette.colour(slot, theme),
                shape=palette.shape(slot),
                is_internal=row["sign"] == INTERNAL,
                aside="" if is_known else say.group("space_signs")[row["sign"]],
                note=notes[row["comparison"]],
            )
        )
    ends = [float(one) for name in ("difference", "low", "high") for one in effects.get_column(name).drop_nulls()]
    # As far to the left as to the right: less and more are seen from the middle.
    reach = max((abs(one) for one in ends), default=1.0) * 1.1 or 1.0
    limits = (-reach, reach)
    chart = rows(content, limits, theme)
    chart.layer = [*chart.layer, _zero(limits, theme)]
    return dressed(chart, theme, language)


def _zero(limits: tuple[float, float], theme: str) -> alt.Chart:
    x = track_scale(limits, "").copy()
    return alt.Chart(pl.DataFrame({"value": [0.0]})).mark_rule(color=ink(theme).quiet, strokeWidth=1.5).encode(x=x)
