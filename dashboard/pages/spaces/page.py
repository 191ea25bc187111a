"""Page: what the co-working spaces were booked for, when, and how much of them."""

from dashboard import parts
from dashboard.pages.spaces import sections
from dashboard.parts import subjects
from dashboard.parts.visit import Visit
from dashboard.release import space_queries as queries


def show(visit: Visit) -> None:
    """The page."""
    say, spaces = visit.say, queries.spaces(visit.release)
    title = say.group("pages")["coworking"]
    if spaces.is_empty():
        parts.intro(title, say.coworking_answers, "")
        parts.empty(say.coworking_empty)
        sections.report(visit)
        return
    parts.intro(title, say.coworking_answers, sections.data_line(spaces, visit))

    space, year = sections.chosen(spaces, visit)
    sections.one(space, year, visit)
    for subject in subjects.every():
        subject.add_to_space(space["space_id"], visit)
    sections.side_by_side(space, visit)
    sections.report(visit)
