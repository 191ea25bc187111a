"""What each subject offers to the pages on all of them, asked by theme or in turn.

`dashboard.pages` registers the subjects; a page that asks need not know any of them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, ClassVar

import polars as pl

from dashboard.article.blocks import Article
from dashboard.parts import compare
from dashboard.parts.picture import Picture, Pictures
from dashboard.parts.search_entries import Entry
from dashboard.parts.visit import Visit
from dashboard.release.snapshot import Release
from dashboard.texts import Texts
from dashboard.words.indicator import Indicator
from dashboard.words.numbers import NOT_DELIVERED

Row = Mapping[str, Any]
# A picture by its name in an address and the highlighted town; nothing where there is none of that name.
Maker = Callable[[Visit, str, str | None], Picture | None]
# Sheets of a workbook by a name in an address; empty where there is none of that name.
Tables = Callable[[Visit, str], Mapping[str, pl.DataFrame]]


class Subject:
    """A subject; what it does not say itself holds for figures of which each town has its own latest."""

    themes: ClassVar[Collection[str]] = ()
    files: ClassVar[Mapping[str, Maker]] = {}  # by the files' folder in their address
    tables: ClassVar[Mapping[str, Tables]] = {}  # likewise

    def owns(self, theme: str) -> bool:
        """Whether indicators of a theme are its own."""
        return theme in self.themes

    def is_compared(self, theme: str) -> bool:
        """Whether a theme it owns says something of the towns, so that they stand side by side on it."""
        return True

    def place(self, indicator: Indicator) -> tuple[str, dict[str, str]] | None:
        """The name of the page that shows an indicator and what is chosen there; nothing where no page does."""
        return None

    def picture(self, indicator: Indicator, visit: Visit, highlighted: str | None = None) -> Picture:
        """An indicator's standard picture."""
        return compare.latest_picture(indicator, visit, highlighted)

    def values(self, indicator: Indicator, visit: Visit) -> Iterator[dict[str, Any]]:
        """The values that the picture shows, each with `who`: the survey, space or period that it is of."""
        for row in visit.release.latest_of_towns(indicator.indicator_id).iter_rows(named=True):
            yield {**row, "who": "" if row["sign"] == NOT_DELIVERED else visit.numbers.period(row["period"])}

    def missing(self, indicator: Indicator, visit: Visit) -> dict[str, list[str]]:
        """By town why it has no value, where the value's sign does not say it."""
        return {}

    def remarks(self, indicator: Indicator, visit: Visit) -> list[str]:
        """What holds for all towns: that there is no band, and which values cannot be told apart."""
        period = visit.release.latest_period(indicator.indicator_id)
        return [] if visit.release.peer_band(indicator.indicator_id, period) else [visit.say.benchmark_no_band]

    def base_heading(self, say: Texts) -> str:
        """What a value's base counts, as a column's heading."""
        return say.column_cases

    def entries(self, release: Release, language: str) -> Iterable[Entry]:
        """What of it the search can find beside its indicators."""
        return ()

    def open_overview(self, shown: Pictures, visit: Visit) -> Article:
        """What the overview says of it before its findings."""
        return ()

    def find(self, shown: Pictures, visit: Visit) -> Article:
        """Its finding on the overview, or that nothing of it was delivered."""
        return ()

    def open_portrait(self, town: Row, visit: Visit) -> Article:
        """How a town's portrait begins."""
        return ()

    def portray(self, town: Row, shown: Pictures, visit: Visit) -> Article:
        """Its piece of a town's portrait, or that nothing of it was delivered."""
        return ()

    def add_to_space(self, space_id: str, visit: Visit) -> Article:
        """What it adds beneath the pictures of a co-working space."""
        return ()


_registered: tuple[Subject, ...] = ()


def register(*found: Subject) -> tuple[Subject, ...]:
    """From here on these are the subjects, in the order in which they are asked in turn."""
    global _registered
    _registered = found
    return found


def every() -> tuple[Subject, ...]:
    """All subjects in their order."""
    return _registered


def of(theme: str) -> Subject:
    """The subject that a theme belongs to; one that says nothing itself where none owns it."""
    return next((one for one in _registered if one.owns(theme)), Subject())
