"""The page on co-working in Chromium: every kind of space, both languages, light and dark, desk and telephone."""

import pytest

from dashboard import texts
from tests.browser.pages import KINDS, LOADS_WITHIN, WIDTHS, faults, opened, taken

SPACES = ["raum=ow-popup", "raum=ed-night&jahr=2023", "raum=mo-day", "raum=mo-hidden"]


@pytest.mark.parametrize(("language", "scheme", "width"), KINDS)
@pytest.mark.parametrize("space", SPACES)
def test_every_kind_of_space(browser, booked, space, language, scheme, width):
    page, heard = opened(browser, booked, f"co-working?{space}&sprache={language}", scheme, WIDTHS[width])

    assert page.locator("h1").inner_text() == texts.of(language).group("pages")["coworking"]
    assert faults(page, heard) == []
    page.close()


def test_the_year_says_its_months_holidays_and_how_much_is_hidden(browser, booked):
    page, _ = opened(browser, booked, "co-working?raum=ow-popup")

    year = page.locator("[data-testid=stVegaLiteChart][aria-label*='nach Monaten' i]").first
    year.wait_for(timeout=LOADS_WITHIN)
    said = year.get_attribute("aria-label")

    assert "davon verborgen: 48 Öffnungstage" in said
    assert "Oktober 2022 16\u202f%" in said
    assert "Herbstferien" in said
    page.close()


def test_a_space_is_chosen_by_keyboard_and_stands_in_the_address(browser, booked):
    page, heard = opened(browser, booked, "co-working")

    box = page.get_by_role("combobox", name=texts.of("de").choose_space)
    box.focus()
    page.keyboard.type("Oestrich")
    page.keyboard.press("Enter")
    page.wait_for_selector("h2:has-text('Oestrich-Winkel: Co-Working auf Zeit')", timeout=LOADS_WITHIN)

    assert page.url.endswith("co-working?raum=ow-popup")
    assert heard.console == []
    page.close()


def test_the_numbers_of_a_year_unfold_by_keyboard(browser, booked):
    page, _ = opened(browser, booked, "co-working?raum=ow-popup")

    page.get_by_text(texts.of("de").numbers_of_picture).first.focus()
    page.keyboard.press("Enter")

    table = page.get_by_role("table").first
    table.wait_for(state="visible", timeout=LOADS_WITHIN)
    assert "1.\u00a0November 2022" in table.inner_text()
    page.close()


def test_a_picture_of_a_space_can_be_taken_away(browser, booked, tmp_path):
    page, _ = opened(browser, booked, "co-working?raum=ow-popup")

    drawn = taken(page, "Bild (SVG)", tmp_path).decode("utf-8")

    assert "Herbstferien" in drawn
    assert ">52<" in drawn
    assert "Beispieldaten" in drawn
    page.close()
