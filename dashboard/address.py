"""Choices whose value stands in the address, as an id: a view can be sent to a colleague."""

from collections.abc import Callable, Sequence

import streamlit as st


def choose(label: str, options: Sequence[str], name: str, shown: Callable[[str], str]) -> str:
    """A select box over ids; `name` is the address's parameter, `shown` the words for an id.

    The address wins when it changed (a link, the back button), the box when the reader used it.
    """
    key, last = f"choice-{name}", f"choice-{name}-last"
    asked = st.query_params.get(name)
    wanted = asked if asked in options else options[0]
    if st.session_state.get(last) != wanted or st.session_state.get(key) not in options:
        st.session_state[key] = wanted
    chosen = st.selectbox(label, options, key=key, format_func=shown)
    remember(name, "" if chosen == options[0] else chosen)
    st.session_state[last] = chosen
    return chosen


def typed(label: str, name: str, hint: str) -> str:
    """A text box whose words stand in the address under `name`."""
    key, last = f"typed-{name}", f"typed-{name}-last"
    asked = st.query_params.get(name, "")
    if st.session_state.get(last, "") != asked:
        st.session_state[key] = asked
    words = st.text_input(label, key=key, placeholder=hint).strip()
    remember(name, words)
    st.session_state[last] = words
    return words


def remember(name: str, value: str) -> None:
    """Write a selection into the address; the first choice needs none, so that a visit leaves it bare."""
    if value and st.query_params.get(name) != value:
        st.query_params[name] = value
    elif not value and name in st.query_params:
        del st.query_params[name]
