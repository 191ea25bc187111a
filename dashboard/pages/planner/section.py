"""The desk planner at the end of the page on co-working: sliders, two sentences, one chart, every assumption.

Stands in a fragment: a slider runs this part of the page alone.
"""

import streamlit as st

from dashboard import parts
from dashboard.pages.planner import planner_choices, planner_inputs, planner_pictures, planner_surveys, planner_words
from dashboard.parts import frame
from dashboard.parts import picture as pictures
from dashboard.parts.visit import Visit
from dashboard.release import space_queries as queries
from stadtlabor.statistics.planner import CannotPlanError


def show(visit: Visit, space_id: str) -> None:
    """The planner of a space, or the sentence why it cannot be planned for."""
    parts.heading(visit.say.planner_heading, subtitle=visit.say.planner_what)
    _planner(visit, space_id)


@frame.piece
def _planner(visit: Visit, space_id: str) -> None:
    say = visit.say
    rows = queries.spaces(visit.release).filter(space_id=space_id)
    try:
        world = planner_inputs.world_of(visit.release, space_id)
    except CannotPlanError as reason:
        parts.empty(say.group("planner_cannot")[str(reason)])
        return
    space = rows.row(0, named=True)
    asked = planner_surveys.surveys(visit.release, space["town_id"], visit.language)
    first = planner_inputs.first_choice(world, asked)

    with st.container(key="sl-planner"):
        above = st.container(key="sl-planner-choices")
        answer = st.container()
        with st.expander(say.planner_assumptions):
            parts.paragraph(say.planner_assumptions_what)
            below = st.container()
    choice = planner_choices.chosen(world, first, asked, visit, above, below)

    with answer:
        shown = planner_pictures.picture(space, world, choice, first, visit)
        outcome = planner_inputs.outcome_of(visit.release, space_id, choice, visit.language)
        parts.count(" ".join(planner_words.sentences(outcome, choice, visit)))
        pictures.show(shown, visit, level=3)
        pictures.take_away(shown, visit)
    with below:
        planner_pictures.show_costs(outcome, choice, visit)
    with st.expander(say.planner_how):
        for line in planner_words.reckoned(world, choice, {one.survey_id: one for one in asked}, visit):
            parts.paragraph(line)
