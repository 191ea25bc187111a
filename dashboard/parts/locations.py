"""Where an indicator is shown: links to its page with the selection that brings it up, its passport's address."""

from urllib.parse import urlencode

from dashboard.parts import Link, subjects
from dashboard.parts.visit import Visit, carried
from dashboard.words.indicator import Indicator


def link_to(indicator: Indicator, visit: Visit, label: str) -> None:
    """A link to the page that shows an indicator, where there is one."""
    found = subjects.of(indicator.theme).place(indicator)
    if found and found[0] in visit.pages:
        visit.link(found[0], label, **found[1])


def links(indicator_ids: str | None, visit: Visit) -> list[Link]:
    """Links to the pages of the indicators in a comma list; those that no page shows are left out."""
    found = []
    for indicator_id in (part.strip() for part in (indicator_ids or "").split(",")):
        indicator = visit.release.indicator(indicator_id, visit.language) if indicator_id else None
        place = subjects.of(indicator.theme).place(indicator) if indicator else None
        if indicator and place and place[0] in visit.pages:
            found.append(Link(indicator.short, visit.href(place[0], **place[1])))
    return found


def passport_address(indicator_id: str) -> str:
    """The address of an indicator's passport, relative to any page, for links within tables."""
    return f"./steckbrief?{urlencode(carried(kennzahl=indicator_id))}"
