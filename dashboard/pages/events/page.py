"""Page: what the towns invited to, when and where, and how many came."""

from dashboard import parts
from dashboard.pages.events import sections
from dashboard.parts.visit import Visit
from dashboard.release import event_queries as queries


def show(visit: Visit) -> None:
    """The page."""
    say, events = visit.say, queries.events(visit.release)
    title = say.group("pages")["events"]
    if events.is_empty():
        parts.intro(title, say.events_answers, "")
        parts.empty(say.events_empty)
        return
    parts.intro(title, say.events_answers, sections.data_line(events, visit))

    format_, theme, highlighted = sections.choices(visit)
    if queries.events(visit.release, format_, theme).is_empty():
        parts.empty(say.events_none_chosen)
        return
    sections.timeline(visit, format_, theme, highlighted)
    sections.table(visit, format_, theme, highlighted)
    sections.kinds(visit, format_, theme, highlighted)
    sections.measures(visit)
    sections.indicators(visit, highlighted)
