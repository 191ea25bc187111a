"""The desk planner in a browser: a slider runs the planner alone, and the view can be passed on."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import settled

ANSWER = ".st-key-sl-planner .sl-count"
SLIDER = ".st-key-sl-planner-choices input[type=range]"


def opened(browser: Browser, address: str, width: int = 1440) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 1000})
    page.goto(address)
    settled(page, 60_000)
    return page


def test_a_slider_changes_the_answer_and_the_address_that_is_passed_on(booked: str, browser: Browser) -> None:
    page = opened(browser, f"{booked}/co-working?raum=ow-popup")
    before = page.locator(ANSWER).inner_text()

    page.locator(SLIDER).first.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"said => document.querySelector('{ANSWER}').innerText !== said", arg=before)

    after = page.locator(ANSWER).inner_text()
    assert after.startswith("Mit 6 Arbeitsplätzen, ")
    page.wait_for_url("**plaetze=6**")
    again = opened(browser, page.url)
    assert again.locator(ANSWER).inner_text() == after


@pytest.mark.parametrize("width", [1440, 390])
def test_it_fits_into_the_window(booked: str, browser: Browser, width: int) -> None:
    page = opened(browser, f"{booked}/co-working?raum=ow-popup", width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in ("sl-planner-choices", "sl-planner"):
        box = page.locator(f".st-key-{part}").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
