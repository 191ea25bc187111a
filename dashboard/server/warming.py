"""The articles of a release's standard addresses, made beside the server before anybody asks for them.

One after the other, the pages themselves first, within bounds on time and on what is kept; whoever asks for a page goes
first. A new release is warmed as soon as it is published.
"""

import logging
import threading
import time
from collections.abc import Iterator, Mapping

from dashboard import texts
from dashboard.parts.visit import Visit
from dashboard.release import store
from dashboard.renderers import access
from dashboard.renderers.plain import static_edition
from dashboard.server import first_paint
from dashboard.words.numbers import Numbers

log = logging.getLogger("stadtlabor.dashboard")

WITHIN = 300.0  # seconds for one release
REST = 0.05  # seconds between two addresses, for those who read
LOOK_EVERY = 10.0  # seconds


def begin() -> None:
    """Warm the current release, and each later one, beside the server; nothing where a sign-in is asked for."""
    if access.is_open():
        threading.Thread(target=_follow, name="warming", daemon=True).start()


def _follow() -> None:
    warmed = ""
    while True:
        try:
            if (now := store.pointer()) != warmed:
                warmed = now
                warm(time.monotonic() + WITHIN)
        except store.NoReleaseError:
            pass
        except Exception:
            log.exception("the pages could not be made beforehand")
        time.sleep(LOOK_EVERY)


def warm(until: float) -> int:
    """Make the articles of the current release until a time of the monotonic clock; how many there are then."""
    release, count = store.current(), 0
    for name, selection in _standard():
        first_paint.rest(REST)
        if time.monotonic() > until or release.cache.is_half_full or store.held() is not release:
            break
        first_paint.make(name, selection)
        count += 1
    return count


def _standard() -> Iterator[tuple[str, Mapping[str, str]]]:
    """The pages by themselves in each language, then those of a town, an indicator, a survey, a space each."""
    later: list[tuple[str, Mapping[str, str]]] = []
    for language in texts.LANGUAGES:
        visit = Visit(language, "light", texts.of(language), Numbers(language), store.current())
        own = {} if language == texts.LANGUAGES[0] else {"sprache": language}
        for name, selections in static_edition.pages(visit, (), ()).items():
            yield name, own
            later += [(name, {**own, **one}) for one in selections if one]
    yield from later
