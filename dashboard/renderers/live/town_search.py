"""The box for a further town: what is written names one, or several to choose from."""

import streamlit as st

from dashboard.article.blocks import Notes
from dashboard.article.choices import TownSearch
from dashboard.parts.pieces.small_towns_beside import ADDED, named, why_none
from dashboard.parts.visit import Visit
from dashboard.release import small_towns

WORD, MATCH = "small-town-word", "small-town-match"


def draw(search: TownSearch, visit: Visit) -> Notes:
    """The box, the towns to choose from, and the button that takes an added one away; a note where there is none."""
    say, release, opens, note = visit.say, visit.release, search.opens, Notes([])
    word = st.text_input(
        search.label, key=WORD, placeholder=say.add_town_hint, help=say.add_town_help, on_change=_searched,
        args=(visit, opens),
    )  # fmt: skip
    found = small_towns.find(release, word)
    if word.strip() and not found:
        note = Notes([why_none(word.strip(), visit)])
    elif len(found) > 1 and visit.added not in found:
        names = {"": say.choose_hint} | {ags: named(ags, visit) for ags in found}
        many = say.add_town_many if len(found) < small_towns.MOST_FOUND else say.add_town_most
        label = many.format(count=len(found), word=word.strip())
        st.selectbox(label, list(names), key=MATCH, format_func=names.__getitem__, on_change=_taken, args=(opens,))
    if search.added:
        st.button(say.remove_town.format(town=search.named), on_click=_removed, key="sl-remove-added")
    return note


def _searched(visit: Visit, opens: str) -> None:
    """What is written names one town: it is the one meant."""
    found = small_towns.find(visit.release, st.session_state[WORD])
    st.session_state.pop(MATCH, None)
    if len(found) == 1:
        _add(found[0], opens)


def _taken(opens: str) -> None:
    if chosen := st.session_state[MATCH]:
        _add(chosen, opens)


def _add(ags: str, opens: str) -> None:
    st.query_params[ADDED] = ags
    st.session_state[WORD] = ""
    if opens:
        st.query_params[opens] = ags


def _removed() -> None:
    ags = st.query_params.pop(ADDED, "")
    st.session_state[WORD] = ""
    for name in [name for name, value in st.query_params.items() if value == ags]:
        del st.query_params[name]
