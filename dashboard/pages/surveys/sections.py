"""The three ways to read the surveys: side by side, one by itself, and what follows for home office."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from dashboard.article.arrangement import Columns, Details, Group
from dashboard.article.blocks import Block, Column, Empty, Heading, Notes, Paragraph, Table
from dashboard.article.choices import Number, OneOf
from dashboard.pages.surveys import gap as home_office
from dashboard.pages.surveys import gap_inputs, survey_compare, survey_made, survey_numbers, survey_single
from dashboard.parts import picture as pictures
from dashboard.parts.choosing import choose, choose_town, ranged, row
from dashboard.parts.pieces import passport
from dashboard.parts.visit import Visit
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


def compare(visit: Visit) -> Iterator[Block]:
    """One question across the surveys that asked it."""
    say, release = visit.say, visit.release
    themes = queries.themes(release)
    if not themes:
        yield Empty(say.surveys_nothing)
        return
    theme = choose(visit, say.choose_theme, themes, "thema", lambda one: say.group("survey_themes").get(one, one))
    shown = {one.indicator_id: one for one in queries.indicators(release, theme.value, visit.language)}
    question = choose(visit, say.choose_question, list(shown), "frage", lambda one: shown[one].title)
    indicator, town = shown[question.value], choose_town(visit)
    group, breakdown, code = _how(indicator, visit)
    rows = row((theme, 2), (question, 3)), row((group, 3), (town, 2))
    yield Group([block for one in rows for block in one.blocks], "sl-choices")

    highlighted = town.value
    asked = queries.words(release, queries.concept_of(release, indicator.indicator_id), "question", visit.language)
    shown_picture = survey_compare.picture(indicator, visit, breakdown, code, highlighted or None)
    yield from pictures.show(shown_picture, visit)
    yield from survey_compare.say_more(indicator, visit, breakdown, code)
    yield pictures.take_away(shown_picture, visit, stadt=highlighted)
    yield from survey_compare.show_tables(indicator, visit, breakdown, code)
    yield Heading(say.how_measured)
    yield Notes([say.asked_as.format(question=asked)])
    yield from passport.show(indicator, visit)


def _how(indicator: Indicator, visit: Visit) -> tuple[OneOf | None, str, str]:
    """The choice of one answer of several, or of the groups of respondents, with its breakdown and code."""
    say = visit.say
    ways = queries.breakdowns(visit.release, indicator.indicator_id)
    own = next((one for one in ("item", "answer") if one in ways), "")
    if own:
        words = survey_compare.codes(indicator, visit, own)
        label = say.choose_item if own == "item" else say.choose_answer
        answer = choose(visit, label, list(words), "antwort", words.__getitem__)
        return answer, own, answer.value
    if "price" in ways:
        return None, "price", ""
    groups = [one for one in ways if one not in queries.OWN]
    named = {one: queries.words(visit.release, one, "concept", visit.language) for one in groups}
    none = say.breakdown_none
    chosen = choose(visit, say.choose_breakdown, ["total", *groups], "gliederung", lambda one: named.get(one, none))
    return chosen, chosen.value, ""


def single(visit: Visit) -> Iterator[Block]:
    """One survey: its questions of one theme, each by its scale."""
    say, surveys = visit.say, queries.surveys(visit.release)
    rows = {row["survey_id"]: row for row in surveys.iter_rows(named=True)}
    names = survey_words.called(surveys, visit.language)
    chosen = choose(visit, say.choose_survey, list(rows), "befragung", partial(_survey_name, names))
    survey = rows[chosen.value]
    questions, themes = survey_single.themes(survey["survey_id"], visit), say.group("survey_themes")
    theme = choose(visit, say.single_choose_theme, list(questions), "block", themes.__getitem__) if questions else None
    yield row((chosen, 1), (theme, 1))

    yield Heading(survey["title"], subtitle=survey_single.head(survey, visit))
    if theme is None or all(one["is_hidden"] for of_theme in questions.values() for one in of_theme):
        yield Empty(say.single_hidden_all)
        return
    for place, question in enumerate(questions[theme.value]):
        shown = survey_single.picture(survey, question, visit)
        title = queries.words(visit.release, question["concept"], "concept", visit.language)
        if shown is None:
            yield Heading(title, level=3)
            yield Empty(say.single_hidden_question)
            continue
        yield from pictures.show(shown, visit, level=3, is_first=place == 0)
        numbers = survey_numbers.show_table(survey, question, visit)
        yield Details(f"{say.the_numbers}: {title}", (*numbers, pictures.take_away(shown, visit)))


def _survey_name(names: dict[str, tuple[str, str]], survey_id: str) -> str:
    name, note = names[survey_id]
    return name if note in name else f"{name} ({note})"


def gap(visit: Visit) -> Iterator[Block]:
    """What official commuter figures and a survey say together of home office."""
    say = visit.say
    found = {one.survey_id: one for one in gap_inputs.candidates(visit)}
    yield Paragraph(say.gap_intro)
    if not found:
        yield Empty(say.gap_nothing)
        return
    chosen = choose(visit, say.gap_town, list(found), "befragung", lambda one: found[one].who)
    yield Group((chosen,), "sl-choices")
    inputs = found[chosen.value]
    assumed = _assumptions(inputs, visit)
    spans = {name: one.value for name, one in assumed.items()}

    shown = home_office.picture(inputs, spans, visit)
    result, _ = home_office.computed(inputs, spans)
    yield from pictures.show(shown, visit)
    for sentence in home_office.sentences(inputs, result, visit):
        yield Paragraph(sentence)
    columns = [Column(say.gap_column_outcome), Column(say.gap_column_low, True)]
    columns += [Column(say.gap_column_central, True), Column(say.gap_column_high, True)]
    yield Table(say.gap_outcomes, columns, home_office.outcomes(result, visit))
    yield pictures.take_away(shown, visit)

    reasons = [(one, Notes([home_office.reason(name, inputs, visit)])) for name, one in assumed.items()]
    sides = [[block for pair in reasons[side::2] for block in pair] for side in (0, 1)]
    what = Paragraph(say.gap_assumptions_what)
    yield Details(say.gap_assumptions, (what, Columns(sides, (1, 1), gap="large")), is_open=True)


def _assumptions(inputs: gap_inputs.Inputs, visit: Visit) -> dict[str, Number]:
    labels, found = visit.say.group("gap_inputs"), {}
    for name, (low, high, step) in gap_inputs.BOUNDS.items():
        first = gap_inputs.first_span(name, inputs.ranges[name])
        found[name] = ranged(visit, labels[name], gap_inputs.ADDRESSES[name], (low, high), first, step)
    return found
