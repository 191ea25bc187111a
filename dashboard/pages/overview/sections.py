"""The overview's three findings: what was asked, what was booked, what is measured; each with the way to its page."""

from dashboard import parts
from dashboard.pages.towns import story
from dashboard.parts import whereabouts
from dashboard.parts.visit import Visit


def findings(visit: Visit, has_strip: bool) -> None:
    """Three pictures with their links; a sentence where a kind of data was not delivered."""
    say = visit.say
    told = story.Told(visit, has_strip)
    parts.heading(say.overview_findings)

    asked = story.survey_finding(visit)
    if asked:
        told.show(asked[0])
        whereabouts.link_to(asked[1], visit, say.overview_to_survey.format(title=asked[1].short))
    else:
        parts.empty(say.overview_no_survey)

    booked = story.space_finding(visit)
    if booked:
        told.show(booked)
        visit.link("coworking", say.overview_to_space)
    else:
        parts.empty(say.overview_no_space)

    measured = story.structure_finding(visit)
    if measured:
        told.show(measured[0])
        whereabouts.link_to(measured[1], visit, say.overview_more.format(title=measured[1].short))
    else:
        parts.empty(say.overview_no_structure)
