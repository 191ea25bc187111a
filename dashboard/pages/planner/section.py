"""The desk planner at the end of the page on co-working: sliders, two sentences, one chart, every assumption.

A piece of its own: a slider runs this part of the page alone.
"""

from collections.abc import Iterator

from dashboard.article.arrangement import Details, Group, piece
from dashboard.article.blocks import Block, Count, Empty, Heading, Paragraph
from dashboard.pages.planner import planner_choices, planner_inputs, planner_pictures, planner_surveys, planner_words
from dashboard.parts import picture as pictures
from dashboard.parts.visit import Visit
from dashboard.release import space_queries as queries
from stadtlabor.statistics.planner import CannotPlanError


def show(visit: Visit, space_id: str) -> Iterator[Block]:
    """The planner of a space, or the sentence why it cannot be planned for."""
    yield Heading(visit.say.planner_heading, subtitle=visit.say.planner_what)
    yield _planner(visit, space_id)


@piece
def _planner(visit: Visit, space_id: str) -> Iterator[Block]:
    say = visit.say
    rows = queries.spaces(visit.release).filter(space_id=space_id)
    try:
        world = planner_inputs.world_of(visit.release, space_id)
    except CannotPlanError as reason:
        yield Empty(say.group("planner_cannot")[str(reason)])
        return
    space = rows.row(0, named=True)
    asked = planner_surveys.surveys(visit.release, space["town_id"], visit.language)
    first = planner_inputs.first_choice(world, asked)
    choice = planner_inputs.read(visit.selection, first, world, asked)
    plan = Group(planner_choices.plan(world, choice, first, visit), "sl-planner-choices")
    outcome = planner_inputs.outcome_of(visit.release, space_id, choice, visit.language)
    shown = planner_pictures.picture(space, world, choice, first, visit)
    answer = (
        Count(" ".join(planner_words.sentences(outcome, choice, visit))),
        *pictures.show(shown, visit, level=3),
        pictures.take_away(shown, visit),
    )
    assumed = (
        Paragraph(say.planner_assumptions_what),
        *planner_choices.assumptions(choice, first, asked, visit),
        planner_pictures.costs_of(outcome, choice, visit),
    )
    yield Group((plan, *answer, Details(say.planner_assumptions, assumed)), "sl-planner")

    reckoned = planner_words.reckoned(world, choice, {one.survey_id: one for one in asked}, visit)
    yield Details(say.planner_how, [Paragraph(line) for line in reckoned])
