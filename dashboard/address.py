"""Choices whose value stands in the address, as an id: a view can be sent to a colleague."""

import re
from collections.abc import Callable, Sequence
from typing import cast

import streamlit as st

from dashboard import texts, visit


def choose(label: str, options: Sequence[str], name: str, shown: Callable[[str], str], first: str = "") -> str:
    """A select box over ids; `name` is the address's parameter, `shown` the words for an id.

    The address wins when it changed (a link, the back button), the box when the reader used it. `first` is what
    an address without the parameter means; the first option unless it says otherwise.
    """
    key, last = f"choice-{name}", f"choice-{name}-last"
    asked, first = st.query_params.get(name), first or options[0]
    wanted = asked if asked in options else first
    if st.session_state.get(last) != wanted or st.session_state.get(key) not in options:
        st.session_state[key] = wanted
    hint = texts.of(visit.language()).choose_hint
    chosen = st.selectbox(label, options, key=key, format_func=shown, placeholder=hint)
    remember(name, "" if chosen == first else chosen)
    st.session_state[last] = chosen
    return chosen


def pick(label: str, options: Sequence[str], name: str, shown: Callable[[str], str]) -> str:
    """A row of a few choices that are all seen at once; otherwise as `choose`."""
    key, last = f"pick-{name}", f"pick-{name}-last"
    asked = st.query_params.get(name)
    wanted = asked if asked in options else options[0]
    if st.session_state.get(last) != wanted or st.session_state.get(key) not in options:
        st.session_state[key] = wanted
    chosen = str(st.radio(label, options, key=key, format_func=shown, horizontal=True, label_visibility="collapsed"))
    remember(name, "" if chosen == options[0] else chosen)
    st.session_state[last] = chosen
    return chosen


def ranged(
    label: str, name: str, bounds: tuple[float, float], first: tuple[float, float], step: float
) -> tuple[float, float]:
    """A slider with two ends; what differs from `first` stands in the address as "40-46"."""
    key, last = f"range-{name}", f"range-{name}-last"
    wanted = _span(st.query_params.get(name, ""), bounds) or first
    if st.session_state.get(last) != wanted or key not in st.session_state:
        st.session_state[key] = wanted
    kind = "%d" if step >= 1 else "localized"
    low, high = cast(tuple[float, float], st.slider(label, *bounds, key=key, step=step, format=kind))
    remember(name, "" if (low, high) == first else f"{low:g}-{high:g}")
    st.session_state[last] = (low, high)
    return low, high


def _span(text: str, bounds: tuple[float, float]) -> tuple[float, float] | None:
    """The two ends in a text "40-46"; nothing where it is no range within the bounds."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)", text)
    if found is None:
        return None
    kind = type(bounds[0])
    low, high = (kind(float(end)) for end in found.groups())
    return (low, high) if bounds[0] <= low <= high <= bounds[1] else None


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
