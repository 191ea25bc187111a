"""Events, lab journal, statements, overview and portrait in Chromium, with a journal and events in the release."""

import pytest

from dashboard import texts
from tests.browser.pages import KINDS, LOADS_WITHIN, WIDTHS, faults, opened
from tests.browser.servers import showing
from tests.dashboard.samples import event_sample, survey_sample

VIEWS = {
    "events": ["veranstaltungen?", "veranstaltungen?stadt=moelln&nach=venue", "veranstaltungen?format=trial_coworking"],
    "journal": ["labortagebuch?", "labortagebuch?stadt=wittenberge&ergebnis=did_not_come_about"],
    "statements": ["aussagen?", "aussagen?ergebnis=not_computable&stadt=wittenberge"],
    "overview": ["?"],
    "towns": ["staedte?stadt=wittenberge", "staedte?stadt=dippoldiswalde"],
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    yield from showing(tmp_path_factory.mktemp("told"), **survey_sample.tables(), **event_sample.tables())


@pytest.mark.parametrize(("language", "scheme", "width"), KINDS)
@pytest.mark.parametrize(("name", "view"), [(name, view) for name, views in VIEWS.items() for view in views])
def test_every_way_to_look_at_the_labs(browser, told, name, view, language, scheme, width):
    page, heard = opened(browser, told, f"{view}&sprache={language}", scheme, WIDTHS[width])

    assert page.locator("h1").inner_text() == texts.of(language).group("pages")[name]
    assert faults(page, heard) == []
    page.close()


def test_the_timeline_says_every_event(browser, told):
    page, _ = opened(browser, told, "veranstaltungen")

    # Charts of one page are drawn in no fixed order.
    first = "[data-testid=stVegaLiteChart][aria-label*='Eröffnung der Themenwoche (20. März']"
    said = page.wait_for_selector(first, timeout=LOADS_WITHIN).get_attribute("aria-label")

    assert "Eröffnung der Themenwoche (20. März 2023 · 64 Besuche · 80 Plätze)" in said
    assert "Co-Working im Verein (22. März 2023 · unter 5 Besuche · 30 Plätze)" in said
    page.close()


def test_a_card_leads_to_the_page_of_its_numbers(browser, told):
    page, heard = opened(browser, told, "labortagebuch?thema=coworking")

    page.get_by_role("link", name="Interesse").click()
    page.wait_for_selector("h1:has-text('Befragungen')", timeout=LOADS_WITHIN)

    assert "thema=survey_coworking" in page.url
    assert heard.console == []
    page.close()


def test_the_outcome_is_chosen_and_stands_in_the_address(browser, told):
    page, _ = opened(browser, told, "labortagebuch")

    box = page.get_by_role("combobox", name="Ergebnis")
    # A list that is open closes when the page moves.
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(1000)
    box.click()
    page.get_by_role("option", name="nicht zustande gekommen", exact=True).click()
    page.wait_for_selector("text=3 von 6 Einträgen", timeout=LOADS_WITHIN)

    assert page.url.endswith("labortagebuch?ergebnis=did_not_come_about")
    assert page.locator(".sl-card").count() == 3
    page.close()


def test_kinds_of_events_are_chosen_by_keyboard(browser, told):
    page, heard = opened(browser, told, "veranstaltungen")

    page.get_by_role("radio", name="Format").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("h3:has-text('Thema: am häufigsten')", timeout=LOADS_WITHIN)

    assert page.url.endswith("veranstaltungen?nach=theme")
    assert heard.console == []
    page.close()
