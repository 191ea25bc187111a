"""The picture that stands in the served page until the live one is there."""

import re
import threading
import time
from collections.abc import Callable

import polars as pl
import pytest

from dashboard import texts
from dashboard.parts import compare
from dashboard.parts.visit import Visit
from dashboard.release import store
from dashboard.release.snapshot import Release
from dashboard.server import waiting
from dashboard.words.numbers import Numbers


def drawn(release: Release, theme: str = "light", query: dict[str, str] | None = None) -> str:
    """Show the first indicator to one reader; what the next one is served."""
    visit = Visit("de", theme, texts.of("de"), Numbers("de"), release)
    picture = compare.standard_picture(release.structure("de")[0], visit)
    waiting.remember(picture, "struktur", query or {}, visit)
    return until(lambda: waiting.standing_in("/struktur", "&".join(f"{k}={v}" for k, v in (query or {}).items())))


def until(asked: Callable[[], str]) -> str:
    end = time.monotonic() + 30
    while not (found := asked()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def test_the_next_reader_is_served_the_picture(release: Release) -> None:
    html = drawn(release)
    assert "<svg" in html
    assert "Dießen am Ammersee" in html
    assert 'aria-hidden="true"' in html


def test_another_address_has_another_picture_or_none(release: Release) -> None:
    drawn(release, query={"stadt": "moelln", "sprache": "de"})
    assert waiting.standing_in("struktur/", "sprache=de&stadt=moelln")
    assert waiting.standing_in("struktur", "stadt=diessen&sprache=de") == ""
    assert waiting.standing_in("befragungen", "stadt=moelln&sprache=de") == ""


def test_dark_and_light_each_show_in_their_own_light(release: Release) -> None:
    drawn(release)
    only = waiting.standing_in("struktur", "")
    assert "prefers-color-scheme: dark" not in only
    visit = Visit("de", "dark", texts.of("de"), Numbers("de"), release)
    waiting.remember(compare.standard_picture(release.structure("de")[0], visit), "struktur", {}, visit)
    both = until(lambda: html if "dark" in (html := waiting.standing_in("struktur", "")) else "")
    assert both.count("<svg") == 2


def test_nothing_stands_in_for_those_who_must_sign_in(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(release)
    monkeypatch.setenv("STADTLABOR_ACCESS", "signin")
    assert waiting.standing_in("struktur", "") == ""


def test_another_release_has_its_own_pictures(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(release)
    monkeypatch.setattr(store, "pointer", lambda: "another")
    assert waiting.standing_in("struktur", "") == ""


def test_words_in_a_picture_are_no_markup(release: Release) -> None:
    visit = Visit("de", "light", texts.of("de"), Numbers("de"), release)
    towns = release.tables["towns"].with_columns(pl.lit("<script>alert(1)</script>").alias("name"))
    hostile = Release("hostile", {**release.tables, "towns": towns})
    picture = compare.standard_picture(
        hostile.structure("de")[0], Visit("de", "light", visit.say, visit.numbers, hostile)
    )
    waiting.remember(picture, "struktur", {}, visit)
    html = until(lambda: waiting.standing_in("struktur", ""))
    assert "&lt;script&gt;" in html
    assert not re.search(r"<script", html)


def test_a_sample_picture_says_so(release: Release) -> None:
    visit = Visit("de", "light", texts.of("de"), Numbers("de"), release)
    picture = compare.standard_picture(release.structure("de")[0], visit)
    marked = type(picture)(**{**vars(picture), "is_synthetic": True})
    waiting.remember(marked, "struktur", {}, visit)
    assert visit.say.sample_in_file[:14] in until(lambda: waiting.standing_in("struktur", ""))


def test_however_many_addresses_are_made_up_only_some_pictures_wait(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted: list[object] = []
    monkeypatch.setattr(waiting, "_turns", threading.BoundedSemaphore(3))
    monkeypatch.setattr(waiting._drawer, "submit", lambda *asked: submitted.append(asked))
    visit = Visit("de", "light", texts.of("de"), Numbers("de"), release)
    picture = compare.standard_picture(release.structure("de")[0], visit)

    for number in range(10):
        waiting.remember(picture, "struktur", {"x": str(number)}, visit)

    assert len(submitted) == 3
