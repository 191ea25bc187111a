"""The first picture of a page, drawn once, to stand in the served page until the live one is there.

Which picture comes first on an address is known from whoever opened it before: a release never changes, so it is the
same for the next one. An address that nobody opened yet is served without; so is all where a sign-in is asked for.
"""

import logging
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl

from markupsafe import Markup

from dashboard import charts, texts
from dashboard.charts.theme import SERIF, ink
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from dashboard.release import store
from dashboard.renderers import access
from dashboard.renderers.markup import part

log = logging.getLogger("stadtlabor.dashboard")

# An address, and a light.
Place = tuple[str, str, tuple[tuple[str, str], ...], str]

# Beside the pages, one after the other: nobody waits for it.
_drawer = ThreadPoolExecutor(1, thread_name_prefix="waiting")
# However many addresses are made up, so many pictures wait to be drawn; the others go without.
MOST_WAITING = 16
_turns = threading.BoundedSemaphore(MOST_WAITING)


def remember(picture: Picture, page: str, query: Mapping[str, str], visit: Visit) -> None:
    """Have the first picture of a page drawn for the next reader of the same address."""
    place = _place(page, query.items(), visit.theme)
    if access.is_open() and visit.cache.get(place) is None and _turns.acquire(blocking=False):
        visit.cache.put(place, "")
        _drawer.submit(_draw, place, picture, visit)


def standing_in(page: str, query_string: str) -> str:
    """The picture of an address as HTML that goes away by itself; "" where none is known."""
    release = store.held()
    if release is None or not access.is_open():
        return ""
    query = parse_qsl(query_string)
    found = {theme: release.cache.get(_place(page, query, theme)) for theme in ("light", "dark")}
    # Drawn by ourselves, every text in it escaped: markup, not text.
    pictures = {theme: Markup(svg) for theme, svg in found.items() if svg}
    if not pictures:
        return ""
    name = texts.of(texts.LANGUAGES[0]).site_name
    return part(
        "waiting", name=name, pictures=pictures, inks={theme: ink(theme) for theme in pictures}, serif=Markup(SERIF)
    )


def _draw(place: Place, picture: Picture, visit: Visit) -> None:
    try:
        foot = [visit.say.sample_in_file, *picture.foot] if picture.is_synthetic else picture.foot
        sheet = charts.sheet(picture.chart, picture.title, picture.subtitle, foot, visit.theme)
        visit.cache.put(place, charts.svg(sheet).decode("utf-8"))
    except Exception:
        log.exception("the picture %s of %s could not be drawn to stand in", picture.kind, picture.name)
    finally:
        _turns.release()


def _place(page: str, query: Iterable[tuple[str, str]], theme: str) -> Place:
    return "waiting", page.strip("/"), tuple(sorted(query)), theme
