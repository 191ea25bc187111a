"""The blocks of an article: plain data, each with what it says to those who do not see it.

Everything in a block is text, whoever wrote it: a renderer escapes it. Where a link or a file lies is the renderer's to
say, since the live page, a plain page and a folder of pages each have addresses of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar


class Block:
    """A piece of an article. `template` names the markup of one that is words alone; "" for the others."""

    template: ClassVar[str] = ""

    @property
    def text(self) -> str:
        """The block as plain text, in reading order."""
        return self._text()

    def _text(self) -> str:
        return ""


# A page as its function gives it.
Article = Iterable[Block]


def stacked(*parts: str) -> str:
    """Parts of a text one below the other, without empty ones."""
    return "\n".join(part for part in parts if part)


@dataclass(frozen=True)
class Link:
    """Words that lead to a page, with what is chosen there."""

    words: str
    page: str
    selection: Mapping[str, str] = field(default_factory=dict)


def link(words: str, page: str, **selection: str) -> Link:
    """A link with its selection as named arguments."""
    return Link(words, page, selection)


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, and how its cells stand.

    Numbers stand right with their figures aligned; what `is_whole` (a date) is not broken into lines; what `is_code`
    (a fingerprint) may be broken anywhere, other words only between them.
    """

    heading: str
    is_number: bool = False
    is_whole: bool = False
    is_code: bool = False


Cell = str | Link


@dataclass(frozen=True)
class Intro(Block):
    """How every page opens: its title, what it answers, on what data."""

    template = "intro"
    title: str
    answers: str
    data: str = ""

    def _text(self) -> str:
        return stacked(self.title, self.answers, self.data)


@dataclass(frozen=True)
class About(Block):
    """What the page is about with what is chosen on it, for the title of the browser's tab."""

    page: str
    words: str


@dataclass(frozen=True)
class Heading(Block):
    """A heading with an optional line beneath it."""

    template = "heading"
    words: str
    level: int = 2
    subtitle: str = ""

    def _text(self) -> str:
        return stacked(self.words, self.subtitle)


@dataclass(frozen=True)
class _Words(Block):
    words: str

    def _text(self) -> str:
        return self.words


class Paragraph(_Words):
    """Plain text."""

    template = "paragraph"


class Empty(_Words):
    """What stands where there is nothing to show."""

    template = "empty"


class Count(_Words):
    """A sentence with the page's totals, told again by a screen reader when it changes."""

    template = "count"


class Notice(_Words):
    """The strip that says that what follows is sample data."""

    template = "strip"


class Tag(_Words):
    """The same as a word, where a strip stands above already."""

    template = "tag"


@dataclass(frozen=True)
class _Lines(Block):
    lines: Sequence[str]

    def _text(self) -> str:
        return stacked(*self.lines)


class Notes(_Lines):
    """Small lines below a picture or a table: source, period, caveat."""

    template = "notes"


class Bullets(_Lines):
    """Several plain lines as a list."""

    template = "bullets"


@dataclass(frozen=True)
class Facts(Block):
    """Terms and what they are, such as a passport; empty ones are left out."""

    template = "facts"
    entries: Mapping[str, str]

    def _text(self) -> str:
        return stacked(*(f"{term}: {words}" for term, words in self.entries.items() if words))


@dataclass(frozen=True)
class Table(Block):
    """A table: the first cell of a row is its heading; its caption may be for screen readers alone.

    With `folded` it stands behind a line of these words that unfolds it.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    is_captioned: bool = True
    folded: str = ""

    @property
    def template(self) -> str:  # type: ignore[override]
        """Folded or not."""
        return "unfolding" if self.folded else "table"

    def _text(self) -> str:
        heads = "; ".join(column.heading for column in self.columns)
        rows = ("; ".join(one if isinstance(one, str) else one.words for one in row) for row in self.rows)
        return stacked(self.caption, heads, *rows)


@dataclass(frozen=True)
class Links(Block):
    """A row of links to other pages."""

    template = "ways"
    links: Sequence[Link]

    def _text(self) -> str:
        return stacked(*(one.words for one in self.links))


@dataclass(frozen=True)
class Way(Block):
    """One link to another page, on a line of its own."""

    link: Link

    def _text(self) -> str:
        return self.link.words


def way(words: str, page: str, **selection: str) -> Way:
    """A link on a line of its own, with its selection as named arguments."""
    return Way(Link(words, page, selection))


@dataclass(frozen=True)
class Files(Block):
    """Files of one name to take away; `endings` gives each its words, `selection` what they are drawn with.

    With a `level`, `about` stands above them as a heading, `what` beneath it: who leaves the files out leaves out both.
    """

    template = "files"
    about: str
    kind: str
    name: str
    endings: Mapping[str, str]
    selection: Mapping[str, str] = field(default_factory=dict)
    level: int = 0
    what: str = ""

    def _text(self) -> str:
        return stacked(self.about, self.what, *self.endings.values())


@dataclass(frozen=True)
class Chart(Block):
    """A chart with its text alternative; `drawn` is what `charts.drawn` makes of it, `key` its name on the page."""

    drawn: Any
    alt: str
    key: str
    picture: Any = None  # the `parts.picture.Picture` that it belongs to, where it does to one

    def _text(self) -> str:
        return self.alt
