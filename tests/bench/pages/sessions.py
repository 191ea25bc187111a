"""Twenty open pages at once: how long the server takes for a change of the selection, asked without a browser.

Each session changes its selection every `PACE` seconds on average, as people do who read what they chose; the
time runs from sending the change until the server says that the page stands again. All have opened their page before
the first of them changes anything: how long an opening takes is measured in a browser, and must not hold up changes.
"""

import asyncio
import itertools
import json
import random
import statistics
import time
import urllib.request
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

SESSIONS = 20
ROUNDS = 4  # of each server, in turn
CHANGES = 5  # of each session in a round
PACE = 2.0  # seconds between two changes of one session


class StreamlitSession:
    """A page open at a Streamlit server, as the frame in the browser holds it."""

    def __init__(self, address: str, path: str, label: str) -> None:
        self.address, self.path, self.label = address, path, label
        self.widget = ""
        self.options: Sequence[str] = ()
        self.fragment = ""
        self.page_hash = ""
        self.query = ""
        self.shown = ""

    async def open(self) -> None:
        """Connect and let the page run once."""
        url = self.address.replace("http", "ws") + "/_stcore/stream"
        self.socket = await websockets.connect(url, max_size=None, subprotocols=["streamlit"])  # type: ignore[list-item]
        first = BackMsg()
        first.rerun_script.page_name = self.path
        await self._run(first)

    async def change(self, turn: int) -> float:
        """Choose another option of the select box; seconds until the page stands again."""
        message = BackMsg()
        run = message.rerun_script
        run.page_script_hash, run.fragment_id = self.page_hash, self.fragment
        state = run.widget_states.widgets.add()
        run.query_string = self.query
        self.shown = choice = self.options[turn % len(self.options)]
        state.id, state.string_value = self.widget, choice
        began = time.perf_counter()
        seen = await self._run(message)
        took = time.perf_counter() - began
        assert seen, f"{self.path}: the server drew nothing"
        assert self.shown == choice, f"{self.path}: {choice} was chosen, {self.shown} is shown"
        return took

    async def close(self) -> None:
        await self.socket.close()

    async def _run(self, message: BackMsg) -> int:
        await self.socket.send(message.SerializeToString())
        drawn = 0
        while True:
            said = ForwardMsg()
            said.ParseFromString(await self.socket.recv())  # type: ignore[arg-type]
            kind = said.WhichOneof("type")
            if kind == "new_session":
                self.page_hash = said.new_session.page_script_hash
            elif kind == "navigation":
                self.page_hash = said.navigation.page_script_hash or self.page_hash
            elif kind == "page_info_changed":
                self.query = said.page_info_changed.query_string
            elif kind == "delta":
                drawn += 1
                self._look(said.delta)
            elif kind == "script_finished":
                return drawn

    def _look(self, delta: Delta) -> None:
        box = delta.new_element.selectbox
        if delta.new_element.WhichOneof("type") == "selectbox" and box.label == self.label:
            self.widget, self.options, self.fragment = box.id, list(box.options), delta.fragment_id
            if box.set_value:
                self.shown = box.raw_value


def streamlit_times(address: str, path: str, label: str) -> list[float]:
    """The times, in ms, of the sessions' changes at a Streamlit server."""
    asyncio.run(_warmed(address, path, label))

    async def one(number: int, times: list[float], all_open: asyncio.Barrier) -> None:
        session = StreamlitSession(address, path, label)
        await session.open()
        await all_open.wait()
        try:
            await _paced(number, times, session.change)
        finally:
            await session.close()

    return asyncio.run(_together(one))


def dash_times(address: str, choices: Sequence[str]) -> list[float]:
    """The same at a Dash server, whose changes are requests of their own."""
    pool = ThreadPoolExecutor(SESSIONS)

    def asked(choice: str) -> None:
        body = {
            "output": "chart.figure",
            "outputs": {"id": "chart", "property": "figure"},
            "inputs": [{"id": "choice", "property": "value", "value": choice}],
            "changedPropIds": ["choice.value"],
        }
        request = urllib.request.Request(
            f"{address}/_dash-update-component",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert b"figure" in answer.read()

    def opened() -> None:
        for path in ("/", "/_dash-layout", "/_dash-dependencies"):
            with urllib.request.urlopen(address + path, timeout=30) as answer:
                assert answer.read()

    async def one(number: int, times: list[float], all_open: asyncio.Barrier) -> None:
        loop = asyncio.get_running_loop()

        async def change(turn: int) -> float:
            began = time.perf_counter()
            await loop.run_in_executor(pool, asked, choices[turn % len(choices)])
            return time.perf_counter() - began

        await loop.run_in_executor(pool, opened)
        await all_open.wait()
        await _paced(number, times, change)

    return asyncio.run(_together(one))


def p95(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


async def _paced(number: int, times: list[float], change: Callable[[int], Awaitable[float]]) -> None:
    pause = random.Random(number)
    for turn in itertools.islice(itertools.count(number + 1), CHANGES):
        await asyncio.sleep(pause.uniform(0, 2 * PACE))
        times.append(1000 * await change(turn))


async def _warmed(address: str, path: str, label: str) -> None:
    """One session goes through every choice: what is measured is a server that has been in use."""
    session = StreamlitSession(address, path, label)
    await session.open()
    for turn in range(len(session.options)):
        await session.change(turn)
    await session.close()


async def _together(one: Callable[[int, list[float], asyncio.Barrier], Awaitable[None]]) -> list[float]:
    times: list[float] = []
    all_open = asyncio.Barrier(SESSIONS)
    await asyncio.gather(*(one(number, times, all_open) for number in range(SESSIONS)))
    return times
