"""One town, made ready for a page: its line, its figures against their peers, its table."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from dashboard import charts
from dashboard.article.blocks import Block, Cell, Column, Heading, Notes, Table, link
from dashboard.charts import Figure
from dashboard.parts import compare
from dashboard.parts.picture import Picture, is_sample
from dashboard.parts.visit import Visit
from dashboard.release import small_towns

KIND = "portraet"  # the files' folder in their address
MOST_ROWS = 8


def head(town: Mapping[str, Any], visit: Visit) -> str:
    """A town's line under its name: Land, inhabitants with their date, area, central place."""
    numbers = visit.numbers
    return visit.say.portrait_head.format(
        land=town[f"land_{visit.language}"],
        population=numbers.decimal(town["population"] or 0),
        date=numbers.date(town["population_date"]),
        area=numbers.decimal(town["area_km2"] or 0, 2) + "\u202fkm²",
        centre=town[f"central_place_{visit.language}"],
    )


def head_of_added(town: Mapping[str, Any], visit: Visit) -> str:
    """An added town's line: Kreis and Land, inhabitants with their date, area, BBSR's type and location, key."""
    say, numbers = visit.say, visit.numbers
    facts = [
        town["district"],
        town[f"land_{visit.language}"],
        say.added_population.format(
            population=numbers.decimal(town["population"] or 0), date=numbers.date(town["population_date"])
        ),
        numbers.decimal(town["area_km2"] or 0, 2) + "\u202fkm²",
        say.group("town_types").get(str(town["town_type_key"]), ""),
        say.group("locations").get(str(town["location_key"]), ""),
        say.added_key.format(key=town["ags"]),
    ]
    return " · ".join(fact for fact in facts if fact)


def figures(visit: Visit, town_id: str) -> list[Figure]:
    """The rows of a portrait: up to eight figures that have a band of peers, else the first eight.

    The band is that of the town's own group, where the chosen group is another for each town.
    """
    release, ags = visit.release, key_of(town_id, visit)
    chosen = compare.with_band(visit) or release.structure(visit.language)
    order = [one.indicator_id for one in release.structure(visit.language)]
    rows = sorted(chosen[:MOST_ROWS], key=lambda one: order.index(one.indicator_id))
    return [
        (
            one,
            compare.towns_and_band(one, visit)[0],
            small_towns.band(release, one.indicator_id, release.latest_period(one.indicator_id), visit.group, ags),
        )
        for one in rows
    ]


def key_of(town_id: str, visit: Visit) -> str:
    """A town's official key; an added one goes by it already."""
    found = visit.release.towns().filter(pl.col("town_id") == town_id)
    return str(found["ags"].item()) if found.height else town_id


def picture_of(town_id: str, rows: list[Figure], visit: Visit) -> Picture:
    """The portrait's chart with its words and the numbers behind it."""
    say, language = visit.say, visit.language
    mine = pl.concat(
        [
            compare.table_of(values.filter(pl.col("town_id") == town_id), indicator, visit)
            for indicator, values, _ in rows
        ]
    )
    # Several indicators name the same table, each among others.
    sources = dict.fromkeys(part for indicator, _, _ in rows for part in indicator.source.split("; "))
    return Picture(
        kind=KIND,
        name=town_id,
        chart=charts.portrait(rows, town_id, language, visit.theme, visit.old),
        title=visit.of_group(charts.portrait_finding(rows, town_id, language)),
        subtitle=say.portrait_subtitle,
        alt=visit.of_group(charts.describe_portrait(rows, town_id, language, visit.old)),
        foot=[
            visit.of_group(say.band_key),
            _group_of(rows, town_id, visit),
            say.foot_source.format(
                source="; ".join(sources),
                licence=compare.licence_words([indicator.licence for indicator, _, _ in rows], visit),
            ),
        ],
        numbers=mine,
        is_synthetic=is_sample(*(values for _, values, _ in rows)),
    )


def _group_of(rows: list[Figure], town_id: str, visit: Visit) -> str:
    """Whom the town is set against, with the largest number of a band; empty for the usual group."""
    sizes = [int(str(band["municipality_count"])) for _, _, band in rows if band]
    name = visit.say.group("peer_groups")[visit.group]
    return visit.say.portrait_group.format(group=name, count=max(sizes)) if visit.group and sizes else ""


def show_table(town_id: str, visit: Visit) -> Iterator[Block]:
    """Every indicator of the town with its latest value, period and place among its peers."""
    say, numbers, places = visit.say, visit.numbers, visit.say.group("positions")
    known = {one.indicator_id: one for one in visit.release.structure(visit.language)}
    people = dict(visit.release.towns().select("town_id", "population").iter_rows())
    rows: list[list[Cell]] = []
    missing = []
    release, ags = visit.release, key_of(town_id, visit)
    found = small_towns.latest_of(release, ags) if town_id == visit.added else release.values_of_town(town_id)
    for row in found.iter_rows(named=True):
        indicator = known.get(row["indicator_id"])
        if indicator is None:
            continue
        if row["value"] is None:
            missing.append(indicator.title)
            continue
        band = small_towns.band(release, indicator.indicator_id, row["period"], visit.group, ags)
        place = charts.position(row["value"], band, people.get(town_id))
        value = charts.label(row, indicator, numbers, whole_unit=True)
        passport = link(indicator.title, "passport", kennzahl=indicator.indicator_id)
        rows.append([passport, value, visit.period(row["period"]), places[place] if place else ""])
    columns = [Column(say.column_indicator), Column(say.column_value, True)]
    columns += [Column(say.column_period, is_whole=True), Column(visit.of_group(say.column_position))]
    yield Heading(say.portrait_all)
    yield Table(say.portrait_all, columns, rows, is_captioned=False)
    yield Notes([say.portrait_missing.format(titles="; ".join(missing)) if missing else ""])
