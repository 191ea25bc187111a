"""The dashboard as a process of its own, and Chromium to look at it."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.dashboard import sample

PROJECT = Path(__file__).resolve().parent.parent.parent
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
STARTS_WITHIN = 60  # seconds
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def chromium() -> str | None:
    """The browser's path: `CHROMIUM`, else one on the path, else Playwright's own (None)."""
    return os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser(chromium: str | None) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def shown_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shown") / "warehouse"
    folder.mkdir()
    sample.write_release(folder)
    return folder


@pytest.fixture(scope="session")
def address(shown_warehouse: Path) -> Iterator[str]:
    """The address of a served dashboard with the sample release."""
    yield from serving(shown_warehouse)


def serving(warehouse: Path, port: int = 0, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve a warehouse until the test is over, on a free port where none is named."""
    command = [sys.executable, "-c", f"from dashboard.serve import serve; serve({port})"]
    own = {"STADTLABOR_WAREHOUSE": str(warehouse), "PYTHONUNBUFFERED": "1"}
    environment = os.environ | own | dict(settings or {})
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            said = server.stdout.readline()
            assert "The dashboard is at " in said, said
            found = said.split("The dashboard is at ")[1].split()[0]
            until_healthy(found)
            yield found
        finally:
            server.terminate()
            server.wait(20)


def until_healthy(address: str) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer within {STARTS_WITHIN} s")
