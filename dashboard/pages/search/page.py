"""Page: what answers a few words, by what it is."""

from collections.abc import Iterator

from dashboard.article.arrangement import Group
from dashboard.article.blocks import About, Block, Count, Empty, Heading, Intro, Link, Notes, Paragraph, Way
from dashboard.pages.search import finding
from dashboard.parts.choosing import MOST_CHARACTERS
from dashboard.parts.search_entries import Entry
from dashboard.parts.visit import Visit

MOST = 8  # results of a group that are shown at once


def show(visit: Visit) -> Iterator[Block]:
    """The page."""
    say, question = visit.say, visit.chosen("wort").strip()[:MOST_CHARACTERS]
    yield Intro(say.group("pages")["search"], say.search_answers, "")
    if not question:
        yield Empty(say.search_empty)
        return
    yield About("search", question)
    found = finding.search(visit, question)
    for asked, read in found.read_as.items():
        yield Paragraph(say.search_read_as.format(asked=asked, read=read))
    yield Count(say.search_count.format(count=found.count, question=question))
    if not found.count:
        yield Empty(say.search_nothing)
        return
    groups = say.group("search_groups")
    for name, entries in found.by_group.items():
        yield Heading(groups[name])
        found_here = [one for entry in entries[:MOST] for one in _found(entry)]
        yield Group(found_here, f"sl-found-{name}")
        if len(entries) > MOST:
            yield Paragraph(say.search_more.format(count=len(entries) - MOST))


def _found(entry: Entry) -> tuple[Block, Block]:
    return Way(Link(entry.title, entry.page, entry.selection)), Notes([entry.line])
