"""An indicator on the map: its picture with a class for each fifth of the small towns, and all values for the files."""

import itertools
from collections.abc import Mapping, Sequence

import polars as pl

from dashboard import charts
from dashboard.parts import compare
from dashboard.parts.picture import Picture
from dashboard.parts.pieces import beside
from dashboard.parts.visit import Visit
from dashboard.release import small_towns
from dashboard.release.release_cache import cached
from dashboard.words.indicator import Indicator

KIND, ALL = "karte", "gemeinden"  # the files' folders in their addresses
FIFTHS = (0.2, 0.4, 0.6, 0.8)


@cached
def picture_of(indicator: Indicator, visit: Visit) -> Picture | None:
    """The map of the latest period; nothing where no small town has a value then."""
    say, release, numbers = visit.say, visit.release, visit.numbers
    period = release.latest_period(indicator.indicator_id)
    dots = _dots(indicator, visit).filter(pl.col("value").is_not_null())
    if dots.is_empty():
        return None
    limits = _limits(dots["value"])
    classes = _classes(limits, indicator, visit)
    place = pl.sum_horizontal([pl.lit(0), *(pl.col("value").gt(limit).cast(pl.Int32) for limit in limits)])
    placed = dots.with_columns(place.alias("class_place"))
    shown = placed.select(
        pl.col("longitude").round(3),
        pl.col("latitude").round(3),
        pl.col("class_place").replace_strict(list(range(len(classes))), classes).alias("of_class"),
    )
    named = beside.on_map(visit)
    table = _table(placed, named, classes, indicator, visit)
    count = numbers.decimal(dots.height)
    group = say.group("map_groups").get(visit.group, say.group("map_groups")[""]).format(count=count)
    about = (f"{row[say.column_class]}: {row[say.column_municipalities]} {row[say.column_towns]}".strip()
             for row in table.iter_rows(named=True))  # fmt: skip
    return Picture(
        kind=KIND,
        name=indicator.indicator_id,
        chart=charts.value_dots(shown, classes, named, visit.language, visit.theme),
        title=say.map_title.format(short=indicator.short, count=count),
        subtitle=charts.subtitle(indicator, period, visit.language),
        alt=say.alt_value_map.format(title=indicator.title, rows="; ".join(about)),
        foot=[
            group,
            say.map_key,
            *beside.notes(pl.DataFrame(), visit),
            say.foot_source.format(source=indicator.source, licence=compare.licence_words([indicator.licence], visit)),
        ],
        numbers=table,
        is_synthetic=False,
        indicator_id=indicator.indicator_id,
    )


def _dots(indicator: Indicator, visit: Visit) -> pl.DataFrame:
    period = visit.release.latest_period(indicator.indicator_id)
    return small_towns.on_a_map(visit.release, indicator.indicator_id, period, visit.group)


def _limits(values: pl.Series) -> list[float]:
    """Where one class ends and the next begins; fewer than four where many values are the same."""
    found = dict.fromkeys(values.quantile(share, "linear") for share in FIFTHS)
    return [limit for limit in found if limit is not None and limit < float(str(values.max()))]


def _classes(limits: Sequence[float], indicator: Indicator, visit: Visit) -> list[str]:
    """The classes in words, from the lowest on."""
    say = visit.say
    ends = [visit.numbers.quantity(limit, indicator.unit, indicator.decimals) for limit in limits]
    if not ends:
        return [say.map_class_all]
    between = [say.map_class_between.format(low=low, high=high) for low, high in itertools.pairwise(ends)]
    return [say.map_class_first.format(high=ends[0]), *between, say.map_class_last.format(low=ends[-1])]


def _table(
    placed: pl.DataFrame, named: pl.DataFrame, classes: Sequence[str], indicator: Indicator, visit: Visit
) -> pl.DataFrame:
    """How many towns a class has, and which of the named ones lie in it."""
    say = visit.say
    names = dict(named.select("ags", "name").iter_rows())
    rows = []
    for place, words in enumerate(classes):
        mine = placed.filter(pl.col("class_place") == place)
        own = [name for ags, name in names.items() if ags in mine["ags"]]
        rows.append((words, mine.height, ", ".join(own)))
    columns = [say.column_class, say.column_municipalities, say.column_towns]
    return pl.DataFrame(rows, schema=columns, orient="row")


def all_values(indicator: Indicator, visit: Visit) -> Mapping[str, pl.DataFrame]:
    """Every small town of the group with its value, for the files: by name, each with its Kreis and key."""
    say = visit.say
    frame = _dots(indicator, visit).select(
        pl.col("name").alias(say.column_municipality),
        pl.col("district").alias(say.column_district),
        pl.col(f"land_{visit.language}").alias(say.column_land),
        pl.col("ags").alias(say.column_key),
        pl.col("period").alias(say.column_period),
        pl.col("value").alias(say.column_value),
        pl.lit(indicator.unit).alias(say.column_unit),
        pl.col("sign").alias(say.column_sign),
        pl.col("numerator").alias(say.column_numerator),
        pl.col("denominator").alias(say.column_denominator),
        pl.lit(indicator.title).alias(say.column_indicator),
        pl.col("source_text").alias(say.column_source),
        pl.col("licence").alias(say.column_licence),
    )
    return {indicator.indicator_id: frame} if frame.height else {}
