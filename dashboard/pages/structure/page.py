"""Page: the towns side by side on one indicator, on the band of all municipalities of their size."""

from collections.abc import Iterator

from dashboard.article.arrangement import Group, kept, piece
from dashboard.article.blocks import Block, Empty, Files, Heading, Intro, Table
from dashboard.pages.structure import value_map
from dashboard.parts import compare, picture, reader_tables
from dashboard.parts.choosing import choose, choose_town, pick
from dashboard.parts.pieces import passport
from dashboard.parts.pieces.small_towns_beside import choose_beside
from dashboard.parts.visit import Visit
from dashboard.release.snapshot import STRUCTURE
from dashboard.words.indicator import Indicator

MAP = value_map.KIND


def show(visit: Visit) -> Iterator[Block]:
    """The page."""
    say, release = visit.say, visit.release
    towns = release.towns()
    yield Intro(say.group("pages")["structure"], say.structure_answers, say.structure_data.format(count=towns.height))
    themes = [one for one in release.themes() if one in STRUCTURE]
    if not themes:
        yield Empty(say.empty_indicators)
        return

    yield _chosen(visit, themes)


@piece
def _chosen(visit: Visit, themes: list[str]) -> Iterator[Block]:
    """The choices and what they change; runs by itself when one of them does."""
    say, release = visit.say, visit.release
    theme = choose(visit, say.choose_theme, themes, "thema", lambda one: say.group("themes").get(one, one))
    shown = {one.indicator_id: one for one in release.indicators(visit.language, theme.value)}
    indicator = choose(visit, say.choose_indicator, list(shown), "indikator", lambda one: shown[one].short)
    highlighted = choose_town(visit)
    view = pick(visit, say.choose_view, ["", MAP], "ansicht", say.group("structure_views").__getitem__)
    yield Group((theme, indicator, highlighted), "sl-choices", is_row=True)
    yield from choose_beside(visit)
    yield view
    yield _map(visit, indicator.value) if view.value == MAP else _stands(visit, indicator.value, highlighted.value)


@kept
def _stands(visit: Visit, indicator_id: str, highlighted: str) -> Iterator[Block]:
    """What the choices decide: the pictures, the numbers, how they are reckoned."""
    say, release = visit.say, visit.release
    indicator = release.indicator(indicator_id, visit.language)
    assert indicator is not None
    if release.latest_period(indicator_id) is None:
        yield Empty(say.empty_indicator)
    else:
        yield from _pictures(indicator, visit, highlighted)
        yield from compare.show_table(indicator, visit)
    yield Heading(say.how_measured)
    yield from passport.show(indicator, visit)


@kept
def _map(visit: Visit, indicator_id: str) -> Iterator[Block]:
    """Where the values lie: the map, its classes as a table, all values as files."""
    say = visit.say
    indicator = visit.release.indicator(indicator_id, visit.language)
    assert indicator is not None
    shown = value_map.picture_of(indicator, visit)
    if shown is None:
        yield Empty(say.map_empty)
        return
    yield from picture.show(shown, visit)
    yield picture.take_away(shown, visit)
    yield Heading(say.the_numbers)
    yield Table(shown.subtitle, *reader_tables.readable(shown.numbers, visit))
    files = {"csv": say.download_csv, "xlsx": say.download_excel}
    yield Files(say.map_files, value_map.ALL, indicator_id, files, level=3)


def _pictures(indicator: Indicator, visit: Visit, highlighted: str) -> Iterator[Block]:
    """The towns on the band of their peers and, where there are several periods, over time."""
    for shown in (
        compare.standard_picture(indicator, visit, highlighted or None),
        compare.series_picture(indicator, visit, highlighted or None),
    ):
        if shown:
            yield from picture.show(shown, visit)
            yield picture.take_away(shown, visit, stadt=highlighted)
