"""Requests come whole within a time, or the connection is closed: half a request costs a place and never an answer."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

WITHIN = 10.0  # seconds from a request's first byte, or from the connection, to the request's last
# What the other side is at while a request is not yet whole.
UNFINISHED = (h11.IDLE, h11.SEND_BODY)


class TimedRequests(H11Protocol):
    """The server's side of a connection, with a bound on how long a request may take to arrive."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """As the web server makes it."""
        super().__init__(*arguments, **named)
        self.deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take in more of a request; the time runs from its first byte, not anew from each."""
        super().data_received(data)
        is_whole = self.conn.their_state not in UNFINISHED or self.transport.get_protocol() is not self
        if is_whole:
            self._stop_waiting()
        elif self.deadline is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self.deadline = self.loop.call_later(WITHIN, self.transport.close)

    def _stop_waiting(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None
