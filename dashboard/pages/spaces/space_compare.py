"""The spaces side by side on one measure, each with its denominator in words."""

from collections.abc import Iterator

import polars as pl

from dashboard import charts, texts
from dashboard.article.blocks import Block, Column, Notes, Table
from dashboard.parts import compare
from dashboard.parts.picture import Picture, marks
from dashboard.parts.visit import Visit
from dashboard.release import space_queries as queries
from dashboard.release.release_cache import cached
from dashboard.words.indicator import Indicator
from dashboard.words.numbers import Numbers

KIND = "raeume"  # the files' folder in their address


@cached
def picture(indicator: Indicator, visit: Visit, highlighted: str | None = None) -> Picture:
    """The standard picture with a row for each space; `highlighted` is a space's id."""
    say, language, indicator_id = visit.say, visit.language, indicator.indicator_id
    values = queries.values(visit.release, indicator_id)
    missing = queries.without_space(visit.release)
    hidden = values.filter(pl.col("value").is_null())
    sources = "; ".join(dict.fromkeys(values.get_column("source_text").drop_nulls()))
    return Picture(
        kind=KIND,
        name=indicator_id,
        chart=charts.space_dots(values, indicator, language, visit.theme, highlighted),
        title=_title(values, indicator, language),
        subtitle=charts.subtitle(indicator, None, language),
        alt=_alt(values, indicator, language),
        foot=[
            say.space_signs_note if hidden.height else "",
            say.space_none.format(towns=visit.numbers.listed(missing)) if missing else "",
            say.foot_caveat.format(caveat=indicator.caveat) if indicator.caveat else "",
            say.survey_source.format(source=sources) if sources else "",
        ],
        numbers=_numbers(values, indicator, language),
        indicator_id=indicator_id,
        **marks(values),
    )


def show_denominators(visit: Visit) -> Iterator[Block]:
    """What each space's utilisation is divided by, spelled out: how many desks, days and hours."""
    say, numbers = visit.say, visit.numbers
    columns = [Column(say.column_space), Column(say.column_denominator), Column(say.column_booked, True)]
    columns += [Column(say.column_utilisation, True)]
    rows = []
    for row in queries.spaces(visit.release).iter_rows(named=True):
        booked = numbers.published(row["booked_seat_hours"], row["booked_seat_hours_sign"], "")
        used = numbers.published(row["utilisation"], row["utilisation_sign"], "%")
        rows.append([called(row, visit.language), row[f"denominator_{visit.language}"], booked, used])
    yield Table(say.space_denominators, *compare.without_empty(columns, rows))
    yield Notes([say.space_vendors])


def called(row: dict[str, object], language: str) -> str:
    """A space with its town: "Mölln: Raum am See"."""
    return texts.of(language).space_called.format(town=row["name"], space=row[f"name_{language}"])


def _title(values: pl.DataFrame, indicator: Indicator, language: str) -> str:
    """From which space to which; of two in one town by the space's name."""
    say, numbers = texts.of(language), Numbers(language)
    known = values.filter(pl.col("value").is_not_null())
    if known.is_empty():
        return say.survey_finding_none.format(short=indicator.short)
    towns = values.get_column("town_id").to_list()

    def where(row: dict[str, object]) -> str:
        if towns.count(row["town_id"]) == 1:
            return str(row["name"])
        return say.space_in.format(town=row["name"], space=row[f"name_{language}"])

    low = known.row(known.get_column("value").arg_min() or 0, named=True)
    high = known.row(known.get_column("value").arg_max() or 0, named=True)
    labels = [charts.label(row, indicator, numbers) for row in (low, high)]
    if known.height == 1:
        return say.space_only.format(short=indicator.short, value=labels[0], town=where(low))
    if labels[0] == labels[1]:
        return say.space_same.format(short=indicator.short, value=labels[0])
    return say.finding_span.format(
        short=indicator.short, low=labels[0], low_town=where(low), high=labels[1], high_town=where(high)
    )


def _alt(values: pl.DataFrame, indicator: Indicator, language: str) -> str:
    say, numbers, seen = texts.of(language), Numbers(language), []
    for row in values.iter_rows(named=True):
        value = charts.label(row, indicator, numbers, whole_unit=True)
        if row["value"] is None:
            value = say.group("space_signs")[row["sign"]]
        seen.append(f"{called(row, language)} {value}")
    return say.alt_rows_of.format(title=indicator.title, rows="; ".join(seen))


def _numbers(values: pl.DataFrame, indicator: Indicator, language: str) -> pl.DataFrame:
    say = texts.of(language)
    reasons = [_reason(row, indicator.indicator_id, language) for row in values.iter_rows(named=True)]
    return values.select(
        pl.col("name").alias(say.column_town),
        pl.col(f"name_{language}").alias(say.column_space),
        pl.col("period").alias(say.column_period),
        pl.col("value").alias(say.column_value),
        pl.lit(indicator.unit).alias(say.column_unit),
        pl.col("sign").alias(say.column_sign),
        pl.Series(say.column_reason, reasons, pl.String),
        pl.col("interval_low").alias(f"{say.column_range} ({say.gap_column_low})"),
        pl.col("interval_high").alias(f"{say.column_range} ({say.gap_column_high})"),
        pl.col("numerator").alias(say.column_numerator),
        pl.col("denominator").alias(say.column_denominator),
        pl.lit(indicator.title).alias(say.column_indicator),
        pl.col("source_text").alias(say.column_source),
        pl.col("licence").alias(say.column_licence),
    )


REASONS = {"booking_cancellation_rate": "cancellation_reason", "booking_no_show_rate": "no_show_reason"}


def _reason(row: dict[str, object], indicator_id: str, language: str) -> str:
    """Why there is no value; empty where there is one."""
    if row["value"] is not None:
        return ""
    reason = row.get(f"{REASONS.get(indicator_id, '')}_{language}") if row["sign"] == "x" else None
    return str(reason or texts.of(language).group("space_signs")[str(row["sign"])])
