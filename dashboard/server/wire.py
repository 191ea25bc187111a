"""How a page's changes reach the browser: when they are sent, and how densely they are packed.

Twenty open pages wait for one another wherever the server dawdles over a message. This is the one place that
changes how Streamlit and the web server work inside; `tests/dashboard/server/test_wire.py` says when it no longer fits
them.
"""

import sys
from asyncio import AbstractEventLoop
from collections import deque
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session, runtime
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame
from websockets.typing import ExtensionParameter

# Most messages are a few hundred bytes; packing them takes longer than making them.
PACKED_FROM = 1024  # bytes
# The usual level takes three to five times as long and saves a tenth more.
PACKING = {"level": 1, "memLevel": 5}
# Streamlit pauses after each look for messages, so that what replaces a placeholder can take its place. No page here
# has placeholders, and a change that is ready just after a look would wait out the pause.
PAUSE = 0.0  # seconds
# How long a page that is being made may keep the interpreter while another's messages wait to be sent.
TURN = 0.002  # seconds

_theme_of = app_session._populate_theme_msg


def quicken() -> None:
    """Let nothing in this process wait for longer than it has to, or be made again, before a change is sent."""
    sys.setswitchinterval(TURN)
    runtime.MESSAGE_FLUSH_INTERVAL_SECS = PAUSE  # type: ignore[misc]
    app_session.AppSession._call_soon_on_event_loop = _soon  # type: ignore[method-assign, assignment]
    app_session._populate_theme_msg = _theme


class _Said:
    """What a page's run said and the sending thread has not yet heard.

    Streamlit wakes the sending thread for every element, and each time the page that is being made waits until it may
    go on. Here whatever is said until the sending thread listens goes along with what woke it.
    """

    def __init__(self, loop: AbstractEventLoop) -> None:
        self.loop = loop
        self.waiting: deque[Callable[[], None]] = deque()
        self.woken = False

    def say(self, callback: Callable[[], None]) -> None:
        # First put down, then looked whether someone comes for it; `hear` does both the other way round.
        self.waiting.append(callback)
        if not self.woken:
            self.woken = True
            self.loop.call_soon_threadsafe(self.hear)

    def hear(self) -> None:
        self.woken = False
        while self.waiting:
            self.loop.call_soon(self.waiting.popleft())


_said: WeakKeyDictionary[app_session.AppSession, _Said] = WeakKeyDictionary()


def _soon(session: app_session.AppSession, callback: Callable[[], None]) -> None:
    try:
        _said.setdefault(session, _Said(session._event_loop)).say(callback)
    except RuntimeError:
        # A page may say something after the server has ended.
        if not session._event_loop.is_closed():
            raise


def _theme(msg: CustomThemeConfig, section: str = "theme") -> None:
    # Streamlit says its settings with every change, from a hundred options that stay as they are.
    msg.MergeFrom(_settled_theme(section))


@cache
def _settled_theme(section: str) -> CustomThemeConfig:
    made = CustomThemeConfig()
    _theme_of(made, section)
    return made


class Wire(WebSocketsSansIOProtocol):
    """The live pages' connection: large messages packed lightly, small ones sent as they are."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """As the web server makes it."""
        super().__init__(*arguments, **named)
        self.conn.available_extensions = [_LightFactory(compress_settings=PACKING)]


class _LightFactory(ServerPerMessageDeflateFactory):
    def process_request_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> tuple[list[ExtensionParameter], PerMessageDeflate]:
        agreed, usual = super().process_request_params(params, accepted_extensions)
        light = _Light(
            usual.remote_no_context_takeover,
            usual.local_no_context_takeover,
            usual.remote_max_window_bits,
            usual.local_max_window_bits,
            usual.compress_settings,
        )
        return agreed, light


class _Light(PerMessageDeflate):
    def encode(self, frame: Frame) -> Frame:
        return frame if len(frame.data) < PACKED_FROM else super().encode(frame)
