"""What the labs tried and learned, made ready for a page: a lab in three columns, an entry of the ledger as a card."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from dashboard import charts
from dashboard.article.blocks import Column, Table
from dashboard.article.subject_blocks import Card, Cards, Sections
from dashboard.charts import palette
from dashboard.parts import locations
from dashboard.parts.visit import Visit

Row = Mapping[str, Any]


def card(row: Row, visit: Visit) -> Card:
    """A row of `journal_queries.learnings` as a card; what it does not say has no line on it."""
    say = visit.say
    is_missing = row["outcome"] == "did_not_come_about"
    points = {
        say.card_tried: _said(row, "tried", visit),
        say.card_why: _said(row, "why", visit),
        say.card_again: _said(row, "again", visit) if row["again"] not in (None, "unknown") else "",
        say.card_learned if is_missing else say.card_advice: _said(row, "advice", visit),
    }
    shown = say.group("ledger_outcomes").get(row["outcome"] or "", _said(row, "outcome", visit))
    return Card(
        who=f"{row['name'] or say.ledger_shared} · {_said(row, 'theme', visit) or row['theme']}",
        slot=palette.place(row["slot"]) if row["slot"] else 0,
        title=_said(row, "title", visit),
        outcome=row["outcome"] or "open",
        outcome_words=shown,
        points={term: words for term, words in points.items() if words},
        links=locations.links(row["indicator_ids"], visit),
        links_words=say.card_indicators,
        origin=source(row, visit),
        sample=say.sample_tag if row["is_synthetic"] else "",
    )


def source(row: Row, visit: Visit) -> str:
    """Where an entry comes from: the report's section, or the town's own source."""
    say = visit.say
    if row["section"]:
        return say.source_report.format(section=row["section"])
    return say.source_town.format(source=row["source"]) if row.get("source") else say.source_unknown


def cards(rows: pl.DataFrame, visit: Visit) -> Cards:
    """Entries of the ledger as cards, in the frame's order."""
    return Cards([card(row, visit) for row in rows.iter_rows(named=True)], visit.say.ledger_heading)


def three_columns(lab: Row, visit: Visit, level: int = 3) -> Sections:
    """What was tried, what came of it, what was learned."""
    say = visit.say
    columns = {
        say.lab_tried: _said(lab, "tried", visit) or say.lab_no_word,
        say.lab_outcome: _said(lab, "outcome", visit) or say.lab_no_word,
        say.lab_learned: _said(lab, "learned", visit) or say.lab_no_word,
    }
    return Sections(columns, level)


def lab_notes(lab: Row, visit: Visit) -> list[str]:
    """A lab's small lines: when it was, where that is written, and whether it is sample data."""
    period = charts.period_words(lab["period_from"], lab["period_to"], visit.language)
    sample = visit.say.sample_tag if lab["is_synthetic"] else ""
    return [" · ".join(part for part in (period, source(lab, visit), sample) if part)]


def tally(rows: pl.DataFrame, visit: Visit) -> str:
    """How many entries came about, how many in part, how many not, as one list."""
    say = visit.say
    found = rows.get_column("outcome")
    return visit.numbers.tally(found, say.group("outcome_counts"), say.group("outcome_counts_one"))


def show_activities(phases: pl.DataFrame, activities: pl.DataFrame, title: str, visit: Visit) -> Iterator[Table]:
    """A lab's phases and undertakings, behind a line: what, kind, when, where, where from."""
    say, language = visit.say, visit.language
    columns = [Column(say.column_what), Column(say.column_kind), Column(say.column_when)]
    columns += [Column(say.column_where), Column(say.column_origin), Column(say.column_source)]
    rows = [
        [row[f"phase_{language}"] or "", say.column_phase, _when(row, "note", visit), "", *_origin(row, visit)]
        for row in phases.iter_rows(named=True)
    ]
    rows += [
        [_said(row, "title", visit), _said(row, "kind", visit), _when(row, "date_note", visit), row["venue"] or "",
         *_origin(row, visit)]
        for row in activities.iter_rows(named=True)
    ]  # fmt: skip
    if rows:
        caption = say.lab_activities.format(title=title)
        yield Table(caption, columns, rows, folded=caption)


def _when(row: Row, note: str, visit: Visit) -> str:
    words = charts.period_words(row["period_from"], row["period_to"], visit.language)
    remark, guess = str(row[f"{note}_{visit.language}"] or ""), visit.say.estimated
    is_told = remark.casefold().startswith(guess.casefold())
    extra = [part for part in (guess if row.get("is_estimated") and not is_told else "", remark) if part]
    return f"{words} ({'; '.join(extra)})" if extra else words


def _origin(row: Row, visit: Visit) -> list[str]:
    origin = row["row_origin"] or ""
    return [visit.say.group("row_origins").get(origin, origin), source(row, visit)]


def _said(row: Row, name: str, visit: Visit) -> str:
    return str(row[f"{name}_{visit.language}"] or "")
