"""From a journal's cells to landing rows: ids, fixed words, days and where an entry comes from."""

import re
from collections.abc import Mapping
from typing import Any

from stadtlabor.dictionary.journal_words import spellings
from stadtlabor.files.headings import normal
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers import landing_tables
from stadtlabor.values import periods

Cells = Mapping[str, str]
Row = dict[str, str | None]
# column, reason of `stadtlabor.dictionary.reasons`, detail
Fault = tuple[str, str, str]

MONTH = re.compile(r"(\d{1,2})[./](\d{4})")
MONTH_NAMES = {normal(name) for name in periods.MONTHS}
WITHOUT_YEAR = re.compile(r"\d{1,2}\.(\s?\d{1,2}\.)?")
YES, NO = {"ja", "yes", "true", "wahr", "x", "1"}, {"nein", "no", "false", "falsch", "0"}
FIXED: Mapping[str, Mapping[str, str]] = {
    "lab_phases": {"phase": "phase"},
    "lab_activities": {"kind": "kind"},
    "learnings": {"theme": "theme", "outcome": "outcome", "again": "again"},
}
OWN_ID = {"labs": "lab_id", "lab_activities": "activity_id", "learnings": "learning_id"}


def row(table: str, cells: Cells, number: int, manifest: Manifest | None) -> tuple[Row, Fault | None]:
    """The landing row of one record, and the first thing in it that cannot be read.

    `cells` maps landing columns to stripped texts, `number` is the record's place in its table. An entry without an
    id of its own is known by its title.
    """
    entry: Row = {name: cells.get(name) or None for name in landing_tables.TABLES[table]}
    for name, words in {**FIXED.get(table, {}), "row_origin": "origin"}.items():
        entry[name] = _word(words, entry[name])
    fault = _days(entry, stays_open=table in ("labs", "lab_phases"))
    _identify(table, entry)
    town_fault = _place(entry, manifest)
    _say_whence(entry, manifest)
    if "position" in entry:
        entry["position"] = entry["position"] or str(number)
    if "is_estimated" in entry:
        entry["is_estimated"] = _yes_or_no(entry["is_estimated"])
    return entry, fault or town_fault


def _word(words: str, written: str | None) -> str | None:
    """The code of a fixed word; as written where the dictionary does not know it, for the gate to say."""
    return None if written is None else spellings(words).get(normal(written), written)


def _yes_or_no(written: str | None) -> str:
    if written is None or written.lower() in NO:
        return "false"
    return "true" if written.lower() in YES else written


def _identify(table: str, entry: Row) -> None:
    for name in ("lab_id", OWN_ID.get(table)):
        if name and entry.get(name):
            entry[name] = _slug(str(entry[name]))
    own = OWN_ID.get(table)
    if own and not entry[own] and (title := entry["title_de"] or entry["title_en"]):
        entry[own] = _slug(title)


def _slug(text: str) -> str:
    return normal(text).replace("_", "-")[:63].strip("-")


def _place(entry: Row, manifest: Manifest | None) -> Fault | None:
    """The town in its id's spelling; a delivery of one town speaks for no other."""
    of_delivery = manifest.town if manifest else None
    written = entry["town_id"]
    entry["town_id"] = _slug(written) if written else of_delivery
    if of_delivery and entry["town_id"] != of_delivery:
        return "town_id", "other_town", f"{written}, the delivery is of {of_delivery}"
    return None


def _say_whence(entry: Row, manifest: Manifest | None) -> None:
    journal = manifest.journal if manifest else None
    usual = "synthetic" if manifest and manifest.synthetic else "delivered"
    entry["source"] = entry["source"] or (journal.source if journal else None)
    entry["row_origin"] = entry["row_origin"] or (journal.origin if journal else None) or usual


def _days(entry: Row, stays_open: bool) -> Fault | None:
    """Month and year become their first and last day; without an end an activity ends as it began."""
    if "period_from" not in entry:
        return None
    bounds: dict[str, Any] = {}
    for name in ("period_from", "period_to"):
        written = entry[name]
        if written is None:
            continue
        if (found := _bounds(written)) is None:
            is_yearless = WITHOUT_YEAR.fullmatch(written) or normal(written) in MONTH_NAMES
            return name, "year_unknown" if is_yearless else "not_a_date", written[:100]
        bounds[name] = found
    begins, ends = bounds.get("period_from"), bounds.get("period_to")
    if ends is None and begins is not None and not stays_open:
        ends = begins
    entry["period_from"] = begins.first.isoformat() if begins else None
    entry["period_to"] = ends.last.isoformat() if ends else None
    return None


def _bounds(written: str) -> Any:
    text = written.removesuffix(" 00:00:00")
    if found := MONTH.fullmatch(text):
        text = f"{found[2]}-{int(found[1]):02}"
    if (iso := periods.iso(text)) is None:
        return None
    try:
        return periods.bounds(iso)
    except ValueError:
        return None
