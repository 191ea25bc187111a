"""The first picture of a page, drawn once, to stand in the served page until the live one is there.

Which picture comes first on an address is known from whoever opened it before: a release never changes, so it is the
same for the next one. An address that nobody opened yet is served without; so is all where a sign-in is asked for.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl

from markupsafe import Markup

from dashboard import charts, texts
from dashboard.charts.theme import SERIF, ink
from dashboard.parts import access, part
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from dashboard.release import store

log = logging.getLogger("stadtlabor.dashboard")

# An address of a release, and what was drawn for it in each light.
Place = tuple[str, str, tuple[tuple[str, str], ...]]

MOST = 128  # pictures of some 20 kB each

_drawn: OrderedDict[tuple[Place, str], str] = OrderedDict()
_lock = threading.Lock()
# Beside the pages, one after the other: nobody waits for it.
_drawer = ThreadPoolExecutor(1, thread_name_prefix="waiting")


def remember(picture: Picture, page: str, query: Mapping[str, str], visit: Visit) -> None:
    """Have the first picture of a page drawn for the next reader of the same address."""
    key = (_place(visit.release.release_id, page, query.items()), visit.theme)
    with _lock:
        if key in _drawn or not access.is_open():
            return
        _drawn[key] = ""
        while len(_drawn) > MOST:
            _drawn.popitem(last=False)
    _drawer.submit(_draw, key, picture, visit.theme, visit.say.sample_in_file)


def standing_in(page: str, query_string: str) -> str:
    """The picture of an address as HTML that goes away by itself; "" where none is known."""
    try:
        place = _place(store.pointer(), page, parse_qsl(query_string))
    except store.NoReleaseError:
        return ""
    with _lock:
        found = {theme: _drawn.get((place, theme), "") for theme in ("light", "dark")}
    if not any(found.values()) or not access.is_open():
        return ""
    # Drawn by ourselves, every text in it escaped: markup, not text.
    pictures = {theme: Markup(svg) for theme, svg in found.items() if svg}
    name = texts.of(texts.LANGUAGES[0]).site_name
    return part(
        "waiting", name=name, pictures=pictures, inks={theme: ink(theme) for theme in pictures}, serif=Markup(SERIF)
    )


def _draw(key: tuple[Place, str], picture: Picture, theme: str, mark: str) -> None:
    try:
        foot = [mark, *picture.foot] if picture.is_synthetic else picture.foot
        drawn = charts.svg(charts.sheet(picture.chart, picture.title, picture.subtitle, foot, theme)).decode("utf-8")
    except Exception:
        log.exception("the picture %s of %s could not be drawn to stand in", picture.kind, picture.name)
        return
    with _lock:
        if key in _drawn:
            _drawn[key] = drawn


def _place(release_id: str, page: str, query: Iterable[tuple[str, str]]) -> Place:
    return release_id, page.strip("/"), tuple(sorted(query))
