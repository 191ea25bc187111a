"""One indicator, all towns side by side: the standard picture with a shared scale."""

from collections.abc import Mapping

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import palette
from dashboard.charts.rows import QUANTILES, Row, rows
from dashboard.charts.theme import dressed
from dashboard.words.indicator import Indicator
from dashboard.words.numbers import INTERNAL, NARROW_SPACE, NOT_DELIVERED, Numbers
from dashboard.words.sentences import Band, as_float, band_of, label

# From this share of the largest value on, the scale need not begin at zero: dots show place, not length.
FAR_FROM_ZERO = 0.4


def town_dots(
    values: pl.DataFrame,
    band: Band,
    indicator: Indicator,
    language: str,
    theme: str,
    highlighted: str | None = None,
) -> alt.LayerChart:
    """The towns as rows in the frame's order (`Release.values_by_town`), the peers as the last row.

    `values` has name, slot, value, sign, interval_low, interval_high and base_n, in the indicator's unit.
    """
    numbers = Numbers(language)
    quantiles = {name: as_float(band[name]) for name in QUANTILES} if band else {}
    content = [
        _row(row, label(row, indicator, numbers), _own_quantiles(row) or quantiles, language, theme)
        for row in values.iter_rows(named=True)
    ]
    if band:
        content.append(_peers(band, indicator, quantiles, language))
    sign = (NARROW_SPACE + "%" if language == "de" else "%") if indicator.unit.startswith("%") else ""
    chart = rows(content, domain(values, band, indicator), theme, sign, highlighted=highlighted)
    return dressed(chart, theme, language)


def domain(values: pl.DataFrame, band: Band, indicator: Indicator) -> tuple[float, float]:
    """The scale's ends: all that is drawn, with a little room; from zero unless all lies far from it."""
    drawn = [
        float(number)
        for column in ("value", "interval_low", "interval_high")
        for number in values.get_column(column).drop_nulls()
    ]
    if "band" in values.columns:
        own = values["band"].struct.unnest()
        drawn += [*own["p10"].drop_nulls(), *own["p90"].drop_nulls()]
    drawn += [float(str(band["p10"])), float(str(band["p90"]))] if band else []
    if not drawn:
        return (0.0, 1.0)
    low, high = min(drawn), max(drawn)
    if indicator.value_kind == "balance":
        # More and less are read from nothing.
        low, high = min(low, 0.0), max(high, 0.0)
    room = (high - low or abs(high) or 1.0) * 0.06
    bottom = 0.0 if 0 <= low < FAR_FROM_ZERO * high else low - room
    top = high + room
    if indicator.unit.startswith("%") and indicator.value_kind == "share":
        bottom, top = max(bottom, 0.0), min(top, 100.0)
    return (bottom, top)


def _own_quantiles(row: Mapping[str, object]) -> dict[str, float | None]:
    own = band_of(row, None)
    return {name: as_float(own[name]) for name in QUANTILES} if own else {}


def _row(
    row: Mapping[str, object],
    words: str,
    quantiles: Mapping[str, float | None],
    language: str,
    theme: str,
) -> Row:
    is_missing = row["value"] is None
    slot = int(str(row["slot"]))
    return Row(
        key=str(row["town_id"]),
        name=str(row.get("name_in_chart") or row["name"]),
        label="" if row["sign"] == NOT_DELIVERED else words,
        value=as_float(row["value"]),
        low=as_float(row["interval_low"]),
        high=as_float(row["interval_high"]),
        colour=palette.colour(slot, theme),
        shape=palette.shape(slot),
        is_internal=row["sign"] == INTERNAL,
        aside=texts.of(language).group("signs")[str(row["sign"])] if is_missing and row["interval_low"] is None else "",
        band={} if is_missing else quantiles,
        note=str(row.get("note") or ""),
        is_hollow=slot == palette.ADDED,
        town=str(row["town_id"]),
    )


def _peers(
    band: Mapping[str, object], indicator: Indicator, quantiles: Mapping[str, float | None], language: str
) -> Row:
    say, numbers = texts.of(language), Numbers(language)
    count = numbers.decimal(float(str(band["municipality_count"])))
    median = numbers.quantity(float(str(band["p50"])), indicator.unit, indicator.decimals)
    return Row(
        key="peers",
        name=say.group("peer_rows").get(str(band["peer_group"]), say.peers_row).format(count=count),
        name_short=say.peers_row_short.format(count=count),
        label=say.peers_median.format(value=median),
        band=quantiles,
    )
