"""What a chart shows, in words computed from its numbers: headline, subtitle and text alternative.

A town is set against the middle half of all municipalities of its size, never against its neighbour;
no sentence ranks towns or calls a number good or bad.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard import texts
from dashboard.words.indicator import Indicator
from dashboard.words.numbers import Numbers, short_unit

Band = Mapping[str, object] | None


def label(row: Mapping[str, object], indicator: Indicator, numbers: Numbers, whole_unit: bool = False) -> str:
    """A row's value as it is published, with its sign; with its whole unit where nothing else names it.

    Where only the range of a hidden value is published, the range: "120–128".
    """
    base = row.get("base_n")
    decimals = numbers.decimals_for(
        indicator.value_kind, indicator.decimals, int(str(base)) if base is not None else None
    )
    sign, ends = str(row["sign"] or ""), [as_float(row.get(side)) for side in ("interval_low", "interval_high")]
    if row["value"] is None and ends[0] is not None and ends[1] is not None:
        high = (numbers.measured if whole_unit else numbers.quantity)(ends[1], indicator.unit, decimals)
        return texts.of(numbers.language).value_range.format(low=numbers.decimal(ends[0], decimals), high=high)
    is_balance = indicator.value_kind == "balance"
    return numbers.published(as_float(row["value"]), sign, indicator.unit, decimals, whole_unit, is_balance)


# What a group of peers is called says for which towns it is: "municipalities_5000_to_under_20000".
SIZES = re.compile(r"(\d+)_(?:to_under_)?(\d+)")


def band_of(row: Mapping[str, object], band: Band) -> Band:
    """The band a row stands on: its own where each town has another group of peers, else the one of all."""
    own = row.get("band")
    return own if isinstance(own, Mapping) and own.get("p50") is not None else band


def position(value: float | None, band: Band, population: int | None = None) -> str | None:
    """Where a value lies: "below", "within" or "above" the middle half of the peers.

    None for a town of another size than its peers: they are no peers of it.
    """
    if value is None or band is None or not is_of_size(band, population):
        return None
    if value < float(str(band["p25"])):
        return "below"
    return "above" if value > float(str(band["p75"])) else "within"


def is_of_size(band: Band, population: int | None) -> bool:
    """Whether a town of so many inhabitants is of the size of the band's peers; one of unknown size is taken for it."""
    found = SIZES.search(str((band or {}).get("peer_group", "")))
    return population is None or found is None or int(found[1]) <= population < int(found[2])


def position_of(row: Mapping[str, Any], band: Band) -> str | None:
    """The position of a row's value on its band, for the town whose `population` stands beside it."""
    return position(row["value"], band_of(row, band), row.get("population"))


def finding(values: pl.DataFrame, band: Band, indicator: Indicator, language: str) -> str:
    """The headline: where the towns lie on the band; without a band, from which value to which."""
    say, numbers = texts.of(language), Numbers(language)
    known = values.filter(pl.col("value").is_not_null())
    if band is None and not _has_own(values):
        ranged = values.filter(pl.col("value").is_not_null() | pl.col("interval_low").is_not_null())
        return _span(ranged, indicator, language) if ranged.height else say.finding_none.format(short=indicator.short)
    if known.is_empty():
        return say.finding_none.format(short=indicator.short)
    places: dict[str, list[str]] = {"within": [], "below": [], "above": [], "without": []}
    for row in known.iter_rows(named=True):
        places[position_of(row, band) or "without"].append(row["name"])
    if len(places["without"]) == known.height:
        return _span(known, indicator, language)
    words = say.group("finding_parts")
    clauses: list[str] = []
    for place, names in places.items():
        if not names or place == "without":
            continue
        if clauses:
            form = f"{place}_also"
        elif len(names) == known.height > 1:
            form = f"{place}_all"
        else:
            form = f"{place}_one" if len(names) == 1 else f"{place}_many"
        clauses.append(words[form].format(towns=numbers.listed(names)))
    return f"{indicator.short}: {', '.join(clauses)}"


def _has_own(values: pl.DataFrame) -> bool:
    """Whether any town has a band of its own."""
    return "band" in values.columns and bool(values["band"].struct.field("p50").is_not_null().any())


def _span(known: pl.DataFrame, indicator: Indicator, language: str) -> str:
    say, numbers = texts.of(language), Numbers(language)
    # Of a hidden value only its range is known: its lower end may be the lowest, its upper end the highest.
    ends = known.select(
        low=pl.coalesce("value", "interval_low"),
        high=pl.coalesce("value", "interval_high"),
    )
    low = known.row(ends.get_column("low").arg_min() or 0, named=True)
    high = known.row(ends.get_column("high").arg_max() or 0, named=True)
    if known.height == 1:
        return say.finding_one.format(short=indicator.short, value=label(low, indicator, numbers), town=low["name"])
    if low["value"] is not None and low["value"] == high["value"]:
        return say.finding_same.format(short=indicator.short, value=label(low, indicator, numbers))
    return say.finding_span.format(
        short=indicator.short,
        low=label(low, indicator, numbers),
        low_town=low["name"],
        high=label(high, indicator, numbers),
        high_town=high["name"],
    )


def subtitle(indicator: Indicator, period: str | None, language: str) -> str:
    """Measure, unit, base and period on one line."""
    say = texts.of(language)
    # "je 1.000 Einwohner" is said as it is, "%" as "in %", "Plätze" so that no ending has to be found for it.
    is_ratio = indicator.unit.startswith(("je ", "per "))
    form = say.subtitle_unit if short_unit(indicator.unit) else say.subtitle_unit_named
    unit = indicator.unit if is_ratio or not indicator.unit else form.format(unit=indicator.unit)
    base = say.subtitle_base.format(base=indicator.base) if indicator.base else ""
    parts = [indicator.title, unit, base, Numbers(language).period(period)]
    return " · ".join(dict.fromkeys(part for part in parts if part))


def describe(values: pl.DataFrame, band: Band, indicator: Indicator, period: str | None, language: str) -> str:
    """The text alternative of the standard picture: every row as it is seen, then the band."""
    say, numbers = texts.of(language), Numbers(language)
    places = say.group("positions")
    seen = []
    for row in values.iter_rows(named=True):
        place = position_of(row, band)
        seen.append(
            f"{row['name']} {label(row, indicator, numbers, whole_unit=True)}"
            + (f" ({places[place]})" if place else "")
        )
    sentence = say.alt_rows.format(
        title=indicator.title, period=numbers.period(period) or say.no_period, rows="; ".join(seen)
    )
    return sentence + (" " + band_words(band, indicator, language) if band else "")


def band_words(band: Band, indicator: Indicator, language: str) -> str:
    """The band in words: how many peers, their median, their middle half."""
    if band is None:
        return ""
    numbers = Numbers(language)

    def at(quantile: str) -> str:
        return numbers.measured(float(str(band[quantile])), indicator.unit, indicator.decimals)

    return (
        texts.of(language)
        .alt_band.format(
            count=numbers.decimal(float(str(band["municipality_count"]))),
            group=band[f"peer_group_{language}"],
            p25=at("p25"),
            p50=at("p50"),
            p75=at("p75"),
        )
        .strip()
    )


def describe_series(series: pl.DataFrame, notes: Sequence[str], indicator: Indicator, language: str) -> str:
    """The text alternative of the series: first and last value of each town, then the breaks."""
    say, numbers = texts.of(language), Numbers(language)
    seen = []
    for (_,), rows in series.group_by(["town_id"], maintain_order=True):
        first, last = rows.row(0, named=True), rows.row(-1, named=True)
        seen.append(
            say.alt_series_town.format(
                town=first["name"],
                first=label(first, indicator, numbers, whole_unit=True),
                start=numbers.period(first["period"]),
                last=label(last, indicator, numbers, whole_unit=True),
                end=numbers.period(last["period"]),
            )
        )
    return " ".join([say.alt_series.format(title=indicator.title, rows="; ".join(seen)), *notes])


def as_float(value: object) -> float | None:
    """A cell of a number column; nothing where it is empty."""
    return None if value is None else float(str(value))
