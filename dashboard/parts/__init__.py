"""Pieces of a page as HTML: intro, table, passport, lists. Every value is escaped by the template engine."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import jinja2
import streamlit as st
from babel.dates import get_month_names

from dashboard.parts import foreign
from dashboard.words.numbers import LOCALES

# A day and its month, "n =" and its number: what is read as one stays on one line. Charts and files keep the space.
_MONTHS = "|".join(name for locale in LOCALES.values() for name in get_month_names(locale=locale).values())
_ONE = re.compile(rf"(?<=\d\.) (?=(?:{_MONTHS})\b)|(?<=\d) (?=(?:{_MONTHS})\b)|(?<=\bn) (?== \d)|(?<=\bn =) (?=\d)")


def _held(value: object) -> object:
    """What an expression of a template says, with such spaces held; markup is left as it is."""
    return _ONE.sub("\u00a0", value) if type(value) is str else value


_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader([Path(__file__).parent / "templates" / part for part in ("page", "blocks")]),
    # Everything in a release was written elsewhere: whatever it holds is text, never markup.
    autoescape=True,
    finalize=_held,
    undefined=jinja2.StrictUndefined,
    # The templates stay those that the server began with; to look for newer ones is a look at the disk for each piece.
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)


class _Made(str):
    """HTML that is sent as it is. Streamlit would look through a plain text for margins to take away."""

    def _repr_html_(self) -> str:
        return str(self)


# What was shown since `together` began and does not stand on the page yet; nothing where pieces stand one by one.
_waiting: ContextVar[list[str] | None] = ContextVar("waiting", default=None)


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


@dataclass(frozen=True)
class Link:
    """A cell of a table that leads to another page: its words and the address, relative to the page."""

    words: str
    address: str


Cell = str | Link


def part(name: str, /, **values: object) -> str:
    """A piece as HTML text."""
    return _TEMPLATES.get_template(f"{name}.html.jinja").render(values)


def show(name: str, /, **values: object) -> None:
    """A piece on the page, as wide as the page."""
    put(part(name, **values))


def put(*pieces: str) -> None:
    """Pieces that were made before, one below the other; empty ones are left out."""
    found = [piece for piece in pieces if piece]
    waiting = _waiting.get()
    if waiting is not None:
        waiting += found
    elif found:
        whole = found[0] if len(found) == 1 else f'<div class="sl-together">{"".join(found)}</div>'
        st.html(_Made(foreign.marked(whole)))


@contextmanager
def together() -> Iterator[None]:
    """All pieces shown within stand as one element, but for what `divide` separates.

    Each element costs the server and the browser about as much as a whole table. Whatever is not shown by this
    module has to call `divide` first, or it would stand above the pieces that come before it.
    """
    began = _waiting.set([])
    try:
        yield
    finally:
        waiting = _waiting.get() or []
        _waiting.reset(began)
        put(*waiting)


def divide() -> None:
    """Put what waits onto the page, because something else than a piece comes next."""
    waiting = _waiting.get()
    if waiting:
        began = _waiting.set(None)
        put(*waiting)
        _waiting.reset(began)
        waiting.clear()


def intro(title: str, answers: str, data: str) -> None:
    """How every page opens: its title, what it answers, on what data."""
    show("intro", title=title, answers=answers, data=data)


def heading(words: str, level: int = 2, subtitle: str = "") -> None:
    """A heading with an optional line beneath it."""
    show("heading", words=words, level=level, subtitle=subtitle)


def notes(lines: Sequence[str]) -> None:
    """Small lines below a picture or a table: source, period, caveat."""
    put(notes_of(lines))


def notes_of(lines: Sequence[str]) -> str:
    """Small lines as HTML text; "" where there is none."""
    kept = [line for line in lines if line]
    return part("notes", lines=kept) if kept else ""


def ways(links: Sequence[Link]) -> None:
    """A row of links to other pages."""
    if links:
        show("ways", links=links)


def paragraph(words: str) -> None:
    """Plain text."""
    show("paragraph", words=words)


def bullets(lines: Sequence[str]) -> None:
    """Several plain lines as a list."""
    show("bullets", lines=lines)


def count(words: str) -> None:
    """A sentence with the page's totals, told again by a screen reader when it changes."""
    show("count", words=words)


def table(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], is_captioned: bool = True) -> None:
    """A real table: the first cell of a row is its heading; its caption may be for screen readers alone."""
    show("table", caption=caption, columns=columns, rows=rows, is_captioned=is_captioned)


def unfolding(words: str, caption: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    """A table behind a line that unfolds it; `words` are the line's."""
    put(unfolding_of(words, caption, columns, rows))


def unfolding_of(words: str, caption: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> str:
    """A table that unfolds, as HTML text."""
    return part("unfolding", words=words, caption=caption, columns=columns, rows=rows, is_captioned=True)


def facts(entries: Mapping[str, str]) -> None:
    """Terms and what they are, such as a passport; empty ones are left out."""
    put(facts_of(entries))


def facts_of(entries: Mapping[str, str]) -> str:
    """Terms and what they are, as HTML text."""
    return part("facts", entries={term: words for term, words in entries.items() if words})


def empty(words: str) -> None:
    """What stands where there is nothing to show."""
    show("empty", words=words)
