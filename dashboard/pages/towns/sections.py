"""The parts of a town's portrait: its figures, and what each subject says of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.article.blocks import Block, Empty, Heading, Paragraph, way
from dashboard.pages.towns import likeness, portrait
from dashboard.parts import picture as pictures
from dashboard.parts import subjects
from dashboard.parts.picture import Pictures
from dashboard.parts.visit import Visit

Row = Mapping[str, Any]


def show(town: Row, visit: Visit) -> Iterator[Block]:
    """The portrait beneath its head; each part that was not delivered has a sentence."""
    for subject in subjects.every():
        yield from subject.open_portrait(town, visit)
    shown = Pictures(visit)
    yield from _structure(town, shown, visit)
    for subject in subjects.every():
        yield from subject.portray(town, shown, visit)
    if portrait.figures(visit, town["town_id"]):
        yield from portrait.show_table(town["town_id"], visit)
    yield from likeness.show(town["ags"], visit)


def show_added(town: Row, visit: Visit) -> Iterator[Block]:
    """The portrait of a town outside the network: official figures alone."""
    yield Paragraph(visit.say.added_portrait)
    yield from _structure({**town, "town_id": town["ags"]}, Pictures(visit), visit)
    yield from portrait.show_table(town["ags"], visit)
    yield from likeness.show(town["ags"], visit)


def _structure(town: Row, shown: Pictures, visit: Visit) -> Iterator[Block]:
    say, figures = visit.say, portrait.figures(visit, town["town_id"])
    yield Heading(say.portrait_structure)
    if not figures:
        yield Empty(say.portrait_empty)
        return
    found = portrait.picture_of(town["town_id"], figures, visit)
    yield from shown.show(found)
    yield pictures.take_away(found, visit)
    yield way(say.portrait_to_structure, "structure", stadt=town["town_id"])
