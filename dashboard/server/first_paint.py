"""The article of an address as HTML: what the server answers at once, and all there is for a reader without script.

It is made for the first visitor of an address as for every later one. What is made depends on those parts of an address
alone that the page reads, so that made-up ones make nothing anew. Where a sign-in is asked for nothing is made: who
reads is known to the live page alone.

Who comes first gets drawings for the kind of screen that asks; those for the other kind are made afterwards, by
`finish`, for who narrows the window or enlarges the page.
"""

import asyncio
import logging
import time
import zlib
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import parse_qsl

from dashboard import texts
from dashboard.article.arrangement import every
from dashboard.article.choices import Choice, TownSearch
from dashboard.article.sitemap import ADDRESSES, CARRIED
from dashboard.pages import VIEWS
from dashboard.parts.choosing import EDITION_OF_FILES, choose_edition
from dashboard.parts.visit import Visit
from dashboard.release import store
from dashboard.release.snapshot import Release
from dashboard.renderers import access, served_addresses
from dashboard.renderers.plain import form
from dashboard.renderers.plain.body import Screen, body_of
from dashboard.renderers.plain.document import first
from dashboard.renderers.plain.served import Served
from dashboard.words.numbers import Numbers

log = logging.getLogger("stadtlabor.dashboard")

WIDTH = 1100  # px of the page's column, so that a drawing is as high as the live chart
NAMES = {address: name for name, address in ADDRESSES.items()}
# However many addresses are made up, two are made at once and so many wait; the others get the live page alone.
MOST_WAITING = 32
# So many addresses at most wait for their other drawings; those beyond keep what they have.
MOST_UNFINISHED = 1024
_unfinished: deque[tuple[str, Mapping[str, str]]] = deque(maxlen=MOST_UNFINISHED)
_makers = ThreadPoolExecutor(2, thread_name_prefix="first-paint")
_waiting: list[str] = []
# By page the parts of an address that it was seen to read.
_read: dict[str, set[str]] = defaultdict(lambda: {*CARRIED, EDITION_OF_FILES, form.SEARCHED})


class First(bytes):
    """A page's article as HTML, packed, with its title."""

    titled = ""

    @property
    def html(self) -> str:
        """The part of the page."""
        return zlib.decompress(self).decode("utf-8")


class _Noted(Mapping[str, str]):
    """A selection that notes which of its parts are asked for, there or not; it seems to hold no others."""

    def __init__(self, selection: Mapping[str, str], names: Iterable[str]) -> None:
        self.selection, self.names = selection, set(names)

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self.selection[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self.selection if name in self.names)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def ready(path: str, query: str, screen: Screen = Screen.WIDE) -> First | None:
    """The article of a path and query where it is made already for a kind of screen; never waits."""
    name, release = NAMES.get(path.strip("/")), store.held()
    if name is None or release is None or not access.is_open():
        return None
    asked = _asked(query)
    found: First | None = release.cache.get(_key(name, asked)) or release.cache.get(_key(name, asked, screen))
    return found


async def made(path: str, query: str, screen: Screen = Screen.WIDE) -> First | None:
    """The article of a path and query; nothing where no page is, a sign-in is asked for, or too many wait."""
    name = NAMES.get(path.strip("/"))
    if name is None or not access.is_open() or len(_waiting) >= MOST_WAITING:
        return None
    _waiting.append(name)
    try:
        return await asyncio.get_running_loop().run_in_executor(_makers, make, name, _asked(query), screen)
    except store.NoReleaseError:
        return None
    except Exception:
        log.exception("the first paint of a page could not be made")
        return None
    finally:
        _waiting.remove(name)


def rest(seconds: float) -> None:
    """Wait so long, and longer while somebody waits for an article."""
    time.sleep(seconds)
    while _waiting:
        time.sleep(seconds)


def screen_of(headers: Iterable[tuple[bytes, bytes]]) -> Screen:
    """The kind of screen that asks, by what the browser of every telephone says of itself."""
    said = dict(headers)
    is_narrow = said.get(b"sec-ch-ua-mobile") == b"?1" or b"Mobi" in said.get(b"user-agent", b"")
    return Screen.NARROW if is_narrow else Screen.WIDE


async def chosen(path: str, query: str) -> str:
    """The address that a sent form asks for; "" where none was sent."""
    name = NAMES.get(path.strip("/"))
    if name is None or f"{form.SENT}=" not in query or not access.is_open():
        return ""
    return await asyncio.get_running_loop().run_in_executor(_makers, _chosen, name, query)


def make(name: str, asked: Mapping[str, str], screen: Screen | None = Screen.WIDE) -> First:
    """The article of a page for what an address asks, for a kind of screen or, with none, for both.

    Raises what `store.current` raises.
    """
    release = store.current()
    found: First = release.cache.made(_key(name, asked, screen), lambda: _make(name, asked, screen, release))
    # Until it was made nobody knew all that it reads.
    release.cache.put(_key(name, asked, screen), found)
    return found


def finish() -> bool:
    """Make one article that is there for one kind of screen for both; whether there was one to make."""
    try:
        name, asked = _unfinished.popleft()
    except IndexError:
        return False
    make(name, asked, None)
    return True


def _make(name: str, asked: Mapping[str, str], screen: Screen | None, release: Release) -> First:
    noted = _Noted(asked, _read[name])
    visit = replace(_visit(asked, release), selection=noted)
    served = Served(name, visit)
    body = body_of(VIEWS[name], visit, served, WIDTH, [screen] if screen else list(Screen))
    if screen and "<figure" in body.html:
        _unfinished.append((name, asked))
    _read[name] |= noted.names
    served.visit = replace(visit, selection={one: value for one, value in asked.items() if one in _read[name]})
    html = first(name, body, served.visit, served, _switch(name, served.visit))
    found = First(zlib.compress(html.encode("utf-8")))
    found.titled = visit.say.title(name, body.about)
    return found


def _chosen(name: str, query: str) -> str:
    visit = _visit(form.before(query), store.current())
    choices = [one for one in every(VIEWS[name](visit)) if isinstance(one, Choice | TownSearch)]
    if visit.release.is_internal:
        choices.append(choose_edition(visit))
    return served_addresses.with_query(f"./{ADDRESSES[name]}", form.selected(query, choices, visit))


def _visit(asked: Mapping[str, str], release: Release) -> Visit:
    language = asked.get("sprache", "")
    language = language if language in texts.LANGUAGES else texts.LANGUAGES[0]
    return Visit(language, "light", texts.of(language), Numbers(language), release).beside(asked)


def _switch(name: str, visit: Visit) -> str:
    other = {"sprache": visit.say.switch_language_code}
    return served_addresses.with_query(f"./{ADDRESSES[name]}", {**visit.selection, **other})


def _asked(query: str) -> dict[str, str]:
    """What an address asks; of what it names twice the last, as the live page has it."""
    return dict(parse_qsl(query, keep_blank_values=True))


def _key(name: str, asked: Mapping[str, str], screen: Screen | None = None) -> Hashable:
    return "first", name, screen, frozenset((one, value) for one, value in asked.items() if one in _read[name])
