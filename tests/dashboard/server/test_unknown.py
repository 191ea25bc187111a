"""An address that no page has is said not to be there; everything else passes as it is."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.article.sitemap import ADDRESSES
from dashboard.server.unknown import USED, UnknownAddress
from tests.dashboard.server.client import Client

CLOSED = ("/_stcore/metrics", "/_stcore/upload_file/a/b", "/_stcore/agent/mcp", "/component/a/b.js")


def client(base: str = "") -> Client:
    async def frame(request: Request) -> Response:
        return HTMLResponse("the frame")

    async def file(request: Request) -> Response:
        return PlainTextResponse("a file")

    async def broken(request: Request) -> Response:
        return HTMLResponse("broken", status_code=500)

    core = [Route(base + path, file, methods=["GET", "PUT"]) for path in (*USED, *CLOSED)]
    routes = [*core, Route("/a.txt", file), Route("/broken", broken), Route("/{rest:path}", frame)]
    return Client(UnknownAddress(Starlette(routes=routes), base, ADDRESSES.values()))


@pytest.mark.parametrize(
    ("address", "language", "said"),
    [
        ("/gibtesnicht", "de", "Diese Seite gibt es nicht"),
        ("/staedte/moelln?sprache=de", "de", "Diese Seite gibt es nicht"),
        ("/nowhere?sprache=en", "en", "There is no such page"),
        ("/nowhere?sprache=xx", "de", "Diese Seite gibt es nicht"),
    ],
)
def test_an_address_without_a_page_says_so_in_its_language(address, language, said):
    answer = client().get(address)

    assert answer.status_code == 404
    assert f'<html lang="{language}">' in answer.text
    assert f"<h1>{said}</h1>" in answer.text
    assert answer.headers["content-language"] == language
    assert "the frame" not in answer.text


@pytest.mark.parametrize("place", sorted(ADDRESSES.values()))
def test_every_page_is_known(place):
    assert client().get(f"/{place}").text == "the frame"
    assert client().get(f"/{place}/").text == "the frame"


def test_what_is_no_page_passes_untouched():
    assert client().get("/a.txt").text == "a file"
    assert client().get("/broken").status_code == 500


def test_under_a_folder_its_links_stay_within_it():
    here = client("/stadtlabor")

    assert here.get("/stadtlabor/staedte").text == "the frame"
    lost = here.get("/stadtlabor/nichts")
    assert lost.status_code == 404
    assert 'href="/stadtlabor/?sprache=de"' in lost.text
    assert 'action="/stadtlabor/suche"' in lost.text


def test_nothing_of_the_address_is_repeated_on_the_page():
    assert "script" not in client().get("/<script>alert(1)</script>?sprache=<script>").text


@pytest.mark.parametrize("base", ["", "/stadtlabor"])
def test_what_streamlit_answers_and_no_page_uses_is_closed(base):
    assert {client(base).get(base + path).status_code for path in CLOSED} == {404}
    assert {client(base).get(base + path).text for path in USED} == {"a file"}


def test_nothing_is_left_on_the_server():
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        assert client().get("/a.txt", method=method).status_code == 405
    assert client().get("/", method="HEAD").status_code == 200
