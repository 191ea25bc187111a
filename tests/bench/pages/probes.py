"""What a browser measures on a page: when the first chart stands, and how long a change of it takes.

Both are taken inside the page by its own clock, so that the driver's way to the browser does not count.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page

WAIT = 60_000  # ms
VIEWPORT = {"width": 1440, "height": 1000}

# Notes the moment at which the chart's marks stand, frame by frame from the beginning.
WATCH = """
const look = () => { if (%s) window.__first = performance.now(); else requestAnimationFrame(look); };
requestAnimationFrame(look);
"""

# From the next click on until what is drawn is another: the time of that frame.
ARM = """
(marks) => {
  const drawn = () => eval(marks), before = drawn();
  window.__took = undefined;
  addEventListener('pointerdown', () => {
    const began = performance.now();
    const look = () => {
      const now = drawn();
      if (now && now !== before) window.__took = performance.now() - began; else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, {capture: true, once: true});
}
"""


def marks(selector: str) -> str:
    """The script text for all that a selector finds."""
    return f"[...document.querySelectorAll({selector!r})].map((one) => one.outerHTML).join('')"


@dataclass(frozen=True)
class Subject:
    """A page to measure; `marks` is a script text for what is drawn, "" for nothing."""

    name: str
    address: str
    marks: str


def first_chart(browser: Browser, subject: Subject) -> float:
    """ms from asking for the page, with an empty cache, until its first chart stands."""
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    try:
        page = _opened(context.new_page(), subject)
        return float(page.evaluate("window.__first"))
    finally:
        context.close()


def changes(browser: Browser, subject: Subject, acts: Sequence[Callable[[Page], Locator]]) -> list[float]:
    """ms of each change of the selection, on one page that stays open.

    An act does what has to be done first, such as opening a list, and returns what is then clicked.
    """
    # The probes are text that is evaluated; the page's policy forbids that to the page, not to us.
    context = browser.new_context(viewport=VIEWPORT, bypass_csp=True)  # type: ignore[arg-type]
    try:
        page = _opened(context.new_page(), subject)
        page.wait_for_timeout(2000)
        taken = []
        for act in acts:
            target = act(page)
            page.evaluate(ARM, subject.marks)
            target.click()
            page.wait_for_function("() => window.__took !== undefined", timeout=WAIT)
            taken.append(float(page.evaluate("window.__took")))
            page.wait_for_timeout(400)
        return taken
    finally:
        context.close()


def _opened(page: Page, subject: Subject) -> Page:
    page.add_init_script(WATCH % subject.marks)
    page.goto(subject.address)
    page.wait_for_function("() => window.__first !== undefined", timeout=WAIT)
    return page
