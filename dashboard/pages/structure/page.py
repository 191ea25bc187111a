"""Page: the towns side by side on one indicator, on the band of all municipalities of their size."""

import streamlit as st

from dashboard import parts
from dashboard.pages.structure import value_map
from dashboard.parts import compare, frame, picture, reader_tables
from dashboard.parts.address import choose, choose_town, pick
from dashboard.parts.element_cache import cached_elements
from dashboard.parts.pieces import passport
from dashboard.parts.pieces.small_town_choice import choose_beside
from dashboard.parts.visit import Visit
from dashboard.release.snapshot import STRUCTURE
from dashboard.words.indicator import Indicator

MAP = value_map.KIND


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
    visit = choose_beside(visit)
    view = pick(say.choose_view, ["", MAP], "ansicht", say.group("structure_views").__getitem__)

    if view == MAP:
        _map(visit, indicator.indicator_id)
        return
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


@cached_elements
def _map(visit: Visit, indicator_id: str) -> None:
    """Where the values lie: the map, its classes as a table, all values as files."""
    say = visit.say
    indicator = visit.release.indicator(indicator_id, visit.language)
    assert indicator is not None
    with parts.together():
        shown = value_map.picture_of(indicator, visit)
        if shown is None:
            parts.empty(say.map_empty)
            return
        picture.show(shown, visit)
        picture.take_away(shown, visit)
        parts.heading(say.the_numbers)
        columns, rows = reader_tables.readable(shown.numbers, visit)
        parts.table(shown.subtitle, columns, rows)
        files = {"csv": say.download_csv, "xlsx": say.download_excel}
        parts.heading(say.map_files, level=3)
        picture.links(visit, say.map_files, value_map.ALL, indicator_id, files)


def _pictures(indicator: Indicator, visit: Visit, highlighted: str) -> None:
    """The towns on the band of their peers and, where there are several periods, over time."""
    for shown in (
        compare.standard_picture(indicator, visit, highlighted or None),
        compare.series_picture(indicator, visit, highlighted or None),
    ):
        if shown:
            picture.show(shown, visit)
            picture.take_away(shown, visit, stadt=highlighted)
