"""The blocks of an article as HTML without script: real tables, charts as SVG in the colours of the reader's light."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any, Protocol

from markupsafe import Markup

from dashboard import charts
from dashboard.article import arrangement, blocks
from dashboard.article.arrangement import every
from dashboard.article.blocks import Article, Block, Chart, Files, Link
from dashboard.article.choices import Choice, Step, TownSearch
from dashboard.article.subject_blocks import Report
from dashboard.parts.visit import Visit
from dashboard.renderers.markup import markup_of, part

# A drawing says how high it is at its own width.
_HEIGHT = re.compile(r'viewBox="0 0 [\d.]+ ([\d.]+)"')

_GAPS = {"small": "1rem", "medium": "2rem", "large": "4rem"}

View = Callable[[Visit], Article]


class Edition(Protocol):
    """Where a plain page's links and files lie, and how a reader chooses there."""

    def to_page(self, link: Link) -> str:
        """The address of a page."""
        ...

    def files(self, files: Files) -> Files:
        """Those of the files that there are."""
        ...

    def to_file(self, files: Files, ending: str) -> str:
        """The address of a file."""
        ...

    def choice(self, choice: Choice) -> str:
        """A choice as HTML."""
        ...

    def submit(self) -> str:
        """What sends the choices above it, as HTML."""
        ...

    def step(self, step: Step) -> str:
        """A button that leads on, as HTML."""
        ...

    def town_search(self, search: TownSearch) -> str:
        """The box for a further town, as HTML."""
        ...


@dataclass(frozen=True)
class Body:
    """An article as HTML, what it is about, and the colours of its drawings by name, in light and in dark."""

    html: str
    about: str
    colours: Mapping[str, tuple[str, str]]


class Screen(StrEnum):
    """What a chart is drawn for: as wide as the page, or for a telephone, its names above its rows."""

    WIDE = "wide"
    NARROW = "narrow"


def body_of(
    view: View, visit: Visit, edition: Edition, width: int = charts.WIDTH, screens: Collection[Screen] = tuple(Screen)
) -> Body:
    """A page's article for a visit, its charts drawn once for both lights and once for each kind of screen.

    `width` is that of the page in px; where there are drawings for both kinds the window's width says which is seen.
    """
    light, dark = (tuple(view(replace(visit, theme=theme))) for theme in ("light", "dark"))
    dark_charts = {one.key: one for one in every(dark) if isinstance(one, Chart)}
    drawer = _Drawer(edition, dark_charts, visit, width, screens)
    about = next((one.words for one in every(light) if isinstance(one, blocks.About)), "")
    return Body(drawer.html(light), about, drawer.colours)


def _chooses(block: Block | None) -> bool:
    """Whether a block is a choice, blocks side by side with one, or a group that ends with one."""
    columns = block.columns if isinstance(block, arrangement.Columns) else ()
    if isinstance(block, arrangement.Group):
        columns = (block.blocks if block.is_row else block.blocks[-1:],)
    return isinstance(block, Choice | TownSearch) or any(_chooses(one) for column in columns for one in column)


class _Drawer:
    """Draws the blocks of one page."""

    def __init__(
        self, edition: Edition, dark: Mapping[str, Chart], visit: Visit, width: int, screens: Collection[Screen]
    ) -> None:
        self.edition, self.dark, self.visit, self.screens = edition, dark, visit, screens
        self.colours: dict[str, tuple[str, str]] = {}
        self.width = width  # of a chart where the blocks stand that are drawn now
        self.draw: Mapping[type[Block], Callable[[Any], str]] = {
            blocks.About: lambda block: "",
            blocks.Chart: self._chart,
            blocks.Way: self._way,
            blocks.Files: self._files,
            Report: self._files,
            arrangement.Group: self._group,
            arrangement.Columns: self._columns,
            arrangement.Details: self._details,
            arrangement.Piece: lambda block: self.html(block.blocks),
            arrangement.Kept: lambda block: self.html(block.blocks),
            Step: edition.step,
            TownSearch: edition.town_search,
        }

    def html(self, article: Iterable[Block], is_group: bool = False) -> str:
        """Blocks one below the other; beneath choices what sends them, but for those at the end of a group."""
        blocks = tuple(article)
        ends = [_chooses(one) and not _chooses(after) for one, after in pairwise((*blocks, None))]
        ends[-1:] = [ends[-1] and not is_group] if ends else []
        return "".join(
            self._block(one) + (self.edition.submit() if is_end else "")
            for one, is_end in zip(blocks, ends, strict=True)
        )

    def _within(self, blocks: Iterable[Block]) -> str:
        """Blocks side by side, whose choices are sent together."""
        return "".join(map(self._block, blocks))

    def _block(self, block: Block) -> str:
        if isinstance(block, Choice):
            return self.edition.choice(block)
        if draw := self.draw.get(type(block)):
            return draw(block)
        return markup_of(block, self.edition.to_page, self.edition.to_file)

    def _chart(self, block: Chart) -> str:
        drawings = {screen.value: self._drawing(block, screen) for screen in self.screens}
        heights = {name: found[1] if (found := _HEIGHT.search(svg)) else "0" for name, svg in drawings.items()}
        return part("figure", alt=block.alt, drawings=drawings, heights=heights)

    def _drawing(self, block: Chart, screen: Screen) -> Markup:
        light, dark = block.drawn, self.dark[block.key].drawn
        width = self.width if screen is Screen.WIDE else charts.NARROW
        own = f"{block.key}-{screen}"
        # By the charts themselves: whatever an address adds, what shows the same is drawn once.
        key = "inline", light, dark, own, width
        svg, colours = self.visit.cache.made(key, lambda: charts.inline(light.chart, dark.chart, own, width))
        self.colours |= colours
        # Drawn by ourselves, every text in it escaped: markup, not text.
        return Markup(svg)

    def _way(self, block: blocks.Way) -> str:
        return part("ways", links=[block.link], to_page=self.edition.to_page)

    def _files(self, block: Files) -> str:
        there = self.edition.files(block)
        return markup_of(there, self.edition.to_page, self.edition.to_file) if there.endings else ""

    def _group(self, block: arrangement.Group) -> str:
        kind = "sl-row" if block.is_row else "sl-group"
        inner = self._within(block.blocks) if block.is_row else self.html(block.blocks, is_group=True)
        return f'<div class="{kind} {block.key}">{inner}</div>'

    def _columns(self, block: arrangement.Columns) -> str:
        shares = " ".join(f"{width}fr" for width in block.widths)
        whole, columns = self.width, []
        for width, column in zip(block.widths, block.columns, strict=True):
            self.width = round(whole * width / sum(block.widths))
            columns.append(f"<div>{self._within(column)}</div>")
        self.width = whole
        style = f"--sl-columns: {shares}; --sl-gap: {_GAPS[block.gap]}"
        return f'<div class="sl-columns" style="{style}">{"".join(columns)}</div>'

    def _details(self, block: arrangement.Details) -> str:
        return part("details", words=block.words, is_open=block.is_open, inner=Markup(self.html(block.blocks)))
