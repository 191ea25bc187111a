"""Page: the labs in time, one by one, and what was learned from what came about and what did not."""

from collections.abc import Iterator

from dashboard.article.blocks import Block, Empty, Intro
from dashboard.pages.journal import sections
from dashboard.parts.visit import Visit
from dashboard.release import journal_queries as queries


def show(visit: Visit) -> Iterator[Block]:
    """The page."""
    say, labs, learnings = visit.say, queries.labs(visit.release), queries.learnings(visit.release)
    title = say.group("pages")["journal"]
    if labs.is_empty() and learnings.is_empty():
        yield Intro(title, say.journal_answers, "")
        yield Empty(say.journal_empty)
        return
    yield Intro(title, say.journal_answers, sections.data_line(labs, learnings, visit))

    yield from sections.timeline(visit)
    yield from sections.labs(labs, visit)
    yield from sections.ledger(learnings, visit)
