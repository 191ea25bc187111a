"""One survey indicator, survey by survey: the standard picture with its interval, the base at the left.

A median stands on the middle half of what was stated instead of on a band of peers: there is none for
surveys.
"""

from collections.abc import Mapping

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import palette
from dashboard.charts.rows import Row, rows
from dashboard.charts.structure.town_dots import domain
from dashboard.charts.theme import dressed
from dashboard.words.indicator import Indicator
from dashboard.words.numbers import INTERNAL, NARROW_SPACE, Numbers
from dashboard.words.sentences import as_float, label
from dashboard.words.survey_words import called


def survey_dots(
    values: pl.DataFrame, indicator: Indicator, language: str, theme: str, highlighted: str | None = None
) -> alt.LayerChart:
    """The surveys as rows in the frame's order (`survey_queries.values`).

    With a column `group` a row is a group of a survey's respondents, null for all of them; with columns
    p25 and p75 the middle half of what was stated lies behind the dot.
    """
    names = called(values, language)
    content = [_row(row, names, indicator, language, theme) for row in values.iter_rows(named=True)]
    sign = (NARROW_SPACE + "%" if language == "de" else "%") if indicator.unit.startswith("%") else ""
    return dressed(rows(content, _ends(values, indicator), theme, sign, highlighted=highlighted), theme, language)


def _ends(values: pl.DataFrame, indicator: Indicator) -> tuple[float, float]:
    if "p25" in values.columns:
        values = values.with_columns(interval_low="p25", interval_high="p75")
    low, high = domain(values, None, indicator)
    # Shares of respondents are read as shares of all: the scale begins where nobody said it.
    return (0.0, high) if indicator.value_kind == "share" else (low, high)


def _row(
    row: Mapping[str, object],
    names: Mapping[str, tuple[str, str]],
    indicator: Indicator,
    language: str,
    theme: str,
) -> Row:
    say, numbers = texts.of(language), Numbers(language)
    survey, slot, group = str(row["survey_id"]), int(str(row["slot"])), row.get("group")
    base = "" if row["base_n"] is None else say.base_n.format(count=numbers.decimal(int(str(row["base_n"]))))
    is_missing, has_groups = row["value"] is None, "group" in row
    called_long, which = names[survey]
    # Where a town has several surveys, a telephone shows which one before how many were asked.
    told_short = (which if called_long != row["name"] and not group else "", base)
    return Row(
        key=f"{survey}/{row.get('code') or ''}",
        name=str(group or row["name"]),
        label=label(row, indicator, numbers),
        value=as_float(row["value"]),
        low=as_float(row["interval_low"]),
        high=as_float(row["interval_high"]),
        colour=palette.colour(slot, theme),
        shape=palette.shape(slot),
        is_internal=row["sign"] == INTERNAL,
        weight="bold" if has_groups and not group else "normal",
        town=str(row["town_id"]),
        aside=say.group("survey_signs")[str(row["sign"] or ".")] if is_missing else "",
        band={} if is_missing else {name: as_float(row.get(name)) for name in ("p25", "p75")},
        note=" · ".join(part for part in (base, "" if group else which) if part),
        note_short=" · ".join(part for part in told_short if part),
    )
