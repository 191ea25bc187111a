"""Blocks as HTML. Every value is escaped by the template engine."""

import re
from collections.abc import Callable
from pathlib import Path

import jinja2
from babel.dates import get_month_names

from dashboard.article.blocks import Block, Files, Link
from dashboard.words.numbers import LOCALES

# A day and its month, "n =" and its number: what is read as one stays on one line. Charts and files keep the space.
_MONTHS = "|".join(name for locale in LOCALES.values() for name in get_month_names(locale=locale).values())
_ONE = re.compile(rf"(?<=\d\.) (?=(?:{_MONTHS})\b)|(?<=\d) (?=(?:{_MONTHS})\b)|(?<=\bn) (?== \d)|(?<=\bn =) (?=\d)")


def _held(value: object) -> object:
    """What an expression of a template says, with such spaces held; markup is left as it is."""
    return _ONE.sub("\u00a0", value) if type(value) is str else value


_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(
        [Path(__file__).parent / "templates" / part for part in ("page", "blocks", "plain")]
    ),
    # Everything in a release was written elsewhere: whatever it holds is text, never markup.
    autoescape=True,
    finalize=_held,
    undefined=jinja2.StrictUndefined,
    # The templates stay those that the server began with; to look for newer ones is a look at the disk for each piece.
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)

# Where a link leads, and where a file of an ending lies; both differ between the editions.
ToPage = Callable[[Link], str]
ToFile = Callable[[Files, str], str]


def part(name: str, /, **values: object) -> str:
    """A template as HTML text."""
    return _TEMPLATES.get_template(f"{name}.html.jinja").render(values)


def markup_of(block: Block, to_page: ToPage, to_file: ToFile) -> str:
    """A block of words as HTML text; blank where it says nothing."""
    return part(block.template, block=block, to_page=to_page, to_file=to_file, **vars(block))
