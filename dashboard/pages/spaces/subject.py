"""What co-working spaces offer to the pages on all subjects."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.article.blocks import Block, Empty, Heading, way
from dashboard.pages.spaces import space_compare, space_files, space_pictures, space_shown
from dashboard.parts import subjects
from dashboard.parts.picture import Picture, Pictures
from dashboard.parts.visit import Visit
from dashboard.release import space_queries as queries
from dashboard.release.release_cache import cached
from dashboard.words.indicator import Indicator

Row = Mapping[str, Any]


class Spaces(subjects.Subject):
    """What the spaces were booked for; one value a space."""

    themes = (queries.THEME,)
    files = space_files.MAKERS

    def place(self, indicator: Indicator) -> tuple[str, dict[str, str]]:
        """The page of the spaces."""
        return "coworking", {}

    def picture(self, indicator: Indicator, visit: Visit, highlighted: str | None = None) -> Picture:
        """A row for each space."""
        return space_compare.picture(indicator, visit)

    def values(self, indicator: Indicator, visit: Visit) -> Iterator[dict[str, Any]]:
        """A value for each space, by its name."""
        for row in queries.values(visit.release, indicator.indicator_id).iter_rows(named=True):
            yield {**row, "who": row[f"name_{visit.language}"]}

    def missing(self, indicator: Indicator, visit: Visit) -> dict[str, list[str]]:
        """The towns that delivered no bookings."""
        missing = queries.without_space(visit.release)
        towns = visit.release.towns().filter(pl.col("name").is_in(missing))
        return {town_id: [visit.say.benchmark_no_space] for town_id in towns["town_id"]}

    def find(self, shown: Pictures, visit: Visit) -> Iterator[Block]:
        """The overview's space with the way to its page."""
        booked = fullest_weeks(visit)
        if booked:
            yield from shown.show(booked)
            yield way(visit.say.overview_to_space, "coworking")
        else:
            yield Empty(visit.say.overview_no_space)

    def portray(self, town: Row, shown: Pictures, visit: Visit) -> Iterator[Block]:
        """The year of a town's space at a glance; a sentence where it has none."""
        say, found = visit.say, year_of(town["town_id"], visit)
        yield Heading(say.portrait_space)
        if found is None:
            yield Empty(say.portrait_space_none.format(town=town["name"]))
            return
        yield from shown.show(found)
        yield way(say.portrait_to_space, "coworking", stadt=town["town_id"])


@cached
def fullest_weeks(visit: Visit) -> Picture | None:
    """The weeks of the space of which most weeks are published, of two alike the first."""
    rows = _spaces(visit)
    if not rows:
        return None
    shown = [queries.weeks(visit.release, row["space_id"])["utilisation"].count() for row in rows]
    row = rows[shown.index(max(shown))]
    picture = space_pictures.picture(space_shown.WEEKS, row["space_id"], visit, _year(row))
    if picture is None:
        return None
    # On a page of all towns a picture says which space it is of.
    return replace(picture, subtitle=f"{space_compare.called(row, visit.language)} · {picture.subtitle}")


def year_of(town_id: str, visit: Visit) -> Picture | None:
    """The year of a town's space at a glance; nothing where the town has none."""
    mine = (row for row in _spaces(visit) if row["town_id"] == town_id)
    drawn = (space_pictures.picture(space_shown.YEAR, row["space_id"], visit, _year(row)) for row in mine)
    return next((one for one in drawn if one), None)


def _spaces(visit: Visit) -> list[dict[str, Any]]:
    return list(queries.spaces(visit.release).iter_rows(named=True))


def _year(space: Row) -> str:
    """The year to show of a record that is too long for one picture; empty where it is not."""
    return next(iter(queries.years(space)), "")
