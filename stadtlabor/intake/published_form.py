"""What a release may say of a delivery's files and of why it was refused: never a word that was delivered.

Whatever a person or a program wrote into a delivery may be somebody's name: a cell, a heading (where the heading
row is missing it is the first record), the name of a file. The full sentence stays on the terminal and in the
private warehouse.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import PurePath
from typing import Any

from stadtlabor.base.errors import DeliveryError
from stadtlabor.dictionary.reasons import UNREADABLE, Words
from stadtlabor.intake.delivery_kinds import KINDS
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest.source import MANIFEST_NAME, Manifest

# A name such as "Umfrage.Erika" has no ending that may be told.
ENDINGS = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".ods", ".json", ".ics", ".xml", ".sav", ".zsav", ".lss"})


def file_name(manifest: Manifest | None, name: str) -> str:
    """What a delivered file is called in a release: its own name in official statistics, else "2.csv".

    The number is the file's place in source.yml. Empty where the file is not one of the delivery's.
    """
    if PurePath(name).name == MANIFEST_NAME:
        return MANIFEST_NAME
    listed = [one.name for one in manifest.files] if manifest else []
    place = next((place for place, one in enumerate(listed, 1) if name == one or name.endswith("/" + one)), None)
    if manifest is None or place is None:
        return ""
    if KINDS[manifest.kind].is_public:
        return listed[place - 1]
    ending = PurePath(name).suffix.lower()
    return f"{place}{ending if ending in ENDINGS else ''}"


def refusal(fault: DeliveryError, manifest: Manifest | None) -> Words:
    """Where a delivery cannot be read and by which rule: file, line, field of the manifest, and the rule's words."""
    file, field = file_name(manifest, fault.file), _field(fault.column or "")
    places = [
        (f"Datei „{file}“", f"file “{file}”") if file else None,
        (f"Zeile {fault.line}", f"line {fault.line}") if fault.line is not None else None,
        (f"Feld {field}", f"field {field}") if field else None,
    ]
    known_places = [place for place in places if place]
    de, en = (", ".join(place[language] for place in known_places) for language in range(2))
    rule = UNREADABLE[fault.rule]
    read = ("verwendet", "used") if fault.rule == "not_computable" else ("gelesen", "read")
    return Words(
        f"Die Lieferung konnte nicht {read[0]} werden{f' ({de})' if de else ''}: {rule.de}",
        f"The delivery could not be {read[1]}{f' ({en})' if en else ''}: {rule.en}",
    )


def _field(column: str) -> str:
    """A field of the manifest by its path, as far as the words are the manifest's own."""
    if not column.startswith("field "):
        return ""
    return ".".join(part for part in column.removeprefix("field ").split(".") if part in _fields())


@cache
def _fields() -> frozenset[str]:
    return frozenset(_properties(json.loads(manifests.json_schema())))


def _properties(schema: dict[str, Any]) -> Iterator[str]:
    for part in (schema, *schema.get("$defs", {}).values()):
        yield from part.get("properties", {})
