"""How blocks stand together: in groups, side by side, behind a line; and what is made by itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal

from dashboard.article.blocks import Article, Block, stacked


@dataclass(frozen=True)
class Group(Block):
    """Blocks that belong together; `key` is the name of their place in the style sheet."""

    blocks: Sequence[Block]
    key: str = ""
    is_row: bool = False

    def _text(self) -> str:
        return stacked(*(block.text for block in self.blocks))


@dataclass(frozen=True)
class Columns(Block):
    """Blocks side by side where there is room for it, each as wide as its share of `widths`."""

    columns: Sequence[Sequence[Block]]
    widths: Sequence[float]
    gap: Literal["small", "medium", "large"] = "small"

    def _text(self) -> str:
        return stacked(*(block.text for column in self.columns for block in column))


@dataclass(frozen=True)
class Details(Block):
    """Blocks behind a line that unfolds them."""

    words: str
    blocks: Sequence[Block]
    is_open: bool = False

    def _text(self) -> str:
        return stacked(self.words, *(block.text for block in self.blocks))


def every(article: Article) -> Iterator[Block]:
    """All blocks of an article in reading order, with those within others."""
    for block in article:
        yield block
        columns = block.columns if isinstance(block, Columns) else ()
        for within in (*columns, getattr(block, "blocks", ())):
            yield from every(within)


@dataclass(frozen=True)
class Piece(Block):
    """A part of an article that is made anew by itself when a choice in it changes; `make` takes the visit."""

    make: Callable[[Any], Article]
    visit: Any

    @property
    def blocks(self) -> Sequence[Block]:
        """The part, for the visit that the article was made for."""
        return tuple(self.make(self.visit))

    def _text(self) -> str:
        return stacked(*(block.text for block in self.blocks))


@dataclass(frozen=True)
class Kept(Piece):
    """A part without choices, which is the same for every reader of the same selection; `key` tells what it is of."""

    key: tuple[str, ...] = ()


def piece(make: Callable[..., Article]) -> Callable[..., Piece]:
    """A function of a visit and words as a part of an article that is made by itself."""

    @wraps(make)
    def of(visit: Any, *arguments: Any) -> Piece:
        return Piece(lambda now: make(now, *arguments), visit)

    return of


def kept(make: Callable[..., Article]) -> Callable[..., Kept]:
    """A function of a visit and words that holds no choices and depends on nothing else, drawn once."""
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def of(visit: Any, *arguments: str) -> Kept:
        return Kept(lambda now: make(now, *arguments), visit, (name, *arguments))

    return of
