"""What the server answers at once, in Chromium: read without JavaScript, and handed over to the live page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from dashboard import texts
from tests.browser.pages import LOADS_WITHIN, opened, taken, violations

SAY = texts.of("de")
MOVED = 40  # px of the first chart when the live page takes over; a line of text is 27


@pytest.fixture
def without_script(browser: Browser) -> Iterator[Page]:
    """A reader who has switched JavaScript off; axe looks from outside."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["", "benchmark?thema=eigene", "befragungen", "co-working", "staedte?sprache=en"])
def test_the_article_alone_has_no_fault(browser, whole, path):
    page = browser.new_page(viewport={"width": 390, "height": 900})
    # The frame's code never comes, as it does for who has no script; axe needs one of its own.
    page.route("**/static/js/**", lambda route: route.abort())
    page.goto(f"{whole}/{path}")
    page.evaluate("document.getElementById('root').remove()")

    assert violations(page) == []
    assert page.evaluate("document.querySelector('#sl-first').scrollWidth <= innerWidth")
    page.close()


def test_a_reader_without_script_reads_chooses_and_goes_on(without_script, whole):
    page = without_script
    page.goto(f"{whole}/struktur")
    page.get_by_label("Thema").select_option(label="Wohnen")
    page.get_by_role("button", name=SAY.form_submit).first.click()

    assert page.url == f"{whole}/struktur?thema=housing"
    assert page.locator("h2").first.inner_text().startswith("Nettokaltmiete")
    assert page.locator("figure svg").first.is_visible()
    page.get_by_role("link", name="Städte").first.click()
    page.locator("select[name=choice-stadt]").select_option(label="Mölln")
    page.get_by_role("button", name=SAY.form_submit).first.click()
    assert page.locator("h2").first.inner_text() == "Mölln"


def test_a_reader_without_script_takes_a_report(without_script, whole, tmp_path):
    without_script.goto(f"{whole}/benchmark?thema=housing")

    assert taken(without_script, SAY.group("report_forms")["pdf"], tmp_path).startswith(b"%PDF")


def test_a_report_is_made_with_progress_in_words(browser, whole, tmp_path):
    page, heard = opened(browser, whole, "benchmark?thema=housing")

    assert taken(page, SAY.group("report_forms")["xlsx"], tmp_path).startswith(b"PK")
    assert page.locator("[data-making] [role=status]").inner_text() == SAY.report_done
    assert heard.console == []
    page.close()


def test_the_live_page_takes_over_without_a_jump_and_with_the_focus(browser, whole):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{whole}/struktur", wait_until="commit")
    page.wait_for_selector("#sl-first figure", timeout=LOADS_WITHIN)
    assert page.evaluate("document.getElementById('root').inert")
    before = page.locator("#sl-first figure").first.bounding_box()
    page.locator("#sl-first input[name=wort]").press_sequentially("Mie")
    page.wait_for_selector("#sl-first", state="detached", timeout=LOADS_WITHIN)
    after = page.locator("#root [data-testid=stVegaLiteChart]").first.bounding_box()

    assert abs(after["y"] - before["y"]) < MOVED
    assert after["width"] == before["width"]
    assert page.evaluate("[document.activeElement.name, document.activeElement.value]") == ["wort", "Mie"]
    assert not page.evaluate("document.getElementById('root').inert")
    page.close()


def test_where_the_live_page_does_not_come_the_form_is_opened(browser, whole):
    page = browser.new_page()
    page.clock.install()
    page.route("**/static/js/**", lambda route: route.abort())
    page.goto(f"{whole}/struktur")
    submit = page.locator("#sl-first .sl-submit").first
    assert not submit.is_visible()
    page.clock.run_for(11_000)

    assert submit.is_visible()
    assert not page.evaluate("document.querySelector('.sl-choosing').inert")
    page.close()
