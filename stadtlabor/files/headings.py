"""Headings of plain tables, German and English, and how they are found whatever their order."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from stadtlabor.base.errors import DeliveryError

# Headings that tell who somebody is, beside those a tool is known for.
PERSONAL = re.compile(
    r"e_?mail|^mail|telefon|phone|handy|vorname|nachname|first_?name|last_?name|(^|_)name($|_)|adresse|address|"
    r"teilnehm|attendee|participant|kommentar|comment|beschreibung|description|notiz|note|bemerkung|anmerkung"
)
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@lru_cache(maxsize=20_000)
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


def find_named(
    columns: Sequence[str], known: Mapping[str, Sequence[str]], named: Mapping[str, str], field: str | None = None
) -> dict[str, int]:
    """Which column holds what: as source.yml says (`named`, name → heading), else by the headings `known`.

    Raises DeliveryError at that `field` of source.yml where the file lacks a heading of it; without a `field` the
    heading may stand in another file of the delivery, and is passed over.
    """
    found = find(columns, known)
    for name, heading in named.items():
        where = [index for index, column in enumerate(columns) if normal(column) == normal(heading)]
        if where:
            # What the manifest names differently is no longer what its heading would say.
            found = {other: index for other, index in found.items() if index != where[0] or other == name}
            found[name] = where[0]
        elif field is not None:
            raise DeliveryError(
                f"the file has no column {heading!r}; found: {', '.join(column for column in columns if column)}",
                column=f"field {field}.{name}", remedy="Correct the heading in source.yml.", rule="column_missing",
            )  # fmt: skip
    return found


def has_all(columns: Sequence[str], wanted: Iterable[str]) -> bool:
    """Whether each of some headings stands over a column."""
    return {normal(heading) for heading in wanted} <= {normal(column) for column in columns}


def unasked(columns: Sequence[str], found: Mapping[str, int], personal: re.Pattern[str]) -> tuple[list[str], list[str]]:
    """Headings of the columns that nobody asked for: those that are `personal` by their normal form, and the others."""
    left = [heading for index, heading in enumerate(columns) if heading and index not in found.values()]
    dropped = [heading for heading in left if personal.search(normal(heading))]
    return dropped, [heading for heading in left if not personal.search(normal(heading))]


def passed_over(columns: Sequence[str], used: Collection[int], where: str = "") -> list[str]:
    """Notes on the columns, by their headings, that are not used; `where` they stand is put behind."""
    return [f"passed over the column {name!r}{where}" for i, name in enumerate(columns) if name and i not in used]


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
                remedy="Rename or take out the one that is not meant.", rule="column_ambiguous",
            )  # fmt: skip
