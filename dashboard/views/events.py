"""Page: what the towns invited to, when and where, and how many came."""

from dashboard import event_pages, parts
from dashboard import event_release as door
from dashboard.visit import Visit


def show(visit: Visit) -> None:
    """The page."""
    say, events = visit.say, door.events(visit.release)
    title = say.group("pages")["events"]
    if events.is_empty():
        parts.intro(title, say.events_answers, "")
        parts.empty(say.events_empty)
        return
    parts.intro(title, say.events_answers, event_pages.data_line(events, visit))

    format_, theme, lifted = event_pages.choices(visit)
    if door.events(visit.release, format_, theme).is_empty():
        parts.empty(say.events_none_chosen)
        return
    event_pages.timeline(visit, format_, theme, lifted)
    event_pages.table(visit, format_, theme, lifted)
    event_pages.kinds(visit, format_, theme, lifted)
    event_pages.measures(visit)
    event_pages.indicators(visit, lifted)
