"""What the server writes down: one JSON object a line, without anything that points to a person.

No address of a reader, no query (it holds what somebody searched for), no agent, no account: of a request only
which page or kind of file it asked for, the answer's status and how long it took.
"""

import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

access = logging.getLogger("stadtlabor.access")

# What a line of the log may say beside its message; anything else that a library attaches is left out.
FIELDS = ("asked", "status", "milliseconds", "release")


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time in UTC, level, logger, message, and what FIELDS names."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def begin(level: str = "info") -> None:
    """Write all logs to standard error as JSON lines; requests from level info on."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel("WARNING")
    logging.getLogger("stadtlabor").setLevel(level.upper())


class AccessLog:
    """An ASGI middleware that notes each request but those for the frame's own files."""

    def __init__(self, app: ASGIApp, kind_of: Callable[[str], str]) -> None:
        """`kind_of` names what a path asks for in words of a closed set, "" for what is not noted."""
        self.app, self.kind_of = app, kind_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note it when it is answered."""
        kind = self.kind_of(scope["path"]) if scope["type"] == "http" else ""
        if not kind:
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            taken = round(1000 * (time.perf_counter() - began), 1)
            access.info("request", extra={"asked": kind, "status": status, "milliseconds": taken})
