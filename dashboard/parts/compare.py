"""One indicator across the towns, made ready for a page: the pictures, their words and their tables."""

from collections.abc import Iterable, Sequence

import polars as pl

from dashboard import charts
from dashboard.article.blocks import Block, Column, Heading, Table
from dashboard.parts.picture import Picture, is_sample, marks
from dashboard.parts.pieces import beside
from dashboard.parts.visit import Visit
from dashboard.release import small_towns
from dashboard.release.release_cache import cached
from dashboard.words.indicator import Indicator
from dashboard.words.numbers import NOT_DELIVERED
from dashboard.words.sentences import Band


@cached
def standard_picture(indicator: Indicator, visit: Visit, highlighted: str | None = None) -> Picture:
    """The towns on the band of their peers, in the latest period."""
    release, language = visit.release, visit.language
    period = release.latest_period(indicator.indicator_id)
    values, band = towns_and_band(indicator, visit)
    has_band = band is not None or "band" in values.columns
    return Picture(
        kind="kennzahl",
        name=indicator.indicator_id,
        chart=charts.town_dots(beside.noted(values, visit), band, indicator, language, visit.theme, highlighted),
        title=visit.headline(visit.of_group(charts.finding(values, band, indicator, language)), period),
        subtitle=charts.subtitle(indicator, visit.period(period), language),
        alt=visit.of_group(charts.describe(values, band, indicator, visit.period(period), language))
        + beside.counts(values, visit),
        foot=[*_foot(indicator, visit, has_band, signs=values.get_column("sign")), *beside.notes(values, visit)],
        numbers=table_of(values, indicator, visit),
        indicator_id=indicator.indicator_id,
        **marks(values),
    )


@cached
def towns_and_band(indicator: Indicator, visit: Visit) -> tuple[pl.DataFrame, Band]:
    """`Release.values_by_town` with the added town, and the band of the chosen group.

    Where each town has a group of its own, its band stands in the column `band` and there is none of all.
    """
    release, name = visit.release, indicator.indicator_id
    period = release.latest_period(name)
    values = small_towns.beside(release, release.values_by_town(name), visit.added, visit.language, name, period)
    if visit.group in small_towns.OWN:
        return small_towns.with_bands(release, values, name, period, visit.group), None
    return values, small_towns.band(release, name, period, visit.group)


@cached
def latest_picture(indicator: Indicator, visit: Visit, highlighted: str | None = None) -> Picture:
    """The towns with their own latest values, which are not all of one time; the time stands under each name."""
    language, numbers = visit.language, visit.numbers
    values = visit.release.latest_of_towns(indicator.indicator_id)
    times = [numbers.period(one) if sign != NOT_DELIVERED else "" for one, sign in values["period", "sign"].iter_rows()]
    values = values.with_columns(note=pl.Series(times, dtype=pl.String))
    return Picture(
        kind="neueste",
        name=indicator.indicator_id,
        chart=charts.town_dots(values, None, indicator, language, visit.theme, highlighted),
        title=charts.finding(values, None, indicator, language),
        subtitle=charts.subtitle(indicator, None, language),
        alt=charts.describe(values, None, indicator, None, language),
        foot=_foot(indicator, visit, has_band=False, signs=values.filter(pl.col("interval_low").is_null())["sign"]),
        numbers=table_of(values, indicator, visit),
        is_synthetic=is_sample(values),
        indicator_id=indicator.indicator_id,
        has_gaps=values.get_column("value").is_null().any(),
    )


@cached
def series_picture(indicator: Indicator, visit: Visit, highlighted: str | None = None) -> Picture | None:
    """The towns over time; nothing where there is only one period."""
    say = visit.say
    series = small_towns.series_beside(
        visit.release, visit.release.series(indicator.indicator_id), visit.added, visit.language, indicator.indicator_id
    )
    if series.get_column("period").n_unique() < 2:
        return None
    breaks = charts.marked(visit.release.breaks(indicator.indicator_id), series)
    notes = [
        say.series_break.format(mark=row["mark"], year=row["break_date"].year, note=row[f"note_{visit.language}"])
        for row in breaks.iter_rows(named=True)
    ]
    ends = series.sort("period_end").get_column("period_end").dt.year()
    return Picture(
        kind="verlauf",
        name=indicator.indicator_id,
        chart=charts.series_lines(series, breaks, indicator, visit.language, visit.theme, highlighted),
        title=visit.headline(
            say.series_title.format(short=indicator.short, start=ends[0], end=ends[-1]),
            visit.release.latest_period(indicator.indicator_id),
        ),
        subtitle=charts.subtitle(indicator, None, visit.language),
        alt=charts.describe_series(series, notes, indicator, visit.language),
        foot=[
            *notes,
            say.added_breaks if visit.added in series["town_id"] else "",
            say.foot_source.format(source=indicator.source, licence=licence_words([indicator.licence], visit)),
        ],
        numbers=table_of(series, indicator, visit),
        is_synthetic=is_sample(series),
        indicator_id=indicator.indicator_id,
    )


def licence_words(licences: Iterable[str], visit: Visit) -> str:
    """Licences by their names in the reader's language, each once; an unknown one as it was delivered."""
    names = visit.say.group("licences")
    codes = [code.strip() for licence in licences for code in licence.split(";")]
    return "; ".join(dict.fromkeys(names.get(code, code) for code in codes if code))


@cached
def with_band(visit: Visit) -> list[Indicator]:
    """The indicators whose latest period has a peer band, the first of each theme before the second."""
    release = visit.release
    known = [
        one
        for one in release.structure(visit.language)
        if release.peer_band(one.indicator_id, release.latest_period(one.indicator_id))
    ]
    turn: dict[str, int] = {}
    for one in known:
        turn[one.indicator_id] = sum(other.theme == one.theme for other in known[: known.index(one)])
    return sorted(known, key=lambda one: turn[one.indicator_id])


def first_of_themes(themes: Sequence[str], visit: Visit) -> list[Indicator]:
    """Of each theme the first indicator with a value, one with a band of peers if there is one."""
    banded = [one.indicator_id for one in with_band(visit)]
    found = []
    for theme in themes:
        known = [
            one
            for one in visit.release.indicators(visit.language, theme)
            if visit.release.latest_period(one.indicator_id) is not None
        ]
        known.sort(key=lambda one: one.indicator_id not in banded)
        found += known[:1]
    return found


@cached
def show_table(indicator: Indicator, visit: Visit) -> Sequence[Block]:
    """The latest period as a table."""
    say, release = visit.say, visit.release
    columns = [Column(say.column_town), Column(say.column_value, True), Column(say.column_numerator, True)]
    columns += [Column(say.column_denominator, True), Column(visit.of_group(say.column_position))]
    caption = say.numbers_caption.format(
        title=indicator.title,
        period=visit.period(release.latest_period(indicator.indicator_id)),
    )
    rows = table_rows(*towns_and_band(indicator, visit), indicator, visit)
    return Heading(say.the_numbers), Table(caption, *without_empty(columns, rows))


def without_empty(columns: list[Column], rows: list[list[str]]) -> tuple[list[Column], list[list[str]]]:
    """A table without the columns in which no row says anything."""
    kept = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    return [columns[place] for place in kept], [[row[place] for place in kept] for row in rows]


def table_of(values: pl.DataFrame, indicator: Indicator, visit: Visit) -> pl.DataFrame:
    """The numbers behind a picture, with headings in the reader's language; numbers stay numbers."""
    say = visit.say
    newest = visit.release.latest_period(indicator.indicator_id)
    return values.select(
        pl.col("name").alias(say.column_town),
        pl.col("period").alias(say.column_period),
        # Of a series the newest value alone: that the others are older is plain.
        pl.when(pl.col("period") == newest).then(pl.lit(visit.old(newest))).otherwise(pl.lit("")).alias(say.column_age),
        pl.col("value").alias(say.column_value),
        pl.lit(indicator.unit).alias(say.column_unit),
        pl.col("sign").replace({NOT_DELIVERED: say.group("signs")[NOT_DELIVERED]}).alias(say.column_sign),
        pl.col("numerator").alias(say.column_numerator),
        pl.col("denominator").alias(say.column_denominator),
        pl.lit(indicator.title).alias(say.column_indicator),
        pl.col("source_text").alias(say.column_source),
        pl.col("licence").alias(say.column_licence),
    )


def interval(heading: str, visit: Visit) -> list[pl.Expr]:
    """The two ends of the intervals, for the table files."""
    ends = {"interval_low": visit.say.gap_column_low, "interval_high": visit.say.gap_column_high}
    return [pl.col(name).alias(f"{heading} ({end})") for name, end in ends.items()]


def table_rows(values: pl.DataFrame, band: Band, indicator: Indicator, visit: Visit) -> list[list[str]]:
    """The latest period as a reader's table: town, value with its sign, numerator, denominator, place."""
    numbers = visit.numbers
    places = visit.say.group("positions")
    rows = []
    for row in values.iter_rows(named=True):
        place = charts.position_of(row, band)
        counts = [numbers.count(row[part]) for part in ("numerator", "denominator")]
        rows.append([row["name"], charts.label(row, indicator, numbers), *counts, places[place] if place else ""])
    return rows


def _foot(indicator: Indicator, visit: Visit, has_band: bool, signs: pl.Series) -> list[str]:
    say = visit.say
    return [
        visit.of_group(say.band_key) if has_band else "",
        say.signs_note if (~signs.fill_null("").is_in(["", NOT_DELIVERED])).any() else "",
        say.foot_caveat.format(caveat=indicator.caveat) if indicator.caveat else "",
        say.foot_source.format(source=indicator.source, licence=licence_words([indicator.licence], visit)),
    ]
