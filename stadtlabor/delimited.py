"""Delimited text into records that keep their physical line: nothing swallowed, nothing lost.

The csv module splits; this module watches it. A quote that is never closed would make the rest of
a file one cell: it is found, its line alone becomes a reject, and reading goes on in the next line.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

# The longest cell any format we read has legitimately; longer is a fault of the export or an attack.
MAX_CELL_CHARACTERS = 100_000
RAW_CHARACTERS = 500
DELIMITERS = (";", ",", "\t", "|")

# A byte that does not fit the encoding was decoded to one of these.
SURROGATE = re.compile("[\ud800-\udfff]")

# The module's own limit is global and ends a read; ours rejects one record and goes on.
csv.field_size_limit(2**31 - 1)


class Fault(NamedTuple):
    """Why a record could not be split: a code of `stadtlabor.reasons`, and the detail."""

    reason: str
    detail: str
    column: int | None = None


class Record(NamedTuple):
    """One record: the 1-based physical line it begins on, its fields, and how many lines it takes."""

    line: int
    fields: list[str]
    span: int
    fault: Fault | None
    raw: str


def split_lines(text: str) -> list[str]:
    """Physical lines with their ends; LF, CRLF and the old Macintosh's CR end one, nothing else does."""
    return io.StringIO(text, newline="").readlines()


def records(lines: Sequence[str], delimiter: str, width: int | None = None, first_line: int = 1) -> Iterator[Record]:
    """Every record of `lines`, faulty ones too; blank lines are left out.

    `width` is the number of fields the header has: a record with another number is faulty, except
    that empty fields after the last delimiter do no harm. `first_line` is the number of `lines[0]`.
    """
    position = 0
    while position < len(lines):
        # One empty line more than there is: a record that takes it in was still open at the end.
        reader = csv.reader(chain(islice(lines, position, None), ("",)), delimiter=delimiter)
        start, taken = position, 0
        for fields in reader:
            begin, span = start + taken, reader.line_num - taken
            taken = reader.line_num
            if begin >= len(lines):
                break
            is_open = begin + span > len(lines)
            if span > 1 and _swallowed(lines[begin : begin + span], delimiter, width, is_open):
                yield _unbalanced(lines[begin], first_line + begin)
                position = begin + 1
                break
            position = begin + span
            if fields:
                yield _record(fields, lines[begin : begin + span], first_line + begin, width)
        else:
            return


def sniff(lines: Sequence[str]) -> tuple[str, str]:
    """The delimiter of some first lines and the reason; ',' where there is but one column.

    The one wins by which the first record is as wide as most others (decimal commas are not in
    headings), then the one most records agree on, then the one that gives most fields.
    """
    best, score, reason = ",", (False, 0.0, 0), "a single column; ',' is assumed"
    for delimiter in DELIMITERS:
        widths = [len(record.fields) for record in islice(records(lines, delimiter), 200)]
        if not widths or max(widths) < 2:
            continue
        width, count = Counter(width for width in widths if width > 1).most_common(1)[0]
        if (found := (widths[0] == width, count / len(widths), width)) > score:
            best, score = delimiter, found
            reason = f"{count} of the first {len(widths)} records have {width} fields by it"
    return best, reason


def _record(fields: list[str], physical: Sequence[str], line: int, width: int | None) -> Record:
    fault = None
    if width is not None and len(fields) != width:
        fields, fault = _fit(fields, width)
    if fault is None:
        fault = _fault_in(fields)
    raw = "" if fault is None else shorten("".join(physical))
    return Record(line, fields, len(physical), fault, raw)


def _fit(fields: list[str], width: int) -> tuple[list[str], Fault | None]:
    surplus = fields[width:]
    if surplus and not any(field.strip() for field in surplus):
        return fields[:width], None
    return fields, Fault("wrong_number_of_fields", f"{len(fields)} fields, the header has {width}")


def _fault_in(fields: list[str]) -> Fault | None:
    joined = "".join(fields)
    if len(joined) > MAX_CELL_CHARACTERS:
        for column, field in enumerate(fields):
            if len(field) > MAX_CELL_CHARACTERS:
                detail = f"{len(field):,} characters; at most {MAX_CELL_CHARACTERS:,} are read"
                return Fault("field_too_long", detail, column)
    if "\0" in joined:
        return Fault("control_character", "a NUL character stands in the record")
    if not joined.isascii() and SURROGATE.search(joined):
        return Fault("undecodable", "bytes that do not fit the file's encoding")
    return None


def _swallowed(span: Sequence[str], delimiter: str, width: int | None, is_open: bool) -> bool:
    """Whether a record over several lines is a quote left open rather than a cell with line breaks."""
    if is_open:
        return True
    if width is None or width < 2 or _is_well_formed(span, delimiter, width):
        return False
    # A record that stands whole in a line of its own cannot be the inside of somebody's cell.
    alone = (next(csv.reader((line,), delimiter=delimiter), []) for line in islice(span, 1, 1000))
    return any(len(fields) == width for fields in alone)


def _is_well_formed(span: Sequence[str], delimiter: str, width: int) -> bool:
    try:
        found = list(csv.reader(span, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return len(found) == 1 and len(found[0]) == width


def _unbalanced(physical: str, line: int) -> Record:
    fault = Fault("unbalanced_quote", "a quotation mark is opened and not closed")
    return Record(line, [], 1, fault, shorten(physical))


def shorten(raw: str) -> str:
    """A record as delivered, fit to be shown: at most 500 characters, damaged bytes as '?'."""
    cut = raw[:RAW_CHARACTERS].rstrip("\r\n")
    return cut.encode("utf-8", "replace").decode("utf-8")
