"""The dashboard's entry: find the release, draw the frame, run the chosen page."""

import logging

import streamlit as st

from dashboard import frame, texts, visit
from dashboard.release import NoReleaseError
from dashboard.views import VIEWS

log = logging.getLogger("stadtlabor.dashboard")


def main() -> None:
    """One run of the page."""
    say = texts.of(visit.language())
    frame.dress(say, visit.theme())
    try:
        now = visit.begin()
    except NoReleaseError:
        frame.trouble(say, say.no_release_title, say.no_release_what, say.no_release_do, "make build")
        frame.wait_for_release()
        return
    except Exception:
        log.exception("the release could not be read")
        frame.trouble(say, say.failed_title, say.failed_what, say.failed_do, "stadtlabor releases")
        frame.wait_for_release()
        return
    chosen = st.navigation(frame.pages(now, VIEWS), position="hidden")
    frame.head(now, chosen)
    with st.container(key="sl-page"):
        chosen.run()
    frame.foot(now)


main()
