"""The three ways to read the surveys: side by side, one by itself, and what follows for home office."""

from functools import partial

import polars as pl
import streamlit as st

from dashboard import parts
from dashboard.pages.surveys import gap as home_office
from dashboard.pages.surveys import gap_inputs, survey_compare, survey_made, survey_numbers, survey_single
from dashboard.parts import Column
from dashboard.parts import picture as pictures
from dashboard.parts.address import choose, choose_town, ranged
from dashboard.parts.pieces import passport
from dashboard.parts.visit import Visit, plain
from dashboard.release import survey_queries as queries
from dashboard.words import survey_words
from dashboard.words.indicator import Indicator

made = survey_made.show


def data_line(surveys: pl.DataFrame, visit: Visit) -> str:
    """On what data the page stands: how many surveys, of how many towns, when, how many answers."""
    days = [day for name in ("period_from", "period_to") for day in surveys.get_column(name).drop_nulls()]
    return visit.say.surveys_data.format(
        count=surveys.height,
        towns=surveys.get_column("town_id").n_unique(),
        period=visit.numbers.period(f"{min(days)}/{max(days)}") if days else visit.say.no_period,
        completed=visit.numbers.decimal(float(surveys.get_column("completed").sum())),
    )


def compare(visit: Visit) -> None:
    """One question across the surveys that asked it."""
    say, release = visit.say, visit.release
    themes = queries.themes(release)
    if not themes:
        parts.empty(say.surveys_nothing)
        return
    with st.container(key="sl-choices"):
        first, second = st.columns([2, 3])
        with first:
            theme = choose(say.choose_theme, themes, "thema", lambda one: say.group("survey_themes").get(one, one))
        shown = {one.indicator_id: one for one in queries.indicators(release, theme, visit.language)}
        with second:
            indicator = shown[choose(say.choose_question, list(shown), "frage", lambda one: shown[one].title)]
        third, fourth = st.columns([3, 2])
        with third:
            breakdown, code = _how(indicator, visit)
        with fourth:
            highlighted = choose_town(visit)

    asked = queries.words(release, queries.concept_of(release, indicator.indicator_id), "question", visit.language)
    shown_picture = survey_compare.picture(indicator, visit, breakdown, code, highlighted or None)
    pictures.show(shown_picture, visit)
    survey_compare.say_more(indicator, visit, breakdown, code)
    pictures.take_away(shown_picture, visit, stadt=highlighted)
    survey_compare.show_tables(indicator, visit, breakdown, code)
    parts.heading(say.how_measured)
    parts.notes([say.asked_as.format(question=asked)])
    passport.show(indicator, visit)


def _how(indicator: Indicator, visit: Visit) -> tuple[str, str]:
    """The choice of one answer of several, or of the groups of respondents: breakdown and code."""
    say = visit.say
    ways = queries.breakdowns(visit.release, indicator.indicator_id)
    own = next((one for one in ("item", "answer") if one in ways), "")
    if own:
        words = survey_compare.codes(indicator, visit, own)
        label = say.choose_item if own == "item" else say.choose_answer
        return own, choose(label, list(words), "antwort", words.__getitem__)
    if "price" in ways:
        return "price", ""
    groups = [one for one in ways if one not in queries.OWN]
    named = {one: queries.words(visit.release, one, "concept", visit.language) for one in groups}
    chosen = choose(
        say.choose_breakdown, ["total", *groups], "gliederung", lambda one: named.get(one, say.breakdown_none)
    )
    return chosen, ""


def single(visit: Visit) -> None:
    """One survey: its questions of one theme, each by its scale."""
    say, surveys = visit.say, queries.surveys(visit.release)
    rows = {row["survey_id"]: row for row in surveys.iter_rows(named=True)}
    names = survey_words.called(surveys, visit.language)
    with st.container(key="sl-choices"):
        first, second = st.columns(2)
        with first:
            survey = rows[choose(say.choose_survey, list(rows), "befragung", partial(_survey_name, names))]
        questions = survey_single.themes(survey["survey_id"], visit)
        with second:
            themes = say.group("survey_themes")
            theme = choose(say.single_choose_theme, list(questions), "block", themes.__getitem__) if questions else ""

    parts.heading(survey["title"], subtitle=survey_single.head(survey, visit))
    if not questions or all(one["is_hidden"] for of_theme in questions.values() for one in of_theme):
        parts.empty(say.single_hidden_all)
        return
    for place, question in enumerate(questions[theme]):
        shown = survey_single.picture(survey, question, visit)
        title = queries.words(visit.release, question["concept"], "concept", visit.language)
        if shown is None:
            parts.heading(title, level=3)
            parts.empty(say.single_hidden_question)
            continue
        pictures.show(shown, visit, level=3, is_first=place == 0)
        with st.expander(plain(f"{say.the_numbers}: {title}")):
            survey_numbers.show_table(survey, question, visit)
            pictures.take_away(shown, visit)


def _survey_name(names: dict[str, tuple[str, str]], survey_id: str) -> str:
    name, note = names[survey_id]
    return name if note in name else f"{name} ({note})"


def gap(visit: Visit) -> None:
    """What official commuter figures and a survey say together of home office."""
    say = visit.say
    found = {one.survey_id: one for one in gap_inputs.candidates(visit)}
    parts.paragraph(say.gap_intro)
    if not found:
        parts.empty(say.gap_nothing)
        return
    with st.container(key="sl-choices"):
        inputs = found[choose(say.gap_town, list(found), "befragung", lambda one: found[one].who)]

    before = st.container()
    with st.expander(say.gap_assumptions, expanded=True):
        parts.paragraph(say.gap_assumptions_what)
        spans = _assumptions(inputs, visit)
    with before:
        shown = home_office.picture(inputs, spans, visit)
        result, _ = home_office.computed(inputs, spans)
        pictures.show(shown, visit)
        for sentence in home_office.sentences(inputs, result, visit):
            parts.paragraph(sentence)
        columns = [Column(say.gap_column_outcome), Column(say.gap_column_low, True)]
        columns += [Column(say.gap_column_central, True), Column(say.gap_column_high, True)]
        parts.table(say.gap_outcomes, columns, home_office.outcomes(result, visit))
        pictures.take_away(shown, visit)


def _assumptions(inputs: gap_inputs.Inputs, visit: Visit) -> dict[str, tuple[float, float]]:
    spans = {}
    columns = st.columns(2, gap="large")
    for place, (name, (low, high, step)) in enumerate(gap_inputs.BOUNDS.items()):
        with columns[place % 2]:
            first = gap_inputs.first_span(name, inputs.ranges[name])
            label = visit.say.group("gap_inputs")[name]
            spans[name] = ranged(label, gap_inputs.ADDRESSES[name], (low, high), first, step)
            parts.notes([home_office.reason(name, inputs, visit)])
    return spans
