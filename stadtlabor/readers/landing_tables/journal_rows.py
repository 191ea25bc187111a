"""Columns of a lab journal: labs, phases, activities, learnings."""

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
