"""The parts of a town's portrait: its figures, and what each subject says of it."""

from collections.abc import Mapping
from typing import Any

from dashboard import parts
from dashboard.pages.towns import portrait
from dashboard.parts import picture as pictures
from dashboard.parts import subjects
from dashboard.parts.picture import Pictures
from dashboard.parts.visit import Visit
from dashboard.release import municipality_queries

Row = Mapping[str, Any]


def show(town: Row, visit: Visit) -> None:
    """The portrait beneath its head; each part that was not delivered has a sentence."""
    for subject in subjects.every():
        subject.open_portrait(town, visit)
    shown = Pictures(visit)
    _structure(town, shown, visit)
    for subject in subjects.every():
        subject.portray(town, shown, visit)
    if portrait.figures(visit):
        portrait.show_table(town["town_id"], visit)


def _structure(town: Row, shown: Pictures, visit: Visit) -> None:
    say, figures = visit.say, portrait.figures(visit)
    parts.heading(say.portrait_structure)
    if not figures:
        parts.empty(say.portrait_empty)
        return
    found = portrait.picture_of(town["town_id"], figures, visit)
    shown.show(found)
    pictures.take_away(found, visit)
    visit.link("structure", say.portrait_to_structure, stadt=town["town_id"])


def show_added(visit: Visit) -> None:
    """The portrait of a small town from outside the network: what the offices say of it, and nothing else."""
    say, numbers = visit.say, visit.numbers
    one = municipality_queries.town(visit.release, visit.added)
    assert one is not None
    line = say.municipality_head.format(
        land=one[f"land_{visit.language}"],
        district=one["district"] or "–",
        population=numbers.decimal(float(str(one["population"]))),
        date=numbers.date(one["population_date"]),
        type=say.group("town_types").get(str(one["town_type"]), "–"),
        location=say.group("town_locations").get(str(one["location"]), "–"),
    )
    parts.heading(str(one["name"]), subtitle=line)
    parts.paragraph(say.municipality_only_official)
    found = portrait.picture_of(visit.added, portrait.figures(visit), visit)
    Pictures(visit).show(found)
    pictures.take_away(found, visit)
    portrait.show_table(visit.added, visit)
