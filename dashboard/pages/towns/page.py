"""Page: one town whole: where it lies, what it tried, its figures, surveys, space, events, and what was learned."""

import streamlit as st

from dashboard import charts, parts
from dashboard.pages.towns import portrait, sections
from dashboard.parts import drawing
from dashboard.parts.address import choose
from dashboard.parts.pieces import beside
from dashboard.parts.pieces.small_town_choice import choose_beside
from dashboard.parts.visit import Visit
from dashboard.release import small_towns
from dashboard.release.release_cache import cached


def show(visit: Visit) -> None:
    """The page."""
    say, release = visit.say, visit.release
    towns = release.towns()
    parts.intro(say.group("pages")["towns"], say.towns_answers, say.towns_data)

    names = visit.town_names()
    with st.container(key="sl-choices"):
        chosen = choose(say.choose_town, list(names), "stadt", names.__getitem__)
    visit = choose_beside(visit, opens="stadt")
    is_added = chosen == visit.added
    found = small_towns.town(release, chosen) if is_added else None
    town = found or next(row for row in towns.iter_rows(named=True) if row["town_id"] == chosen)

    visit.entitle("towns", names[chosen])

    words, where = st.columns([7, 3], gap="large")
    with words:
        line = portrait.head_of_added(town, visit) if is_added else portrait.head(town, visit)
        parts.heading(town["name"], subtitle=line)
    with where:
        where_words = say.portrait_location.format(town=town["name"]) + ": " + town[f"land_{visit.language}"]
        drawing.draw(_map(visit, chosen), where_words, f"chart-place-{chosen}")
    if is_added:
        sections.show_added(town, visit)
    else:
        sections.show(town, visit)


@cached
def _map(visit: Visit, town_id: str) -> drawing.Spec:
    towns = beside.on_map(visit)
    return drawing.spec_of(charts.places(towns, visit.language, visit.theme, height=230, highlighted=town_id))
