"""How each choice is drawn: a select box, buttons, a slider, a box for words."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

import streamlit as st

from dashboard.article.choices import Choice, Number, OneOf, SomeOf, Step, Typed
from dashboard.parts.visit import Visit
from dashboard.renderers.live import controls
from dashboard.renderers.live.session import plain


def draw(choice: Choice, visit: Visit) -> None:
    """A choice as a control that follows the address."""
    used = controls.settle(choice)
    controls.drawn(choice, _CONTROLS[type(choice)](choice, visit), used)


def _one_of(choice: OneOf, visit: Visit) -> str:
    if not choice.is_open:
        return str(
            st.selectbox(
                choice.label, choice.options, key=choice.key, format_func=choice.words.__getitem__,
                placeholder=visit.say.choose_hint,
            )
        )  # fmt: skip
    seen: Literal["visible", "collapsed"] = "visible" if choice.has_label else "collapsed"
    return str(
        st.radio(
            choice.label, choice.options, key=choice.key, format_func=lambda one: plain(choice.words[one]),
            horizontal=True, label_visibility=seen,
        )
    )  # fmt: skip


def _some_of(choice: SomeOf, visit: Visit) -> list[str]:
    return list(
        st.pills(
            choice.label, choice.options, selection_mode="multi", key=choice.key,
            format_func=choice.words.__getitem__,
        )
    )  # fmt: skip


def _number(choice: Number, visit: Visit) -> Any:
    form = "localized" if choice.step < 1 else "%d" if isinstance(choice.value, tuple) else None
    return st.slider(choice.label, *choice.bounds, step=choice.step, key=choice.key, format=form)


def _typed(choice: Typed, visit: Visit) -> str:
    return st.text_input(choice.label, key=choice.key, placeholder=choice.hint, max_chars=choice.most)


_CONTROLS: Mapping[type[Choice], Callable[[Any, Visit], Any]] = {
    OneOf: _one_of,
    SomeOf: _some_of,
    Number: _number,
    Typed: _typed,
}


def draw_step(step: Step, visit: Visit) -> None:
    """A button that changes the selection."""
    st.button(
        step.label, on_click=partial(_go, step.changes), key=step.key, shortcut=step.shortcut or None,
        help=step.help or None, disabled=step.is_off,
    )  # fmt: skip


def _go(changes: Mapping[str, str]) -> None:
    for name, value in changes.items():
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)
