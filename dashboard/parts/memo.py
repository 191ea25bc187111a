"""What was made ready for a page once is kept: charts and their words, by release, language and light."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import wraps
from typing import Any, TypeVar

from dashboard.parts.visit import Visit

Made = TypeVar("Made")

# How much is kept; a chart with its numbers is a few dozen kilobytes.
MOST = 512

_shelf: OrderedDict[Hashable, Any] = OrderedDict()
_shelving = threading.Lock()
# Twenty readers of a new release must not make the same chart twenty times: one makes it, the others wait.
_making: dict[Hashable, threading.RLock] = {}


def kept(make: Callable[..., Made]) -> Callable[..., Made]:
    """Make it once per release, language, light and further arguments; then hand out the same object.

    For functions that take the visit among their arguments and otherwise what can be hashed, depend on
    nothing else, and whose result nobody changes. The least recently asked for goes first.
    """

    @wraps(make)
    def shelved(*arguments: Any, **named: Any) -> Made:
        key = (make.__module__, make.__qualname__, *map(_key, arguments), *((k, _key(v)) for k, v in named.items()))
        with _shelving:
            if key in _shelf:
                _shelf.move_to_end(key)
                return _shelf[key]
            turn = _making.setdefault(key, threading.RLock())
        with turn:
            with _shelving:
                if key in _shelf:
                    return _shelf[key]
            made = make(*arguments, **named)
            _shelve(key, made)
            return made

    return shelved


def _shelve(key: Hashable, made: object) -> None:
    with _shelving:
        _shelf[key] = made
        _making.pop(key, None)
        while len(_shelf) > MOST:
            _shelf.popitem(last=False)


def _key(argument: Any) -> Hashable:
    if isinstance(argument, Visit):
        # The release itself, not its id: two warehouses of one process may both have one of that id.
        return argument.language, argument.theme, argument.release
    if isinstance(argument, Mapping):
        return tuple(argument.items())
    return argument
