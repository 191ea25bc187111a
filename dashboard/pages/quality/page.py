"""Page: what was delivered, what of it was accepted, and how the computation was checked."""

from datetime import date

from dashboard import parts
from dashboard.pages.quality import arrivals, disclosure
from dashboard.parts.visit import Visit


def show(visit: Visit) -> None:
    """The page."""
    say, deliveries = visit.say, visit.release.deliveries()
    parts.intro(say.group("pages")["quality"], say.quality_answers, say.quality_data.format(count=deliveries.height))
    if deliveries.is_empty():
        parts.empty(say.quality_empty)
        return

    parts.count(arrivals.summary(deliveries, visit))
    for row in deliveries.iter_rows(named=True):
        arrivals.show(row, visit, today=date.today())

    disclosure.show(visit)
    parts.heading(say.quality_models)
    arrivals.show_model_checks(visit)
