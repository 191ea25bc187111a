"""The parts of a town's portrait: its lab, its figures, what it asked, booked and held, and what was learned."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import parts
from dashboard.pages.events import event_pictures
from dashboard.pages.journal import learning
from dashboard.pages.towns import portrait, story
from dashboard.pages.towns.story import Told
from dashboard.parts import picture as pictures
from dashboard.parts.visit import Visit

Row = Mapping[str, Any]


def lab(town: Row, visit: Visit) -> None:
    """What was tried, what came of it, what was learned; the town's own line where no lab is entered."""
    say, labs = visit.say, story.labs_of(town["town_id"], visit)
    if labs.is_empty():
        parts.heading(say.portrait_tried, level=3)
        parts.paragraph(town[f"lab_{visit.language}"] or say.portrait_tried_none)
        return
    for row in labs.iter_rows(named=True):
        parts.heading(row[f"title_{visit.language}"] or say.portrait_tried, level=3)
        learning.three_columns(row, visit, level=4)
        parts.notes(learning.lab_notes(row, visit))


def show(town: Row, visit: Visit) -> None:
    """The rest of the portrait; each part that was not delivered has a sentence."""
    told = Told(visit)
    _structure(town, told, visit)
    _surveys(town, told, visit)
    _space(town, told, visit)
    _events(town, told, visit)
    parts.heading(visit.say.portrait_learned)
    story.lessons(town["town_id"], visit)
    if portrait.figures(visit):
        portrait.show_table(town["town_id"], visit)


def _structure(town: Row, told: Told, visit: Visit) -> None:
    say, figures = visit.say, portrait.figures(visit)
    parts.heading(say.portrait_structure)
    if not figures:
        parts.empty(say.portrait_empty)
        return
    shown = portrait.picture_of(town["town_id"], figures, visit)
    told.show(shown)
    pictures.take_away(shown, visit)
    visit.link("structure", say.portrait_to_structure, stadt=town["town_id"])


def _surveys(town: Row, told: Told, visit: Visit) -> None:
    say, survey = visit.say, story.survey_of(town["town_id"], visit)
    shown = story.questions(survey, visit) if survey else []
    parts.heading(say.portrait_surveys, subtitle=survey["title"] if survey and shown else "")
    if survey is None or not shown:
        parts.empty(say.portrait_surveys_none.format(town=town["name"]))
        return
    told.strip(shown)
    for column, picture in zip(st.columns(len(shown), gap="medium"), shown, strict=True):
        with column:
            told.show(picture)
    visit.link("surveys", say.portrait_to_surveys, ansicht="single", befragung=survey["survey_id"])


def _space(town: Row, told: Told, visit: Visit) -> None:
    say, shown = visit.say, story.space_year(town["town_id"], visit)
    parts.heading(say.portrait_space)
    if shown is None:
        parts.empty(say.portrait_space_none.format(town=town["name"]))
        return
    told.show(shown)
    visit.link("coworking", say.portrait_to_space, stadt=town["town_id"])


def _events(town: Row, told: Told, visit: Visit) -> None:
    say, shown = visit.say, event_pictures.one_line(visit, town["town_id"])
    parts.heading(say.portrait_events)
    if shown is None:
        parts.empty(say.portrait_events_none.format(town=town["name"]))
        return
    told.show(shown)
    visit.link("events", say.portrait_to_events.format(town=town["name"]), stadt=town["town_id"])
