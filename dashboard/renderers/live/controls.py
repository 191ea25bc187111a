"""Choices as Streamlit's controls, and what a reader has chosen with them: the selection of a run.

The address wins where it changed (a link, the back button), a control where the reader used it.
"""

from typing import Any

import streamlit as st

from dashboard.article.choices import Choice

# Under this name a session holds the choices that were drawn, by their keys.
DRAWN = "choices-drawn"


def selection() -> dict[str, str]:
    """What is chosen, as an address says it: that of the page, and what the reader has just chosen.

    A reader who chooses quickly is ahead of the address: it may still be the one before an earlier choice.
    """
    found = st.query_params.to_dict()
    for choice in [one for one in st.session_state.get(DRAWN, {}).values() if is_used(one.key)]:
        value = st.session_state[choice.key]
        text = choice.text_of(value)
        if text is not None:
            found |= {choice.name: text, **choice.also.get(value if isinstance(value, str) else "", {})}
    return found


def is_used(key: str) -> bool:
    """Whether the reader has used a control since it was drawn."""
    state, last = st.session_state, f"{key}-last"
    return key in state and last in state and state[key] != state[last]


def settle(choice: Choice) -> bool:
    """Give a control the value of its choice before it is drawn; whether the reader has used it."""
    state, used = st.session_state, is_used(choice.key)
    if choice.key not in state or choice.text_of(state[choice.key]) != choice.text_of(choice.value):
        state[choice.key] = choice.value
    return used


def drawn(choice: Choice, value: Any, used: bool) -> None:
    """Note what a control shows, and let the address say what is chosen."""
    state = st.session_state
    state[f"{choice.key}-last"] = value
    state.setdefault(DRAWN, {})[choice.key] = choice
    remember(choice.name, choice.written, again=used)
    if used and isinstance(value, str):
        for name, text in choice.also.get(value, {}).items():
            remember(name, text)


def remember(name: str, value: str, again: bool = False) -> None:
    """Write a selection into the address; the first choice needs none, so that a visit leaves it bare.

    `again`: also where it stands there already, if something else was written last. A reader who chooses quickly is
    ahead of the address: what was written for an earlier choice may reach the browser after this one was made.
    """
    written = f"written-{name}"
    before, st.session_state[written] = st.session_state.get(written, value), value
    if st.query_params.get(name, "") == value:
        if again and before != value:
            st.query_params.from_dict(st.query_params.to_dict())
    elif value:
        st.query_params[name] = value
    else:
        del st.query_params[name]
