"""What was made of a release is kept with it: answers, charts and their words, files, pictures that stand in.

A release never changes, so what is made of it depends on the function, its arguments, and of a visit on the language
and the light. Everything goes with the release.
"""

import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import partial, wraps
from typing import Any, TypeVar

Made = TypeVar("Made")

# How much is kept of one release: an answer is a few kilobytes, a chart with its numbers a few dozen.
MOST = 4096
# Texts and bytes among them, such as drawings, pages and files, are counted as well.
MOST_BYTES = 128 * 2**20


class Cache:
    """Made things by what they depend on; the least recently asked for goes first."""

    def __init__(self) -> None:
        # Not the release's id: two warehouses of one process may both have one of that id.
        self.token = uuid.uuid4().hex
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._bytes = 0
        # Twenty readers of a new release must not make the same chart twenty times: one makes it, the others wait.
        self._turns: dict[Hashable, threading.RLock] = {}
        self._lock = threading.Lock()

    def made(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What is kept under a key; made where it is not."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            turn = self._turns.setdefault(key, threading.RLock())
        with turn:
            if (found := self.get(key, self)) is not self:
                return found
            try:
                self.put(key, made := make())
            finally:
                # Also where nothing could be made, so that names that nobody has leave nothing behind.
                with self._lock:
                    self._turns.pop(key, None)
            return made

    def get(self, key: Hashable, otherwise: Any = None) -> Any:
        """What is kept under a key, or `otherwise`."""
        with self._lock:
            return self._kept.get(key, otherwise)

    def put(self, key: Hashable, made: Any) -> None:
        """Keep what was made elsewhere."""
        with self._lock:
            self._bytes += _size(made) - _size(self._kept.pop(key, None))
            self._kept[key] = made
            while len(self._kept) > MOST or self._bytes > MOST_BYTES:
                self._bytes -= _size(self._kept.popitem(last=False)[1])

    @property
    def is_half_full(self) -> bool:
        """Whether what nobody has asked for yet should no longer be put in."""
        return self._bytes > MOST_BYTES / 2


def _size(made: Any) -> int:
    if isinstance(made, tuple):
        return sum(map(_size, made))
    return len(made) if isinstance(made, str | bytes) else 0


def cached(make: Callable[..., Made]) -> Callable[..., Made]:
    """Make it once per release, language, light and further arguments; then hand out the same object.

    For functions that take a release or a visit among their arguments and otherwise what can be hashed, depend on
    nothing else, and whose result nobody changes.
    """
    name = (make.__module__, make.__qualname__)

    @wraps(make)
    def asked(*arguments: Any, **named: Any) -> Made:
        given = (*arguments, *named.values())
        cache = next(one.cache for one in given if hasattr(one, "cache"))
        key = (name, tuple(named), *map(_key, given))
        found: Made = cache.made(key, partial(make, *arguments, **named))
        return found

    return asked


def _key(argument: Any) -> Hashable:
    if argument is None or isinstance(argument, str):
        return argument  # most are
    if hasattr(argument, "cache"):
        return argument.cache_key
    return tuple(argument.items()) if isinstance(argument, Mapping) else argument
