"""Page: what the towns invited to, when and where, and how many came."""

from collections.abc import Iterator

from dashboard.article.blocks import Block, Empty, Intro
from dashboard.pages.events import sections
from dashboard.parts.choosing import row
from dashboard.parts.visit import Visit
from dashboard.release import event_queries as queries


def show(visit: Visit) -> Iterator[Block]:
    """The page."""
    say, events = visit.say, queries.events(visit.release)
    title = say.group("pages")["events"]
    if events.is_empty():
        yield Intro(title, say.events_answers, "")
        yield Empty(say.events_empty)
        return
    yield Intro(title, say.events_answers, sections.data_line(events, visit))

    choices = sections.choices(visit)
    yield row(*((choice, 2) for choice in choices))
    format_, theme, highlighted = (choice.value for choice in choices)
    if queries.events(visit.release, format_, theme).is_empty():
        yield Empty(say.events_none_chosen)
        return
    yield from sections.timeline(visit, format_, theme, highlighted)
    yield from sections.table(visit, format_, theme, highlighted)
    yield from sections.kinds(visit, format_, theme, highlighted)
    yield from sections.measures(visit)
    yield from sections.indicators(visit, highlighted)
