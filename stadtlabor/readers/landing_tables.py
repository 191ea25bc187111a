"""The landing tables: what every reader hands over, all text, one table per kind of record.

Staging is the only place that casts. `row_sha256` is the hash of the record's own columns, so the
same record in two files can be told.
"""

from collections.abc import Mapping

import polars as pl

from stadtlabor.readers.record_tables import ANSWERS, BOOKINGS, EVENTS, QUESTIONS, REGISTRATIONS, RESPONSES

# Where a landing row came from; stands in front of every landing table.
ORIGIN = ("delivery_id", "file", "file_sha256", "line", "row_sha256")

# One row per published cell of a statistics file. `source_figure` is the measure's own name or
# code, `attributes` a JSON object of further dimensions ({"GES": "GESW"}; a total is left out),
# `value_text` the cell exactly as written, `value` the same as a plain decimal ("53.9") or null
# where the office wrote a sign, `unit_factor` what `value` is to be multiplied by ("1000" for
# "Tsd. EUR"), `figure` the project's own name for the measure (null where the manifest maps none).
FIGURES = (
    "region_key",
    "region_label",
    "source_figure",
    "source_figure_label",
    "attributes",
    "period",
    "value_text",
    "value",
    "sign",
    "unit",
    "unit_factor",
    "quality",
    "figure",
    "source",
    "licence",
)

# One row per holiday or holiday period and list of regions; `end_date` is inclusive.
HOLIDAYS = (
    "holiday_id",
    "country",
    "start_date",
    "end_date",
    "holiday_type",
    "regional_scope",
    "name_de",
    "name_en",
    "subdivisions",
    "tags",
    "comment_de",
    "comment_en",
)

# One row per indicator, peer group and period: quantiles over all municipalities of the group, as
# `stadtlabor peer-bands` computed them.
PEER_BANDS = (
    "indicator_id",
    "peer_group",
    "period",
    "municipality_count",
    "p10",
    "p20",
    "p25",
    "p30",
    "p40",
    "p50",
    "p60",
    "p70",
    "p75",
    "p80",
    "p90",
    "tables",
)

# One row per lab. `lab_id` as the journal writes it, unique within its town; days are ISO and inclusive, null where
# the journal gives none; `section` is the report's, `source` where the entry comes from, `row_origin` report,
# synthetic or delivered. The English text is null where only a German one was given, and the other way round.
LABS = (
    "lab_id",
    "town_id",
    "title_de",
    "title_en",
    "tried_de",
    "tried_en",
    "outcome_de",
    "outcome_en",
    "learned_de",
    "learned_en",
    "period_from",
    "period_to",
    "section",
    "source",
    "row_origin",
    "position",
)

# One row per lab and phase; `phase` and the other fixed words are codes of `dictionary/journal_words.yml`, or as
# written where the dictionary does not know them. `is_estimated` true or false.
LAB_PHASES = (
    "lab_id",
    "town_id",
    "phase",
    "period_from",
    "period_to",
    "is_estimated",
    "note_de",
    "note_en",
    "section",
    "source",
    "row_origin",
)

# One row per activity of a lab; `date_note_…` says what is known of a date that is not there.
LAB_ACTIVITIES = (
    "activity_id",
    "lab_id",
    "town_id",
    "kind",
    "title_de",
    "title_en",
    "venue",
    "period_from",
    "period_to",
    "date_note_de",
    "date_note_en",
    "section",
    "source",
    "row_origin",
)

# One row per lesson; without a town it is shared by all. `indicator_ids` is a comma list.
LEARNINGS = (
    "learning_id",
    "lab_id",
    "town_id",
    "theme",
    "title_de",
    "title_en",
    "tried_de",
    "tried_en",
    "outcome",
    "why_de",
    "why_en",
    "again",
    "advice_de",
    "advice_en",
    "indicator_ids",
    "section",
    "source",
    "row_origin",
    "position",
)

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


def empty(table: str) -> pl.DataFrame:
    """The landing table without a row; every column is text."""
    return pl.DataFrame(schema=dict.fromkeys(columns(table), pl.String))
