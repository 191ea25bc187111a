"""Records that their source marks as private or confidential: nothing of what they are goes further than the reader."""

import polars as pl

from stadtlabor.values.words import YES

# Headings of such marks: one with a word, one with yes or no.
HEADINGS = {
    "visibility": ("sichtbarkeit", "class", "classification", "klassifizierung", "sensitivity", "vertraulichkeit"),
    "is_private": ("private", "privat", "confidential", "vertraulich", "privater_termin"),
}  # fmt: skip
FIELDS = tuple(HEADINGS)
PRIVATE = "private"
WORDS = (
    PRIVATE, "privat", "confidential", "vertraulich", "streng vertraulich", "personal", "persönlich",
    "nicht öffentlich", "nichtöffentlich", "non-public", "not public", "intern", "internal", "geheim", "secret",
    "hidden", "versteckt",
)  # fmt: skip
REASON = "marked_private"


def is_closed() -> pl.Expr:
    """Whether a record with the columns FIELDS is marked so."""
    word, mark = (pl.col(name).str.strip_chars().str.to_lowercase().fill_null("") for name in FIELDS)
    return word.is_in(list(WORDS)) | mark.is_in([*YES, "ein", "on", *WORDS])
