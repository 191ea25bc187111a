"""Page: what the co-working spaces were booked for, when, and how much of them."""

from collections.abc import Iterator

import polars as pl

from dashboard.article.blocks import Block, Empty, Intro
from dashboard.pages.spaces import sections
from dashboard.parts import subjects
from dashboard.parts.choosing import row
from dashboard.parts.visit import Visit
from dashboard.release import space_queries as queries


def show(visit: Visit) -> Iterator[Block]:
    """The page."""
    say, spaces = visit.say, queries.spaces(visit.release)
    title = say.group("pages")["coworking"]
    if spaces.is_empty():
        yield Intro(title, say.coworking_answers, "")
        yield Empty(say.coworking_empty)
        yield from sections.report(visit)
        return
    yield Intro(title, say.coworking_answers, sections.data_line(spaces, visit))

    chosen, year = sections.choices(spaces, visit)
    yield row((chosen, 3), (year, 2))
    space = spaces.row(by_predicate=pl.col("space_id") == chosen.value, named=True)
    yield from sections.one(space, year.value if year else "", visit)
    for subject in subjects.every():
        yield from subject.add_to_space(space["space_id"], visit)
    yield from sections.side_by_side(space, visit)
    yield from sections.report(visit)
