"""One town on several indicators: the standard picture with a scale of its own for each row."""

from collections.abc import Callable, Sequence

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import palette
from dashboard.charts.rows import QUANTILES, Row, rows
from dashboard.charts.structure.town_dots import domain
from dashboard.charts.theme import dressed
from dashboard.words.indicator import Indicator
from dashboard.words.numbers import NOT_DELIVERED, Numbers
from dashboard.words.sentences import Band, as_float, label, position_of

# One row of the portrait: the indicator, all towns' values of its latest period, its peer band.
Figure = tuple[Indicator, pl.DataFrame, Band]
# What is said of a period that is old; nothing of another.
Mark = Callable[[str | None], str]


def portrait(
    figures: Sequence[Figure], town_id: str, language: str, theme: str, old: Mark | None = None
) -> alt.LayerChart:
    """The town's dot on the band of its peers, one row for each figure, in the order given; `old` marks old periods."""
    content = [_row(figure, town_id, language, theme, old) for figure in figures]
    return dressed(rows(content, (0.0, 1.0), theme, axis=False), theme, language)


def describe_portrait(figures: Sequence[Figure], town_id: str, language: str, old: Mark | None = None) -> str:
    """The text alternative: each figure with its value and its place on the band."""
    say, numbers = texts.of(language), Numbers(language)
    places, seen, name = say.group("positions"), [], ""
    for indicator, values, band in figures:
        row = values.filter(pl.col("town_id") == town_id).row(0, named=True)
        place, name = position_of(row, band), row["name"]
        words = f"{indicator.short} {label(row, indicator, numbers, whole_unit=True)}"
        remarks = [remark for remark in (places[place] if place else "", old(row["period"]) if old else "") if remark]
        seen.append(words + (f" ({', '.join(remarks)})" if remarks else ""))
    return say.alt_portrait.format(town=name, rows="; ".join(seen))


def portrait_finding(figures: Sequence[Figure], town_id: str, language: str) -> str:
    """The headline: on how many of the figures the town lies within, below and above the middle half."""
    say, name = texts.of(language), ""
    counts = {"within": 0, "below": 0, "above": 0}
    for _, values, band in figures:
        row = values.filter(pl.col("town_id") == town_id).row(0, named=True)
        name, place = row["name"], position_of(row, band)
        if place:
            counts[place] += 1
    total = sum(counts.values())
    if total == 0:
        return say.portrait_without_band.format(town=name)
    words = say.group("portrait_parts")
    clauses: list[str] = []
    for place, count in counts.items():
        if count:
            clauses.append(words[place if clauses else f"{place}_first"].format(count=count, total=total))
    return say.portrait_finding.format(town=name, parts=", ".join(clauses))


def _row(figure: Figure, town_id: str, language: str, theme: str, old: Mark | None) -> Row:
    indicator, values, band = figure
    numbers, limits = Numbers(language), domain(values, band, indicator)
    row = values.filter(pl.col("town_id") == town_id).row(0, named=True)

    def placed(value: object) -> float | None:
        number = as_float(value)
        return None if number is None else (number - limits[0]) / (limits[1] - limits[0])

    is_missing = row["value"] is None
    return Row(
        key=indicator.indicator_id,
        name=indicator.short,
        label="" if row["sign"] == NOT_DELIVERED else label(row, indicator, numbers, whole_unit=True),
        value=placed(row["value"]),
        low=placed(row["interval_low"]),
        high=placed(row["interval_high"]),
        colour=palette.colour(row["slot"], theme),
        shape=palette.shape(row["slot"]),
        is_hollow=row["slot"] == palette.ADDED,
        aside=texts.of(language).group("signs")[row["sign"]] if is_missing else "",
        band={name: placed(band[name]) for name in QUANTILES} if band else {},
        note=old(row["period"]) if old else "",
    )
