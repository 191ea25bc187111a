"""What a selection shows is made once: for the next reader Streamlit lets the same elements stand again."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

import streamlit as st

from dashboard.parts import access
from dashboard.parts.visit import Visit, carried

# Selections kept, over all pages and releases; one with two charts takes some hundred kilobytes. Only what Streamlit
# itself has kept can it show again, so these are not in a release's own cache.
MOST = 256


def cached_elements(show: Callable[..., None]) -> Callable[..., None]:
    """Show it once per release, language, light, selection and further arguments; then show the same again.

    For functions that take the visit first and words after it, depend on nothing else, and hold no widgets.
    Where a sign-in is asked for, links to files carry a right of their own for some hours, and in the team's edition
    they follow the reader's choice of an edition: nothing is kept.
    """
    name = f"{show.__module__}.{show.__qualname__}"

    @wraps(show)
    def shown(visit: Visit, *arguments: str) -> None:
        if visit.release.is_internal or not access.is_open():
            show(visit, *arguments)
            return
        key = repr((name, visit.cache.token, visit.language, visit.theme, carried(), arguments))
        pictures = _elements(key, show, visit, arguments)
        if not visit.first:
            visit.first.extend(pictures[:1])

    return shown


@st.cache_resource(show_spinner=False, max_entries=MOST)
def _elements(key: str, _show: Callable[..., None], _visit: Visit, _arguments: tuple[str, ...]) -> list[Any]:
    """The pictures among what is shown; what begins with an underscore is no part of the key."""
    mine = replace(_visit, first=[])
    _show(mine, *_arguments)
    return mine.first
