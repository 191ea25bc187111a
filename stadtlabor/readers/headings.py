"""Headings of plain tables, German and English, and how they are found whatever their order."""

import re
from collections.abc import Collection, Mapping, Sequence

from stadtlabor.errors import DeliveryError

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


def refuse_doubles(
    columns: Sequence[str], known: Mapping[str, Sequence[str]], needed: Collection[str], file: str, line: int
) -> None:
    """DeliveryError where two columns could be the same one of `needed`: which one is meant is not ours to say."""
    spelling = {variant: name for name in needed for variant in (name, *known.get(name, ()))}
    for name in needed:
        places = [index for index, column in enumerate(columns, 1) if spelling.get(normal(column)) == name]
        if len(places) > 1:
            shown = " and ".join(f"{columns[place - 1]!r} (column {place})" for place in places)
            raise DeliveryError(
                f"more than one column could be the {name}: {shown}", file, line,
                remedy="Rename or take out the one that is not meant.",
            )  # fmt: skip
