"""An inspection in plain sentences, for the terminal."""

import re
from collections.abc import Mapping, Sequence

from stadtlabor.files.layout import Layout
from stadtlabor.inspect.inspection import Inspection, Look
from stadtlabor.readers.facts import Facts, Measure, StatisticsFacts

SIGN_WORDS: Mapping[str, str] = {
    "-": "nothing there", ".": "secret or unknown", "...": "comes later", "/": "not reliable", "x": "blocked",
    "()": "limited",
}  # fmt: skip
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
DELIMITER_WORDS: Mapping[str, str] = {"\t": "TAB", ";": "';'", ",": "','", "|": "'|'", "": "none"}
SHOWN_NOTES = 30
SHOWN_REJECTS = 5
SHOWN_COLUMNS = 12
SHOWN_MEASURES = 40


def lines_of(inspection: Inspection) -> list[str]:
    """File, format and why; then facts, notes and rejects, or what an unknown file looks like.

    Control characters of the file never reach the terminal.
    """
    return [CONTROL.sub("?", line) for line in _said(inspection)]


def _said(inspection: Inspection) -> list[str]:
    file, reader, found = inspection.file, inspection.reader, inspection.recognition
    text = [f"File: {file.name}"]
    if reader is None or found is None:
        if inspection.fault is not None:
            return [*text, f"Cannot be read: {inspection.fault}"]
        text += [f"Size: {file.size:,} bytes", "Format: unknown"]
        return [*text, *_look(inspection.look), *_ruled_out(inspection)]
    text += [
        f"Size: {file.size:,} bytes, SHA-256 {file.sha256}",
        f"Format: {reader.name} ({reader.title}), {found.confidence:.0%} sure: {found.because}",
    ]
    text += [f"  also possible: {other.name}, {why.confidence:.0%}: {why.because}" for other, why in inspection.others]
    if inspection.result is None:
        return [*text, f"Cannot be read: {inspection.fault}", *_look(inspection.look)]
    text += _facts(inspection.result.facts)
    described = getattr(reader, "describe", None)
    text += described(inspection.result) if described else []
    tables = inspection.result.tables
    text.append("Rows: " + ", ".join(f"{rows.height:,} in {name}" for name, rows in tables.items()))
    return text + _notes(inspection) + _rejects(inspection)


def _look(look: Look | None) -> list[str]:
    if look is None:
        return ["It is not readable"]
    text, layout = [f"It is {look.kind_of_file}"], look.layout
    if look.lines is not None:
        text.append(f"Encoding: {layout.encoding} ({layout.encoding_reason})")
        text.append(f"Delimiter: {DELIMITER_WORDS[layout.delimiter or '']} ({layout.delimiter_reason})")
        text.append(f"Lines: {look.lines:,}")
    if layout.columns:
        text.append(f"Columns ({len(layout.columns)}), if its widest first line is the header: {_list(layout.columns)}")
    return [*text, *(f"  | {line}" for line in look.first_lines), *look.nearest]


def _ruled_out(inspection: Inspection) -> list[str]:
    text = ["Ruled out:"]
    return text + [f"  {name}: {why}" for name, why in inspection.ruled_out.items()]


def _facts(facts: Facts) -> list[str]:
    text = _layout(facts.layout)
    if facts.delivered is not None:
        text.append(f"Delivered cells: {facts.delivered:,}")
    text.append(f"Period: {_periods(facts.periods)}")
    return text + (_statistics(facts) if isinstance(facts, StatisticsFacts) else [])


def _layout(layout: Layout) -> list[str]:
    text = [f"Encoding: {layout.encoding} ({layout.encoding_reason})"]
    if layout.sheet:
        text.append(f"Sheet: {layout.sheet}")
    elif layout.delimiter is not None:
        text.append(f"Delimiter: {DELIMITER_WORDS.get(layout.delimiter, layout.delimiter)}")
    if layout.columns:
        text.append(f"Columns ({len(layout.columns)}): {_list(layout.columns)}")
    if layout.records is not None:
        text.append(f"Records: {layout.records:,}, from line {layout.header_line} on")
    return text


def _statistics(facts: StatisticsFacts) -> list[str]:
    text = []
    if facts.decimal_sign:
        text.append(f"Decimal sign: '{facts.decimal_sign}' ({facts.decimal_reason})")
    if facts.regions is not None:
        levels = ", ".join(f"{count:,} with {length}" for length, count in facts.regions_by_key_length.items())
        text.append(f"Regions: {facts.regions:,} ({levels} characters)")
    text += _measures(facts.measures)
    if facts.signs:
        signs = (f"{sign} {count:,} ({SIGN_WORDS.get(sign, '?')})" for sign, count in facts.signs.items())
        text.append(f"Signs: {', '.join(signs)}")
    if facts.empty_cells:
        text.append(f"Empty cells: {facts.empty_cells:,}")
    return text


def _periods(periods: Sequence[str]) -> str:
    if not periods:
        return "none in the file"
    several = f" ({len(periods)} values)" if len(periods) > 2 else ""
    return periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}{several}"


def _measures(measures: Sequence[Measure]) -> list[str]:
    if not measures:
        return []
    text = [f"Measures ({len(measures)}):", *map(_measure, measures[:SHOWN_MEASURES])]
    if len(measures) > SHOWN_MEASURES:
        text.append(f"  … and {len(measures) - SHOWN_MEASURES} more")
    return text


def _measure(measure: Measure) -> str:
    label = measure.source_figure_label
    name = measure.source_figure + (f" ({label})" if label and label != measure.source_figure else "")
    factor = f" × {measure.unit_factor}" if measure.unit_factor != "1" else ""
    count = len(measure.attributes)
    slices = f", {'over ' if count >= 50 else ''}{count} slices" if count > 1 else ""
    return f"  {name} [{measure.unit or 'no unit'}{factor}]{slices}"


def _notes(inspection: Inspection) -> list[str]:
    notes = inspection.result.notes if inspection.result else []
    return [f"Note: {note}" for note in notes[:SHOWN_NOTES]] + (
        [f"… and {len(notes) - SHOWN_NOTES} more notes"] if len(notes) > SHOWN_NOTES else []
    )


def _rejects(inspection: Inspection) -> list[str]:
    rejects = inspection.result.rejects if inspection.result else []
    if not rejects:
        return ["Rejects: none"]
    text = [f"Rejects: {len(rejects):,}"]
    for reject in rejects[:SHOWN_REJECTS]:
        column = f", {reject.column}" if reject.column else ""
        text.append(f"  line {reject.line}{column}: {reject.reason} ({reject.detail})")
    return text


def _list(names: Sequence[str]) -> str:
    shown = [name or "(no name)" for name in names[:SHOWN_COLUMNS]]
    return ", ".join(shown) + (f", … and {len(names) - SHOWN_COLUMNS} more" if len(names) > SHOWN_COLUMNS else "")
