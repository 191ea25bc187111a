"""Page: what the towns' surveys asked and what was answered, side by side, one by one, and what follows."""

from collections.abc import Iterator

from dashboard.article.blocks import Block, Empty, Heading, Intro
from dashboard.pages.surveys import sections
from dashboard.parts.choosing import pick
from dashboard.parts.pieces import report_files
from dashboard.parts.visit import Visit
from dashboard.release import survey_queries as queries

SHOWN = {"compare": sections.compare, "single": sections.single, "gap": sections.gap}


def show(visit: Visit) -> Iterator[Block]:
    """The page."""
    say, surveys = visit.say, queries.surveys(visit.release)
    title = say.group("pages")["surveys"]
    if surveys.is_empty():
        yield Intro(title, say.surveys_answers, "")
        yield Empty(say.surveys_empty)
        return
    yield Intro(title, say.surveys_answers, sections.data_line(surveys, visit))

    views = say.group("survey_views")
    view = pick(visit, say.survey_view, list(SHOWN), "ansicht", views.__getitem__)
    yield view
    yield from SHOWN[view.value](visit)

    yield Heading(say.made_heading, subtitle=say.made_what)
    yield from sections.made(visit)
    yield report_files.offered("surveys", visit, has_slides=view.value != "gap")
