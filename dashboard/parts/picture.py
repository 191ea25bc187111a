"""A chart on a page: headline, subtitle, the chart with its text alternative, foot, and files to take away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

import altair as alt
import polars as pl

from dashboard import parts
from dashboard.parts import Link, access, drawing, reader_tables
from dashboard.parts.visit import Visit
from dashboard.release.release_cache import cached


@dataclass(frozen=True, eq=False)
class Picture:
    """A chart with its words, and the numbers behind it for the table files."""

    kind: str  # "kennzahl", "verlauf" or "portraet": the file's folder in its address
    name: str  # the id of the indicator or town
    chart: alt.LayerChart
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
    def spec(self) -> drawing.Spec:
        """The chart as it is sent to the page; made once."""
        return drawing.spec_of(self.chart)


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


def show(picture: Picture, visit: Visit, level: int = 2, is_first: bool = True) -> None:
    """The picture, whole; one of sample data with a strip that says so, further ones of a row with its word alone."""
    parts.put(*_above(picture, visit, level, is_first))
    if not visit.first:
        visit.first.append(picture)
    drawing.draw(picture.spec, picture.alt, f"chart-{picture.kind}-{picture.name}")
    parts.put(*_beneath(picture, visit))
    parts.ways(_ways(picture, visit))


class Pictures:
    """The pictures of one page: the first of sample data carries the strip, the others its word."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.has_strip = visit, False

    def strip(self, shown: Sequence[Picture]) -> None:
        """The strip above several pictures that stand side by side, where one of them needs it."""
        if not self.has_strip and any(one.is_synthetic for one in shown):
            parts.show("strip", words=self.visit.say.sample_strip_here)
            self.has_strip = True

    def show(self, picture: Picture, level: int = 3) -> None:
        """One picture more."""
        show(picture, self.visit, level, is_first=not self.has_strip)
        self.has_strip |= picture.is_synthetic


@cached
def _above(picture: Picture, visit: Visit, level: int, is_first: bool) -> tuple[str, str]:
    """The mark of sample data, and the headline."""
    mark = ""
    if picture.is_synthetic and is_first:
        mark = parts.part("strip", words=picture.sample_words or visit.say.sample_strip_here)
    elif picture.is_synthetic:
        mark = parts.part("tag", words=visit.say.sample_tag)
    return mark, parts.part("heading", words=picture.headline, level=level, subtitle=picture.subtitle)


@cached
def _beneath(picture: Picture, visit: Visit) -> tuple[str, str]:
    """The foot, and the numbers as a table that unfolds, next to the chart for the keyboard."""
    columns, rows = reader_tables.readable(picture.numbers, visit)
    words = visit.say.numbers_of_picture
    return parts.notes_of(picture.foot), parts.unfolding_of(words, picture.subtitle, columns, rows) if rows else ""


def _ways(picture: Picture, visit: Visit) -> list[Link]:
    """The ways to what stands behind the numbers."""
    say, ways = visit.say, []
    if picture.indicator_id and visit.release.indicator(picture.indicator_id, visit.language):
        ways.append(Link(say.to_passport, visit.href("passport", kennzahl=picture.indicator_id)))
    if picture.has_gaps:
        ways.append(Link(say.to_gaps, visit.href("help", frage="gaps")))
    if picture.has_intervals:
        ways.append(Link(say.to_uncertainty, visit.href("help", frage="uncertainty")))
    return ways


def take_away(picture: Picture, visit: Visit, **selection: str) -> None:
    """Links to the picture and its numbers as files (`dashboard.server.file_routes`), as they are shown."""
    say = visit.say
    endings = {"png": say.download_png, "svg": say.download_svg, "csv": say.download_csv, "xlsx": say.download_excel}
    links(visit, say.downloads_of.format(title=picture.title), picture.kind, picture.name, endings, **selection)


def links(visit: Visit, about: str, kind: str, name: str, endings: Mapping[str, str], **selection: str) -> None:
    """A row of links to files of one name; `endings` gives each its words."""
    files = {words: _address(visit, f"{kind}/{name}.{ending}", selection) for ending, words in endings.items()}
    parts.show("files", about=about, files=files)


def _address(visit: Visit, file: str, selection: Mapping[str, str]) -> str:
    asked = {
        "stand": visit.release.release_id,
        "sprache": visit.language,
        "gemeinde": visit.added,
        **selection,
        access.RIGHT: access.right(file),
    }
    return f"./dateien/{quote(file)}?{urlencode({key: value for key, value in asked.items() if value})}"
