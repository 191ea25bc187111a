"""Page: what the towns' surveys asked and what was answered, side by side, one by one, and what follows."""

from dashboard import parts, survey_pages
from dashboard import survey_release as door
from dashboard.address import pick
from dashboard.visit import Visit

SHOWN = {"compare": survey_pages.compare, "single": survey_pages.single, "gap": survey_pages.gap}


def show(visit: Visit) -> None:
    """The page."""
    say, surveys = visit.say, door.surveys(visit.release)
    title = say.group("pages")["surveys"]
    if surveys.is_empty():
        parts.intro(title, say.surveys_answers, "")
        parts.empty(say.surveys_empty)
        return
    parts.intro(title, say.surveys_answers, survey_pages.data_line(surveys, visit))

    views = say.group("survey_views")
    SHOWN[pick(say.survey_view, list(SHOWN), "ansicht", views.__getitem__)](visit)

    parts.heading(say.made_heading, subtitle=say.made_what)
    survey_pages.made(visit)
