"""The dashboard as it is run for real: under a folder, and for those alone who have signed in."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bench.pages.servers import free_port
from tests.browser.identity import CLIENT, Provider, provider
from tests.browser.servers import serving

SECRETS = """
[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "a secret of this test, and long enough for a signature"
client_id = "{client}"
client_secret = "not needed here"
server_metadata_url = "{provider}/.well-known/openid-configuration"

[access]
members = ["@stadt.example"]
"""


@pytest.fixture(scope="module")
def known() -> Iterator[Provider]:
    with provider() as one:
        yield one


@pytest.fixture(scope="module")
def closed(known: Provider, shown_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard that asks for a sign-in."""
    secrets = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    # The provider sends back to the dashboard's address, so its port has to be known before.
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    secrets.write_text(SECRETS.format(address=address, client=CLIENT, provider=known.address), "utf-8")
    environment = {"STADTLABOR_ACCESS": "signin", "STADTLABOR_SECRETS": str(secrets)}
    for _ in serving(shown_warehouse, port, environment):
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_the_first_page_after_a_start_is_the_one_asked_for(shown_warehouse: Path, page: Page) -> None:
    """Beside a folder named pages Streamlit takes its entry for an app of another kind, until the first run is over."""
    for address in serving(shown_warehouse):
        page.goto(f"{address}/struktur")
        expect(page.locator("#root h1")).to_have_text("Struktur", timeout=15_000)
        expect(page.locator("[data-testid=stVegaLiteChart]").first).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_nothing_is_shown_or_given_away_before_signing_in(closed: str, page: Page) -> None:
    with urllib.request.urlopen(f"{closed}/struktur") as answer:
        assert b"Wittenberge" not in answer.read()
    page.goto(f"{closed}/struktur")
    expect(page.get_by_role("heading", name="Anmeldung")).to_be_visible()
    assert page.locator("[data-testid=stVegaLiteChart]").count() == 0
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{closed}/dateien/kennzahl/population.csv")


def test_a_member_signs_in_sees_the_page_takes_a_file_and_signs_out(closed: str, known: Provider, page: Page) -> None:
    known.email = "Amt@Stadt.example"
    page.goto(closed)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Überblick", timeout=15_000)
    page.goto(f"{closed}/struktur")
    link = page.get_by_role("link", name=re.compile("CSV")).first
    href = link.get_attribute("href", timeout=15_000)
    assert href
    assert "recht=" in href
    with urllib.request.urlopen(f"{closed}/{href.removeprefix('./')}") as answer:
        assert answer.status == 200
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{closed}/{href.removeprefix('./')}".replace("recht=2", "recht=3"))
    page.get_by_role("button", name="Abmelden").click()
    expect(page.get_by_role("button", name="Anmelden")).to_be_visible(timeout=15_000)


def test_a_stranger_with_an_account_stays_outside(closed: str, known: Provider, page: Page) -> None:
    known.email = "amt@stadt.example.org"
    page.goto(closed)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_text("gehört nicht zum Kernteam")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("button", name="Abmelden")).to_be_visible()


def test_under_a_folder_everything_lies_under_it(shown_warehouse: Path, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in serving(shown_warehouse, 0, {"BASE_PATH": "/stadtlabor/"}):
        assert address.endswith("/stadtlabor")
        page.goto(f"{address}/struktur")
        expect(page.locator("[data-testid=stVegaLiteChart] svg").first).to_be_visible(timeout=15_000)
        expect(page.locator("#sl-first")).to_have_count(0)
        outside = [url for url in asked if not url.startswith((f"{address}/", "data:", "blob:"))]
        assert outside == []
        href = page.get_by_role("link", name=re.compile("CSV")).first.get_attribute("href") or ""
        with urllib.request.urlopen(f"{address}/{href.removeprefix('./')}") as answer:
            assert answer.status == 200
        with urllib.request.urlopen(f"{address}/gesundheit") as answer:
            assert answer.status == 200
