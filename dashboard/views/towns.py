"""Page: one town, where it lies, what it tried, and its figures against its peers."""

import streamlit as st

from dashboard import charts, parts, picture, portrait
from dashboard.address import choose
from dashboard.visit import Visit


def show(visit: Visit) -> None:
    """The page."""
    say, release = visit.say, visit.release
    towns = release.towns()
    parts.intro(say.group("pages")["towns"], say.towns_answers, say.towns_data)

    names = dict(zip(towns["town_id"], towns["name"], strict=True))
    with st.container(key="sl-choices"):
        chosen = choose(say.choose_town, list(names), "stadt", names.__getitem__)
    town = next(row for row in towns.iter_rows(named=True) if row["town_id"] == chosen)

    words, where = st.columns([7, 3], gap="large")
    with words:
        parts.heading(town["name"], subtitle=portrait.head(town, visit))
        parts.heading(say.portrait_tried, level=3)
        parts.paragraph(town[f"lab_{visit.language}"] or say.portrait_tried_none)
    with where:
        st.altair_chart(
            charts.places(towns, visit.language, visit.theme, height=230, lifted=chosen),
            width="stretch",
            theme=None,
            alt=say.portrait_location.format(town=town["name"]) + ": " + town[f"land_{visit.language}"],
        )

    figures = portrait.figures(visit)
    if not figures:
        parts.empty(say.portrait_empty)
        return
    shown = portrait.picture_of(chosen, figures, visit)
    picture.show(shown, visit)
    picture.take_away(shown, visit)
    portrait.show_table(chosen, visit)
