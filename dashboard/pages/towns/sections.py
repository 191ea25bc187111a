"""The parts of a town's portrait: its figures, and what each subject says of it."""

from collections.abc import Mapping
from typing import Any

from dashboard import parts
from dashboard.pages.towns import likeness, portrait
from dashboard.parts import picture as pictures
from dashboard.parts import subjects
from dashboard.parts.picture import Pictures
from dashboard.parts.visit import Visit

Row = Mapping[str, Any]


def show(town: Row, visit: Visit) -> None:
    """The portrait beneath its head; each part that was not delivered has a sentence."""
    for subject in subjects.every():
        subject.open_portrait(town, visit)
    shown = Pictures(visit)
    _structure(town, shown, visit)
    for subject in subjects.every():
        subject.portray(town, shown, visit)
    if portrait.figures(visit, town["town_id"]):
        portrait.show_table(town["town_id"], visit)
    likeness.show(town["ags"], visit)


def show_added(town: Row, visit: Visit) -> None:
    """The portrait of a town outside the network: official figures alone."""
    parts.paragraph(visit.say.added_portrait)
    _structure({**town, "town_id": town["ags"]}, Pictures(visit), visit)
    portrait.show_table(town["ags"], visit)
    likeness.show(town["ags"], visit)


def _structure(town: Row, shown: Pictures, visit: Visit) -> None:
    say, figures = visit.say, portrait.figures(visit, town["town_id"])
    parts.heading(say.portrait_structure)
    if not figures:
        parts.empty(say.portrait_empty)
        return
    found = portrait.picture_of(town["town_id"], figures, visit)
    shown.show(found)
    pictures.take_away(found, visit)
    visit.link("structure", say.portrait_to_structure, stadt=town["town_id"])
