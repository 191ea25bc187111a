"""Page: where the towns lie, what they tried and what came of it, when, and three findings."""

import streamlit as st

from dashboard import charts, parts
from dashboard.pages.overview import sections
from dashboard.parts import drawing, subjects
from dashboard.parts.picture import Pictures
from dashboard.parts.visit import Visit
from dashboard.release.release_cache import cached

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
        drawing.draw(_map(visit), charts.describe_places(towns, visit.language), "chart-places")
        sections.unfold_towns(towns, visit)
    with which:
        parts.heading(say.overview_towns)
        with st.container(key="sl-links"):
            for town in towns.iter_rows(named=True):
                sections.town_line(town, visit)
                visit.link("towns", say.to_portrait.format(town=town["name"]), stadt=town["town_id"])

    shown = Pictures(visit)
    for subject in subjects.every():
        subject.open_overview(shown, visit)
    parts.heading(say.overview_findings)
    for subject in subjects.every():
        subject.find(shown, visit)


@cached
def _map(visit: Visit) -> drawing.Spec:
    return drawing.spec_of(charts.places(visit.release.towns(), visit.language, visit.theme, height=MAP_HEIGHT))
