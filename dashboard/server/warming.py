"""The articles of a release's standard addresses, made beside the server before anybody asks for them.

One after the other, the pages themselves first, within bounds on time and on what is kept; whoever asks for a page goes
first. A new release is warmed as soon as it is published.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, repeat

from dashboard import texts
from dashboard.parts.visit import Visit
from dashboard.release import store
from dashboard.renderers import access
from dashboard.renderers.plain import static_edition
from dashboard.server import first_paint
from dashboard.words.numbers import Numbers

log = logging.getLogger("stadtlabor.dashboard")

WITHIN = 120.0  # seconds for one release
REST = 0.02  # seconds at least between two addresses; else as long as the one before took, for those who read
LOOK_EVERY = 10.0  # seconds

# A page and what is selected on it.
Address = tuple[str, Mapping[str, str]]


def begin() -> None:
    """Warm the current release, and each later one, beside the server; nothing where a sign-in is asked for.

    One page with drawings is made before anybody is answered: what the first one costs, nobody's visit does.
    """
    if access.is_open():
        try:
            first_paint.make("structure", {})
        except Exception as error:  # what is wrong with the release is said by health, pages and the thread's log
            log.warning("no page could be made before the start: %s", type(error).__name__)
        threading.Thread(target=_follow, name="warming", daemon=True).start()


def _follow() -> None:
    warmed = ""
    while True:
        try:
            addresses = _standard() if (now := store.pointer()) != warmed else ()
            warmed = now
            warm(time.monotonic() + WITHIN, addresses)
        except store.NoReleaseError:
            pass
        except Exception:
            log.exception("the pages could not be made beforehand")
        time.sleep(LOOK_EVERY)


def warm(until: float, addresses: Iterable[Address] = ()) -> int:
    """Make the articles of the current release until a time of the monotonic clock; how many were made.

    First those of `addresses` for wide screens; then they, and what readers came for since, for both kinds.
    """
    release, count, took = store.current(), 0, 0.0
    wide: Iterator[Callable[[], object]] = (partial(first_paint.make, *one) for one in addresses)
    for make in chain(wide, repeat(first_paint.finish)):
        first_paint.rest(max(REST, took))
        if time.monotonic() > until or release.cache.is_half_full or store.held() is not release:
            break
        began = time.monotonic()
        if not make():
            break
        took, count = time.monotonic() - began, count + 1
    return count


def _standard() -> Iterator[Address]:
    """The pages by themselves in each language, then those of a town, an indicator, a survey, a space each."""
    later: list[Address] = []
    for language in texts.LANGUAGES:
        visit = Visit(language, "light", texts.of(language), Numbers(language), store.current())
        own = {} if language == texts.LANGUAGES[0] else {"sprache": language}
        for name, selections in static_edition.pages(visit, (), ()).items():
            yield name, own
            later += [(name, {**own, **one}) for one in selections if one]
    yield from later
