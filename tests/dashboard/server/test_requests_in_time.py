"""A request that never becomes whole is cut off; whole ones, one after the other, are answered."""

import asyncio

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from dashboard.server import requests_in_time
from dashboard.server.requests_in_time import TimedRequests
from tests.dashboard.asking import finished

WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def ask(pieces: list[bytes], pause: float) -> bytes:
    """What a server answers to pieces of requests, sent with pauses, until it closes or 2 s are over."""
    config = uvicorn.Config(PlainTextResponse("hello"), http=TimedRequests, lifespan="off", log_level="error", port=0)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await asyncio.sleep(pause)
        return await asyncio.wait_for(reader.read(), 8)
    except ConnectionError:
        return b""  # closed while there was more to come
    finally:
        writer.close()
        server.should_exit = True
        await running


def test_half_requests_are_cut_off_however_slowly_they_drip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests_in_time, "WITHIN", 0.3)

    async def asked() -> None:
        assert await ask([], 0) == b""
        assert await ask([WHOLE[:-2]], 0) == b""
        assert await ask([WHOLE[:-2], *[b"X-A: b\r\n"] * 6], 0.1) == b""

    finished(asked())


def test_whole_requests_are_answered_also_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests_in_time, "WITHIN", 1.5)

    async def asked() -> None:
        answer = await ask([WHOLE, WHOLE[:9], WHOLE[9:]], 0.8)
        assert answer.count(b"hello") == 2

    finished(asked())
