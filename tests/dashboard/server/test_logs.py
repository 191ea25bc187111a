"""The log: lines that a machine reads, and nobody in them."""

import io
import json
import logging
from collections.abc import Iterator
from functools import partial

import pytest
from starlette.types import Message, Receive, Scope, Send

from dashboard.server import logs, serve
from tests.dashboard.asking import finished


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the logs of the dashboard write from here on."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    logs.access.addHandler(handler)
    logs.access.setLevel("INFO")
    yield stream
    logs.access.removeHandler(handler)
    logs.access.setLevel("NOTSET")


def ask(path: str, status: int = 200, query: bytes = b"") -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if status == 0:
            raise RuntimeError("broken")
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        pass

    scope = {
        "type": "http",
        "path": path,
        "query_string": query,
        "client": ("203.0.113.7", 4711),
        "headers": [(b"user-agent", b"Somebody's browser"), (b"cookie", b"_streamlit_user=amt@stadt.example")],
    }
    finished(logs.AccessLog(app, partial(serve.kind_of, "/stadtlabor"))(scope, receive, send))


def test_a_request_is_one_line_that_names_nobody(written: io.StringIO) -> None:
    ask("/stadtlabor/suche", query=b"wort=Frau+Muster")
    line = json.loads(written.getvalue())
    assert (line["logger"], line["asked"], line["status"]) == ("stadtlabor.access", "page suche", 200)
    assert set(line) == {"time", "level", "logger", "message", "asked", "status", "milliseconds"}
    for word in ("203.0.113.7", "Muster", "browser", "stadt.example"):
        assert word not in written.getvalue()


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/stadtlabor/", "page start"),
        ("/stadtlabor/gesundheit", "health"),
        ("/stadtlabor/dateien/kennzahl/population.csv", "file csv"),
        ("/stadtlabor/dateien/kennzahl/Frau.Muster", "file"),
        ("/stadtlabor/static/js/index.js", ""),
        ("/stadtlabor/Frau-Muster", ""),
        ("/stadtlabor/_stcore/stream", ""),
    ],
)
def test_what_is_asked_for_is_named_in_words_of_ours(path: str, asked: str) -> None:
    assert serve.kind_of("/stadtlabor", path) == asked


def test_the_frames_own_files_are_not_noted(written: io.StringIO) -> None:
    ask("/stadtlabor/static/js/index.js")
    assert written.getvalue() == ""


def test_a_request_that_breaks_is_noted_as_such(written: io.StringIO) -> None:
    with pytest.raises(RuntimeError):
        ask("/stadtlabor/", status=0)
    assert json.loads(written.getvalue())["status"] == 500


def test_an_exception_stands_in_its_line() -> None:
    try:
        raise ValueError("no release")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("stadtlabor.dashboard", logging.ERROR, "x", 1, "failed: %s", ("page",), info)
    line = json.loads(logs.JsonLines().format(record))
    assert line["message"] == "failed: page"
    assert "ValueError: no release" in line["exception"]


@pytest.mark.parametrize(("named", "base"), [("", ""), ("/", ""), ("stadtlabor", "/stadtlabor"), ("/a/b/", "/a/b")])
def test_the_folder_behind_a_proxy(named: str, base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASE_PATH", named)
    assert serve.base_path() == base


@pytest.mark.parametrize("named", ["/a b", "/../x", "/ä", "/{a}", "http://x/y"])
def test_what_can_be_no_folder_stops_the_server(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASE_PATH", named)
    with pytest.raises(ValueError, match="BASE_PATH"):
        serve.base_path()
