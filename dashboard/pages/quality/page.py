"""Page: what was delivered, what of it was accepted, and how the computation was checked."""

from collections.abc import Iterator
from datetime import date

from dashboard.article.blocks import Block, Count, Empty, Heading, Intro
from dashboard.pages.quality import arrivals, disclosure
from dashboard.parts.visit import Visit


def show(visit: Visit) -> Iterator[Block]:
    """The page."""
    say, deliveries = visit.say, visit.release.deliveries()
    yield Intro(say.group("pages")["quality"], say.quality_answers, say.quality_data.format(count=deliveries.height))
    if deliveries.is_empty():
        yield Empty(say.quality_empty)
        return

    yield Count(arrivals.summary(deliveries, visit))
    for row in deliveries.iter_rows(named=True):
        yield from arrivals.show(row, visit, today=date.today())

    yield from disclosure.show(visit)
    yield Heading(say.quality_models)
    yield from arrivals.show_model_checks(visit)
