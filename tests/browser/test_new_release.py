"""A page that is merely held open shows the next release by itself, and the first one where there was none."""

from pathlib import Path

import pytest

from tests.browser.pages import LOADS_WITHIN, opened
from tests.browser.servers import serving
from tests.dashboard.samples import sample

FOLLOWS_WITHIN = 25_000  # ms; the page looks every ten seconds


@pytest.fixture
def empty_warehouse(tmp_path: Path) -> Path:
    folder = tmp_path / "warehouse"
    folder.mkdir()
    return folder


def test_a_held_open_page_follows_the_pointer(browser, empty_warehouse):
    sample.write_release(empty_warehouse, "first")
    for address in serving(empty_warehouse):
        page, heard = opened(browser, address, "staedte?stadt=moelln")
        assert "Veröffentlichung first" in page.locator(".sl-footer").inner_text()

        towns = [
            row | {"population": 20_001} if row["town_id"] == "moelln" else row
            for row in sample.default_tables()["towns"]
        ]
        sample.write_release(empty_warehouse, "second", towns=towns)

        page.wait_for_selector(".sl-footer:has-text('Veröffentlichung second')", timeout=FOLLOWS_WITHIN)
        assert "20.001 Einwohner" in page.locator(".sl-heading").first.inner_text()
        assert page.url.endswith("staedte?stadt=moelln")
        assert heard.console == []
        page.close()


def test_a_page_waiting_for_the_first_release_shows_it(browser, empty_warehouse):
    for address in serving(empty_warehouse):
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("h1:has-text('Noch ist nichts veröffentlicht')", timeout=LOADS_WITHIN)

        sample.write_release(empty_warehouse, "first")

        page.wait_for_selector("h1:has-text('Überblick')", timeout=FOLLOWS_WITHIN)
        page.close()
