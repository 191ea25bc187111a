"""Page: where the towns lie, what they tried, and three glances at the numbers."""

import streamlit as st

from dashboard import charts, compare, parts, picture, portrait
from dashboard.visit import Visit

# What a town must know first where work becomes digital: who leaves for work, who has the line, who lives how.
GLANCES = ("commuting", "broadband", "housing")


MAP_HEIGHT = 500  # px; near the list beside it on a desk, not a whole screen on a telephone


def show(visit: Visit) -> None:
    """The page."""
    say, numbers, towns = visit.say, visit.numbers, visit.release.towns()
    parts.intro(
        say.group("pages")["overview"],
        say.overview_answers,
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
    with which:
        parts.heading(say.overview_towns)
        with st.container(key="sl-links"):
            for town in towns.iter_rows(named=True):
                portrait.town_line(town, visit)
                visit.link("towns", say.to_portrait.format(town=town["name"]), stadt=town["town_id"])

    glances = compare.first_of_themes(GLANCES, visit)
    if glances:
        parts.heading(say.overview_glances)
    for indicator in glances:
        picture.show(compare.standard_picture(indicator, visit), visit, level=3)
        visit.link(
            "structure",
            say.overview_more.format(title=indicator.short),
            thema=indicator.theme,
            indikator=indicator.indicator_id,
        )
