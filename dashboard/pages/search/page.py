"""Page: what answers a few words, by what it is."""

import streamlit as st

from dashboard import parts
from dashboard.pages.search import finding
from dashboard.parts.address import MOST_CHARACTERS
from dashboard.parts.visit import Visit

MOST = 8  # results of a group that are shown at once


def show(visit: Visit) -> None:
    """The page."""
    say, question = visit.say, st.query_params.get("wort", "").strip()[:MOST_CHARACTERS]
    parts.intro(say.group("pages")["search"], say.search_answers, "")
    if not question:
        parts.empty(say.search_empty)
        return
    visit.entitle("search", question)
    found = finding.search(visit, question)
    for asked, read in found.read_as.items():
        parts.paragraph(say.search_read_as.format(asked=asked, read=read))
    parts.count(say.search_count.format(count=found.count, question=question))
    if not found.count:
        parts.empty(say.search_nothing)
        return
    groups = say.group("search_groups")
    for name, entries in found.by_group.items():
        parts.heading(groups[name])
        with st.container(key=f"sl-found-{name}"):
            for entry in entries[:MOST]:
                visit.link(entry.page, entry.title, **entry.selection)
                parts.notes([entry.line])
        if len(entries) > MOST:
            parts.paragraph(say.search_more.format(count=len(entries) - MOST))
