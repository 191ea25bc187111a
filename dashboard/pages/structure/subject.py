"""What the official figures offer to the pages on all subjects."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import polars as pl

from dashboard.article.blocks import Block, Empty
from dashboard.pages.structure import value_map
from dashboard.parts import compare, locations, subjects
from dashboard.parts.picture import Picture, Pictures
from dashboard.parts.subjects import Maker, Tables
from dashboard.parts.visit import Visit
from dashboard.release.snapshot import STRUCTURE
from dashboard.words.indicator import Indicator

# In which themes the overview looks for a figure that tells of digital work.
TOLD = ("commuting", "broadband", "housing")


def _standard(visit: Visit, name: str, highlighted: str | None) -> Picture | None:
    indicator = _indicator(visit, name)
    return compare.standard_picture(indicator, visit, highlighted) if indicator else None


def _series(visit: Visit, name: str, highlighted: str | None) -> Picture | None:
    indicator = _indicator(visit, name)
    return compare.series_picture(indicator, visit, highlighted) if indicator else None


def _indicator(visit: Visit, name: str) -> Indicator | None:
    found = visit.release.indicator(name, visit.language)
    return found if found and found.theme in STRUCTURE else None


def _map(visit: Visit, name: str, highlighted: str | None) -> Picture | None:
    indicator = _indicator(visit, name)
    return value_map.picture_of(indicator, visit) if indicator else None


def _all_values(visit: Visit, name: str) -> Mapping[str, pl.DataFrame]:
    indicator = _indicator(visit, name)
    return value_map.all_values(indicator, visit) if indicator else {}


class Structure(subjects.Subject):
    """Official statistics; one value a town, on the band of its peers."""

    themes = STRUCTURE
    files: ClassVar[Mapping[str, Maker]] = {"kennzahl": _standard, "verlauf": _series, value_map.KIND: _map}
    tables: ClassVar[Mapping[str, Tables]] = {value_map.ALL: _all_values}

    def place(self, indicator: Indicator) -> tuple[str, dict[str, str]]:
        """The page of the theme with the indicator chosen."""
        return "structure", {"thema": indicator.theme, "indikator": indicator.indicator_id}

    def picture(self, indicator: Indicator, visit: Visit, highlighted: str | None = None) -> Picture:
        """The towns on the band of their peers."""
        return compare.standard_picture(indicator, visit, highlighted)

    def values(self, indicator: Indicator, visit: Visit) -> Iterator[dict[str, Any]]:
        """The latest period, which is one for all; an old one is named."""
        for row in compare.towns_and_band(indicator, visit)[0].iter_rows(named=True):
            yield {**row, "who": visit.old(row["period"])}

    def find(self, shown: Pictures, visit: Visit) -> Iterator[Block]:
        """The overview's official figure with the way to its page."""
        found = next(iter(compare.first_of_themes(TOLD, visit)), None)
        if found is None:
            yield Empty(visit.say.overview_no_structure)
            return
        yield from shown.show(compare.standard_picture(found, visit))
        yield from locations.link_to(found, visit.say.overview_more.format(title=found.short))
