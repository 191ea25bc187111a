"""Every address is answered at once with its article: by the sitemap, without a browser, on a server just started."""

import asyncio
import html
import re
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboard import charts, texts
from dashboard.article import blocks
from dashboard.article.arrangement import every
from dashboard.article.choices import Choice, Number, OneOf, SomeOf
from dashboard.article.sitemap import ADDRESSES
from dashboard.pages import VIEWS
from dashboard.parts.visit import Visit
from dashboard.release import store
from dashboard.server import file_routes, first_paint, warming, web
from dashboard.words.numbers import Numbers
from tests.dashboard.samples import sample, whole_sample
from tests.dashboard.server.client import Client

FRAME = (
    '<html lang="en"><head><title>Streamlit</title></head>'
    '<body><noscript>x</noscript><div id="root"></div></body></html>'
)
STATES = (
    "benchmark?thema=eigene&",
    "benchmark?vorfuehrung=1&",
    "befragungen?ansicht=single&",
    "befragungen?ansicht=gap&",
    "suche?wort=pendl&",
    "hilfe?frage=gaps&",
    "staedte?stadt=moelln&",
    "struktur?thema=commuting&stadt=moelln&",
)
STARTS = [*(f"{path}?" for path in ADDRESSES.values()), *STATES]
PAGES = [(f"{start}sprache={language}", language) for start in STARTS for language in texts.LANGUAGES]


async def frame(request: Request) -> Response:
    return HTMLResponse(FRAME)


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """A warehouse with everything in its release."""
    warehouse = tmp_path_factory.mktemp("served")
    sample.write_release(warehouse, **whole_sample.tables())
    return warehouse


@pytest.fixture
def served(everything, monkeypatch):
    """A server that shows it, its drawings left empty."""
    monkeypatch.setenv("STADTLABOR_WAREHOUSE", str(everything))
    monkeypatch.setattr(charts, "inline", lambda *given: ("<svg></svg>", {}))
    routes = [*file_routes.routes(), *(Route(f"/{path}", frame) for path in ADDRESSES.values())]
    return Client(web.PageDressing(Starlette(routes=routes), articles=first_paint))


def said(page: str) -> str:
    """What a page says, without its markup, scripts and styles."""
    page = re.sub(r"<(script|style)>.*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ").split())


def article(address: str, language: str) -> list[blocks.Block]:
    path, _, query = address.partition("?")
    name = next(name for name, place in ADDRESSES.items() if place == path)
    visit = Visit(language, "light", texts.of(language), Numbers(language), store.current())
    return list(every(VIEWS[name](visit.beside(dict(one.split("=") for one in query.split("&"))))))


@pytest.mark.parametrize(("address", "language"), PAGES)
def test_an_address_holds_its_headline_numbers_tables_and_choices(served, address, language):
    answer = served.get(f"/{address}")
    page, words, shown = answer.text, said(answer.text), article(address, language)

    assert f'<html lang="{language}"' in page
    assert page.count("<h1") == 1
    assert page.count('<figure class="sl-chart"') == sum(isinstance(one, blocks.Chart) for one in shown)
    missing = []
    for block in shown:
        if isinstance(block, blocks.Table):
            cells = [one if isinstance(one, str) else one.words for row in block.rows for one in row]
            missing += [one for one in cells if " ".join(one.replace("\u00a0", " ").split()) not in words]
        elif isinstance(block, blocks.Intro):
            missing += [one for one in (block.title, block.answers) if one not in words]
        elif isinstance(block, Choice):
            missing += [block.label] if block.label not in words else []
            options = block.options if isinstance(block, OneOf | SomeOf) else ()
            missing += [one for one in options if f'value="{html.escape(one)}"' not in page]
            assert re.search(rf'name="{re.escape(block.key)}" form="sl-form"', page), block.key
    assert missing == []
    assert ('type="submit" form="sl-form"' in page) == any(isinstance(one, Choice) for one in shown)
    assert "None" not in words


def test_every_link_of_every_page_is_answered(served):
    links = set()
    for path in ADDRESSES.values():
        page = served.get(f"/{path}").text.partition('id="sl-first"')[2]
        links |= set(re.findall(r'(?:href|action)="\./([^"]*)"', page))

    addresses = {unquote(html.unescape(one)) for one in links}
    # Of the files of one kind one; each kind has tests of its own.
    pages = {one.partition("?")[0] for one in addresses if not one.startswith("dateien/")}
    files = {
        one.split("/")[1]: one for one in addresses if one.startswith("dateien/") and not one.endswith((".png", ".svg"))
    }
    assert pages == set(ADDRESSES.values())
    assert len(files) > 5
    assert [one for one in [*pages, *files.values()] if served.get(f"/{one}").status_code != 200] == []


@pytest.mark.parametrize(
    ("address", "sent", "asked"),
    [
        ("struktur", "choice-thema=commuting", "thema=commuting"),
        ("struktur", "choice-thema=unknown&choice-stadt=", ""),
        ("staedte", "choice-stadt=moelln&formular=sprache%3Den", "sprache=en&stadt=moelln"),
        ("staedte", "choice-stadt=diessen&formular=stadt%3Dmoelln", ""),
        ("benchmark", "choice-thema=housing&formular=thema%3Deigene%26kennzahlen%3Dhousing__rent", "thema=housing"),
        (
            "benchmark",
            "pick-kennzahlen-commuting=commuting__out_share&pick-kennzahlen-commuting=commuting__balance"
            "&pick-kennzahlen-housing=housing__vacancy&formular=thema%3Deigene%26kennzahlen%3Dcommuting__out_share,odd",
            "thema=eigene&kennzahlen=commuting__out_share,commuting__balance,housing__vacancy",
        ),
        ("benchmark", "formular=thema%3Deigene%26kennzahlen%3Dhousing__rent", "thema=eigene"),
        ("methoden", "typed-suche=  zwei Worte ", "suche=zwei Worte"),
    ],
)
def test_a_form_that_is_sent_leads_to_the_address_of_what_was_chosen(served, address, sent, asked):
    answer = served.get(f"/{address}?{sent if 'formular=' in sent else f'{sent}&formular='}")

    assert answer.status_code == 303
    path, _, query = unquote(answer.headers["location"].replace("+", " ")).partition("?")
    assert path == f"./{address}"
    assert set(query.split("&")) == set(asked.split("&"))


@pytest.mark.parametrize(
    ("sent", "value"),
    [(["12"], 12), (["12,0"], 12), (["999"], 7), (["nan"], 7), (["1e999"], 7), (["x"], 7), ([], 7)],
)
def test_a_number_stays_within_its_bounds(sent, value):
    assert first_paint.form._value(Number("", "n", 7, 7, "k", bounds=(1, 20)), sent) == value


@pytest.mark.parametrize(("sent", "value"), [(["2", "5"], (2, 5)), (["5", "2"], (1, 20)), (["2"], (1, 20))])
def test_two_ends_are_taken_together(sent, value):
    assert first_paint.form._value(Number("", "n", (1, 20), (1, 20), "k", bounds=(1, 20)), sent) == value


def test_what_a_page_does_not_read_makes_nothing_anew(served, monkeypatch):
    served.get("/struktur?stadt=moelln")
    made = []
    monkeypatch.setattr(first_paint, "body_of", lambda *given: made.append(given) or pytest.fail("made anew"))

    for unread in ("&x=1", "&x=2&raum=3", "&X-Amz=" + "9" * 500):
        assert "Mölln" in served.get(f"/struktur?stadt=moelln{unread}").text
    assert made == []


@pytest.mark.parametrize("address", ["benchmark", "struktur", "staedte"])
def test_what_a_page_does_not_read_is_not_taken_for_read_by_its_first_reader(served, address):
    page = served.get(f"/{address}?unread=1&stadt=moelln").text

    assert "unread" not in page
    assert "unread" not in set().union(*first_paint._read.values())


def test_an_unknown_value_shows_what_the_page_shows_by_itself_and_draws_nothing_anew(served, monkeypatch):
    plain = said(served.get("/struktur").text)
    monkeypatch.setattr(charts, "inline", lambda *given: pytest.fail("drawn anew"))

    assert said(served.get("/struktur?thema=unknown&stadt=nirgends&ansicht=odd").text) == plain


def test_the_head_is_sent_before_the_article_is_made(served, monkeypatch):
    order, make = [], first_paint.make
    monkeypatch.setattr(first_paint, "make", lambda *given: order.append("made") or make(*given))

    async def send(message):
        order.append(message["type"].rpartition(".")[2])

    async def receive():
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": "GET", "path": "/steckbrief", "query_string": b"kennzahl=housing__rent",
             "root_path": "", "headers": []}  # fmt: skip
    # A thread of its own: browser tests leave a running loop in theirs.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, served.app(scope, receive, send)).result()
    assert order == ["start", "body", "made", "body"]


@pytest.mark.parametrize("why", ["signin", "crowd", "failure", "no release"])
def test_where_there_is_no_article_the_live_page_comes_alone(served, monkeypatch, why, tmp_path):
    address = "/hilfe?frage=signs"
    if why == "signin":
        monkeypatch.setenv("STADTLABOR_ACCESS", "signin")
        served.get(address.replace("hilfe", "struktur") + "&formular=")
    elif why == "crowd":
        monkeypatch.setattr(first_paint, "_waiting", ["struktur"] * first_paint.MOST_WAITING)
    elif why == "failure":
        monkeypatch.setattr(first_paint, "make", lambda *given: 1 / 0)
    else:
        monkeypatch.setenv("STADTLABOR_WAREHOUSE", str(tmp_path))

    page = served.get(address + f"&gruppe={why}").text

    assert 'id="sl-first"' not in page
    assert "<noscript><h1>" in page
    assert '<div id="root">' in page


def test_a_hostile_selection_is_no_markup(served):
    page = served.get("/suche?wort=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&stadt=%3Cb%3E").text

    assert "<script>alert" not in page
    assert "<b>" not in page


def test_the_team_s_pages_say_so_and_the_public_ones_know_nothing(warehouse, monkeypatch):
    from tests.dashboard.server import test_editions

    test_editions.both.__wrapped__(warehouse)
    first = {}
    for edition in ("public", "team"):
        monkeypatch.setenv("EDITION", edition)
        first[edition] = first_paint.make("structure", {"thema": "tourism", "indikator": "tourism__beds"}).html

    assert texts.of("de").internal_banner in first["team"]
    assert 'name="pick-fassung"' in first["team"]
    assert "4.711" in first["team"]
    assert texts.of("de").internal_banner not in first["public"]
    assert "4.711" not in first["public"]


def test_one_makes_an_address_while_others_wait_for_it(published, monkeypatch):
    made, body_of = [], first_paint.body_of
    monkeypatch.setattr(first_paint, "body_of", lambda *given: made.append(1) or time.sleep(0.1) or body_of(*given))
    threads = [threading.Thread(target=first_paint.make, args=("help", {})) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 1


def test_standard_addresses_are_made_beforehand_within_their_bounds(published, monkeypatch):
    monkeypatch.setattr(charts, "inline", lambda *given: ("<svg></svg>", {}))
    assert warming.warm(time.monotonic() - 1, warming._standard()) == 0
    count = warming.warm(time.monotonic() + 60, warming._standard())

    assert count > 2 * len(ADDRESSES)
    assert "sl-both" in first_paint.ready("/struktur", "").html
    assert first_paint.ready("/methoden", "sprache=en") is not None
    monkeypatch.setattr("dashboard.release.release_cache.MOST_BYTES", 1000)
    assert warming.warm(time.monotonic() + 60, warming._standard()) == 0


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({}, "wide"),
        ({"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36"}, "wide"),
        ({"user-agent": "Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0 Mobile Safari/537.36"}, "narrow"),
        ({"sec-ch-ua-mobile": "?1"}, "narrow"),
    ],
)
def test_the_first_reader_gets_a_drawing_for_the_screen_and_later_ones_both(
    served, published, monkeypatch, headers, kind
):
    monkeypatch.setattr(first_paint, "_unfinished", deque())
    asked: list[int] = []
    monkeypatch.setattr(charts, "inline", lambda *given: asked.append(given[-1]) or ("<svg></svg>", {}))
    first = served.get("/struktur", headers=headers).text

    drawn = first.partition('id="sl-first"')[2]
    assert {one for one in ("wide", "narrow") if f'<div class="sl-{one}"' in drawn} == {kind}
    assert set(asked) == {charts.NARROW if kind == "narrow" else first_paint.WIDTH}
    assert warming.warm(time.monotonic() + 60) == 1
    later = served.get("/struktur", headers=headers)
    assert later.text.count('<div class="sl-wide"') == later.text.count('<div class="sl-narrow"') > 0
    assert set(asked) == {charts.NARROW, first_paint.WIDTH}
    assert "User-Agent" in later.headers["vary"]
