"""A page as PDF, read back: its tables in order, its tags, the mark of sample data, delivered texts as texts."""

import io
import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import pdfua
import pypdf
import pytest

from dashboard import texts
from dashboard.article import blocks
from dashboard.article.arrangement import every
from dashboard.pages import VIEWS
from dashboard.parts.visit import Visit
from dashboard.renderers.pdf import typeset
from dashboard.words.numbers import Numbers

PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "towns": ("de", {"stadt": "wittenberge"}),
    "benchmark": ("en", {"thema": "eigene", "kennzahlen": "commuting__out_share,housing__vacancy"}),
    "surveys": ("de", {}),
    "coworking": ("en", {}),
    "journal": ("de", {}),
}


def visit(release: Any, name: str, language: str) -> Visit:
    return Visit(language, "light", texts.of(language), Numbers(language), release).beside(PAGES[name][1])


def squeezed(text: str) -> str:
    """A text without what a line break changes."""
    return re.sub(r"[\s\u00ad\u2010\u200b\u2060-]", "", text)


def words_of(pdf: pypdf.PdfReader) -> list[str]:
    """What is read on each page."""
    return [squeezed(page.extract_text()) for page in pdf.pages]


def figures(pdf: pypdf.PdfReader) -> list[str]:
    """The alternative texts of all figures in the structure tree, in its order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                found.append(str(node["/Alt"]))
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.fixture(scope="module")
def written(whole) -> Callable[..., bytes]:
    """The PDF of a page, made once."""

    @cache
    def made(name: str, language: str) -> bytes:
        return typeset.write([(name, visit(whole, name, language))])

    return made


@pytest.mark.parametrize(("name", "language"), [(name, language) for name, (language, _) in PAGES.items()])
def test_a_page_reads_back_from_its_pdf(whole, written, tmp_path, name, language):
    now = visit(whole, name, language)
    path = tmp_path / "page.pdf"
    path.write_bytes(written(name, language))
    pdf = pypdf.PdfReader(path)
    article = list(every(tuple(VIEWS[name](now))))

    assert pdfua.validate(path).findings == ()
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert now.say.site_name in pdf.metadata.title
    assert pdf.outline
    assert len(pdf.pages) <= typeset.MOST_PAGES.get(name, 99)
    assert figures(pdf) == [one.alt for one in article if isinstance(one, blocks.Chart)]
    assert not any(len(page.images) for page in pdf.pages)

    read, place = "".join(words_of(pdf)), 0
    tables = [one for one in article if isinstance(one, blocks.Table) and not (one.folded and name == "towns")]
    assert tables
    for row in [row for table in tables for row in table.rows]:
        cells = squeezed("".join(one if isinstance(one, str) else one.words for one in row))
        place = read.index(cells, place) + len(cells)


@pytest.mark.parametrize(("name", "language"), [(name, language) for name, (language, _) in PAGES.items()])
def test_something_stands_beneath_every_heading(whole, name, language):
    nodes = typeset.document_of([(name, visit(whole, name, language))])["nodes"]
    told = [one for one in nodes if one["kind"] != "subtitle"]

    for one, after in pairwise([*told, {"kind": "heading", "level": 1}]):
        assert one["kind"] != "heading" or after["kind"] != "heading" or after["level"] > one["level"], one


def test_a_delivered_title_is_text_and_what_no_font_has_is_a_square(written):
    read = "".join(words_of(pypdf.PdfReader(io.BytesIO(written("journal", "de")))))

    assert squeezed("#heading *fett* _x_ $y$ <b> \\u{1} □ □") in read


def test_the_mark_stands_on_the_pages_that_draw_on_sample_data_and_no_other(whole, written):
    now = visit(whole, "towns", "de")
    nodes = typeset.document_of([("towns", now)])["nodes"]
    read = words_of(pypdf.PdfReader(io.BytesIO(written("towns", "de"))))
    marked = {place for place, text in enumerate(read) if squeezed(now.say.paper_sample) in text}
    strips = {squeezed(one["words"]) for one in nodes if one["kind"] == "strip"}
    tags = [squeezed(one["words"]) for one in nodes if one["kind"] == "heading" and one["sample"]]

    assert strips
    assert tags
    assert {place for place, text in enumerate(read) if any(one in text for one in (*strips, *tags))} <= marked
    assert len(read) - 1 not in marked  # the table of official figures
