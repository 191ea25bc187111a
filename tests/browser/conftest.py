"""Served dashboards, and Chromium to look at them."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.servers import serving, showing
from tests.dashboard.samples import booking_sample, sample, whole_sample

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


@pytest.fixture(scope="module")
def booked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard with spaces of every kind."""
    yield from showing(tmp_path_factory.mktemp("booked"), **booking_sample.tables())


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard with everything in it."""
    yield from showing(tmp_path_factory.mktemp("whole"), **whole_sample.tables())
