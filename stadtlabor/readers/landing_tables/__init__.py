"""The landing tables: what every reader hands over, all text, one table per kind of record.

Staging is the only place that casts. `row_sha256` is the hash of the record's own columns, so the
same record in two files can be told.
"""

from collections.abc import Mapping

import polars as pl

from stadtlabor.readers.landing_tables.journal_rows import LAB_ACTIVITIES, LAB_PHASES, LABS, LEARNINGS
from stadtlabor.readers.landing_tables.lab_rows import BOOKINGS, EVENTS, REGISTRATIONS
from stadtlabor.readers.landing_tables.official import FIGURES, HOLIDAYS, PEER_BANDS
from stadtlabor.readers.landing_tables.survey_rows import ANSWERS, QUESTIONS, RESPONSES

# Where a landing row came from; stands in front of every landing table.
HASH = "row_sha256"
ORIGIN = ("delivery_id", "file", "file_sha256", "line", HASH)

TABLES: Mapping[str, tuple[str, ...]] = {
    "figures": FIGURES,
    "holidays": HOLIDAYS,
    "peer_bands": PEER_BANDS,
    "responses": RESPONSES,
    "answers": ANSWERS,
    "questions": QUESTIONS,
    "bookings": BOOKINGS,
    "labs": LABS,
    "lab_phases": LAB_PHASES,
    "lab_activities": LAB_ACTIVITIES,
    "learnings": LEARNINGS,
    "events": EVENTS,
    "registrations": REGISTRATIONS,
}

# A table whose rows belong to another one's → that table and the key of its rows.
HANGS_ON: Mapping[str, tuple[str, str]] = {
    "answers": ("responses", "response_key"),
    "registrations": ("events", "event_key"),
}

TABLES_OF_KIND: Mapping[str, tuple[str, ...]] = {
    "statistics": ("figures", "peer_bands"),
    "calendar": ("holidays",),
    "survey": ("responses", "answers", "questions"),
    "bookings": ("bookings",),
    "journal": ("labs", "lab_phases", "lab_activities", "learnings"),
    "events": ("events", "registrations"),
}


def columns(table: str) -> tuple[str, ...]:
    """All columns of a landing table, the origin first."""
    return ORIGIN + TABLES[table]


def columns_read(table: str) -> tuple[str, ...]:
    """Its columns until it is kept: the hash, longer than most records, is made of the rows that are let in."""
    return tuple(name for name in columns(table) if name != HASH)


def empty(table: str) -> pl.DataFrame:
    """The landing table without a row; every column is text."""
    return pl.DataFrame(schema=dict.fromkeys(columns(table), pl.String))
