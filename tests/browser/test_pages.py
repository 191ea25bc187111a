"""Every page in Chromium: its words, its language, what it asks for, and what can be done on it."""

from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from dashboard import texts
from dashboard.frame import ADDRESSES

WIDTHS = {"desk": 1440, "telephone": 390}
LOADS_WITHIN = 30_000  # ms; a cold start of the interpreter included


@dataclass
class Heard:
    """What a page asked for and complained of."""

    console: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)


_contexts: dict[tuple[int, str, int], BrowserContext] = {}


def opened(browser: Browser, address: str, path: str, scheme: str = "light", width: int = 1440) -> tuple[Page, Heard]:
    """A page, drawn to its foot with every chart in place."""
    page, heard = _context(browser, scheme, width).new_page(), Heard()
    page.on("console", lambda said: heard.console.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.console.append(str(error)))
    page.on("request", lambda asked: heard.hosts.append(asked.url) if _is_foreign(asked.url, address) else None)
    page.goto(f"{address}/{path}")
    page.wait_for_selector(".sl-footer", state="attached", timeout=LOADS_WITHIN)
    settled(page)
    return page, heard


def _context(browser: Browser, scheme: str, width: int) -> BrowserContext:
    """Readers of one kind share a cache: the frame's files are fetched once, not for each test."""
    kind = (id(browser), scheme, width)
    if kind not in _contexts:
        _contexts[kind] = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale="de-DE", reduced_motion="reduce"
        )
    return _contexts[kind]


def settled(page: Page) -> None:
    """Wait until the run is over and each chart is drawn."""
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stStatusWidget]')"
        " && [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]"
        ".every(chart => chart.querySelector('canvas, svg'))",
        timeout=LOADS_WITHIN,
    )


def _is_foreign(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws", 1), "data:", "blob:"))


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_page(browser, address, name, language):
    """A release of official figures alone; test_accessibility goes through lights and widths with everything in it."""
    page, heard = opened(browser, address, f"{ADDRESSES[name]}?sprache={language}")

    assert page.locator("h1").inner_text() == texts.of(language).group("pages")[name]
    assert page.locator("html").get_attribute("lang") == language
    assert heard.console == []
    assert heard.hosts == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= innerWidth")
    assert _violations(page) == []
    page.close()


def test_the_audit_would_notice_a_fault(browser, address):
    page, _ = opened(browser, address, "")

    page.evaluate("document.querySelector('.sl-footer').insertAdjacentHTML('beforeend', '<img src=\"data:,\">')")

    assert [found.split(":")[0] for found in _violations(page)] == ["image-alt"]
    page.close()


def test_the_watch_would_notice_another_host(browser, address):
    page, heard = opened(browser, address, "")

    page.evaluate("fetch('http://192.0.2.1/x').catch(() => {})")
    page.wait_for_timeout(300)

    assert heard.console, "the content security policy let the page ask another host"
    page.close()


def test_every_chart_says_what_it_shows(browser, address):
    page, _ = opened(browser, address, "struktur?thema=commuting&indikator=commuting__out_share")

    named = page.locator("[data-testid=stVegaLiteChart][aria-label*='Wittenberge 47,2']")
    assert named.count() >= 1
    page.close()


def test_the_link_to_the_other_language_keeps_the_selection(browser, address):
    page, _ = opened(browser, address, "struktur?thema=housing&indikator=housing__vacancy")

    page.get_by_role("link", name="English").click()
    page.wait_for_selector("h1:has-text('Structure')", timeout=LOADS_WITHIN)
    page.wait_for_selector(".sl-footer")

    assert page.locator("html").get_attribute("lang") == "en"
    assert "indikator=housing__vacancy" in page.url
    assert page.locator("h2").first.inner_text().startswith("Dwelling vacancy")
    page.close()


def test_the_language_goes_along_from_page_to_page(browser, address):
    page, _ = opened(browser, address, "?sprache=en")

    page.get_by_role("link", name="Data", exact=True).click()
    page.get_by_role("link", name="Data quality", exact=True).click()
    page.wait_for_selector("h1:has-text('Data quality')", timeout=LOADS_WITHIN)

    assert page.url == f"{address}/datenqualitaet?sprache=en"
    page.close()


def test_a_choice_stands_in_the_address_and_the_way_back_undoes_it(browser, address):
    page, _ = opened(browser, address, "struktur")
    before = page.locator("h2").first.inner_text()

    page.get_by_role("combobox", name="Thema").click()
    page.get_by_role("option", name="Wohnen").click()
    page.wait_for_selector("h2:has-text('Nettokaltmiete')", timeout=LOADS_WITHIN)
    assert page.url == f"{address}/struktur?thema=housing"

    page.go_back()
    page.wait_for_function("said => document.querySelector('h2').innerText === said", arg=before, timeout=LOADS_WITHIN)
    assert page.url == f"{address}/struktur"
    page.close()


@pytest.mark.parametrize(
    ("link", "start"), [("Bild (PNG)", b"\x89PNG"), ("Bild (SVG)", b"<svg"), ("Tabelle (Excel)", b"PK")]
)
def test_a_picture_and_its_table_can_be_taken_away(browser, address, link, start, tmp_path):
    page, heard = opened(browser, address, "struktur?thema=housing&indikator=housing__vacancy")

    with page.expect_download(timeout=LOADS_WITHIN) as download:
        page.get_by_role("link", name=link).first.click()

    download.value.save_as(tmp_path / "file")
    assert (tmp_path / "file").read_bytes().startswith(start)
    assert heard.console == []
    page.close()


def _violations(page: Page) -> list[str]:
    found = Axe().run(page)
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes']]}"
        for one in found.response["violations"]
    ]
