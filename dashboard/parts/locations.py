"""Where an indicator is shown: links to its page with the selection that brings it up."""

from collections.abc import Iterator

from dashboard.article.blocks import Link, Way
from dashboard.parts import subjects
from dashboard.parts.visit import Visit
from dashboard.words.indicator import Indicator


def link_to(indicator: Indicator, label: str) -> Iterator[Way]:
    """A link to the page that shows an indicator, where there is one."""
    found = subjects.of(indicator.theme).place(indicator)
    if found:
        yield Way(Link(label, *found))


def links(indicator_ids: str | None, visit: Visit) -> list[Link]:
    """Links to the pages of the indicators in a comma list; those that no page shows are left out."""
    found = []
    for indicator_id in (part.strip() for part in (indicator_ids or "").split(",")):
        indicator = visit.release.indicator(indicator_id, visit.language) if indicator_id else None
        place = subjects.of(indicator.theme).place(indicator) if indicator else None
        if indicator and place:
            found.append(Link(indicator.short, *place))
    return found
