"""Every page that the dashboard leads to, by axe, by keyboard and by eye of a ruler.

Pages are found by following links from the first one, so that a new page is covered without a word here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dashboard import texts
from dashboard.article.sitemap import ADDRESSES
from tests.browser.pages import LOADS_WITHIN, faults, opened, settled

WIDTHS = (1440, 390, 320)  # a desk, a telephone, and 400 % zoom of a window of 1280
TARGET = 24  # px, WCAG 2.2, 2.5.8
# The states of pages that are reached by a choice on them.
STATES = {
    "benchmark": ("thema=eigene", "vorfuehrung=2"),
    "surveys": ("ansicht=single", "ansicht=gap"),
    "search": ("wort=pendl",),
    "help": ("frage=gaps",),
    "passport": ("kennzahl=coworking_interest_share",),
}
PAGES = [(name, "") for name in ADDRESSES] + [(name, state) for name, of_page in STATES.items() for state in of_page]
# What a choice on a page brings up is the same markup in both languages and lights; two of the four are enough.
ALL_KINDS = [("de", "light"), ("de", "dark"), ("en", "light"), ("en", "dark")]
KINDS = [(*page, *kind) for page in PAGES for kind in (ALL_KINDS if not page[1] else ALL_KINDS[::3])]


@dataclass(frozen=True)
class Look:
    """What one opening of a page shows; `small` are targets that are too small, by the window's width."""

    links: list[str]
    levels: list[int]
    charts: list[tuple[str, bool]]
    moving: int
    stops: list[dict[str, Any]]
    small: dict[int, list[str]]


@pytest.fixture(scope="module")
def looked(browser: Browser, whole: str) -> Callable[[str, str], Look]:
    """Look at a page and a state of it; each is opened once for all that is asked of it."""

    @cache
    def look(path: str, state: str) -> Look:
        page, _ = opened(browser, whole, f"{path}?{state}")
        links = page.eval_on_selector_all("a[href], form[action]", "all => all.map(one => one.href || one.action)")
        levels = page.eval_on_selector_all(
            "h1, h2, h3, h4, h5, h6", "all => all.filter(one => one.checkVisibility()).map(one => +one.tagName[1])"
        )
        drawn = [chart for chart in page.locator("[data-testid=stVegaLiteChart]").all() if chart.is_visible()]
        charts = [(chart.get_attribute("aria-label") or "", chart.evaluate(NEXT_STOP)) for chart in drawn]
        moving = page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length")
        stops, small = _walk(page), {}
        for width in (WIDTHS[0], WIDTHS[-1]):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(250)
            small[width] = page.evaluate(SMALL_TARGETS, TARGET)
        page.close()
        return Look(links, levels, charts, moving, stops, small)

    return look


def test_every_page_is_found_by_following_links_and_the_search_field(whole, looked):
    found, waiting = set[str](), [""]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        links = looked(path, "").links
        paths = {link.split("?")[0].split("#")[0].removeprefix(f"{whole}/") for link in links if link.startswith(whole)}
        waiting += [one for one in paths if not one.startswith("dateien/")]

    assert found == set(ADDRESSES.values())


@pytest.mark.parametrize(("name", "state", "language", "scheme"), KINDS)
def test_no_fault_at_any_width(browser, whole, name, state, language, scheme):
    page, heard = opened(browser, whole, f"{ADDRESSES[name]}?sprache={language}&{state}", scheme)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(250)  # charts are drawn anew for the width
        settled(page)
        assert faults(page, heard) == [], width
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    assert page.locator("html").get_attribute("lang") == language
    page.close()


@pytest.mark.parametrize(("name", "state"), PAGES)
def test_a_page_can_be_walked_through_by_keyboard(looked, name, state):
    stops = looked(ADDRESSES[name], state).stops

    said = {stop["words"] for stop in stops}
    if state.startswith("vorfuehrung"):
        assert any("Vorführung beenden" in words for words in said)
    else:
        # The first stop is the page itself, so that the arrow keys scroll it.
        assert stops[1]["words"] == texts.of("de").skip_to_content
        assert "English" in said
        assert texts.of("de").group("pages")["accessibility"] in said
    assert [stop for stop in stops if not stop["seen"]] == [], "focus that cannot be seen"
    assert [stop for stop in stops if not stop["named"]] == [], "a stop without a name"
    assert _out_of_order(stops) == []


def test_the_walk_would_notice_what_it_looks_for(browser, whole):
    page, _ = opened(browser, whole, "hilfe")
    page.add_style_tag(content=".st-key-sl-footlinks a:focus-visible { outline: none !important; box-shadow: none }")
    page.evaluate(
        "document.querySelector('.sl-footer').insertAdjacentHTML('beforeend', "
        "'<button style=\"position:relative;top:-600px\"></button>')"
    )

    stops = _walk(page)

    assert [stop["words"] for stop in stops if not stop["seen"]]
    assert [stop for stop in stops if not stop["named"]]
    assert _out_of_order(stops)
    page.close()


@pytest.mark.parametrize(("name", "state"), PAGES)
def test_headings_go_down_one_step_at_a_time(looked, name, state):
    levels = looked(ADDRESSES[name], state).levels

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@pytest.mark.parametrize(("name", "state"), PAGES)
def test_targets_are_large_enough(looked, name, state):
    assert looked(ADDRESSES[name], state).small == {1440: [], 320: []}


@pytest.mark.parametrize(("name", "state"), PAGES)
def test_the_numbers_of_each_chart_are_one_key_away(looked, name, state):
    if state.startswith("vorfuehrung"):
        pytest.skip("one screen for the wall; its numbers stand on the page it was started from")
    charts = looked(ADDRESSES[name], state).charts

    assert [said for said, _ in charts if len(said) <= 20] == [], "a chart that does not say what it shows"
    # A map of where a town lies shows no numbers.
    assert [said for said, is_next in charts if any(map(str.isdigit, said)) and not is_next] == [], (
        "no table next to it"
    )


@pytest.mark.parametrize(("name", "state"), PAGES)
def test_nothing_moves_for_who_asked_for_rest(looked, name, state):
    assert looked(ADDRESSES[name], state).moving == 0


def test_enter_unfolds_the_numbers_beneath_a_chart(browser, whole):
    page, _ = opened(browser, whole, "struktur?thema=commuting")
    summary = page.locator("summary", has_text=texts.of("de").numbers_of_picture).first

    summary.focus()
    page.keyboard.press("Enter")

    table = page.locator(".sl-unfolding[open] table").first
    table.wait_for(state="visible", timeout=LOADS_WITHIN)
    assert "Wittenberge" in table.inner_text()
    page.close()


def test_the_way_past_the_navigation_leads_to_the_content(browser, whole):
    page, _ = opened(browser, whole, "struktur")

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('.st-key-sl-choices') !== null")
    page.close()


def _walk(page: Page) -> list[dict[str, Any]]:
    """Every stop of the tab key from the top until it leaves the page: name, place and whether the focus shows."""
    page.evaluate("() => { document.activeElement.blur(); window.stops = new Set() }")
    stops: list[dict[str, Any]] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError("the tab key never leaves the page")


def _out_of_order(stops: list[dict[str, Any]]) -> list[str]:
    """Stops that stand above the one before without beginning a column to its right."""
    placed = [stop for stop in stops if not stop["whole"] and stop["left"] > -1]
    return [
        stop["words"]
        for before, stop in pairwise(placed)
        if stop["top"] < before["top"] - TARGET and stop["left"] < before["right"] - TARGET
    ]


STOP = """() => {
  const here = document.activeElement;
  if (!here || here === document.body || window.stops.has(here)) return null;
  window.stops.add(here);
  const shows = (one) => {
    const style = getComputedStyle(one);
    const line = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
    return line || style.boxShadow !== 'none';
  };
  // A control may show the focus on the box around it.
  let seen = false, box = here;
  for (let up = 0; up < 4 && box && !seen; up++, box = box.parentElement) seen = shows(box);
  const labelled = (here.getAttribute('aria-labelledby') || '').split(' ')
    .map(id => document.getElementById(id)?.innerText || '').join(' ');
  const words = (here.getAttribute('aria-label') || labelled || here.labels?.[0]?.innerText
    || here.closest('label')?.innerText || here.innerText || here.value || here.title || '').trim();
  const place = here.getBoundingClientRect(), main = document.querySelector('main');
  return {words, seen, named: words.length > 0, markup: here.outerHTML.slice(0, 160), whole: here === main,
    top: place.top + main.scrollTop, left: place.left, right: place.right};
}"""

# Links within a sentence may be as small as its letters (WCAG 2.5.8, exception "inline").
SMALL_TARGETS = """(least) => [...document.querySelectorAll('a[href], button, input, summary, select, [role=button]')]
  .filter(one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter(one => !one.disabled && one.getAttribute('tabindex') !== '-1' && one.type !== 'hidden')
  .filter(one => !(one.tagName === 'INPUT' && ['radio', 'checkbox', 'range'].includes(one.type)))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width > 0 && box.right > 0 && (box.height < least - 0.5 || box.width < least - 0.5))
  .filter(([one]) => !one.closest('p') || one.closest('[data-testid=stPageLink]'))
  .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${Math.round(box.width)}×${Math.round(box.height)}`)"""

NEXT_STOP = """(chart) => {
  const stops = [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
    .filter(one => one.checkVisibility() && !chart.contains(one));
  const next = stops.find(one => chart.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  return Boolean(next && (next.closest('.sl-unfolding') || next.closest('.sl-scroll') || next.closest('details')
    || next.matches('summary')));
}"""
