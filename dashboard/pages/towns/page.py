"""Page: one town whole: where it lies, what it tried, its figures, surveys, space, events, and what was learned."""

import streamlit as st

from dashboard import charts, parts
from dashboard.pages.towns import portrait, sections
from dashboard.parts.address import choose
from dashboard.parts.visit import Visit


def show(visit: Visit) -> None:
    """The page."""
    say, release = visit.say, visit.release
    towns = release.towns()
    parts.intro(say.group("pages")["towns"], say.towns_answers, say.towns_data)

    names = dict(zip(towns["town_id"], towns["name"], strict=True))
    with st.container(key="sl-choices"):
        chosen = choose(say.choose_town, list(names), "stadt", names.__getitem__)
    town = next(row for row in towns.iter_rows(named=True) if row["town_id"] == chosen)

    visit.entitle("towns", town["name"])

    words, where = st.columns([7, 3], gap="large")
    with words:
        parts.heading(town["name"], subtitle=portrait.head(town, visit))
    with where:
        st.altair_chart(
            charts.places(towns, visit.language, visit.theme, height=230, highlighted=chosen),
            width="stretch",
            theme=None,
            alt=say.portrait_location.format(town=town["name"]) + ": " + town[f"land_{visit.language}"],
        )
    sections.lab(town, visit)
    sections.show(town, visit)
