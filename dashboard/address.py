"""Choices whose value stands in the address, as an id: a view can be sent to a colleague."""

from collections.abc import Callable, Sequence

import streamlit as st


def choose(label: str, options: Sequence[str], name: str, shown: Callable[[str], str]) -> str:
    """A select box over ids; `name` is the address's parameter, `shown` the words for an id.

    The address wins when it changed (a link, the back button), the box when the reader used it.
    """
    key, last = f"choice-{name}", f"choice-{name}-last"
    asked = st.query_params.get(name)
    if asked in options and st.session_state.get(last) != asked:
        st.session_state[key] = asked
    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0]
    chosen = st.selectbox(label, options, key=key, format_func=shown)
    # A first visit keeps its bare address, so that "back" leaves the page instead of repeating it.
    if chosen != asked and (asked is not None or chosen != options[0]):
        st.query_params[name] = chosen
    st.session_state[last] = chosen
    return chosen


def typed(label: str, name: str, hint: str) -> str:
    """A text box whose words stand in the address under `name`."""
    key, last = f"typed-{name}", f"typed-{name}-last"
    asked = st.query_params.get(name, "")
    if st.session_state.get(last, "") != asked:
        st.session_state[key] = asked
    words = st.text_input(label, key=key, placeholder=hint).strip()
    if words:
        st.query_params[name] = words
    elif name in st.query_params:
        del st.query_params[name]
    st.session_state[last] = words
    return words
