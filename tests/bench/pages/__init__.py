"""The dashboard's pages beside the same chart made with other tools, side by side in one run."""

import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from stadtlabor.base import places
from tests.bench.pages import servers, sessions
from tests.bench.pages.probes import Subject, changes, first_chart, marks

LOADS = 7  # of each page, in turn
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHANGES = 12  # of each page's selection
VEGA_MARKS = marks("[data-testid=stVegaLiteChart] svg .mark-symbol path")
# Bokeh draws on a canvas within shadow roots; its document says when it is done.
BOKEH_MARKS = "window.Bokeh && Bokeh.documents[0]?.is_idle ? JSON.stringify(Bokeh.documents[0].roots()[0].id) : ''"
# The article that the served page holds until the live chart is there.
AT_ONCE = marks("#sl-first figure svg path")
OWN, LIVE = "StadtLabor, Struktur", "StadtLabor, its live chart"
EARLY = "StadtLabor, the first visitor"
BARE, DASH = "Streamlit as it comes", "Plotly Dash"
OWN_PAGE = "struktur"
EARLY_PAGE = "struktur?thema=commuting"
STARTS = 5
BOX = "Kennzahl"


Times = dict[str, list[float]]


def measure() -> bool:
    """First chart, change of a selection, twenty sessions: the dashboard beside the others."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        warehouse = _warehouse(Path(folder))
        figures = Path(folder, "figures.json")
        servers.write_figures(warehouse, figures)
        environment = {"STADTLABOR_WAREHOUSE": str(warehouse), "STADTLABOR_BENCH_FIGURES": str(figures)}
        python, names = servers.rivals_python(), list(json.loads(figures.read_text("utf-8")))
        page = Path(folder, "static.html")
        servers.static_page(warehouse, page)

        def serve(command: Callable[[int], list[str]], path: str = "/") -> str:
            port = servers.free_port()
            return stack.enter_context(servers.serving(command(port), port, environment, path))

        own = serve(servers.own, "/gesundheit")
        bare = serve(servers.bare, "/_stcore/health")
        dash = serve(lambda port: [str(python), str(servers.RIVALS / "dash_page.py"), str(port)])
        panel = serve(lambda port: [str(python), str(servers.RIVALS / "panel_page.py"), str(port)])
        subjects = [
            Subject(OWN, f"{own}/{OWN_PAGE}", AT_ONCE),
            Subject(LIVE, f"{own}/{OWN_PAGE}", VEGA_MARKS),
            Subject(BARE, bare, VEGA_MARKS),
            Subject(DASH, dash, marks(".js-plotly-plot .scatterlayer .point")),
            Subject("Panel", panel, BOKEH_MARKS),
            Subject("static page, Vega inside", page.as_uri(), marks("svg .mark-symbol path")),
        ]
        with _chromium() as browser:
            first = _first_charts(browser, subjects)
            first[EARLY] = [_first_visit(browser, environment) for _ in range(STARTS)]
            changed = _changes(browser, {subject.name: subject for subject in subjects})
        crowds = {
            OWN: partial(sessions.streamlit_times, own, OWN_PAGE, BOX),
            BARE: partial(sessions.streamlit_times, bare, "", BOX),
            DASH: partial(sessions.dash_times, dash, names),
        }
        crowd: Times = {name: [] for name in crowds}
        # In turn, so that a minute in which the machine is slower is nobody's alone.
        for _, (name, times) in itertools.product(range(sessions.ROUNDS), crowds.items()):
            crowd[name] += times()
    return _told(first, changed, crowd)


def _changes(browser: Browser, subjects: dict[str, Subject]) -> dict[str, list[float]]:
    """Each with `CHANGES` turns of its own select box; the dashboard's chart also by a click within it."""

    def option(opener: str) -> Callable[[int], Callable[[Page], Locator]]:
        def turn(number: int) -> Callable[[Page], Locator]:
            def act(page: Page) -> Locator:
                page.locator(opener).click()
                return page.get_by_role("option").nth(1 + number % 2)

            return act

        return turn

    box = option(f"[data-testid=stSelectbox]:has-text('{BOX}') input")
    ways = {
        LIVE: [partial(_dot, number=turn % 5) for turn in range(CHANGES)],
        OWN: [box(turn) for turn in range(CHANGES)],
        BARE: [box(turn) for turn in range(CHANGES)],
        DASH: [option("#choice")(turn) for turn in range(CHANGES)],
    }
    # What stands in is gone by then: the live chart is what changes.
    own = Subject(OWN, subjects[OWN].address, VEGA_MARKS)
    return {name: changes(browser, own if name == OWN else subjects[name], acts) for name, acts in ways.items()}


def _dot(page: Page, number: int) -> Locator:
    # The first chart of the page; a second one below it has dots as well.
    return page.get_by_test_id("stVegaLiteChart").first.locator(".mark-symbol path").nth(number)


def _first_charts(browser: Browser, subjects: list[Subject]) -> dict[str, list[float]]:
    # A server's first page is another matter.
    for subject in subjects:
        first_chart(browser, subject)
    times: dict[str, list[float]] = {subject.name: [] for subject in subjects}
    for _ in range(LOADS):
        for subject in subjects:
            times[subject.name].append(first_chart(browser, subject))
    return times


def _first_visit(browser: Browser, environment: Mapping[str, str]) -> float:
    """ms to the first chart of the first visitor of a server that has just started, on a page it has not made yet."""
    port = servers.free_port()
    with servers.serving(servers.own(port), port, environment, "/gesundheit") as address:
        return first_chart(browser, Subject(EARLY, f"{address}/{EARLY_PAGE}", AT_ONCE))


def _told(first: Times, changed: Times, crowd: Times) -> bool:
    """Print what was measured; whether every bound holds."""
    for title, found in (
        ("page to first chart, empty browser cache", first),
        ("change of a selection in the browser (the live chart's: a click within it)", changed),
        (f"server round trip of a change with {sessions.SESSIONS} sessions", crowd),
    ):
        print(f"{title}, ms: median, p95")
        for name, times in found.items():
            print(f"  {name:<28} {statistics.median(times):8.1f} {sessions.p95(times):8.1f}")
    arrived, turned = ({name: statistics.median(times) for name, times in found.items()} for found in (first, changed))
    late = {name: sessions.p95(times) for name, times in crowd.items()}
    bounds = {
        "first chart / bare Streamlit's, under 0.2": (arrived[OWN] / arrived[BARE], 0.2),
        "the first visitor's first chart / bare Streamlit's, under 0.35": (arrived[EARLY] / arrived[BARE], 0.35),
        "the first visitor's first chart / Panel's, under 1": (arrived[EARLY] / arrived["Panel"], 1),
        "live chart / bare Streamlit's, under 0.9": (arrived[LIVE] / arrived[BARE], 0.9),
        "first chart / Dash's, under 1": (arrived[OWN] / arrived[DASH], 1),
        "selection within a chart, under 20 ms": (turned[LIVE], 20),
        "selection through the server / bare Streamlit's, under 1": (turned[OWN] / turned[BARE], 1),
        "p95 with all sessions, under 100 ms": (late[OWN], 100),
        "p95 with all sessions / Dash's, under 1": (late[OWN] / late[DASH], 1),
    }
    for words, (value, bound) in bounds.items():
        print(f"{'holds' if value < bound else 'BROKEN':<8}{words}: {value:.2f}")
    return all(value < bound for value, bound in bounds.values())


def _warehouse(folder: Path) -> Path:
    """A warehouse built from raw/, or the one that `STADTLABOR_BENCH_WAREHOUSE` names."""
    if named := os.environ.get("STADTLABOR_BENCH_WAREHOUSE"):
        return Path(named)
    warehouse = folder / "warehouse"
    environment = {**os.environ, "STADTLABOR_WAREHOUSE": str(warehouse), "CI": "true"}
    command = [sys.executable, "-m", "stadtlabor.cli", "build"]
    subprocess.run(command, env=environment, cwd=places.PROJECT, check=True, stdout=subprocess.DEVNULL)
    return warehouse


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = os.environ.get("STADTLABOR_BROWSER") or os.environ.get("CHROMIUM")
        yield playwright.chromium.launch(executable_path=path or None, args=FLAGS)
