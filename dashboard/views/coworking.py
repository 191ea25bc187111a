"""Page: what the co-working spaces were booked for, when, and how much of them."""

from dashboard import parts, planner_page, space_pages
from dashboard import space_release as door
from dashboard.visit import Visit


def show(visit: Visit) -> None:
    """The page."""
    say, spaces = visit.say, door.spaces(visit.release)
    title = say.group("pages")["coworking"]
    if spaces.is_empty():
        parts.intro(title, say.coworking_answers, "")
        parts.empty(say.coworking_empty)
        space_pages.report(visit)
        return
    parts.intro(title, say.coworking_answers, space_pages.data_line(spaces, visit))

    space, year = space_pages.chosen(spaces, visit)
    space_pages.one(space, year, visit)
    planner_page.show(visit, space["space_id"])
    space_pages.side_by_side(space, visit)
    space_pages.report(visit)
