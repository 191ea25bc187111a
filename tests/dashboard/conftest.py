"""A warehouse with the sample release, and a page run without a browser."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from dashboard.server import file_routes
from tests.dashboard.samples import sample
from tests.dashboard.server.client import Answer, Client

TIMEOUT = 30


@pytest.fixture(scope="session", autouse=True)
def _components() -> Iterator[None]:
    """Streamlit looks through every installed package for components at each run of a page; once is enough."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty warehouse that the dashboard looks into."""
    folder = tmp_path / "warehouse"
    folder.mkdir()
    monkeypatch.setenv("STADTLABOR_WAREHOUSE", str(folder))
    return folder


@pytest.fixture
def published(warehouse: Path) -> Path:
    """A warehouse with the sample release."""
    sample.write_release(warehouse)
    return warehouse


@pytest.fixture
def release(published: Path) -> Any:
    """The sample release, opened."""
    from dashboard.release import store as release

    return release.current()


@pytest.fixture
def open_page() -> Callable[..., AppTest]:
    """Runs one page by its name, with an address: `open_page("structure", sprache="en")`."""

    def opened(name: str, **address: str) -> AppTest:
        page = AppTest.from_function(_page, args=(name,), default_timeout=TIMEOUT)
        for key, value in address.items():
            page.query_params[key] = value
        return page.run()

    return opened


@pytest.fixture
def fetched() -> Callable[[str], Answer]:
    """Gives a file of the dashboard by its name, as German readers get it."""
    client = Client(Starlette(routes=file_routes.routes()))
    return lambda name: client.get(f"/dateien/{name}?sprache=de")


def _page(name: str) -> None:
    import streamlit as st

    from dashboard.pages import VIEWS
    from dashboard.renderers.live import draw, frame, session

    now = session.begin()
    frame.dress(now.theme)
    pages = dict(zip(VIEWS, frame.pages(now, VIEWS), strict=True))
    st.navigation(list(pages.values()), position="hidden")
    frame.head(now, pages[name])
    draw.show(VIEWS[name](now), now)
    frame.foot(now)


def words(page: AppTest) -> str:
    """Everything a page says, as its HTML; where a line may not break is not told."""
    return "\n".join(str(element.proto.body) for element in page.get("html")).replace("\u00a0", " ")


def gaps(page: AppTest) -> list[str]:
    """Words of the machine in what a page says: something that is missing was written out as if it were text."""
    said = words(page)
    return [word for word in ("None", "NaN", "null", "Traceback", "-->") if word in said]
