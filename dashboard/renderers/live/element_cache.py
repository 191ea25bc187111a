"""What a selection shows is made once: for the next reader Streamlit lets the same elements stand again."""

from collections.abc import Callable, Iterable

import streamlit as st

from dashboard.article.arrangement import Kept
from dashboard.article.blocks import Block
from dashboard.parts.visit import Visit
from dashboard.renderers import access
from dashboard.renderers.live.session import carried

# Selections kept, over all pages and releases; one with two charts takes some hundred kilobytes. Only what Streamlit
# itself has kept can it show again, so these are not in a release's own cache.
MOST = 256

Show = Callable[[Iterable[Block], Visit], None]


def show(block: Kept, visit: Visit, draw: Show) -> None:
    """Draw it once per release, language, light, selection and what it is of; then show the same again.

    Where a sign-in is asked for, links to files carry a right of their own for some hours, and in the team's edition
    they follow the reader's choice of an edition: nothing is kept.
    """
    if visit.release.is_internal or not access.is_open():
        draw(block.make(visit), visit)
        return
    key = repr((block.key, visit.cache.token, visit.cache_key, carried()))
    _elements(key, block, visit, draw)


@st.cache_resource(show_spinner=False, max_entries=MOST)
def _elements(key: str, _block: Kept, _visit: Visit, _draw: Show) -> None:
    """What begins with an underscore is no part of the key."""
    _draw(_block.make(_visit), _visit)
