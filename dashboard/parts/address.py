"""Choices whose value stands in the address, as an id: a view can be sent to a colleague."""

import re
from collections.abc import Callable, Sequence
from typing import cast

import streamlit as st

from dashboard import texts
from dashboard.parts import visit
from dashboard.release import municipality_queries


def choose(label: str, options: Sequence[str], name: str, shown: Callable[[str], str], first: str = "") -> str:
    """A select box over ids; `name` is the address's parameter, `shown` the words for an id.

    The address wins when it changed (a link, the back button), the box when the reader used it. `first` is what
    an address without the parameter means; the first option unless it says otherwise.
    """
    key, last = f"choice-{name}", f"choice-{name}-last"
    asked, first = st.query_params.get(name), first or options[0]
    used = settle(key, last, asked if asked in options else first, lambda held: held in options)
    hint = texts.of(visit.language()).choose_hint
    chosen = st.session_state[last] = st.selectbox(label, options, key=key, format_func=shown, placeholder=hint)
    remember(name, "" if chosen == first else chosen, again=used)
    return chosen


def choose_town(now: visit.Visit) -> str:
    """The town to highlight on this page; empty where none is."""
    names = now.release.town_names()
    return choose(now.say.highlight_town, ["", *names], "stadt", lambda one: names.get(one, now.say.highlight_none))


def choose_added(now: visit.Visit) -> str:
    """A small town from outside the network to be set beside its towns; empty where none is.

    It is found by the beginning of its name or key; of namesakes Land and district tell which.
    """
    say, release = now.say, now.release
    words = typed(say.find_municipality, "ort", say.find_municipality_hint)
    options = list(
        dict.fromkeys(["", *([now.added] if now.added else []), *municipality_queries.found(release, words)])
    )

    def shown(one: str) -> str:
        return municipality_queries.name_of(release, one, now.language) if one else say.no_municipality

    return choose(say.add_municipality, options, "gemeinde", shown)


def pick(label: str, options: Sequence[str], name: str, shown: Callable[[str], str]) -> str:
    """A row of a few choices that are all seen at once; otherwise as `choose`."""
    key, last = f"pick-{name}", f"pick-{name}-last"
    asked = st.query_params.get(name)
    used = settle(key, last, asked if asked in options else options[0], lambda held: held in options)
    chosen = str(st.radio(label, options, key=key, format_func=shown, horizontal=True, label_visibility="collapsed"))
    st.session_state[last] = chosen
    remember(name, "" if chosen == options[0] else chosen, again=used)
    return chosen


def ranged(
    label: str, name: str, bounds: tuple[float, float], first: tuple[float, float], step: float
) -> tuple[float, float]:
    """A slider with two ends; what differs from `first` stands in the address as "40-46"."""
    key, last = f"range-{name}", f"range-{name}-last"
    wanted = _span(st.query_params.get(name, ""), bounds) or first
    used = settle(key, last, wanted)
    kind = "%d" if step >= 1 else "localized"
    low, high = cast(tuple[float, float], st.slider(label, *bounds, key=key, step=step, format=kind))
    st.session_state[last] = (low, high)
    remember(name, "" if (low, high) == first else f"{low:g}-{high:g}", again=used)
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
    used = settle(key, last, st.query_params.get(name, ""))
    written = st.session_state[last] = st.text_input(label, key=key, placeholder=hint)
    remember(name, written.strip(), again=used)
    return written.strip()


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


def settle(key: str, last: str, wanted: object, fits: Callable[[object], bool] = lambda held: True) -> bool:
    """Give a control what the address asks for, where that changed; whether the reader has used the control.

    What the reader chose stays, whatever the address says: it may still be the one before an earlier choice.
    """
    state = st.session_state
    used = key in state and last in state and state[key] != state[last]
    if key not in state or not fits(state[key]) or (state.get(last) != wanted and not used):
        state[key] = wanted
    return used
