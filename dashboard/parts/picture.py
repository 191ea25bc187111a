"""A chart on a page: headline, subtitle, the chart with its text alternative, foot, and files to take away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from dashboard import charts
from dashboard.article.blocks import Block, Chart, Files, Heading, Link, Links, Notes, Notice, Table, Tag, link
from dashboard.parts import reader_tables
from dashboard.parts.visit import Visit
from dashboard.release.release_cache import cached
from dashboard.words.numbers import INTERNAL


@dataclass(frozen=True, eq=False)
class Picture:
    """A chart with its words, and the numbers behind it for the table files."""

    kind: str  # "kennzahl", "verlauf" or "portraet": the file's folder in its address
    name: str  # the id of the indicator or town
    chart: charts.AnyChart
    title: str
    subtitle: str
    alt: str
    foot: Sequence[str]
    numbers: pl.DataFrame
    is_synthetic: bool
    indicator_id: str = ""  # whose passport says where the numbers come from; empty where they are of several
    has_gaps: bool = False  # whether a value is missing or hidden
    has_intervals: bool = False  # whether its uncertainty is drawn
    sample_words: str = ""  # what the strip says where only a part is sample data

    @property
    def headline(self) -> str:
        """The title as a headline: an indicator's short name may begin small."""
        return self.title[:1].upper() + self.title[1:]

    @cached_property
    def drawn(self) -> charts.Drawn:
        """The chart as it is sent to a page."""
        return charts.Drawn(self.chart)


def is_sample(*frames: pl.DataFrame) -> bool:
    """Whether any row is sample data."""
    return any(bool(frame["is_synthetic"].fill_null(False).any()) for frame in frames)


def marks(values: pl.DataFrame, column: str = "value") -> dict[str, Any]:
    """What a picture has to say of its values: whether any is sample data, missing or hidden, or has an interval."""
    return {
        "is_synthetic": is_sample(values),
        "has_gaps": values[column].is_null().any(),
        "has_intervals": values["interval_low"].is_not_null().any(),
    }


def show(picture: Picture, visit: Visit, level: int = 2, is_first: bool = True) -> Iterator[Block]:
    """The picture, whole; one of sample data with a strip that says so, further ones of a row with its word alone."""
    yield from _above(picture, visit, level, is_first)
    words = f"{picture.alt} {visit.say.internal_alt}" if visit.release.is_internal else picture.alt
    yield Chart(picture.drawn, words, f"chart-{picture.kind}-{picture.name}", picture)
    yield from _beneath(picture, visit)


class Pictures:
    """The pictures of one page: the first of sample data carries the strip, the others its word."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.has_strip = visit, False

    def strip(self, shown: Sequence[Picture]) -> Iterator[Block]:
        """The strip above several pictures that stand side by side, where one of them needs it."""
        if not self.has_strip and any(one.is_synthetic for one in shown):
            yield Notice(self.visit.say.sample_strip_here)
            self.has_strip = True

    def show(self, picture: Picture, level: int = 3) -> Iterator[Block]:
        """One picture more."""
        yield from show(picture, self.visit, level, is_first=not self.has_strip)
        self.has_strip |= picture.is_synthetic


@cached
def _above(picture: Picture, visit: Visit, level: int, is_first: bool) -> Sequence[Block]:
    """The mark of sample data, and the headline."""
    heading = Heading(picture.headline, level, subtitle(picture, visit))
    if not picture.is_synthetic:
        return (heading,)
    if is_first:
        return Notice(picture.sample_words or visit.say.sample_strip_here), heading
    return Tag(visit.say.sample_tag), heading


def subtitle(picture: Picture, visit: Visit) -> str:
    """Measure, unit and base, and that internal values are among those shown."""
    texts = [one for one in picture.numbers.iter_columns() if one.dtype == pl.String]
    if not visit.release.is_internal or not any((one == INTERNAL).any() for one in texts):
        return picture.subtitle
    return " · ".join(part for part in (picture.subtitle, visit.say.internal_subtitle) if part)


@cached
def _beneath(picture: Picture, visit: Visit) -> Sequence[Block]:
    """The foot, the numbers as a table that unfolds, next to the chart for the keyboard, and what stands behind."""
    columns, rows = reader_tables.readable(picture.numbers, visit)
    foot = [*picture.foot, visit.say.internal_key] if visit.release.is_internal else picture.foot
    table = Table(picture.subtitle, columns, rows, folded=visit.say.numbers_of_picture)
    return Notes(foot), *([table] if rows else []), Links(_behind(picture, visit))


def _behind(picture: Picture, visit: Visit) -> list[Link]:
    """The ways to what stands behind the numbers."""
    say, ways = visit.say, []
    if picture.indicator_id and visit.release.indicator(picture.indicator_id, visit.language):
        ways.append(link(say.to_passport, "passport", kennzahl=picture.indicator_id))
    if picture.has_gaps:
        ways.append(link(say.to_gaps, "help", frage="gaps"))
    if picture.has_intervals:
        ways.append(link(say.to_uncertainty, "help", frage="uncertainty"))
    return ways


def take_away(picture: Picture, visit: Visit, **selection: str) -> Files:
    """The picture and its numbers as files, as they are shown."""
    say = visit.say
    endings = {"png": say.download_png, "svg": say.download_svg, "csv": say.download_csv, "xlsx": say.download_excel}
    return Files(say.downloads_of.format(title=picture.title), picture.kind, picture.name, endings, selection)
