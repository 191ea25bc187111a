"""Headings of plain tables, German and English, and how they are found whatever their order."""

import re
from collections.abc import Mapping, Sequence

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def normal(heading: str) -> str:
    """A heading in one spelling: lower case, no umlauts, '_' for anything between words."""
    return re.sub(r"[^a-z0-9]+", "_", heading.strip().lower().translate(UMLAUTS)).strip("_")


def find(columns: Sequence[str], known: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Which column holds which of `known` (name → spellings in one normal form); the first one wins."""
    spelling = {variant: name for name, variants in known.items() for variant in (name, *variants)}
    found: dict[str, int] = {}
    for index, column in enumerate(columns):
        name = spelling.get(normal(column))
        if name is not None:
            found.setdefault(name, index)
    return found
