"""Every page in Chromium: its words, its language, what it asks for, and what can be done on it."""

import pytest
from playwright.sync_api import TimeoutError as WaitedInVain

from dashboard import texts
from dashboard.article.sitemap import ADDRESSES
from tests.browser.pages import LOADS_WITHIN, faults, opened, settled, taken, violations


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_page(browser, address, name, language):
    """A release of official figures alone; test_accessibility goes through lights and widths with everything in it."""
    page, heard = opened(browser, address, f"{ADDRESSES[name]}?sprache={language}")

    assert page.title().endswith(texts.of(language).title(name))
    assert page.locator("h1").inner_text() == texts.of(language).group("pages")[name]
    assert page.locator("html").get_attribute("lang") == language
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page, heard) == []
    page.close()


def test_the_title_follows_the_reader(browser, address):
    page, _ = opened(browser, address, "staedte?stadt=moelln")
    assert page.title() == "Mölln – Städte – StadtLabor Kleinstadt"

    page.get_by_role("link", name="Struktur", exact=True).first.click()
    page.wait_for_function("() => document.title == 'Struktur – StadtLabor Kleinstadt'", timeout=LOADS_WITHIN)
    settled(page)
    assert page.title() == "Struktur – StadtLabor Kleinstadt"
    page.close()


def test_the_audit_would_notice_a_fault(browser, address):
    page, _ = opened(browser, address, "")

    page.evaluate("document.querySelector('.sl-footer').insertAdjacentHTML('beforeend', '<img src=\"data:,\">')")

    assert [found.split(":")[0] for found in violations(page)] == ["image-alt"]
    page.close()


def test_a_page_wider_than_its_window_would_be_noticed(browser, address):
    page, heard = opened(browser, address, "")

    page.evaluate("document.querySelector('.sl-footer').style.width = '5000px'")

    assert "wider than its window" in faults(page, heard)
    page.close()


def test_the_watch_would_notice_another_host(browser, address):
    page, heard = opened(browser, address, "")

    page.evaluate("fetch('http://192.0.2.1/x').catch(() => {})")
    for _ in range(100):
        if not heard.console:
            page.wait_for_timeout(50)

    assert heard.console, "the content security policy let the page ask another host"
    page.close()


def test_a_table_breaks_no_word_but_may_break_a_fingerprint(browser, address):
    page, _ = opened(browser, address, "datenqualitaet")
    page.get_by_text("Einzelheiten zu").first.click()
    table = page.locator(".sl-table:has(.sl-code)").first
    table.wait_for(timeout=LOADS_WITHIN)

    lines = """cell => {const all = document.createRange(); all.selectNodeContents(cell);
        return new Set([...all.getClientRects()].map(one => one.top)).size}"""
    words, code = table.locator("td:not(.sl-number):not(.sl-code)").first, table.locator(".sl-code").first
    words.evaluate("cell => { cell.textContent = 'Wirtschaftsförderungsgesellschaft' }")
    code.evaluate("cell => { cell.textContent = 'f'.repeat(400) }")
    assert words.evaluate(lines) == 1
    assert code.evaluate(lines) > 1
    assert table.evaluate("table => table.scrollWidth <= table.parentElement.clientWidth")
    page.close()


def test_a_part_whose_code_has_not_arrived_would_be_waited_for(browser, address):
    page, _ = opened(browser, address, "struktur")

    page.evaluate("document.querySelector('.sl-footer').insertAdjacentHTML('beforeend', '<i data-testid=stSkeleton>')")

    with pytest.raises(WaitedInVain):
        settled(page, within=300)
    page.close()


def test_every_chart_says_what_it_shows(browser, address):
    page, _ = opened(browser, address, "struktur?thema=commuting&indikator=commuting__out_share")

    named = page.locator("[data-testid=stVegaLiteChart][aria-label*='Wittenberge 47,2']")
    assert named.count() >= 1
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_what_stands_on_it_dark(browser, address, scheme):
    page, _ = opened(browser, address, "struktur", scheme)
    page.emulate_media(media="print", color_scheme=scheme)
    lightness = """([selector, kind]) => {
        const [r, g, b] = getComputedStyle(document.querySelector(selector))[kind].match(/\\d+/g).map(Number);
        const turned = getComputedStyle(document.querySelector(selector).closest('svg') ?? document.body).filter;
        const found = (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
        return turned.startsWith('invert') ? 1 - found : found}"""

    assert page.evaluate(lightness, [".stApp", "backgroundColor"]) > 0.95
    assert page.evaluate(lightness, ["h1", "color"]) < 0.3
    assert page.evaluate(lightness, ["[data-testid=stVegaLiteChart] svg text", "fill"]) < 0.45
    behind = page.locator("[data-testid=stVegaLiteChart] svg").first
    assert scheme == "light" or behind.evaluate("one => getComputedStyle(one).backgroundColor") == "rgba(0, 0, 0, 0)"
    page.close()


def test_the_link_to_the_other_language_keeps_the_selection(browser, address):
    page, _ = opened(browser, address, "struktur?thema=housing&indikator=housing__vacancy")

    page.get_by_role("link", name="English").click()
    page.wait_for_selector("h1:has-text('Structure')", timeout=LOADS_WITHIN)
    settled(page)

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


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_controls_speak_the_readers_language(browser, address, language):
    page, heard = opened(browser, address, f"struktur?sprache={language}")
    box, words = page.locator("[data-testid=stSelectbox]").first, texts.of(language).group("hints")

    box.locator("input").fill("zzz")
    assert page.get_by_role("listbox").inner_text() == words["nothing"]
    assert box.locator("button").get_attribute("aria-label") == words["open"]
    assert box.locator("input").get_attribute("placeholder") == texts.of(language).choose_hint
    assert heard.console == []
    page.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_an_address_without_a_page_says_so_and_leads_on(browser, address, scheme, width):
    lost = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)

    answer = lost.goto(f"{address}/gibtesnicht")

    assert answer.status == 404
    assert lost.locator("h1").inner_text() == texts.of("de").unknown_title
    assert violations(lost) == []
    lost.locator("input[type=search]").fill("Miete")
    lost.keyboard.press("Enter")
    lost.wait_for_selector("h1:has-text('Suche')", timeout=LOADS_WITHIN)
    assert "wort=Miete" in lost.url
    lost.close()


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

    assert taken(page, link, tmp_path).startswith(start)
    assert heard.console == []
    page.close()
