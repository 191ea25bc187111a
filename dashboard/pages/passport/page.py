"""Page: one indicator's passport, from its number to the file it was read from, and back."""

import streamlit as st

from dashboard import parts
from dashboard.pages.passport import sections
from dashboard.parts import locations
from dashboard.parts.address import choose
from dashboard.parts.pieces import passport
from dashboard.parts.visit import Visit


def show(visit: Visit) -> None:
    """The page."""
    say, release = visit.say, visit.release
    known = {one.indicator_id: one for one in release.indicators(visit.language)}
    parts.intro(say.group("pages")["passport"], say.passport_answers, say.passport_data.format(count=len(known)))
    if not known:
        parts.empty(say.empty_indicators)
        return

    themes = say.group("themes")
    with st.container(key="sl-choices"):
        chosen = choose(
            say.choose_indicator,
            list(known),
            "kennzahl",
            lambda one: f"{themes.get(known[one].theme, known[one].theme)}: {known[one].title}",
        )
    indicator = known[chosen]
    visit.entitle("passport", indicator.title)

    parts.heading(indicator.title)
    locations.link_to(indicator, visit, say.passport_back)
    sections.show_values(indicator, visit)
    passport.show(indicator, visit, is_whole=True)
    sections.show_deliveries(indicator, visit)
    sections.show_checks(indicator, visit)
    sections.show_statements(indicator, visit)
