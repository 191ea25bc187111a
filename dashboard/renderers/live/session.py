"""Who reads a live page: language, light, what is chosen, and where its links and files lie."""

import re
from urllib.parse import quote, urlencode

import streamlit as st

from dashboard import texts
from dashboard.article.blocks import Files, Link
from dashboard.article.sitemap import ADDRESSES, CARRIED
from dashboard.parts.visit import Visit
from dashboard.release.store import current
from dashboard.renderers import access
from dashboard.renderers.live import controls
from dashboard.texts import LANGUAGES
from dashboard.words.numbers import Numbers
from stadtlabor.disclosure.policy import TEAM

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
    return {name: st.query_params[name] for name in CARRIED if name in st.query_params}


def address(**changes: str) -> str:
    """This page's address with all its selections, the given ones changed."""
    return "?" + urlencode(st.query_params.to_dict() | changes)


def to_page(link: Link) -> str:
    """The address of a link, relative to any page."""
    asked = carried() | dict(link.selection)
    return f"./{ADDRESSES[link.page]}" + (f"?{urlencode(asked)}" if asked else "")


def file_address(visit: Visit, files: Files, ending: str) -> str:
    """The address of a file; it is of the public edition unless the reader of the team's asked for that."""
    file = f"{files.kind}/{files.name}.{ending}"
    is_internal = visit.release.is_internal and st.query_params.get("fassung") == TEAM
    edition = {access.EDITION: access.INTERNAL} if is_internal else {}
    asked = {
        "stand": visit.release.release_id,
        "sprache": visit.language,
        "gemeinde": visit.added,
        "gruppe": visit.group,
        **files.selection,
        **edition,
        access.RIGHT: access.right(access.of_edition(file, is_internal), visit.release.release_id),
    }
    return f"./dateien/{quote(file)}?{urlencode({key: value for key, value in asked.items() if value})}"


def plain(words: str) -> str:
    """Words as a label of Streamlit's, read as text: what was delivered is never markup."""
    return _MARKUP.sub(r"\\\1", _TURNED.sub(_BETWEEN, words))
