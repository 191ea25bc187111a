"""An article as a live page: words as HTML, charts and choices as Streamlit's own elements."""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.article import arrangement, blocks
from dashboard.article.blocks import Block
from dashboard.article.choices import Number, OneOf, SomeOf, Step, TownSearch, Typed
from dashboard.article.sitemap import ADDRESSES, CARRIED
from dashboard.parts.visit import Visit
from dashboard.renderers import foreign
from dashboard.renderers.live import controls, element_cache, town_search, widgets
from dashboard.renderers.live.session import carried, file_address, plain, to_page
from dashboard.renderers.markup import markup_of, part

log = logging.getLogger("stadtlabor.dashboard")

# Pieces of a page take turns: two at once would both be ready as late as the second of two in turn. Nobody waits
# longer than this for somebody whose piece has to be made first.
LONGEST_TURN = 0.02  # seconds
_turn = threading.RLock()


class _Made(str):
    """HTML that is sent as it is. Streamlit would look through a plain text for margins to take away."""

    def _repr_html_(self) -> str:
        return str(self)


def put(pieces: Iterable[str], visit: Visit | None = None) -> None:
    """Pieces of HTML one below the other as one element; blank ones are left out.

    Each element costs the server and the browser about as much as a whole table.
    """
    found = [piece for piece in pieces if piece and not piece.isspace()]
    if found:
        whole = found[0] if len(found) == 1 else f'<div class="sl-together">{"".join(found)}</div>'
        is_foreign = visit is not None and visit.language != "de"
        st.html(_Made(foreign.marked(whole, visit.release) if is_foreign and visit else whole))


def show(article: Iterable[Block], visit: Visit) -> None:
    """The blocks of an article below each other."""
    waiting: list[str] = []
    for block in article:
        if block.template:
            waiting.append(markup_of(block, to_page, lambda files, ending: file_address(visit, files, ending)))
            continue
        put(waiting, visit)
        waiting = []
        _DRAW[type(block)](block, visit)
    put(waiting, visit)


def _chart(block: blocks.Chart, visit: Visit) -> None:
    st.vega_lite_chart(block.drawn.spec, width="stretch", theme=None, alt=block.alt, key=block.key)


def _about(block: blocks.About, visit: Visit) -> None:
    st.set_page_config(page_title=visit.say.title(block.page, block.words))


def _way(block: blocks.Way, visit: Visit) -> None:
    link = block.link
    st.page_link(_target(link.page), label=plain(link.words), query_params=carried() | dict(link.selection))


@cache
def _target(name: str) -> StreamlitPage:
    """A page to link to; which function draws it is of no account to a link."""
    return st.Page(lambda: None, title=name, url_path=ADDRESSES[name], default=not ADDRESSES[name])


def _group(block: arrangement.Group, visit: Visit) -> None:
    with st.container(key=block.key or None, horizontal=block.is_row):
        show(block.blocks, visit)


def _columns(block: arrangement.Columns, visit: Visit) -> None:
    for column, content in zip(st.columns(list(block.widths), gap=block.gap), block.columns, strict=True):
        with column:
            show(content, visit)


def _details(block: arrangement.Details, visit: Visit) -> None:
    with st.expander(plain(block.words), expanded=block.is_open):
        show(block.blocks, visit)


def _town_search(search: TownSearch, visit: Visit) -> None:
    show([town_search.draw(search, visit)], visit)


def _piece(block: arrangement.Piece, visit: Visit) -> None:
    _run(block.make, visit)


@st.fragment
def _run(make: Callable[[Visit], Iterable[Block]], visit: Visit) -> None:
    """A piece for what is chosen now; where it fails, a sentence in its place.

    What stands outside was made for `visit` and is not run again, so a piece that changes a selection which goes along
    to other pages asks for a run of the whole page.
    """
    mine = _turn.acquire(timeout=LONGEST_TURN)
    try:
        now = visit.beside(controls.selection())
        show(make(now), now)
    except Exception:
        log.exception("a piece of a page could not be shown")
        trouble(visit.say.failed_title, visit.say.failed_what, visit.say.failed_do, "stadtlabor releases")
    finally:
        if mine:
            _turn.release()
    if carried() != {name: visit.chosen(name) for name in CARRIED if visit.chosen(name)}:
        st.rerun()


def _kept(block: arrangement.Kept, visit: Visit) -> None:
    element_cache.show(block, visit, show)


def trouble(title: str, what: str, do: str, command: str) -> None:
    """What could not be shown: what happened and what helps, never a traceback."""
    before, after = do.split("{command}")
    put([part("trouble", title=title, what=what, before=before, after=after, command=command)])


_DRAW: Mapping[type[Block], Callable[[Any, Visit], None]] = {
    blocks.About: _about,
    blocks.Chart: _chart,
    blocks.Way: _way,
    arrangement.Group: _group,
    arrangement.Columns: _columns,
    arrangement.Details: _details,
    arrangement.Piece: _piece,
    arrangement.Kept: _kept,
    TownSearch: _town_search,
    Step: widgets.draw_step,
    **dict.fromkeys((OneOf, SomeOf, Number, Typed), widgets.draw),
}
