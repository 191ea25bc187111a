"""What a browser measures on a page: when the first chart stands, and how long a change of it takes.

Both are taken inside the page by its own clock, so that the driver's way to the browser does not count.
"""

from dataclasses import dataclass

from playwright.sync_api import Browser, Page

WAIT = 60_000  # ms
VIEWPORT = {"width": 1440, "height": 1000}

# Notes the moment at which the chart's marks stand, frame by frame from the beginning.
WATCH = """
const look = () => { if (%s) window.__first = performance.now(); else requestAnimationFrame(look); };
requestAnimationFrame(look);
"""

# Does the change and waits until what is drawn is another; the time until that frame.
CHANGE = """
async ([act, marks]) => {
  const drawn = () => eval(marks);
  const before = drawn(), began = performance.now();
  eval(act);
  while (performance.now() - began < 10000) {
    await new Promise((go) => requestAnimationFrame(go));
    const now = drawn();
    if (now && now !== before) return performance.now() - began;
  }
  return null;
}
"""


def marks(selector: str) -> str:
    """The script text for all that a selector finds."""
    return f"[...document.querySelectorAll({selector!r})].map((one) => one.outerHTML).join('')"


@dataclass(frozen=True)
class Subject:
    """A page to measure.

    `marks` is a script text for what is drawn, "" for nothing; `choices` are script texts that change the selection.
    """

    name: str
    address: str
    marks: str
    choices: tuple[str, ...] = ()
    prepare: str = ""  # a selector to click before each choice (a drop-down that must be open)


def first_chart(browser: Browser, subject: Subject) -> float:
    """ms from asking for the page, with an empty cache, until its first chart stands."""
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    try:
        page = _opened(context.new_page(), subject)
        return float(page.evaluate("window.__first"))
    finally:
        context.close()


def changes(browser: Browser, subject: Subject, count: int) -> list[float]:
    """ms of each of `count` changes of the selection, on one page that stays open."""
    # The probes themselves are text that is evaluated; the page's policy forbids that to the page, not to us.
    context = browser.new_context(viewport=VIEWPORT, bypass_csp=True)  # type: ignore[arg-type]
    try:
        page = _opened(context.new_page(), subject)
        page.wait_for_load_state("networkidle")
        taken = []
        for turn in range(count):
            act = subject.choices[turn % len(subject.choices)]
            if subject.prepare:
                page.click(subject.prepare)
                page.wait_for_function(f"() => {act.split('.click')[0]}", timeout=WAIT)
            found = page.evaluate(CHANGE, [act, subject.marks])
            assert found is not None, f"{subject.name}: nothing changed after {act}"
            taken.append(float(found))
            page.wait_for_timeout(300)
        return taken
    finally:
        context.close()


def _opened(page: Page, subject: Subject) -> Page:
    page.add_init_script(WATCH % subject.marks)
    page.goto(subject.address)
    page.wait_for_function("() => window.__first !== undefined", timeout=WAIT)
    return page
