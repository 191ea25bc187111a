"""The dashboard's pages beside the same chart made with other tools, side by side in one run."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from stadtlabor import places
from tests.bench.pages import servers, sessions
from tests.bench.pages.probes import Subject, first_chart, marks

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
VEGA_MARKS = marks("[data-testid=stVegaLiteChart] svg .mark-symbol path")
# Bokeh draws on a canvas within shadow roots; its document says when it is done.
BOKEH_MARKS = "window.Bokeh && Bokeh.documents[0]?.is_idle ? JSON.stringify(Bokeh.documents[0].roots()[0].id) : ''"
# The picture that the served page holds until the live chart is there.
STANDING_IN = marks("#sl-waiting svg .mark-symbol path")
OWN, LIVE = "StadtLabor, Struktur", "StadtLabor, its live chart"
OWN_PAGE = "struktur"
BOX = "Kennzahl"


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
            Subject(OWN, f"{own}/{OWN_PAGE}", STANDING_IN),
            Subject(LIVE, f"{own}/{OWN_PAGE}", VEGA_MARKS),
            Subject("Streamlit as it comes", bare, VEGA_MARKS),
            Subject("Plotly Dash", dash, marks(".js-plotly-plot .scatterlayer .point")),
            Subject("Panel", panel, BOKEH_MARKS),
            Subject("static page, Vega inside", page.as_uri(), marks("svg .mark-symbol path")),
        ]
        with _chromium() as browser:
            first = _first_charts(browser, subjects)
        crowd = {
            OWN: sessions.streamlit_p95(own, OWN_PAGE, BOX),
            "Streamlit as it comes": sessions.streamlit_p95(bare, "", BOX),
            "Plotly Dash": sessions.dash_p95(dash, names),
        }
    return _told(first, crowd)


def _first_charts(browser: Browser, subjects: list[Subject]) -> dict[str, list[float]]:
    for subject in reversed(subjects):
        first_chart(browser, subject)  # a server's first page is another matter; its last comes with its picture
    times: dict[str, list[float]] = {subject.name: [] for subject in subjects}
    for _ in range(LOADS):
        for subject in subjects:
            times[subject.name].append(first_chart(browser, subject))
    return times


def _told(first: dict[str, list[float]], crowd: dict[str, list[float]]) -> bool:
    own, bare, dash = OWN, "Streamlit as it comes", "Plotly Dash"
    print("page to first chart, empty browser cache, ms: median (range)")
    for name, times in first.items():
        print(f"  {name:<28} {statistics.median(times):7.0f} ({min(times):.0f}–{max(times):.0f})")
    median = {name: statistics.median(times) for name, times in first.items()}
    to_bare, to_dash = median[own] / median[bare], median[own] / median[dash]
    print(f"  StadtLabor / bare Streamlit {to_bare:.2f} (bound 0.6); / Dash {to_dash:.2f} (bound 1)")
    print(f"server round trip of a change with {sessions.SESSIONS} sessions, ms: median, p95")
    for name, times in crowd.items():
        print(f"  {name:<28} {statistics.median(times):7.1f} {sessions.p95(times):7.1f}")
    late = {name: sessions.p95(times) for name, times in crowd.items()}
    return median[own] < 0.6 * median[bare] and median[own] < median[dash] and late[own] < min(100, late[dash])


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
