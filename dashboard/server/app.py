"""The dashboard's entry: find the release, draw the frame, run the chosen page."""

import logging

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import texts
from dashboard.pages import VIEWS
from dashboard.parts import access, frame, visit
from dashboard.release.store import NoReleaseError
from dashboard.server import waiting

log = logging.getLogger("stadtlabor.dashboard")


def main() -> None:
    """One run of the page."""
    say = texts.of(visit.language())
    frame.dress(visit.theme())
    if not access.admits():
        frame.brand(say)
        access.ask(say)
        return
    seen = frame.published()
    try:
        now = visit.begin()
    except NoReleaseError:
        frame.brand(say)
        frame.trouble(say.no_release_title, say.no_release_what, say.no_release_do, "make build")
        frame.wait_for_release(seen)
        return
    except Exception:
        log.exception("the release could not be read")
        frame.brand(say)
        frame.trouble(say.failed_title, say.failed_what, say.failed_do, "stadtlabor releases")
        frame.wait_for_release(seen)
        return
    chosen = st.navigation(frame.pages(now, VIEWS), position="hidden")
    frame.head(now, chosen)
    with st.container(key="sl-page"):
        show(chosen, say)
    frame.foot(now)
    for first in now.first:
        waiting.remember(first, chosen.url_path, st.query_params.to_dict(), now)


def show(page: StreamlitPage, say: texts.Texts) -> None:
    """The chosen page; where it fails, a sentence in its place while the frame stays."""
    try:
        page.run()
    except Exception:
        log.exception("the page %r could not be shown", page.url_path)
        frame.trouble(say.failed_title, say.failed_what, say.failed_do, "stadtlabor releases")


main()
