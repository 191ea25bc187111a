"""Page: the labs in time, one by one, and what was learned from what came about and what did not."""

from dashboard import journal_pages, parts
from dashboard import journal_release as door
from dashboard.visit import Visit


def show(visit: Visit) -> None:
    """The page."""
    say, labs, learnings = visit.say, door.labs(visit.release), door.learnings(visit.release)
    title = say.group("pages")["journal"]
    if labs.is_empty() and learnings.is_empty():
        parts.intro(title, say.journal_answers, "")
        parts.empty(say.journal_empty)
        return
    parts.intro(title, say.journal_answers, journal_pages.data_line(labs, learnings, visit))

    journal_pages.timeline(visit)
    journal_pages.labs(labs, visit)
    journal_pages.ledger(learnings, visit)
