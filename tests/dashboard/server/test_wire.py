"""The live pages' connection fits the Streamlit and the web server that are installed."""

import asyncio
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import uvicorn
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session, runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime
from websockets.frames import Frame, Opcode

from dashboard.server import wire

OFFERED = [("client_max_window_bits", None)]


@pytest.fixture
def packing():
    """What a connection packs with, once a browser has offered to unpack."""

    async def made() -> wire.Wire:
        config = uvicorn.Config(_nothing, ws=wire.Wire)
        config.load()
        return wire.Wire(config, uvicorn.server.ServerState(), {})

    (factory,) = _in_a_thread(made()).conn.available_extensions
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


@pytest.fixture
def quick(monkeypatch):
    """The process as the dashboard's server has it, put back afterwards."""
    turn = sys.getswitchinterval()
    monkeypatch.setattr(runtime, "MESSAGE_FLUSH_INTERVAL_SECS", runtime.MESSAGE_FLUSH_INTERVAL_SECS)
    monkeypatch.setattr(AppSession, "_call_soon_on_event_loop", AppSession._call_soon_on_event_loop)
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
    usual = app_session._populate_theme_msg
    wire.quicken()
    yield usual
    sys.setswitchinterval(turn)


def test_the_server_looks_for_messages_as_often_as_it_was_told(quick):
    # The pause is read where the loop runs; under another name it would be without effect.
    assert wire.PAUSE == runtime.MESSAGE_FLUSH_INTERVAL_SECS
    assert "MESSAGE_FLUSH_INTERVAL_SECS" in Runtime._loop_coroutine.__code__.co_names


def test_what_a_run_says_goes_through_the_one_place_that_wakes_the_sending_thread(quick):
    assert "_call_soon_on_event_loop" in AppSession._on_scriptrunner_event.__code__.co_names
    assert AppSession._call_soon_on_event_loop is wire._soon


def test_all_that_threads_say_is_heard_in_order_with_few_wakings():
    each, threads = 500, 4

    async def listening():
        loop, heard, wakings = asyncio.get_running_loop(), [], []
        session = _Session(_Counting(loop, wakings))

        def speak(number):
            for word in range(each):
                wire._soon(session, partial(heard.append, (number, word)))

        await asyncio.gather(*(loop.run_in_executor(None, speak, number) for number in range(threads)))
        # The threads have ended: what they left is heard within a turn or two of the loop, or never.
        for _ in range(3):
            await asyncio.sleep(0)
        return heard, len(wakings)

    heard, wakings = _in_a_thread(listening())

    for number in range(threads):
        assert [word for speaker, word in heard if speaker == number] == list(range(each))
    assert 1 <= wakings < threads * each


def test_a_failure_in_what_is_heard_keeps_nothing_else_from_being_heard():
    async def listening():
        loop, heard, failures = asyncio.get_running_loop(), [], []
        loop.set_exception_handler(lambda _, context: failures.append(context["exception"]))
        session = _Session(loop)
        wire._soon(session, lambda: 1 / 0)
        wire._soon(session, partial(heard.append, "after"))
        for _ in range(3):
            await asyncio.sleep(0)
        return heard, failures

    heard, failures = _in_a_thread(listening())

    assert heard == ["after"]
    assert [type(one) for one in failures] == [ZeroDivisionError]


def test_what_is_said_after_the_server_has_ended_is_dropped():
    loop = asyncio.new_event_loop()
    loop.close()

    wire._soon(_Session(loop), lambda: None)


@pytest.mark.parametrize("section", ["theme", "theme.light", "theme.dark", "theme.sidebar"])
def test_the_settings_are_said_as_streamlit_says_them(quick, section):
    usual, ours = CustomThemeConfig(), CustomThemeConfig()

    quick(usual, section)
    app_session._populate_theme_msg(ours, section)
    again = CustomThemeConfig()
    app_session._populate_theme_msg(again, section)

    assert ours == usual
    assert again == usual


class _Session:
    """As much of a page's session as is asked for."""

    def __init__(self, loop):
        self._event_loop = loop


class _Counting:
    """A loop that counts how often it is woken."""

    def __init__(self, loop, wakings):
        self.call_soon, self.is_closed = loop.call_soon, loop.is_closed
        self.loop, self.wakings = loop, wakings

    def call_soon_threadsafe(self, callback):
        self.wakings.append(callback)
        self.loop.call_soon_threadsafe(callback)


def _in_a_thread(coroutine):
    # In the tests' own thread a loop may be running: a browser's.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
