"""Two editions: a public process opens no other, and what is taken away is public unless the reader asks."""

import io
import shutil
import zipfile

import duckdb
import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers

from dashboard.release import store
from dashboard.renderers import access
from dashboard.server import file_routes, only_here
from tests.dashboard.conftest import words
from tests.dashboard.samples import sample
from tests.dashboard.server.client import Client

# A number that only the team's edition holds, as it stands in files and in a database's bytes.
SECRET = 4711.25
IN_FILES = (b"4711.25", b"4711,25", b"4.711,25")
IN_DATABASE = b"a source that the team alone is told of"


@pytest.fixture
def both(warehouse):
    """A warehouse with a release in both editions; the team's has a value more, marked."""
    public = sample.write_release(warehouse)
    folder = warehouse / "team" / "sample-1"
    folder.mkdir(parents=True)
    team = folder / "release-intern.duckdb"
    shutil.copy(public, team)
    with duckdb.connect(str(team)) as connection:
        connection.execute("update release_info set edition = 'team'")
        connection.execute(
            f"update indicator_values set value = {SECRET}, sign = 'intern', source_text = '{IN_DATABASE.decode()}' "
            "where indicator_id = 'tourism__beds' and value is null"
        )
    return warehouse


@pytest.fixture
def as_team(both, monkeypatch):
    monkeypatch.setenv("EDITION", "team")
    return both


def files():
    return Client(Starlette(routes=file_routes.routes()))


def put_team_file(warehouse, how):
    team, public = warehouse / "team/sample-1/release-intern.duckdb", warehouse / "releases/sample-1/release.duckdb"
    if how == "renamed":
        team.replace(public)
    elif how == "linked":
        public.unlink()
        public.symlink_to(team)
    elif how == "folder linked":
        shutil.rmtree(public.parent)
        team.rename(team.with_name("release.duckdb"))
        public.parent.symlink_to(team.parent)
    else:
        (warehouse / "team/releases").mkdir()
        shutil.copytree(team.parent, warehouse / "team/releases/sample-1")
        (warehouse / "team/releases/sample-1/release-intern.duckdb").rename(
            warehouse / "team/releases/sample-1/release.duckdb"
        )
        shutil.copy(warehouse / "current", warehouse / "team/current")


@pytest.mark.parametrize("how", ["renamed", "linked", "folder linked", "wrong setting"])
def test_a_public_process_opens_no_file_of_the_team_wherever_it_lies(both, monkeypatch, how):
    put_team_file(both, how)
    monkeypatch.setenv("STADTLABOR_WAREHOUSE", str(both / "team" if how == "wrong setting" else both))

    with pytest.raises(store.NoReleaseError, match="is not of the public edition"):
        store.current()


def test_a_public_process_does_not_open_it_when_asked_to(both):
    with pytest.raises(store.NoReleaseError, match="opens no other"):
        store.opened(both, "sample-1", "team")
    assert files().get("/dateien/kennzahl/tourism__beds.csv?fassung=intern").status_code == 404


def test_a_file_that_does_not_say_its_edition_is_not_opened(both):
    with duckdb.connect(str(both / "releases/sample-1/release.duckdb")) as connection:
        connection.execute("alter table release_info drop column edition")

    with pytest.raises(store.NoReleaseError, match="does not say which edition"):
        store.current()


def test_nothing_of_the_team_is_in_what_the_public_server_has_and_answers(both, open_page):
    pages = "".join(words(open_page(name, fassung="team")) for name in ("structure", "methods", "benchmark"))
    taken = [
        files().get(f"/dateien/{name}?fassung={asked}").content
        for name in ("kennzahl/tourism__beds.csv", "kennzahl/tourism__beds.svg", "benchmark/tourism__beds.csv")
        for asked in ("", "team")
    ]
    whole = files().get("/dateien/veroeffentlichung/sample-1.csv.zip").content
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        taken += [archive.read(name) for name in archive.namelist()]
    under_releases = [path.read_bytes() for path in (both / "releases").rglob("*") if path.is_file()]

    assert len(taken) > 40
    assert under_releases
    for content in [pages.encode(), *taken]:
        assert [mark for mark in (*IN_FILES, IN_DATABASE) if mark in content] == []
    assert [content for content in under_releases if IN_DATABASE in content] == []
    assert IN_DATABASE in (both / "team/sample-1/release-intern.duckdb").read_bytes()
    assert "Interne Fassung" not in pages


def test_what_is_taken_away_from_the_team_is_public_unless_asked_for(as_team):
    plain = files().get("/dateien/kennzahl/tourism__beds.csv")
    asked = files().get("/dateien/kennzahl/tourism__beds.csv?fassung=intern")

    assert b"4711" not in plain.content
    assert b"Interne Fassung" not in plain.content
    assert plain.headers["content-disposition"].endswith("tourism__beds.csv")
    assert b"4711,25" in asked.content
    assert "Interne Fassung – nicht weitergeben" in asked.text
    assert asked.headers["content-disposition"].endswith("tourism__beds-intern.csv")
    for ending in ("svg", "xlsx"):
        named = files().get(f"/dateien/kennzahl/tourism__beds.{ending}?fassung=intern").headers["content-disposition"]
        assert named.endswith(f"-intern.{ending}")
    whole = files().get("/dateien/veroeffentlichung/sample-1.parquet.zip?fassung=intern").content
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert all(name.endswith("-intern.parquet") for name in archive.namelist())


@pytest.mark.parametrize(
    ("language", "banner", "mark"),
    [
        ("de", "Interne Fassung – nicht weitergeben", "▨ intern"),
        ("en", "Internal edition – do not pass on", "▨ internal"),
    ],
)
def test_each_page_of_the_team_says_what_it_is_and_links_to_public_files(as_team, open_page, language, banner, mark):
    page = open_page("structure", thema="tourism", kennzahl="tourism__beds", sprache=language)

    assert banner in words(page)
    assert mark in words(page)
    assert "fassung=intern" not in words(page)
    asked = open_page("structure", thema="tourism", kennzahl="tourism__beds", sprache=language, fassung="team")
    assert "fassung=intern" in words(asked)


def test_a_right_to_a_public_file_is_none_to_an_internal_one(monkeypatch):
    monkeypatch.setenv("STADTLABOR_ACCESS", "signin")
    monkeypatch.setattr(access, "_setting", lambda section, name: "a secret")
    right = access.right(access.of_edition("a/b.csv", False), "r1")

    assert access.is_right(access.of_edition("a/b.csv", False), "r1", right)
    assert not access.is_right(access.of_edition("a/b.csv", True), "r1", right)


@pytest.mark.parametrize(
    ("address", "base"), [("0.0.0.0", ""), ("192.168.1.5", ""), ("127.0.0.1", "/team"), ("::", "")]
)
def test_the_team_is_served_on_this_machine_alone_or_with_sign_in(as_team, monkeypatch, address, base):
    access.check("127.0.0.1")
    with pytest.raises(access.AccessError, match="served on this machine alone"):
        access.check(address, base)
    monkeypatch.setenv("STADTLABOR_ACCESS", "signin")
    monkeypatch.setattr(access, "_setting", lambda section, name: "set")
    access.check(address, base)


def test_an_edition_that_does_not_exist_is_refused(monkeypatch):
    monkeypatch.setenv("EDITION", "teem")
    with pytest.raises(ValueError, match="'teem'; it can be 'public' or 'team'"):
        store.edition()


@pytest.mark.parametrize(
    ("headers", "is_answered"),
    [
        ({"host": "localhost:8501"}, True),
        ({"host": "127.0.0.1:8501"}, True),
        ({"host": "[::1]:8501"}, True),
        ({"host": "team.example"}, False),
        ({}, False),
        ({"host": "localhost", "x-forwarded-for": "192.0.2.1"}, False),
        ({"host": "localhost", "forwarded": "for=192.0.2.1"}, False),
    ],
)
def test_without_sign_in_nobody_is_answered_through_a_proxy(headers, is_answered):
    assert only_here.is_from_here(Headers(headers)) is is_answered
