"""Where an indicator is shown: its page with the selection that brings it up, and its passport's address."""

from urllib.parse import urlencode

from dashboard.parts.visit import Visit, carried
from dashboard.release.store import STRUCTURE
from dashboard.words.indicator import Indicator

# Themes of what the towns counted themselves, each with a page of its own.
OWN_PAGES = {"coworking": "coworking"}


def place_of(indicator: Indicator) -> tuple[str, dict[str, str]] | None:
    """The name of the page that shows an indicator and what is chosen there; nothing where no page does."""
    if indicator.theme in STRUCTURE:
        return "structure", {"thema": indicator.theme, "indikator": indicator.indicator_id}
    if indicator.theme == "survey_quality":
        return "surveys", {}
    if indicator.theme.startswith("survey_"):
        return "surveys", {"thema": indicator.theme, "frage": indicator.indicator_id}
    if indicator.theme == "events":
        return "events", {"kennzahl": indicator.indicator_id}
    return (OWN_PAGES[indicator.theme], {}) if indicator.theme in OWN_PAGES else None


def link_to(indicator: Indicator, visit: Visit, label: str) -> None:
    """A link to the page that shows an indicator, where there is one."""
    found = place_of(indicator)
    if found and found[0] in visit.pages:
        visit.link(found[0], label, **found[1])


def passport_address(indicator_id: str) -> str:
    """The address of an indicator's passport, relative to any page, for links within tables."""
    return f"./steckbrief?{urlencode(carried(kennzahl=indicator_id))}"
