"""The words of the lab journal as a landing table, beside the readers' tables of entries.

`journal_words` has one row per list and code, with its labels and its place on pages.
"""

from collections.abc import Mapping

import polars as pl

from stadtlabor.dictionary.journal_words import words

TABLES: Mapping[str, tuple[str, ...]] = {
    "journal_words": ("list", "code", "label_de", "label_en", "position"),
}


def tables() -> dict[str, pl.DataFrame]:
    """All tables of TABLES, all text; the same for every build."""
    rows = [
        {"list": name, "code": code, "label_de": word.de, "label_en": word.en, "position": str(position)}
        for name, codes in words().items()
        for position, (code, word) in enumerate(codes.items(), 1)
    ]
    return {"journal_words": pl.DataFrame(rows, schema=dict.fromkeys(TABLES["journal_words"], pl.String))}
