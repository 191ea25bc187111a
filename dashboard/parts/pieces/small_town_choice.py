"""Two choices of the pages on official figures: a small town beside the network's, and the group of peers."""

import streamlit as st

from dashboard import parts
from dashboard.parts.address import choose
from dashboard.parts.visit import Visit
from dashboard.release import small_towns
from dashboard.release.small_towns import GROUPS, LOCATION, SIMILAR
from dashboard.words.indicator import alphabetical_key

ADDED, GROUP = "gemeinde", "gruppe"
WORD, MATCH = "small-town-word", "small-town-match"


def choose_beside(visit: Visit, opens: str = "") -> Visit:
    """The row of both choices; the visit as it is with them. Runs the page anew where one has just changed.

    `opens` is the parameter of the address that the key of a town just added is written into as well.
    """
    say = visit.say
    if small_towns.register(visit.release).is_empty():
        return visit
    with st.container(key="sl-choices-beside", horizontal=True):
        with st.container(key="sl-choice-group"):
            choose(say.choose_group, _groups(visit), GROUP, say.group("peer_groups").__getitem__)
        with st.container(key="sl-choice-added"):
            _choose_added(visit, opens)
    now = visit.beside(st.query_params)
    if now != visit:
        # What stands around a piece of the page, its links among it, was made for the choices before.
        st.rerun()
    return now


def _groups(visit: Visit) -> list[str]:
    """The groups there are bands or measures for in this release."""
    known = set(visit.release.tables["peer_bands"]["peer_group"])
    has = {group: name in known for group, name in small_towns.ALL_OF_A_GROUP.items()}
    has |= {"": True, LOCATION: any(name.startswith("location_") for name in known)}
    has |= {small_towns.LAND: any(name.startswith("land_") for name in known)}
    has |= {SIMILAR: not small_towns.measured(visit.release).is_empty()}
    return [group for group in GROUPS if has[group]]


def _choose_added(visit: Visit, opens: str) -> None:
    say, release = visit.say, visit.release
    word = st.text_input(
        say.add_town, key=WORD, placeholder=say.add_town_hint, help=say.add_town_help, on_change=_searched,
        args=(visit, opens),
    )  # fmt: skip
    found = small_towns.find(release, word)
    if word.strip() and not found:
        parts.notes([_why_none(word.strip(), visit)])
    elif len(found) > 1 and visit.added not in found:
        names = {"": say.choose_hint} | {ags: _named(ags, visit) for ags in found}
        many = say.add_town_many if len(found) < small_towns.MOST_FOUND else say.add_town_most
        label = many.format(count=len(found), word=word.strip())
        st.selectbox(label, list(names), key=MATCH, format_func=names.__getitem__, on_change=_taken, args=(opens,))
    if visit.added:
        st.button(say.remove_town.format(town=_named(visit.added, visit)), on_click=_removed, key="sl-remove-added")


def _why_none(word: str, visit: Visit) -> str:
    """That one of the network's towns stands there already, or that there is no small town of this name."""
    known = {alphabetical_key(str(name)) for row in visit.release.towns().select("name", "ags").rows() for name in row}
    words = visit.say.add_town_there if alphabetical_key(word) in known else visit.say.add_town_none
    return words.format(word=word)


def _named(ags: str, visit: Visit) -> str:
    about = small_towns.town(visit.release, ags)
    return small_towns.full_name(about, visit.language) if about else ags


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
