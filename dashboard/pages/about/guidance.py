"""Page: help, in the words of a town hall; the question that was asked for comes first."""

import streamlit as st

from dashboard import parts
from dashboard.parts.visit import Visit
from dashboard.words.numbers import NOT_DELIVERED


def show(visit: Visit) -> None:
    """The page."""
    say = visit.say
    named = {NOT_DELIVERED: say.group("signs")[NOT_DELIVERED]}
    topics, answers = say.group("help_topics"), say.group("help_answers")
    parts.intro(say.group("pages")["help"], say.help_answers_what, "")
    asked = st.query_params.get("frage", "")
    for name in sorted(topics, key=lambda one: one != asked):
        parts.heading(topics[name])
        for words in answers[name].split("\n\n"):
            parts.paragraph(words)
        if name == "gaps":
            parts.facts({named.get(sign, sign): words for sign, words in say.group("help_signs").items()})
        if name == "source":
            visit.link("passport", say.help_to_passport)
