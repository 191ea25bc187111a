"""The dashboard's entry: find the release, draw the frame, run the chosen page."""

import logging

import streamlit as st

from dashboard import texts
from dashboard.pages import VIEWS
from dashboard.release.store import NoReleaseError
from dashboard.renderers import access
from dashboard.renderers.live import frame, session

log = logging.getLogger("stadtlabor.dashboard")


def main() -> None:
    """One run of the page."""
    say = texts.of(session.language())
    frame.dress(session.theme())
    if not access.admits():
        frame.brand(say)
        frame.ask_to_sign_in(say)
        return
    seen = frame.published()
    try:
        now = session.begin()
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
        chosen.run()
    frame.foot(now)


main()
