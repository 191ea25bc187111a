"""The parts of the page of the labs: the timeline, the ledger with its choices, the labs one by one."""

import polars as pl
import streamlit as st

from dashboard import parts
from dashboard.pages.journal import journal_pictures, learning
from dashboard.parts import picture as pictures
from dashboard.parts.address import choose
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


def timeline(visit: Visit, level: int = 2) -> None:
    """The labs in time, or a sentence where no day is known."""
    shown = journal_pictures.timeline(visit)
    if shown is None:
        parts.empty(visit.say.phases_none)
        return
    pictures.show(shown, visit, level)
    pictures.take_away(shown, visit)


def ledger(learnings: pl.DataFrame, visit: Visit) -> None:
    """The ledger as cards, by theme, town and outcome."""
    say = visit.say
    parts.heading(say.ledger_heading, subtitle=say.ledger_what)
    if learnings.is_empty():
        parts.empty(say.ledger_none)
        return
    theme, town, outcome = _choices(visit)
    rows = chosen(learnings, theme, town, outcome)
    if rows.is_empty():
        parts.empty(say.ledger_none)
        return
    count = {"count": visit.numbers.decimal(rows.height), "total": visit.numbers.decimal(learnings.height)}
    form = say.ledger_tally_all if rows.height == learnings.height else say.ledger_tally
    parts.count(form.format(**count, parts=learning.tally(rows, visit)))
    learning.show_cards(rows, visit)


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


def _choices(visit: Visit) -> tuple[str, str, str]:
    say = visit.say
    themes = queries.themes(visit.release, visit.language)
    names = {**visit.release.town_names(), SHARED: say.ledger_shared}
    outcomes = {one: say.group("ledger_outcomes")[one].split(" – ")[0] for one in queries.OUTCOMES}
    with st.container(key="sl-choices"):
        left, middle, right = st.columns([2, 2, 2])
        with left:
            theme = choose(say.ledger_theme, ["", *themes], "thema", lambda one: themes.get(one, say.ledger_all))
        with middle:
            town = choose(say.ledger_town, ["", *names], "stadt", lambda one: names.get(one, say.ledger_all))
        with right:
            outcome = choose(
                say.ledger_outcome, ["", *outcomes], "ergebnis", lambda one: outcomes.get(one, say.ledger_all)
            )
    return theme, town, outcome


def labs(rows: pl.DataFrame, visit: Visit) -> None:
    """Each lab: tried, came of it, learned; its undertakings behind a line."""
    say, release = visit.say, visit.release
    if rows.is_empty():
        return
    parts.heading(say.labs_heading)
    phases, activities = queries.phases(release), queries.activities(release)
    for lab in rows.iter_rows(named=True):
        title = lab[f"title_{visit.language}"] or ""
        parts.heading(f"{lab['name']}: {title}", level=3)
        learning.three_columns(lab, visit, level=4)
        parts.notes(learning.lab_notes(lab, visit))
        is_own = pl.col("lab_id") == lab["lab_id"]
        learning.show_activities(phases.filter(is_own), activities.filter(is_own), title, visit)
