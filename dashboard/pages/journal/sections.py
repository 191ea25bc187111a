"""The parts of the page of the labs: the timeline, the ledger with its choices, the labs one by one."""

from collections.abc import Iterator

import polars as pl

from dashboard.article.blocks import Block, Count, Empty, Heading, Notes
from dashboard.article.choices import OneOf
from dashboard.pages.journal import journal_pictures, learning
from dashboard.parts import picture as pictures
from dashboard.parts.choosing import choose, row
from dashboard.parts.visit import Visit
from dashboard.release import journal_queries as queries

SHARED = "gemeinsam"  # in the address: the entries of all towns together


def data_line(labs: pl.DataFrame, learnings: pl.DataFrame, visit: Visit) -> str:
    """How many labs and entries, and where they come from."""
    say = visit.say
    counts = [(labs.height, say.labs_one, say.labs_many), (learnings.height, say.learnings_one, say.learnings_many)]
    count_texts = [
        (one if count == 1 else many).format(count=visit.numbers.decimal(count)) for count, one, many in counts
    ]
    return say.journal_data.format(labs=count_texts[0], learnings=count_texts[1])


def timeline(visit: Visit, level: int = 2) -> Iterator[Block]:
    """The labs in time, or a sentence where no day is known."""
    shown = journal_pictures.timeline(visit)
    if shown is None:
        yield Empty(visit.say.phases_none)
        return
    yield from pictures.show(shown, visit, level)
    yield pictures.take_away(shown, visit)


def ledger(learnings: pl.DataFrame, visit: Visit) -> Iterator[Block]:
    """The ledger as cards, by theme, town and outcome."""
    say = visit.say
    yield Heading(say.ledger_heading, subtitle=say.ledger_what)
    if learnings.is_empty():
        yield Empty(say.ledger_none)
        return
    choices = _choices(visit)
    yield row(*((choice, 2) for choice in choices))
    rows = chosen(learnings, *(choice.value for choice in choices))
    if rows.is_empty():
        yield Empty(say.ledger_none)
        return
    count = {"count": visit.numbers.decimal(rows.height), "total": visit.numbers.decimal(learnings.height)}
    form = say.ledger_tally_all if rows.height == learnings.height else say.ledger_tally
    yield Count(form.format(**count, parts=learning.tally(rows, visit)))
    yield learning.cards(rows, visit)


def chosen(learnings: pl.DataFrame, theme: str, town: str, outcome: str) -> pl.DataFrame:
    """The entries of a theme, a town (or of all together) and an outcome; empty ones keep all.

    A town's own entries come with those that the towns made together.
    """
    rows = learnings
    if theme:
        rows = rows.filter(pl.col("theme") == theme)
    if town == SHARED:
        rows = rows.filter(pl.col("town_id").is_null())
    elif town:
        rows = rows.filter(pl.col("town_id") == town)
    return rows.filter(pl.col("outcome") == outcome) if outcome else rows


def _choices(visit: Visit) -> tuple[OneOf, OneOf, OneOf]:
    say = visit.say
    themes = queries.themes(visit.release, visit.language)
    names = {**visit.release.town_names(), SHARED: say.ledger_shared}
    outcomes = {one: say.group("ledger_outcomes")[one].split(" – ")[0] for one in queries.OUTCOMES}
    every = say.ledger_all
    return (
        choose(visit, say.ledger_theme, ["", *themes], "thema", lambda one: themes.get(one, every)),
        choose(visit, say.ledger_town, ["", *names], "stadt", lambda one: names.get(one, every)),
        choose(visit, say.ledger_outcome, ["", *outcomes], "ergebnis", lambda one: outcomes.get(one, every)),
    )


def labs(rows: pl.DataFrame, visit: Visit) -> Iterator[Block]:
    """Each lab: tried, came of it, learned; its undertakings behind a line."""
    say, release = visit.say, visit.release
    if rows.is_empty():
        return
    yield Heading(say.labs_heading)
    phases, activities = queries.phases(release), queries.activities(release)
    for lab in rows.iter_rows(named=True):
        title = lab[f"title_{visit.language}"] or ""
        yield Heading(f"{lab['name']}: {title}", level=3)
        yield learning.three_columns(lab, visit, level=4)
        yield Notes(learning.lab_notes(lab, visit))
        is_own = pl.col("lab_id") == lab["lab_id"]
        yield from learning.show_activities(phases.filter(is_own), activities.filter(is_own), title, visit)
