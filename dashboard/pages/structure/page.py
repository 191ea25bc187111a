"""Page: the towns side by side on one indicator, on the band of all municipalities of their size."""

from dataclasses import replace

import streamlit as st

from dashboard import parts
from dashboard.parts import compare, frame, picture
from dashboard.parts.address import choose, choose_added, choose_town
from dashboard.parts.element_cache import cached_elements
from dashboard.parts.pieces import passport
from dashboard.parts.visit import Visit
from dashboard.release.snapshot import STRUCTURE
from dashboard.words.indicator import Indicator


def show(visit: Visit) -> None:
    """The page."""
    say, release = visit.say, visit.release
    towns = release.towns()
    parts.intro(say.group("pages")["structure"], say.structure_answers, say.structure_data.format(count=towns.height))
    themes = [one for one in release.themes() if one in STRUCTURE]
    if not themes:
        parts.empty(say.empty_indicators)
        return

    _chosen(visit, themes)


@frame.piece
def _chosen(visit: Visit, themes: list[str]) -> None:
    """The choices and what they change; runs by itself when one of them does."""
    say, release = visit.say, visit.release
    with st.container(key="sl-choices", horizontal=True):
        theme = choose(say.choose_theme, themes, "thema", lambda one: say.group("themes").get(one, one))
        shown = {one.indicator_id: one for one in release.indicators(visit.language, theme)}
        indicator = shown[choose(say.choose_indicator, list(shown), "indikator", lambda one: shown[one].short)]
        highlighted = choose_town(visit)
        visit = replace(visit, added=choose_added(visit))

    _stands(visit, indicator.indicator_id, highlighted)


@cached_elements
def _stands(visit: Visit, indicator_id: str, highlighted: str) -> None:
    """What the choices decide: the pictures, the numbers, how they are reckoned."""
    say, release = visit.say, visit.release
    indicator = release.indicator(indicator_id, visit.language)
    assert indicator is not None
    with parts.together():
        if release.latest_period(indicator_id) is None:
            parts.empty(say.empty_indicator)
        else:
            _pictures(indicator, visit, highlighted)
            compare.show_table(indicator, visit)
        parts.heading(say.how_measured)
        passport.show(indicator, visit)


def _pictures(indicator: Indicator, visit: Visit, highlighted: str) -> None:
    """The towns on the band of their peers and, where there are several periods, over time."""
    for shown in (
        compare.standard_picture(indicator, visit, highlighted or None),
        compare.series_picture(indicator, visit, highlighted or None),
    ):
        if shown:
            picture.show(shown, visit)
            picture.take_away(shown, visit, stadt=highlighted)
