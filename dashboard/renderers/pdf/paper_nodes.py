"""The blocks of an article as what the typesetting template knows: titles, texts, lists, tables, drawings.

A node is a dictionary of texts and lists of texts. The template puts each text on the page as it is, so nothing that
was delivered can be markup.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from dashboard import charts
from dashboard.article import arrangement, blocks, choices, subject_blocks
from dashboard.article.blocks import Block
from dashboard.charts import palette
from dashboard.charts.theme import ink
from dashboard.renderers.pdf.sample_marks import Marked, Node

# px of a drawing as wide as the page: at 17 cm its labels stand in 9 pt.
WIDTH = 800
PAPER = "#ffffff"
# What only a screen offers: ways to other pages, files, buttons, help for newcomers.
ON_SCREEN = (
    blocks.Links,
    blocks.Way,
    blocks.Files,
    blocks.About,
    choices.Step,
    choices.TownSearch,
    subject_blocks.Guide,
)


def nodes_of(article: Iterable[Block], is_sample: bool = False, has_folded: bool = True) -> list[Node]:
    """An article as nodes in reading order; `is_sample` where the whole page draws on sample data.

    Without `has_folded` the tables that unfold beneath a picture are left out.
    """
    marked = Marked(is_sample)
    return marked.nodes(_Walk(has_folded).nodes(article))


def _heading(words: str, level: int, subtitle: str = "") -> Iterator[Node]:
    yield {"kind": "heading", "words": words, "level": level}
    if subtitle:
        yield {"kind": "subtitle", "words": subtitle}


def _words(kind: str) -> Callable[[Any], Iterator[Node]]:
    def of(block: Any) -> Iterator[Node]:
        if block.words:
            yield {"kind": kind, "words": block.words}

    return of


def _lines(kind: str) -> Callable[[Any], Iterator[Node]]:
    def of(block: Any) -> Iterator[Node]:
        if lines := [one for one in block.lines if one]:
            yield {"kind": kind, "lines": lines}

    return of


def _facts(entries: Mapping[str, Any], signs: Mapping[str, str] | None = None) -> Iterator[Node]:
    found = [
        {"term": term, "lines": [words] if isinstance(words, str) else list(words), "sign": (signs or {}).get(term, "")}
        for term, words in entries.items()
        if words
    ]
    if found:
        yield {"kind": "facts", "entries": found}


def _sign(place: int) -> str:
    """A town's sign as SVG."""
    colour, shape = palette.colour(place, "light"), palette.shape(place)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="26" height="26" viewBox="-1.3 -1.3 2.6 2.6">'
        f'<path d="{shape}" fill="{colour}"/></svg>'
    )


def _intro(block: blocks.Intro) -> Iterator[Node]:
    yield from _heading(block.title, 1)
    yield {"kind": "lead", "words": block.answers}
    if block.data:
        yield {"kind": "quiet", "lines": [block.data]}


def _table(block: blocks.Table) -> Iterator[Node]:
    caption = block.folded or (block.caption if block.is_captioned else "")
    yield {
        "kind": "table",
        "caption": caption,
        "columns": [{"heading": one.heading, "number": one.is_number, "whole": one.is_whole} for one in block.columns],
        "rows": [[one if isinstance(one, str) else one.words for one in row] for row in block.rows],
    }


def _finding(block: subject_blocks.Finding) -> Iterator[Node]:
    signs = {one.name: _sign(one.place) for one in block.towns}
    yield from _facts({one.name: one.sentences for one in block.towns}, signs)


def _town(block: subject_blocks.Town) -> Iterator[Node]:
    yield from _heading(block.name, 3, block.line)
    for term, words in block.lines.items():
        yield {"kind": "paragraph", "words": f"{term}: {words}" if term else words}


def _cards(block: subject_blocks.Cards) -> Iterator[Node]:
    for card in block.cards:
        mark = {"sample": True} if card.sample else {}
        yield {"kind": "heading", "words": card.title, "level": 3, **mark}
        head = " · ".join(one for one in (card.who, card.outcome_words, card.sample) if one)
        yield {"kind": "subtitle", "words": head, **mark}
        for node in _facts({**card.points, card.links_words: ", ".join(one.words for one in card.links)}):
            yield {**node, **mark}
        yield {"kind": "quiet", "lines": [card.origin], **mark}


def _sections(block: subject_blocks.Sections) -> Iterator[Node]:
    for term, words in block.words.items():
        yield from _heading(term, block.level)
        yield {"kind": "paragraph", "words": words}


def _statement(block: subject_blocks.Statement) -> Iterator[Node]:
    mark = {"sample": True} if block.sample else {}
    yield {"kind": "heading", "words": block.statement, "level": block.level, **mark}
    yield {"kind": "subtitle", "words": " · ".join(filter(None, (block.verdict_words, block.sample))), **mark}
    for node in _facts({**block.points, block.links_words: ", ".join(one.words for one in block.links)}):
        yield {**node, **mark}
    yield {"kind": "quiet", "lines": [block.origin], **mark}


def _delivery(block: subject_blocks.Delivery) -> Iterator[Node]:
    yield from _heading(block.title, 2, block.state_words)
    yield {"kind": "paragraph", "words": block.rows}
    yield {"kind": "quiet", "lines": [one for one in block.lines if one]}


def _slide(block: subject_blocks.Slide) -> Iterator[Node]:
    yield from _heading(block.title, 1, block.subtitle)


def _choice(block: choices.Choice) -> Iterator[Node]:
    # A choice of which nothing is chosen says nothing.
    if block.value or block.value == 0:
        yield {"kind": "choice", "words": block.text}


class _Walk:
    """Goes through the blocks of an article; `share` is how much of the page's width a drawing may take."""

    def __init__(self, has_folded: bool, share: float = 1) -> None:
        self.has_folded, self.share = has_folded, share

    def nodes(self, article: Iterable[Block]) -> Iterator[Node]:
        """The nodes of blocks, one after the other."""
        for block in article:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Node]:
        if isinstance(block, ON_SCREEN):
            return
        if isinstance(block, arrangement.Columns):
            yield from self._columns(block)
        elif isinstance(block, arrangement.Group | arrangement.Piece | arrangement.Details):
            inside: Iterable[Block] = block.blocks
            if isinstance(block, arrangement.Details):
                made = [one for one in inside if isinstance(one, choices.Choice)]
                # How to choose says nothing on paper; what is chosen does.
                inside = made or inside
                yield from () if made else ({"kind": "term", "words": block.words},)
            yield from self.nodes(inside)
        elif isinstance(block, blocks.Chart):
            yield self._chart(block)
        elif isinstance(block, choices.Choice):
            yield from _choice(block)
        elif self.has_folded or not getattr(block, "folded", ""):
            yield from _NODES[type(block)](block)

    def _columns(self, block: arrangement.Columns) -> Iterator[Node]:
        """Drawings with their words side by side; a table needs the whole width of the page."""
        shares = [width / sum(block.widths) for width in block.widths]
        columns = [
            list(_Walk(self.has_folded, self.share * share).nodes(column))
            for share, column in zip(shares, block.columns, strict=True)
        ]
        kinds = {node["kind"] for column in columns for node in column}
        if "chart" in kinds and "table" not in kinds:
            yield {"kind": "columns", "shares": shares, "columns": columns}
        else:
            yield from (node for column in columns for node in column)

    def _chart(self, block: blocks.Chart) -> Node:
        svg, _ = charts.inline(block.drawn.chart, block.drawn.chart, block.key, round(WIDTH * self.share))
        svg = svg.replace(ink("light").paper, PAPER)
        mark = {} if block.picture is None else {"sample": block.picture.is_synthetic}
        return {"kind": "chart", "svg": svg, "alt": block.alt, "share": self.share, **mark}


_NODES: Mapping[type[Block], Callable[[Any], Iterator[Node]]] = {
    blocks.Intro: _intro,
    blocks.Heading: lambda block: _heading(block.words, block.level, block.subtitle),
    blocks.Notice: _words("strip"),
    blocks.Tag: _words("tag"),
    blocks.Notes: _lines("quiet"),
    blocks.Bullets: _lines("bullets"),
    blocks.Facts: lambda block: _facts(block.entries),
    blocks.Table: _table,
    **dict.fromkeys((blocks.Paragraph, blocks.Empty, blocks.Count), _words("paragraph")),
    subject_blocks.Finding: _finding,
    subject_blocks.Town: _town,
    subject_blocks.Cards: _cards,
    subject_blocks.Sections: _sections,
    subject_blocks.Statement: _statement,
    subject_blocks.Delivery: _delivery,
    subject_blocks.Slide: _slide,
}
