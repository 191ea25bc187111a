"""Someone new finds what they look for; the search, the guide and the presentation are used by hand."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard import texts
from tests.browser.pages import LOADS_WITHIN, opened, settled

SAY = texts.of("de")
MOST_CLICKS = 3


class Newcomer:
    """Starts on the first page and counts clicks."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, on: Locator) -> None:
        on.first.click()
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS
        self.page.wait_for_timeout(200)
        settled(self.page)

    def link(self, words: str) -> None:
        before = self.page.locator("h1").inner_text()
        self.click(self.page.get_by_role("link", name=words, exact=True))
        changed = "before => document.querySelector('h1') && document.querySelector('h1').innerText !== before"
        self.page.wait_for_function(changed, arg=before, timeout=LOADS_WITHIN)
        self.page.wait_for_selector(".sl-footer", state="attached")
        settled(self.page)

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=LOADS_WITHIN)


@pytest.fixture
def newcomer(browser, whole) -> Iterator[Newcomer]:
    page, heard = opened(browser, whole, "")
    yield Newcomer(page)
    assert heard.console == []
    page.close()


def test_the_visits_of_moelln(newcomer):
    newcomer.link("Veranstaltungen")
    newcomer.click(newcomer.page.locator("summary", has_text=SAY.numbers_of_picture))

    rows = newcomer.page.locator(".sl-unfolding[open] tr", has_text="Mölln")
    expect(rows.filter(has_text="Eröffnung der Themenwoche")).to_contain_text("64")


def test_how_many_commuters_could_stay_at_home_in_wittenberge(newcomer):
    newcomer.link("Befragungen")
    newcomer.click(newcomer.page.get_by_text("Homeoffice-Lücke"))

    newcomer.sees("die zur Arbeit aus Wittenberge fahren, könnten")


def test_the_same_by_the_search_field(newcomer):
    newcomer.page.get_by_role("searchbox").fill("zu Hause bleiben Wittenberge")
    newcomer.click(newcomer.page.get_by_role("button", name=SAY.search_button))
    newcomer.link("Homeoffice-Lücke")

    newcomer.sees("die zur Arbeit aus Wittenberge fahren, könnten")


def test_why_a_cell_is_hidden(newcomer):
    newcomer.link("Hilfe")

    newcomer.sees(SAY.group("help_topics")["gaps"])
    newcomer.sees("Haben weniger als fünf Menschen so geantwortet")


def test_why_a_cell_is_hidden_from_where_it_stands(browser, whole):
    page, _ = opened(browser, whole, "struktur?thema=tourism&indikator=tourism__beds")

    page.evaluate("window.sameFrame = true")
    page.get_by_role("link", name=SAY.to_gaps).first.click()

    first = page.locator("h2").first
    expect(first).to_have_text(SAY.group("help_topics")["gaps"], timeout=LOADS_WITHIN)
    assert page.evaluate("window.sameFrame"), "the page was loaded anew"
    assert page.url.endswith("/hilfe?frage=gaps")
    page.go_back()
    expect(page.locator("h1")).to_have_text(SAY.group("pages")["structure"], timeout=LOADS_WITHIN)
    page.close()


def test_where_a_number_comes_from_and_back(newcomer):
    newcomer.link(SAY.to_passport)
    newcomer.sees(SAY.passport_files)
    assert newcomer.page.url.split("?")[1].startswith("kennzahl=")

    newcomer.link(SAY.passport_back)
    expect(newcomer.page.locator("h1")).not_to_have_text(SAY.group("pages")["passport"], timeout=LOADS_WITHIN)


def test_a_file_and_its_fingerprint_stand_in_the_passport(browser, whole):
    page, _ = opened(browser, whole, "steckbrief?kennzahl=commuting__out_share")

    expect(page.get_by_text("0f" * 32).first).to_be_visible()
    page.close()


@pytest.mark.parametrize(("language", "asked", "found"), [("de", "moelln", "Mölln"), ("en", "commuter", "Commuter")])
def test_the_search_is_used_by_keyboard_and_stands_in_the_address(browser, whole, language, asked, found):
    page, heard = opened(browser, whole, f"struktur?sprache={language}")

    page.get_by_role("searchbox").focus()
    page.keyboard.type(asked)
    page.keyboard.press("Enter")
    page.wait_for_selector(f"h1:has-text('{texts.of(language).group('pages')['search']}')", timeout=LOADS_WITHIN)

    assert page.url == f"{whole}/suche?wort={asked}&sprache={language}"
    expect(page.locator("[class*=st-key-sl-found]", has_text=found).first).to_be_visible()
    assert page.locator("html").get_attribute("lang") == language
    assert heard.console == []
    page.close()


def test_the_guide_is_dismissed_once_for_all_by_keyboard(browser, whole):
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(whole)
    settled(page)
    guide = page.locator(".sl-guide")

    page.get_by_role("button", name=SAY.guide_dismiss).focus()
    page.keyboard.press("Enter")
    expect(guide).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "sl-content"

    page.reload()
    settled(page)
    expect(guide).to_be_hidden()
    # The one cookie is Streamlit's own against forged requests.
    assert {one["name"] for one in context.cookies()} <= {"_streamlit_xsrf"}
    context.close()


def test_the_presentation_turns_by_arrow_keys_and_ends_by_escape(browser, whole):
    page, heard = opened(browser, whole, "benchmark?thema=housing")

    page.get_by_role("button", name=SAY.present).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 von 2 · Wohnen")).to_be_visible(timeout=LOADS_WITHIN)
    expect(page.locator(".st-key-sl-navigation")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("2 von 2 · Wohnen")).to_be_visible(timeout=LOADS_WITHIN)
    assert page.url.endswith("vorfuehrung=2")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("1 von 2 · Wohnen")).to_be_visible(timeout=LOADS_WITHIN)
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_have_text("Benchmark", timeout=LOADS_WITHIN)

    assert page.url == f"{whole}/benchmark?thema=housing"
    assert heard.console == []
    page.close()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1920, 1080)])
def test_a_screen_of_the_presentation_is_filled_and_nothing_is_cut(browser, whole, width, height):
    page, _ = opened(browser, whole, "benchmark?thema=commuting&vorfuehrung=1", width=width)
    page.set_viewport_size({"width": width, "height": height})
    # Drawn anew for the window's size; for a moment it may stand there as large as for the one before.
    stays = """([width, height]) => {
        const chart = document.querySelector('[data-testid=stVegaLiteChart] svg.marks')?.getBoundingClientRect();
        const fits = chart && 0.9 * width < chart.width && chart.width <= width && chart.bottom <= height
            && document.querySelector('[data-testid=stMain]').scrollWidth <= innerWidth;
        window.since = fits ? window.since ?? performance.now() : undefined;
        return fits && performance.now() - window.since > 500}"""
    page.wait_for_function(stays, arg=[width, height], timeout=LOADS_WITHIN)
    page.close()


def test_an_own_selection_is_put_together_by_keyboard(browser, whole):
    page, heard = opened(browser, whole, "benchmark?thema=eigene&kennzahlen=housing__rent")

    page.get_by_role("button", name="Leerstand von Wohnungen").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('housing__vacancy')", timeout=LOADS_WITHIN)
    settled(page)

    expect(page.get_by_text("Kennzahlen in dieser Auswahl: 2")).to_be_visible(timeout=LOADS_WITHIN)
    assert heard.console == []
    page.close()
