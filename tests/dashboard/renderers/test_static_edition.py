"""The static edition: a folder of plain pages, whole, without script, each link within it."""

import html
import re
import sys
from urllib.parse import unquote

import pytest

from dashboard import charts, texts
from dashboard.article import arrangement, blocks
from dashboard.article.choices import OneOf
from dashboard.pages import VIEWS
from dashboard.parts import compare
from dashboard.parts.visit import Visit
from dashboard.release import store
from dashboard.renderers.plain import static_edition
from dashboard.renderers.plain.folder import LONGEST_NAME, Folder, file_name
from dashboard.words.numbers import Numbers
from tests.dashboard.samples import sample, whole_sample

# The package's name for it is the function's.
inline = sys.modules["dashboard.charts.inline"]
CHOSEN = ("housing__rent", "commuting__out_share")
TITLE = "Befragung <script>alert(1)</script> & Gäste"


@pytest.fixture
def edition(warehouse, tmp_path, monkeypatch):
    """The folder of a release with something of everything, its drawings left empty."""
    delivered = whole_sample.tables() | {"deliveries": [sample.delivery("a-survey", title=TITLE)]}
    sample.write_release(warehouse, **delivered)
    monkeypatch.setattr(charts, "inline", lambda *given: ("<svg></svg>", {}))
    static_edition.write(store.current(), tmp_path / "out", towns=["moelln"], indicators=CHOSEN)
    return tmp_path / "out"


def pages(folder):
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}


def test_every_link_leads_to_a_file_of_the_folder(edition):
    for place, page in pages(edition).items():
        for address in re.findall(r'(?:href|src|action)="([^"]*)"', page):
            if not address.startswith(("#", "data:")):
                target = (edition / place).parent / unquote(html.unescape(address))
                assert target.is_file(), (place, address)


def test_pages_are_whole_and_need_no_script(edition):
    found = pages(edition)

    for place, page in found.items():
        assert "<script" not in page, place
        assert "http://www.w3.org" not in re.sub(r"xmlns='[^']*'", "", page)
    for name in ("struktur~housing~housing__rent", "staedte~moelln", "steckbrief~commuting__out_share"):
        assert f"de/{name}.html" in found, sorted(found)
    assert html.escape(TITLE) in found["de/datenqualitaet.html"]
    assert 'lang="en"' in found["en/index.html"]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_number_of_an_article_stands_in_its_page(edition, language):
    visit = Visit(language, "light", texts.of(language), Numbers(language), store.current())
    found, addresses = (
        pages(edition),
        {"structure": "struktur", "quality": "datenqualitaet", "events": "veranstaltungen"},
    )

    for name, address in addresses.items():
        page = html.unescape(re.sub(r"<[^>]+>", "", found[f"{language}/{address}.html"])).replace("\u00a0", " ")
        tables = [one for one in arrangement.every(VIEWS[name](visit)) if isinstance(one, blocks.Table)]
        cells = [cell for one in tables for row in one.rows for cell in row if isinstance(cell, str)]
        assert cells
        assert [cell for cell in cells if cell.replace("\u00a0", " ") not in page] == []


def test_a_town_or_an_indicator_that_is_not_there_is_named(release, tmp_path):
    with pytest.raises(static_edition.UnknownNameError, match="no town called nirgends; known: .*moelln"):
        static_edition.write(release, tmp_path, towns=["nirgends"])
    with pytest.raises(static_edition.UnknownNameError, match="no indicator called housing__rents; .*housing__rent"):
        static_edition.write(release, tmp_path, indicators=["housing__rents"])
    assert list(tmp_path.glob("*.html")) == []


def test_a_link_leads_to_the_page_that_says_most_of_it():
    folder = Folder({"structure": [{}, {"thema": "a", "indikator": "b"}]})
    near = {"thema": "a", "indikator": "b", "stadt": "moelln"}

    assert folder.to_page(blocks.Link("", "structure", near)) == "struktur~a~b.html"
    assert folder.to_page(blocks.Link("", "structure", {"thema": "a"})) == "struktur.html"


def test_a_choice_is_a_link_for_each_option_that_has_a_page():
    folder = Folder({"towns": [{}, {"stadt": "b"}]}).at("towns", {})
    choice = OneOf("Stadt", "stadt", "a", "a", options=["a", "b", "c"], words={"a": "A", "b": "<B>", "c": "C"})

    said = folder.choice(choice)

    assert '<span aria-current="true">A</span>' in said
    assert '<a href="staedte~b.html">&lt;B&gt;</a>' in said
    assert "C" not in re.sub("<[^>]*>", "", said)


def test_names_of_files_are_short_and_told_apart():
    long = [file_name("a" * 300 + end) for end in "xy"]

    assert long[0] != long[1]
    assert max(map(len, long)) < LONGEST_NAME + 20
    assert file_name("../..", "a b") == "-~a-b"


@pytest.fixture
def made(release):
    """The same chart in both lights."""
    visits = {theme: Visit("de", theme, texts.of("de"), Numbers("de"), release) for theme in ("light", "dark")}
    indicator = release.indicator("housing__rent", "de")
    return {theme: compare.standard_picture(indicator, visit).chart for theme, visit in visits.items()}


def test_one_drawing_has_the_colours_that_a_second_one_in_the_dark_would_have(made, monkeypatch):
    drawn, draw = [], inline._drawn
    monkeypatch.setattr(inline, "_drawn", lambda *given: drawn.append(1) or draw(*given))
    once = inline.inline(made["light"], made["dark"], "key")
    monkeypatch.setattr(inline, "_pairs", lambda *specs: None)

    assert inline.inline(made["light"], made["dark"], "key") == once
    assert len(drawn) == 1 + 2


def test_a_drawing_has_the_colours_of_both_lights_and_ids_of_its_own(made):
    svg, colours = charts.inline(made["light"], made["dark"], "key", 400)

    assert "--fbfaf7-14191b" in colours
    assert 'fill="var(--' in svg
    assert set(re.findall(r' id="(\w+)', svg)) <= {"key"}
    assert all(light != dark for light, dark in colours.values())
