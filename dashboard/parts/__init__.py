"""Pieces of a page as HTML: intro, table, passport, lists. Every value is escaped by the template engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
import streamlit as st

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    # Everything in a release was written elsewhere: whatever it holds is text, never markup.
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, and how its cells stand.

    Numbers stand right with their figures aligned; what `is_whole` (a date) is not broken into lines.
    """

    heading: str
    is_number: bool = False
    is_whole: bool = False


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
    st.html(part(name, **values))


def intro(title: str, answers: str, data: str) -> None:
    """How every page opens: its title, what it answers, on what data."""
    show("intro", title=title, answers=answers, data=data)


def heading(words: str, level: int = 2, subtitle: str = "") -> None:
    """A heading with an optional line beneath it."""
    show("heading", words=words, level=level, subtitle=subtitle)


def notes(lines: Sequence[str]) -> None:
    """Small lines below a picture or a table: source, period, caveat."""
    kept = [line for line in lines if line]
    if kept:
        show("notes", lines=kept)


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
    show("unfolding", words=words, caption=caption, columns=columns, rows=rows, is_captioned=True)


def facts(entries: Mapping[str, str]) -> None:
    """Terms and what they are, such as a passport; empty ones are left out."""
    show("facts", entries={term: words for term, words in entries.items() if words})


def empty(words: str) -> None:
    """What stands where there is nothing to show."""
    show("empty", words=words)
