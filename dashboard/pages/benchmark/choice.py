"""The reader's own selection of indicators: buttons by theme, the ids in the address."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import parts
from dashboard.pages.benchmark import selection
from dashboard.parts.address import remember
from dashboard.parts.visit import Visit
from dashboard.words.indicator import Indicator

NAME = "kennzahlen"


def listed() -> tuple[str, str]:
    """The choice in the address, and the ids listed there with commas between."""
    return st.query_params.get("thema", selection.ACROSS), st.query_params.get(NAME, "")


def several(themes: Mapping[str, Sequence[Indicator]], visit: Visit) -> None:
    """Buttons for every indicator, by theme; what is pressed stands in the address, at most `benchmark.MOST`.

    The address wins when it changed (a link, the back button), the buttons when the reader used them.
    """
    say, names = visit.say, visit.say.group("themes")
    wanted = [one.indicator_id for one in selection.chosen(selection.OWN, st.query_params.get(NAME, ""), visit)]
    is_new = st.session_state.get(f"pick-{NAME}-last") != wanted
    pressed: list[str] = []
    with st.expander(say.benchmark_pick, expanded=True):
        parts.notes([say.benchmark_pick_what.format(most=selection.MOST)])
        for theme, indicators in themes.items():
            shorts = {one.indicator_id: one.short for one in indicators}
            key = f"pick-{NAME}-{theme}"
            if is_new or key not in st.session_state:
                st.session_state[key] = [one for one in shorts if one in wanted]
            pressed += st.pills(
                names.get(theme, theme), list(shorts), selection_mode="multi", key=key, format_func=shorts.__getitem__
            )
    # What was there keeps its place, what is new comes last.
    kept = [one for one in wanted if one in pressed] + [one for one in pressed if one not in wanted]
    remember(NAME, ",".join(kept[: selection.MOST]))
    st.session_state[f"pick-{NAME}-last"] = kept[: selection.MOST]
