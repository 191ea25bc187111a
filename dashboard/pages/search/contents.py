"""All pages and figures as a list: what stands in the search's place where nothing can be searched."""

from collections.abc import Iterator

from dashboard.article.blocks import Block, Cell, Column, Heading, Intro, Link, Table
from dashboard.pages.search import finding
from dashboard.parts.visit import Visit


def show(visit: Visit) -> Iterator[Block]:
    """The page: a table for each kind of what there is."""
    say, entries = visit.say, finding.index(visit.release, visit.language)
    groups = say.group("search_groups")
    yield Intro(say.contents_title, say.contents_what)
    for name in finding.GROUPS:
        found = [one for one in entries if one.group == name]
        if found:
            yield Heading(groups[name])
            columns = [Column(say.contents_entry), Column(say.contents_about)]
            rows: list[list[Cell]] = [[Link(one.title, one.page, one.selection), one.line] for one in found]
            yield Table(groups[name], columns, rows, is_captioned=False)
