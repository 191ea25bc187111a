"""Asks the dashboard's applications without a server and without a network."""

import gzip
import io
import json
from dataclasses import dataclass

import polars as pl
from starlette.types import ASGIApp, Message

from tests.dashboard.asking import finished


@dataclass
class Answer:
    """What an application answered."""

    status_code: int
    headers: dict[str, str]
    content: bytes

    @property
    def table(self) -> pl.DataFrame:
        """A CSV file as the dashboard gives it: semicolons, decimal commas."""
        return pl.read_csv(io.BytesIO(self.content), separator=";", decimal_comma=True, infer_schema_length=None)

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.content) if packed else self.content).decode("utf-8")

    def json(self) -> dict[str, str]:
        return json.loads(self.content)


class Client:
    """Asks an application as a server would, without a network."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def get(self, address: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
        path, _, query = address.partition("?")
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
        }
        said: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b""}

        async def send(message: Message) -> None:
            said.append(message)

        finished(self.app(scope, receive, send))
        own = {name.decode().lower(): value.decode() for name, value in said[0]["headers"]}
        return Answer(said[0]["status"], own, b"".join(one.get("body", b"") for one in said[1:]))
