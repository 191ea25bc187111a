"""The live pages' connection fits the Streamlit and the web server that are installed."""

import asyncio
import zlib

import pytest
import uvicorn
from streamlit.runtime import runtime
from streamlit.runtime.runtime import Runtime
from websockets.frames import Frame, Opcode

from dashboard import wire

OFFERED = [("client_max_window_bits", None)]


@pytest.fixture
def packing():
    """What a connection packs with, once a browser has offered to unpack."""

    async def made() -> wire.Wire:
        config = uvicorn.Config(_nothing, ws=wire.Wire)
        config.load()
        return wire.Wire(config, uvicorn.server.ServerState(), {})

    (factory,) = asyncio.run(made()).conn.available_extensions
    _, found = factory.process_request_params(OFFERED, [])
    return found


async def _nothing(scope, receive, send):
    raise AssertionError("no request was made")


def test_a_small_message_is_sent_as_it_is(packing):
    frame = Frame(Opcode.BINARY, b"a" * (wire.PACKED_FROM - 1))

    assert packing.encode(frame) == frame


def test_a_large_message_is_packed_and_can_be_unpacked(packing):
    said = b"large " * wire.PACKED_FROM

    sent = packing.encode(Frame(Opcode.BINARY, said))

    assert sent.rsv1
    assert len(sent.data) < len(said) / 4
    unpacked = zlib.decompressobj(wbits=-packing.local_max_window_bits)
    assert unpacked.decompress(sent.data + b"\x00\x00\xff\xff") == said


def test_the_server_looks_for_messages_as_often_as_it_was_told(monkeypatch):
    monkeypatch.setattr(runtime, "MESSAGE_FLUSH_INTERVAL_SECS", runtime.MESSAGE_FLUSH_INTERVAL_SECS)

    wire.quicken()

    # The pause is read where the loop runs; under another name it would be without effect.
    assert wire.PAUSE == runtime.MESSAGE_FLUSH_INTERVAL_SECS
    assert "MESSAGE_FLUSH_INTERVAL_SECS" in Runtime._loop_coroutine.__code__.co_names
