"""Page: the labs in time, one by one, and what was learned from what came about and what did not."""

from dashboard import parts
from dashboard.pages.journal import sections
from dashboard.parts.visit import Visit
from dashboard.release import journal_queries as queries


def show(visit: Visit) -> None:
    """The page."""
    say, labs, learnings = visit.say, queries.labs(visit.release), queries.learnings(visit.release)
    title = say.group("pages")["journal"]
    if labs.is_empty() and learnings.is_empty():
        parts.intro(title, say.journal_answers, "")
        parts.empty(say.journal_empty)
        return
    parts.intro(title, say.journal_answers, sections.data_line(labs, learnings, visit))

    sections.timeline(visit)
    sections.labs(labs, visit)
    sections.ledger(learnings, visit)
