"""An inspection in plain sentences, for the terminal."""

import re
from collections.abc import Mapping
from typing import Any

from stadtlabor.inspect.inspection import SHOWN_MEASURES, Inspection

SIGN_WORDS: Mapping[str, str] = {
    "-": "nothing there", ".": "secret or unknown", "...": "comes later", "/": "not reliable", "x": "blocked",
    "()": "limited",
}  # fmt: skip
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
DELIMITER_WORDS: Mapping[str, str] = {"\t": "TAB", ";": "';'", ",": "','", "|": "'|'", "": "none"}
SHOWN_NOTES = 30
SHOWN_REJECTS = 5
SHOWN_COLUMNS = 12


def lines_of(inspection: Inspection) -> list[str]:
    """File, format and why; then facts, notes and rejects, or what an unknown file looks like.

    Control characters of the file never reach the terminal.
    """
    return [CONTROL.sub("?", line) for line in _said(inspection)]


def _said(inspection: Inspection) -> list[str]:
    file, reader, found = inspection.file, inspection.reader, inspection.recognition
    said = [f"File: {file.name}"]
    if reader is None or found is None:
        if inspection.fault is not None:
            return [*said, f"Cannot be read: {inspection.fault}"]
        return [*said, f"Size: {file.size:,} bytes", "Format: unknown", *_look(inspection), *_ruled_out(inspection)]
    said += [
        f"Size: {file.size:,} bytes, SHA-256 {file.sha256}",
        f"Format: {reader.name} ({reader.title}), {found.confidence:.0%} sure: {found.because}",
    ]
    said += [f"  also possible: {other.name}, {why.confidence:.0%}: {why.because}" for other, why in inspection.others]
    if inspection.result is None:
        return [*said, f"Cannot be read: {inspection.fault}", *_look(inspection)]
    said += _facts(inspection.result.facts)
    described = getattr(reader, "describe", None)
    said += described(inspection.result) if described else []
    tables = inspection.result.tables
    said.append("Rows: " + ", ".join(f"{rows.height:,} in {name}" for name, rows in tables.items()))
    return said + _notes(inspection) + _rejects(inspection)


def _look(inspection: Inspection) -> list[str]:
    look = inspection.look
    said = [f"It is {look.get('kind_of_file', 'not readable')}"]
    if "encoding" in look:
        said.append(f"Encoding: {look['encoding']} ({look['encoding_reason']})")
        said.append(f"Delimiter: {DELIMITER_WORDS[str(look['delimiter'])]} ({look['delimiter_reason']})")
        said.append(f"Lines: {look['lines']:,}")
    columns = look.get("columns")
    if isinstance(columns, list) and columns:
        said.append(f"Columns ({len(columns)}), if its widest first line is the header: {_list(columns)}")
    for line in _of(look, "first_lines"):
        said.append(f"  | {line}")
    return said


def _ruled_out(inspection: Inspection) -> list[str]:
    said = ["Ruled out:"]
    return said + [f"  {name}: {why}" for name, why in inspection.ruled_out.items()]


def _facts(facts: Mapping[str, Any]) -> list[str]:
    said = [f"Encoding: {facts.get('encoding')} ({facts.get('encoding_reason')})"]
    if facts.get("sheet"):
        said.append(f"Sheet: {facts['sheet']}")
    elif "delimiter" in facts:
        said.append(f"Delimiter: {DELIMITER_WORDS.get(facts['delimiter'], facts['delimiter'])}")
    if "decimal_sign" in facts:
        said.append(f"Decimal sign: '{facts['decimal_sign']}' ({facts['decimal_reason']})")
    if facts.get("columns"):
        said.append(f"Columns ({len(facts['columns'])}): {_list(facts['columns'])}")
    if "records" in facts:
        said.append(f"Records: {facts['records']:,}, from line {facts.get('header_line', 0)} on")
    if "delivered" in facts:
        said.append(f"Delivered cells: {facts['delivered']:,}")
    if "periods" in facts:
        said.append(f"Period: {_periods(facts['periods'])}")
    if "regions" in facts:
        levels = ", ".join(f"{count:,} with {length}" for length, count in facts["regions_by_key_length"].items())
        said.append(f"Regions: {facts['regions']:,} ({levels} characters)")
    said += _measures(facts.get("measures", []))
    if facts.get("signs"):
        signs = (f"{sign} {count:,} ({SIGN_WORDS.get(sign, '?')})" for sign, count in facts["signs"].items())
        said.append(f"Signs: {', '.join(signs)}")
    if facts.get("empty_cells"):
        said.append(f"Empty cells: {facts['empty_cells']:,}")
    return said


def _periods(periods: list[str]) -> str:
    if not periods:
        return "none in the file"
    return periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]} ({len(periods)} values)"


def _measures(measures: list[dict[str, Any]]) -> list[str]:
    if not measures:
        return []
    said = [f"Measures ({len(measures)}):"]
    for measure in measures[:SHOWN_MEASURES]:
        label = measure["source_figure_label"]
        name = measure["source_figure"] + (f" ({label})" if label and label != measure["source_figure"] else "")
        factor = f" × {measure['unit_factor']}" if measure["unit_factor"] != "1" else ""
        slices = len(measure["attributes"])
        said.append(
            f"  {name} [{measure['unit'] or 'no unit'}{factor}]"
            + (f", {'over ' if slices >= 50 else ''}{slices} slices" if slices > 1 else "")
        )
    if len(measures) > SHOWN_MEASURES:
        said.append(f"  … and {len(measures) - SHOWN_MEASURES} more")
    return said


def _notes(inspection: Inspection) -> list[str]:
    notes = inspection.result.notes if inspection.result else []
    return [f"Note: {note}" for note in notes[:SHOWN_NOTES]] + (
        [f"… and {len(notes) - SHOWN_NOTES} more notes"] if len(notes) > SHOWN_NOTES else []
    )


def _rejects(inspection: Inspection) -> list[str]:
    rejects = inspection.result.rejects if inspection.result else []
    if not rejects:
        return ["Rejects: none"]
    said = [f"Rejects: {len(rejects):,}"]
    for reject in rejects[:SHOWN_REJECTS]:
        column = f", {reject.column}" if reject.column else ""
        said.append(f"  line {reject.line}{column}: {reject.reason} ({reject.detail})")
    return said


def _list(names: list[str]) -> str:
    shown = [name or "(no name)" for name in names[:SHOWN_COLUMNS]]
    return ", ".join(shown) + (f", … and {len(names) - SHOWN_COLUMNS} more" if len(names) > SHOWN_COLUMNS else "")


def _of(facts: Mapping[str, object], name: str) -> list[str]:
    found = facts.get(name, [])
    return found if isinstance(found, list) else []
