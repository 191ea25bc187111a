"""Page: one town whole: where it lies, what it tried, its figures, surveys, space, events, and what was learned."""

from dataclasses import replace

import streamlit as st

from dashboard import charts, parts
from dashboard.pages.towns import portrait, sections
from dashboard.parts import drawing
from dashboard.parts.address import choose, choose_added
from dashboard.parts.visit import Visit
from dashboard.release.release_cache import cached


def show(visit: Visit) -> None:
    """The page."""
    say, release = visit.say, visit.release
    towns = release.towns()
    parts.intro(say.group("pages")["towns"], say.towns_answers, say.towns_data)

    names = release.town_names()
    with st.container(key="sl-choices"):
        chosen = choose(say.choose_town, list(names), "stadt", names.__getitem__)
        visit = replace(visit, added=choose_added(visit))
    if visit.added:
        sections.show_added(visit)
        return
    town = next(row for row in towns.iter_rows(named=True) if row["town_id"] == chosen)

    visit.entitle("towns", town["name"])

    words, where = st.columns([7, 3], gap="large")
    with words:
        parts.heading(town["name"], subtitle=portrait.head(town, visit))
    with where:
        where_words = say.portrait_location.format(town=town["name"]) + ": " + town[f"land_{visit.language}"]
        drawing.draw(_map(visit, chosen), where_words, f"chart-place-{chosen}")
    sections.show(town, visit)


@cached
def _map(visit: Visit, town_id: str) -> drawing.Spec:
    towns = visit.release.towns()
    return drawing.spec_of(charts.places(towns, visit.language, visit.theme, height=230, highlighted=town_id))
