"""The page of the surveys in Chromium, with surveys in the release."""

import pytest

from dashboard import texts
from tests.browser.pages import KINDS, LOADS_WITHIN, WIDTHS, faults, opened, taken
from tests.browser.servers import showing
from tests.dashboard.samples import survey_sample

VIEWS = ["", "ansicht=single&befragung=di-citizens", "ansicht=single&befragung=dw-again", "ansicht=gap"]
QUESTIONS = [
    "thema=survey_coworking&frage=coworking_interest_share&gliederung=age_group",
    "thema=survey_coworking&frage=wishes_share",
    "thema=survey_coworking&frage=price_demand",
    "thema=survey_commuting",
]


@pytest.fixture(scope="module")
def surveyed(tmp_path_factory):
    yield from showing(tmp_path_factory.mktemp("surveyed"), **survey_sample.tables())


@pytest.mark.parametrize(("language", "scheme", "width"), KINDS)
@pytest.mark.parametrize("view", [*VIEWS, *QUESTIONS])
def test_every_way_to_look_at_surveys(browser, surveyed, view, language, scheme, width):
    page, heard = opened(browser, surveyed, f"befragungen?{view}&sprache={language}", scheme, WIDTHS[width])

    assert page.locator("h1").inner_text() == texts.of(language).group("pages")["surveys"]
    assert faults(page, heard) == []
    page.close()


def test_a_survey_chart_says_its_values_and_their_uncertainty(browser, surveyed):
    page, _ = opened(browser, surveyed, "befragungen?thema=survey_coworking&frage=coworking_interest_share")

    said = page.locator("[data-testid=stVegaLiteChart]").first.get_attribute("aria-label")

    assert "Wittenberge 47,1\u202f% (zwischen 41\u202f% und 53\u202f%), n = 263" in said
    page.close()


def test_the_view_is_chosen_by_keyboard_and_stands_in_the_address(browser, surveyed):
    page, heard = opened(browser, surveyed, "befragungen")

    page.get_by_role("radio", name="Die Städte nebeneinander").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("h2:has-text('Befragung di-citizens')", timeout=LOADS_WITHIN)

    assert page.url.endswith("befragungen?ansicht=single")
    assert heard.console == []
    page.close()


def test_an_assumption_is_moved_by_keyboard_and_the_sentence_follows(browser, surveyed):
    page, heard = opened(browser, surveyed, "befragungen?ansicht=gap")
    before = page.get_by_text("Das wären im Jahr").inner_text()

    weeks = page.get_by_role("slider", name=texts.of("de").group("gap_inputs")["working_weeks"]).last
    weeks.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('wochen=40-47')", timeout=LOADS_WITHIN)
    # The address changes first; the sentence follows with the server's answer.
    changed = "before => !document.body.innerText.includes(before)"
    page.wait_for_function(changed, arg=before, timeout=LOADS_WITHIN)

    assert page.get_by_text("Das wären im Jahr").inner_text() != before
    assert heard.console == []
    page.close()


def test_a_picture_of_a_survey_can_be_taken_away(browser, surveyed, tmp_path):
    page, _ = opened(browser, surveyed, "befragungen?thema=survey_coworking&frage=wishes_share&antwort=coffee")

    drawn = taken(page, "Bild (SVG)", tmp_path).decode("utf-8")

    assert "Kaffee" in drawn
    assert "Beispieldaten" in drawn
    page.close()
