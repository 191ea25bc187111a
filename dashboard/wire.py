"""How a page's changes reach the browser: when they are sent, and how densely they are packed.

Twenty open pages wait for one another wherever the server dawdles over a message. This is the one place that
changes how Streamlit and the web server work inside; `tests/dashboard/test_wire.py` says when it no longer fits them.
"""

import sys
from collections.abc import Sequence
from typing import Any

from streamlit.runtime import runtime
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
PAUSE = 0.001  # seconds


# How long a page that is being made may keep the interpreter while another's messages wait to be sent.
TURN = 0.002  # seconds


def quicken() -> None:
    """Shorten the pause between two looks for messages, and the turns of threads, for this process."""
    sys.setswitchinterval(TURN)
    runtime.MESSAGE_FLUSH_INTERVAL_SECS = PAUSE  # type: ignore[misc]


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
