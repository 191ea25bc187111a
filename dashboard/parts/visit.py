"""One run of a page: who reads, in which language and light, and which release."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import texts
from dashboard.release import municipality_queries
from dashboard.release.release_cache import Cache
from dashboard.release.snapshot import Release
from dashboard.release.store import current
from dashboard.texts import LANGUAGES, Texts
from dashboard.words import age
from dashboard.words.numbers import Numbers

# Selections that go along from page to page; the others belong to one page.
CARRIED = ("sprache", "stadt", "gemeinde")


@dataclass(frozen=True)
class Visit:
    """What a view needs to know; made once per run, so that a run never mixes two releases."""

    language: str
    theme: str
    say: Texts
    numbers: Numbers
    release: Release
    pages: dict[str, StreamlitPage] = field(default_factory=dict)
    added: str = ""  # the key of a small town from outside the network, set beside its towns
    first: list[Any] = field(default_factory=list)  # the picture that the page showed first, once it did

    @property
    def cache(self) -> Cache:
        """Where what is made for this visit is kept."""
        return self.release.cache

    @property
    def cache_key(self) -> tuple[str, str, str]:
        """What of a visit decides what is made for it, beside the release."""
        return self.language, self.theme, self.added

    def period(self, text: str | None) -> str:
        """A period of official figures as it is read; an old one says so: Stand 2015."""
        return age.dated(text, self.release.built_at.date(), self.language)

    def old(self, text: str | None) -> str:
        """ "Stand 2015" for a period that ended more than five years before the release, else nothing."""
        return age.mark_of(text, self.release.built_at.date(), self.language)

    def headline(self, finding: str, text: str | None) -> str:
        """A headline over figures of a period; over old ones it says the year and that newer ones are missing."""
        return age.headline(finding, text, self.release.built_at.date(), self.language)

    def entitle(self, page: str, about: str) -> None:
        """Let the browser's tab say what this page is about."""
        st.set_page_config(page_title=self.say.title(page, about))

    def link(self, page: str, label: str, **selection: str) -> None:
        """A link to another page, by its name, with a selection made there."""
        st.page_link(self.pages[page], label=label, query_params=carried(**selection))

    def href(self, page: str, **selection: str) -> str:
        """The address of another page, relative to any page, for a link within a piece of HTML."""
        asked = carried(**selection)
        return f"./{self.pages[page].url_path}" + (f"?{urlencode(asked)}" if asked else "")


def begin() -> Visit:
    """The visit of this run. Raises what `release.current` raises."""
    shown = current()
    added = st.query_params.get("gemeinde", "")
    known = added if added and municipality_queries.town(shown, added) else ""
    return Visit(language(), theme(), texts.of(language()), Numbers(language()), shown, added=known)


def language() -> str:
    """The language in the address; German unless it says otherwise."""
    asked = st.query_params.get("sprache", LANGUAGES[0])
    return asked if asked in LANGUAGES else LANGUAGES[0]


def theme() -> str:
    """ "light" or "dark", as the reader's system or browser has it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def carried(**changes: str) -> dict[str, str]:
    """The selections that a link to another page takes along, with the given ones changed."""
    kept = {name: st.query_params[name] for name in CARRIED if name in st.query_params}
    return kept | changes


def address(**changes: str) -> str:
    """This page's address with all its selections, the given ones changed."""
    return "?" + urlencode(st.query_params.to_dict() | changes)
