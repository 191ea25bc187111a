"""One town, made ready for a page: its line, its figures against their peers, its table."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import charts, parts
from dashboard.charts import Figure
from dashboard.parts import Cell, Column, Link, compare, locations
from dashboard.parts.picture import Picture, is_sample
from dashboard.parts.visit import Visit
from dashboard.release import municipality_queries

# A portrait of a town from outside the network is made of official figures alone.
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


def figures(visit: Visit) -> list[Figure]:
    """The rows of a portrait: up to eight figures that have a band of peers, else the first eight."""
    release = visit.release
    chosen = compare.with_band(visit) or release.structure(visit.language)
    order = [one.indicator_id for one in release.structure(visit.language)]
    rows = sorted(chosen[:MOST_ROWS], key=lambda one: order.index(one.indicator_id))
    return [
        (
            one,
            municipality_queries.with_added(release, one.indicator_id, visit.added),
            release.peer_band(one.indicator_id, release.latest_period(one.indicator_id)),
        )
        for one in rows
    ]


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
        title=charts.portrait_finding(rows, town_id, language),
        subtitle=say.portrait_subtitle,
        alt=charts.describe_portrait(rows, town_id, language, visit.old),
        foot=[
            say.band_key,
            say.foot_source.format(
                source="; ".join(sources),
                licence=compare.licence_words([indicator.licence for indicator, _, _ in rows], visit),
            ),
        ],
        numbers=mine,
        is_synthetic=is_sample(*(values for _, values, _ in rows)),
    )


def show_table(town_id: str, visit: Visit) -> None:
    """Every indicator of the town with its latest value, period and place among its peers."""
    say, numbers, places = visit.say, visit.numbers, visit.say.group("positions")
    known = {one.indicator_id: one for one in visit.release.structure(visit.language)}
    rows: list[list[Cell]] = []
    missing = []
    for row in _newest(town_id, visit):
        indicator = known.get(row["indicator_id"])
        if indicator is None:
            continue
        if row["value"] is None:
            missing.append(indicator.title)
            continue
        place = charts.position(row["value"], visit.release.peer_band(indicator.indicator_id, row["period"]))
        value = charts.label(row, indicator, numbers, whole_unit=True)
        passport = Link(indicator.title, locations.passport_address(indicator.indicator_id))
        rows.append([passport, value, visit.period(row["period"]), places[place] if place else ""])
    columns = [Column(say.column_indicator), Column(say.column_value, True)]
    columns += [Column(say.column_period, is_whole=True), Column(say.column_position)]
    parts.heading(say.portrait_all)
    parts.table(say.portrait_all, columns, rows, is_captioned=False)
    parts.notes([say.portrait_missing.format(titles="; ".join(missing)) if missing else ""])


def _newest(town_id: str, visit: Visit) -> list[dict[str, Any]]:
    """The newest value of every official indicator of a town, or of the one from outside the network."""
    if town_id != visit.added:
        return visit.release.values_of_town(town_id).rows(named=True)
    return [
        municipality_queries.with_added(visit.release, one.indicator_id, town_id).row(-1, named=True)
        for one in visit.release.structure(visit.language)
    ]
