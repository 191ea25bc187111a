"""Who reads a live page: language, light, what is chosen, and where its links and files lie."""

import re

import streamlit as st

from dashboard import texts
from dashboard.article.blocks import Files, Link
from dashboard.parts.visit import Visit
from dashboard.release.store import current
from dashboard.renderers import served_addresses
from dashboard.renderers.live import controls
from dashboard.texts import LANGUAGES
from dashboard.words.numbers import Numbers

# What Streamlit reads as markup in a label: Markdown's signs, and what it turns into links, signs and arrows of its own
# even behind a backslash, unless something stands between.
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~$&^]|:(?=\S)|^[-+](?=\s)|(?<=\d)[.)](?=\s))")
_TURNED = re.compile(r"(?<=:)(?=[a-z_+/-])|(?<=www)(?=\.)|(?<=@)(?=\S)|(?<=[<-])(?=-)|(?<=-)(?=>)", re.IGNORECASE)
_BETWEEN = "\u2060"  # a word joiner: no width, no break


def begin() -> Visit:
    """The visit of this run. Raises what `release.current` raises."""
    visit = Visit(language(), theme(), texts.of(language()), Numbers(language()), current())
    return visit.beside(controls.selection())


def language() -> str:
    """The language in the address; German unless it says otherwise."""
    asked = st.query_params.get("sprache", LANGUAGES[0])
    return asked if asked in LANGUAGES else LANGUAGES[0]


def theme() -> str:
    """ "light" or "dark", as the reader's system or browser has it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def carried() -> dict[str, str]:
    """The selections in the address that a link to another page takes along."""
    return served_addresses.carried(st.query_params.to_dict())


def address(**changes: str) -> str:
    """This page's address with all its selections, the given ones changed."""
    return served_addresses.with_query("", st.query_params.to_dict() | changes)


def to_page(link: Link) -> str:
    """The address of a link, relative to any page."""
    return served_addresses.of_page(link, st.query_params.to_dict())


def file_address(visit: Visit, files: Files, ending: str) -> str:
    """The address of a file."""
    return served_addresses.of_file(files, ending, visit, st.query_params.to_dict())


def plain(words: str) -> str:
    """Words as a label of Streamlit's, read as text: what was delivered is never markup."""
    return _MARKUP.sub(r"\\\1", _TURNED.sub(_BETWEEN, words))
