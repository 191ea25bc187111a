"""Page: where the towns lie, what they tried and what came of it, when, and three findings."""

import streamlit as st

from dashboard import charts, parts
from dashboard.pages.journal import journal_pictures
from dashboard.pages.overview import sections
from dashboard.pages.towns import portrait
from dashboard.parts import picture as pictures
from dashboard.parts.visit import Visit

MAP_HEIGHT = 560  # px; near the list beside it on a desk, not a whole screen on a telephone


def show(visit: Visit) -> None:
    """The page."""
    say, numbers, towns = visit.say, visit.numbers, visit.release.towns()
    parts.intro(
        say.group("pages")["overview"],
        say.overview_story,
        say.overview_data.format(count=towns.height, date=numbers.date(visit.release.population_date())),
    )
    parts.show("guide", say=say)

    where, which = st.columns([5, 6], gap="large")
    with where:
        parts.heading(say.overview_map)
        st.altair_chart(
            charts.places(towns, visit.language, visit.theme, height=MAP_HEIGHT),
            width="stretch",
            theme=None,
            alt=charts.describe_places(towns, visit.language),
        )
        portrait.unfold_towns(towns, visit)
    with which:
        parts.heading(say.overview_towns)
        with st.container(key="sl-links"):
            for town in towns.iter_rows(named=True):
                portrait.town_line(town, visit)
                visit.link("towns", say.to_portrait.format(town=town["name"]), stadt=town["town_id"])

    shown = journal_pictures.timeline(visit)
    if shown:
        parts.heading(say.overview_phases)
        pictures.show(shown, visit, level=3)
        visit.link("journal", say.overview_to_journal)
    sections.findings(visit, has_strip=bool(shown and shown.is_synthetic))
