"""Pages as one PDF for all readers: tagged as PDF/UA-1 asks, with bookmarks, contents, real tables and vectors."""

from collections.abc import Sequence
from typing import Any

from dashboard.article.arrangement import every
from dashboard.article.blocks import About, Article
from dashboard.article.sitemap import OFFICIAL_PAGES
from dashboard.charts.theme import ink
from dashboard.pages import VIEWS
from dashboard.parts.visit import Visit
from dashboard.renderers.pdf.paper_nodes import Node, nodes_of
from dashboard.renderers.pdf.typesetter import FONT, count_of, pdf_of

# A town is handed out on four sheets: the tables beneath its pictures are left out, and the type becomes smaller.
MOST_PAGES = {"towns": 4}
SCALES = (0.93, 0.87, 0.81, 0.75)


def write(pages: Sequence[tuple[str, Visit]]) -> bytes:
    """Pages by their names, each for a visit with its selection, as the bytes of one PDF.

    All visits are of one language and release, in the light theme.
    """
    document = document_of(pages)
    most = MOST_PAGES.get(pages[0][0]) if len(pages) == 1 else None
    scales = iter(SCALES)
    while most is not None and count_of(document) > most and (scale := next(scales, 0)):
        document["scale"] = scale
    return pdf_of(document)


def document_of(pages: Sequence[tuple[str, Visit]]) -> dict[str, Any]:
    """Pages as the data of one document."""
    visit = pages[0][1]
    say, nodes, titles = visit.say, [], []
    for name, now in pages:
        article = tuple(VIEWS[name](now))
        about = next((one.words for one in every(article) if isinstance(one, About)), "")
        titles.append(say.title(name, about))
        nodes += _page(name, article, now, is_alone=len(pages) == 1)
    return {
        "title": " · ".join(titles),
        "author": say.site_name,
        "language": visit.language,
        "font": FONT,
        "scale": 1,
        "ink": vars(ink("light")),
        "say": {"page": say.paper_page, "contents": say.paper_contents, "sample": say.paper_sample},
        "footer": titles[0] if len(titles) == 1 else say.site_name,
        "nodes": nodes + _sources(visit),
        "contents": _after_opening(nodes),
    }


def _after_opening(nodes: Sequence[Node]) -> int:
    """The place of the first node after the document's title and what it answers."""
    opening = ("strip", "lead", "quiet")
    return next((place for place, node in enumerate(nodes) if place and node["kind"] not in opening), len(nodes))


def _page(name: str, article: Article, visit: Visit, is_alone: bool) -> list[Node]:
    is_sample = visit.release.has_synthetic and name not in OFFICIAL_PAGES
    has_folded = not is_alone or name not in MOST_PAGES
    nodes = nodes_of(article, is_sample, has_folded)
    strip = [{"kind": "strip", "words": visit.say.sample_strip, "sample": True}] if is_sample else []
    left_out = [] if has_folded else [{"kind": "quiet", "lines": [visit.say.paper_left_out], "sample": False}]
    return [*nodes[:1], *strip, *nodes[1:], *left_out]


def _sources(visit: Visit) -> list[Node]:
    say, moment = visit.say, visit.numbers.moment(visit.release.built_at)
    release = say.footer_release.format(release=visit.release.release_id, moment=moment)
    return [
        {"kind": "heading", "words": say.paper_sources, "level": 2, "sample": False},
        {"kind": "quiet", "lines": [say.footer_source, release], "sample": False},
    ]
