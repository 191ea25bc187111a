"""Page: what the towns' surveys asked and what was answered, side by side, one by one, and what follows."""

from dashboard import parts
from dashboard.pages.surveys import sections
from dashboard.parts.address import pick
from dashboard.parts.visit import Visit
from dashboard.release import survey_queries as queries

SHOWN = {"compare": sections.compare, "single": sections.single, "gap": sections.gap}


def show(visit: Visit) -> None:
    """The page."""
    say, surveys = visit.say, queries.surveys(visit.release)
    title = say.group("pages")["surveys"]
    if surveys.is_empty():
        parts.intro(title, say.surveys_answers, "")
        parts.empty(say.surveys_empty)
        return
    parts.intro(title, say.surveys_answers, sections.data_line(surveys, visit))

    views = say.group("survey_views")
    SHOWN[pick(say.survey_view, list(SHOWN), "ansicht", views.__getitem__)](visit)

    parts.heading(say.made_heading, subtitle=say.made_what)
    sections.made(visit)
