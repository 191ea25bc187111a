"""One indicator a screen, in large type: for a wall, a beamer or a meeting.

The screen's number stands in the address. The buttons have the arrow keys and Escape as shortcuts, which
are Streamlit's own, so that nothing is needed that the content security policy forbids.
"""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard import parts
from dashboard.pages.benchmark import selection
from dashboard.parts import drawing, subjects
from dashboard.parts.visit import Visit
from dashboard.words.indicator import Indicator

NAME = "vorfuehrung"


def is_on() -> bool:
    """Whether the address asks for a screen."""
    return NAME in st.query_params


def start(visit: Visit) -> None:
    """The button that begins the presentation."""
    st.button(visit.say.present, on_click=partial(_turn, 1), key="sl-present", help=visit.say.present_keys)


def show(indicators: Sequence[Indicator], visit: Visit) -> None:
    """The screen that the address names; the first where it names none there is."""
    say = visit.say
    if not indicators:
        parts.empty(say.benchmark_nothing)
        st.button(say.present_leave, on_click=_leave, shortcut="Esc", key="sl-leave")
        return
    asked = st.query_params[NAME]
    place = int(asked) if asked.isdecimal() and 1 <= int(asked) <= len(indicators) else 1
    with st.container(key="sl-presentation"):
        _buttons(place, len(indicators), visit)
        _screen(indicators[place - 1], place, len(indicators), visit)


def _screen(indicator: Indicator, place: int, count: int, visit: Visit) -> None:
    say, subject = visit.say, subjects.of(indicator.theme)
    shown = subject.picture(indicator, visit)
    theme = say.group("themes").get(indicator.theme, indicator.theme)
    with st.container(key="sl-slide"):
        if shown.is_synthetic:
            parts.show("tag", words=say.sample_strip_here)
        parts.show(
            "slide",
            place=say.present_place.format(place=place, count=count, theme=theme),
            title=shown.headline,
            subtitle=shown.subtitle,
        )
        drawing.draw(shown.spec, shown.alt, f"slide-{shown.kind}-{shown.name}")
    lacking = [
        f"{one.name}: {' '.join(one.sentences)}"
        for one in selection.sentences_of_towns(indicator, visit)
        if one.town_id in _without_value(indicator, visit) and not any(one.name in line for line in shown.foot)
    ]
    parts.notes([*subject.remarks(indicator, visit), *lacking, *shown.foot])


def _without_value(indicator: Indicator, visit: Visit) -> set[str]:
    have = selection.table([indicator], visit).drop_nulls(visit.say.column_value).get_column(visit.say.column_town)
    towns = visit.release.towns()
    return set(towns.filter(~towns["name"].is_in(have.to_list())).get_column("town_id"))


def _buttons(place: int, count: int, visit: Visit) -> None:
    say = visit.say
    with st.container(horizontal=True, key="sl-turning"):
        st.button(
            say.present_previous,
            on_click=partial(_turn, place - 1),
            disabled=place == 1,
            shortcut="Left",
            key="sl-previous",
        )
        st.button(
            say.present_next,
            on_click=partial(_turn, place + 1),
            disabled=place == count,
            shortcut="Right",
            key="sl-next",
        )
        st.button(say.present_leave, on_click=_leave, shortcut="Esc", key="sl-leave")
        # Streamlit names the keys on the buttons in English; here they are told in the page's language.
        parts.notes([say.present_keys])


def _turn(place: int) -> None:
    st.query_params[NAME] = str(place)


def _leave() -> None:
    st.query_params.pop(NAME, None)
