"""What the server adds to Streamlit's page: language, policy, compression, headers, health."""

import gzip
import hashlib
import re
import socket
from base64 import b64encode

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from dashboard.renderers import files as making
from dashboard.server import file_routes as taken
from dashboard.server import serve, web
from tests.dashboard.samples import sample
from tests.dashboard.server.client import Client

PAGE = """<!-- a licence -->
<!DOCTYPE html>
<html lang="en"><head><title>Streamlit</title><link rel="service-desc" href="./x" />
<script>window.ready = false</script></head>
<body><noscript><p>You need to enable JavaScript to run this app.</p></noscript></body></html>"""
SCRIPT = "console.log('x');" * 200


@pytest.fixture
def client() -> Client:
    async def page(request: Request) -> Response:
        return HTMLResponse(PAGE, headers={"etag": '"file"', "x-asked": request.headers.get("if-none-match", "")})

    async def script(request: Request) -> Response:
        return PlainTextResponse(SCRIPT, media_type="text/javascript")

    async def media(request: Request) -> Response:
        return PlainTextResponse("x" * 5000)

    async def broken(request: Request) -> Response:
        return HTMLResponse(PAGE, status_code=500)

    routes = [
        Route("/", page),
        Route("/static/js/a.js", script),
        Route("/media/a.txt", media),
        Route("/broken", broken),
    ]
    return Client(web.PageDressing(Starlette(routes=routes)))


@pytest.mark.parametrize(
    ("address", "language"), [("/", "de"), ("/?sprache=en", "en"), ("/?sprache=fr", "de"), ("/?sprache=", "de")]
)
def test_the_page_is_in_the_language_of_its_address(client, address, language):
    answer = client.get(address)

    assert f'<html lang="{language}"' in answer.text
    assert answer.headers["content-language"] == language
    assert "You need to enable" not in answer.text
    assert "service-desc" not in answer.text


@pytest.mark.parametrize(
    ("path", "language", "title"),
    [
        ("/", "de", "Überblick – StadtLabor Kleinstadt"),
        ("/methoden", "en", "Methods &amp; data – StadtLabor Kleinstadt"),
        ("/aussagen/", "en", "The report's statements – StadtLabor Kleinstadt"),
        ("/no-page", "de", "StadtLabor Kleinstadt"),
    ],
)
def test_the_served_page_is_titled_by_its_address(path, language, title):
    assert f"<title>{title}</title>" in web.dressed_page(PAGE, language, "", path)


def test_the_policy_allows_this_host_and_the_pages_own_scripts_alone(client):
    answer = client.get("/")

    policy = answer.headers["content-security-policy"]
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, flags=re.DOTALL)
    assert len(scripts) == 2  # Streamlit's and the head's; without a root there is nothing to take over
    for script in scripts:
        assert f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in policy
    assert "http" not in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


def test_every_answer_has_safe_headers(client):
    for address in ("/", "/static/js/a.js", "/media/a.txt", "/broken"):
        headers = client.get(address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_the_frames_files_come_compressed_to_whom_asks(client):
    packed = client.get("/static/js/a.js", headers={"accept-encoding": "gzip"})
    plain = client.get("/static/js/a.js", headers={"accept-encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(SCRIPT) / 10
    assert packed.text == plain.text == SCRIPT
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize(
    ("lasting", "asked", "read"),
    [
        ("public, immutable", {}, 1),
        ("public, immutable", {"if-none-match": '"x"'}, 3),
        ("public, immutable", {"range": "bytes=0-9"}, 3),
        ("public, immutable", {"accept-encoding": "identity"}, 3),
        ("no-cache", {}, 3),
    ],
)
def test_a_file_that_never_changes_is_read_once(lasting, asked, read):
    reads = []

    async def script(request: Request) -> Response:
        reads.append(request.url.path)
        return PlainTextResponse(SCRIPT, media_type="text/javascript", headers={"cache-control": lasting})

    client = Client(web.PageDressing(Starlette(routes=[Route("/static/js/a.js", script)])))
    packed = [client.get("/static/js/a.js", headers={"accept-encoding": "gzip"} | also) for also in ({}, asked, asked)]

    assert {answer.text for answer in packed} == {SCRIPT}
    assert [answer.headers.get("content-encoding") for answer in packed] == [
        "gzip",
        *[None if "accept-encoding" in asked else "gzip"] * 2,
    ]
    assert len(reads) == read


def test_what_is_added_for_one_reader_is_not_kept_for_the_next():
    async def script(request: Request) -> Response:
        return PlainTextResponse(SCRIPT, headers={"cache-control": "immutable"})

    dressing = web.PageDressing(Starlette(routes=[Route("/static/js/a.js", script)]))

    async def marking(scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-reader", b"1"))
            await send(message)

        await dressing(scope, receive, marked)

    answers = [Client(marking).get("/static/js/a.js", headers={"accept-encoding": "gzip"}) for _ in range(2)]

    kept = [name for start, _ in dressing.packed.values() for name, _ in start["headers"]]
    assert [answer.headers["x-reader"] for answer in answers] == ["1", "1"]
    assert b"content-encoding" in kept
    assert b"x-reader" not in kept


def test_only_so_many_files_are_kept(monkeypatch):
    monkeypatch.setattr(web, "MOST_PACKED", 1)

    async def script(request: Request) -> Response:
        return PlainTextResponse(request.url.path, headers={"cache-control": "immutable"})

    dressing = web.PageDressing(Starlette(routes=[Route("/static/js/{name}", script)]))
    told = [Client(dressing).get(f"/static/js/{name}.js", headers={"accept-encoding": "gzip"}) for name in "abcb"]

    assert [answer.text for answer in told] == [f"/static/js/{name}.js" for name in "abcb"]
    assert list(dressing.packed) == ["/static/js/a.js"]


def test_a_download_passes_as_it_is(client):
    answer = client.get("/media/a.txt", headers={"accept-encoding": "gzip"})

    assert "content-encoding" not in answer.headers
    assert answer.text == "x" * 5000


def test_the_page_is_never_taken_for_the_file_it_was_made_from(client):
    answer = client.get("/", headers={"if-none-match": '"file"'})

    assert answer.status_code == 200
    assert "etag" not in answer.headers
    assert answer.headers["x-asked"] == ""


def test_the_compressed_page_is_whole():
    page = web.dressed_page(PAGE, "de", "/unterpfad")

    assert 'location.origin+"/unterpfad/"' in page
    assert gzip.decompress(gzip.compress(page.encode())).decode() == page


def test_health_names_the_release_or_the_trouble(published):
    client = Client(Starlette(routes=[Route(serve.HEALTH, serve.health)]))

    assert client.get(serve.HEALTH).json() == {"status": "ok", "release": "sample-1"}

    (published / "current").unlink()
    answer = client.get(serve.HEALTH)
    assert answer.status_code == 503
    assert answer.json()["reason"] == "NoReleaseError"


def test_the_settings_keep_the_page_to_this_host():
    settings = serve.settings()

    assert settings["browser.gatherUsageStats"] is False
    assert settings["client.toolbarMode"] == "minimal"
    assert settings["client.showErrorDetails"] == "none"
    assert not [value for value in settings.values() if "http" in str(value)]


def test_the_theme_of_the_page_is_that_of_the_charts():
    from dashboard.charts.theme import INKS

    settings = serve.settings()
    for name, ink in INKS.items():
        assert settings[f"theme.{name}.backgroundColor"] == ink.paper
        assert settings[f"theme.{name}.textColor"] == ink.text
        assert settings[f"theme.{name}.primaryColor"] == ink.accent


def test_a_taken_port_is_said_in_a_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(SystemExit, match=f"Port {port} cannot be used"):
            serve.serve(port)


def test_connections_send_at_once():
    with serve.listening("127.0.0.1", 0) as bound:
        assert bound.proto == socket.IPPROTO_TCP


@pytest.fixture
def files(published) -> Client:
    return Client(Starlette(routes=taken.routes()))


@pytest.mark.parametrize(
    ("address", "start"),
    [
        ("kennzahl/housing__rent.png", b"\x89PNG"),
        ("kennzahl/housing__rent.svg", b"<svg"),
        ("kennzahl/housing__rent.xlsx", b"PK"),
        ("verlauf/population__inhabitants.svg", b"<svg"),
        ("portraet/moelln.svg", b"<svg"),
        ("veroeffentlichung/sample-1.parquet.zip", b"PK"),
        ("veroeffentlichung/sample-1.csv.zip", b"PK"),
        ("veroeffentlichung/sample-1.xlsx", b"PK"),
    ],
)
def test_a_file_comes_under_its_own_address(files, address, start):
    answer = files.get(f"/dateien/{address}")

    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "address",
    [
        "kennzahl/unknown.png",
        "kennzahl/housing__rent.exe",
        "kennzahl/housing__rent",
        "verlauf/housing__rent.png",
        "portraet/unknown.png",
        "anderes/housing__rent.png",
        "veroeffentlichung/sample-1.png",
        "veroeffentlichung/anything.xlsx",
    ],
)
def test_a_file_that_is_not_there_is_said_in_a_sentence(files, address):
    answer = files.get(f"/dateien/{address}?sprache=en")

    assert answer.status_code == 404
    assert answer.text == "This file does not exist in the current release."


def test_a_file_belongs_to_the_release_that_was_shown(files, published):
    towns = [row | {"name": "Neustadt"} for row in sample.default_tables()["towns"] if row["town_id"] == "moelln"]
    sample.write_release(published, "sample-2", towns=towns)

    assert "Wittenberge" in files.get("/dateien/kennzahl/housing__rent.csv?stand=sample-1").text
    assert "Wittenberge" not in files.get("/dateien/kennzahl/housing__rent.csv?stand=sample-2").text
    assert "Wittenberge" not in files.get("/dateien/kennzahl/housing__rent.csv?stand=not-there").text
    for odd in ("../../x", "a" * 256, "%C3%A4", "a%00b"):
        assert files.get(f"/dateien/kennzahl/housing__rent.csv?stand={odd}").status_code == 400


def test_addresses_that_are_made_up_make_no_file_anew(files, monkeypatch):
    made = []
    monkeypatch.setattr(making.downloads, "excel", lambda tables: made.append("xlsx") or b"PK")
    monkeypatch.setitem(making.PICTURES, "kennzahl", lambda *asked: made.append(asked[1:]))

    for unknown in ("?stadt=a", "?stadt=b", "?sprache=en", "?sprache=en&stadt=c", "?x=1"):
        assert files.get(f"/dateien/veroeffentlichung/sample-1.xlsx{unknown}").status_code == 200
        files.get(f"/dateien/kennzahl/housing__rent.csv{unknown}")

    assert made.count("xlsx") == 2  # languages
    assert {one for one in made if one != "xlsx"} == {("housing__rent", None)}


def test_sample_data_are_marked_in_the_picture_that_is_taken_away(warehouse):
    values = [sample.value("housing__rent", town, "2022-05-15", 7.5, is_synthetic=True) for town in sample.ORDER]
    sample.write_release(warehouse, indicator_values=values)

    answer = Client(Starlette(routes=taken.routes())).get("/dateien/kennzahl/housing__rent.svg")

    assert "Beispieldaten, künstlich erzeugt" in answer.text


def test_without_a_release_there_is_no_file(warehouse):
    assert Client(Starlette(routes=taken.routes())).get("/dateien/kennzahl/housing__rent.svg").status_code == 404
