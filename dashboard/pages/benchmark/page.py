"""Page: several indicators of all towns on their peers, to read and to present."""

from dataclasses import replace

import streamlit as st

from dashboard import parts
from dashboard.charts import palette
from dashboard.pages.benchmark import presentation, selection
from dashboard.pages.benchmark.choice import listed, several
from dashboard.parts import picture, subjects
from dashboard.parts.address import choose, choose_added, choose_town, remember
from dashboard.parts.visit import Visit


def show(visit: Visit) -> None:
    """The page, or one screen of its presentation."""
    say, themes = visit.say, selection.by_theme(visit)
    if presentation.is_on():
        presentation.show(selection.chosen(*listed(), visit), visit)
        return
    parts.intro(
        say.group("pages")["benchmark"],
        say.benchmark_answers,
        say.benchmark_data.format(count=visit.release.towns().height),
    )
    if not themes:
        parts.empty(say.benchmark_empty)
        return

    names = {selection.ACROSS: say.benchmark_across, selection.OWN: say.benchmark_own, **say.group("themes")}
    with st.container(key="sl-choices"):
        left, right = st.columns([3, 2])
        with left:
            options = [selection.ACROSS, *themes, selection.OWN]
            choice = choose(say.benchmark_choice, options, "thema", lambda one: names.get(one, one))
        with right:
            highlighted = choose_town(visit)
        visit = replace(visit, added=choose_added(visit))
        if choice == selection.OWN:
            several(themes, visit)
        else:
            remember("kennzahlen", "")

    indicators = selection.chosen(*listed(), visit)
    parts.count(say.benchmark_count.format(count=len(indicators)))
    if not indicators:
        parts.empty(say.benchmark_nothing)
        return
    if len(themes.get(choice, [])) > selection.MOST:
        parts.paragraph(say.benchmark_most.format(most=selection.MOST, count=len(themes[choice])))
    presentation.start(visit)
    is_marked = False
    for indicator in indicators:
        subject = subjects.of(indicator.theme)
        shown = subject.picture(indicator, visit, highlighted or None)
        picture.show(shown, visit, is_first=not is_marked)
        is_marked = is_marked or shown.is_synthetic
        for remark in subject.remarks(indicator, visit):
            parts.paragraph(remark)
        parts.show("said", towns=selection.sentences_of_towns(indicator, visit), place=palette.place)
        picture.take_away(shown, visit, stadt=highlighted)

    parts.heading(say.benchmark_files, subtitle=say.benchmark_link)
    ids = "~".join(one.indicator_id for one in indicators)
    endings = {"xlsx": say.download_excel, "csv": say.download_csv}
    picture.links(visit, say.benchmark_files, "benchmark", ids, endings)
