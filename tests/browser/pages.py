"""A page in Chromium: opened, waited for, listened to, examined, and something taken away from it."""

from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

# Language, light and width in which every view of a page is looked at.
KINDS = [("de", "light", "desk"), ("en", "dark", "telephone"), ("de", "dark", "desk")]
WIDTHS = {"desk": 1440, "telephone": 390}
LOADS_WITHIN = 30_000  # ms; a cold start of the interpreter included


@dataclass
class Heard:
    """What a page asked for and complained of."""

    console: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)


_contexts: dict[tuple[int, str, int], BrowserContext] = {}


def opened(browser: Browser, address: str, path: str, scheme: str = "light", width: int = 1440) -> tuple[Page, Heard]:
    """A page, drawn to its foot with every chart in place."""
    page, heard = _context(browser, scheme, width).new_page(), Heard()
    page.on("console", lambda said: heard.console.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.console.append(str(error)))
    page.on("request", lambda asked: heard.hosts.append(asked.url) if _is_foreign(asked.url, address) else None)
    page.goto(f"{address}/{path}")
    page.wait_for_selector("#root .sl-footer", state="attached", timeout=LOADS_WITHIN)
    settled(page)
    return page, heard


def _context(browser: Browser, scheme: str, width: int) -> BrowserContext:
    """Readers of one kind share a cache: the frame's files are fetched once, not for each test."""
    kind = (id(browser), scheme, width)
    if kind not in _contexts:
        _contexts[kind] = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale="de-DE", reduced_motion="reduce"
        )
    return _contexts[kind]


def settled(page: Page, within: int = LOADS_WITHIN) -> None:
    """Wait until the live page is there and its run over, with each part's code (a skeleton till then) and chart."""
    page.wait_for_function(
        "() => !document.getElementById('sl-first')"
        " && document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'"
        " && !document.querySelector('[data-testid=stStatusWidget], [data-testid=stSkeleton]')"
        " && [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]"
        ".every(chart => chart.querySelector('canvas, svg'))",
        timeout=within,
    )


def _is_foreign(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws", 1), "data:", "blob:"))


def faults(page: Page, heard: Heard) -> list[str]:
    """All that is wrong with a page as it stands: its complaints, other hosts, its width, and what axe finds."""
    is_too_wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth > innerWidth")
    return [*heard.console, *heard.hosts, *(["wider than its window"] if is_too_wide else []), *violations(page)]


def violations(page: Page) -> list[str]:
    """What axe finds on a page, with the markup it found it in."""
    found = Axe().run(page)
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes']]}"
        for one in found.response["violations"]
    ]


def taken(page: Page, link: str, folder: Path) -> bytes:
    """The file behind the first link of these words, as the browser saves it."""
    with page.expect_download(timeout=LOADS_WITHIN) as download:
        page.get_by_role("link", name=link).first.click()
    download.value.save_as(folder / "taken")
    return (folder / "taken").read_bytes()
