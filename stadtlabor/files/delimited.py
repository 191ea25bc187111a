"""Delimited text into records that keep their physical line: nothing swallowed, nothing lost.

The csv module splits; this module watches it. A quote that is never closed would make the rest of a
file one cell, and two of them what lies between: a record may take several lines only where it is well
formed. Otherwise its first line alone becomes a reject, and reading goes on in the next one.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from stadtlabor.files import quoting

# The longest cell any format we read has legitimately; longer is a fault of the export or an attack.
MAX_CELL_CHARACTERS = 100_000
RAW_CHARACTERS = 500
# Records by which it is told whether all end with the same empty fields.
LOOKED_AT = 200
# From so many columns on, lines that all have a record's number of delimiters are no chance.
LEAST_TELLING_WIDTH = 4
DELIMITERS = (";", ",", "\t", "|")

LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")

# The module's own limit is global and ends a read; ours rejects one record and goes on.
csv.field_size_limit(2**31 - 1)


class Fault(NamedTuple):
    """Why a record could not be split: a code of `stadtlabor.dictionary.reasons`, and the detail."""

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
    return LINE.findall(text)


def records(
    lines: Sequence[str],
    delimiter: str,
    width: int | None = None,
    first_line: int = 1,
    begin_at: int = 0,
    surplus: int = 0,
) -> Iterator[Record]:
    """Every record of `lines` from `lines[begin_at]` on, faulty ones too; blank lines are left out.

    `width` is the number of fields the header has: a record with another number is faulty. Where every record of a
    table ends with `surplus` empty fields more, they are left off. `first_line` is the number of `lines[0]`.
    Time is linear in the text: a quote left open is not followed beyond the next line that has one.
    """
    position = begin_at
    while position < len(lines):
        feed = _Feed(lines, position, delimiter)
        for fields in csv.reader(feed.lines(), delimiter=delimiter):
            begin = feed.begin
            physical = lines[begin : feed.given]
            feed.begin = feed.given
            if feed.is_broken or (len(physical) > 1 and _swallowed(physical, fields, delimiter, width)):
                yield _unbalanced(lines[begin], first_line + begin)
                position = begin + 1
                break
            if fields:
                yield _record(fields, physical, first_line + begin, delimiter, width, surplus)
        else:
            return


class _Feed:
    """Physical lines for the csv module, which asks for a further one only while a quote is open.

    `begin` is the line the record being read begins on, `given` the first not handed out yet. Where the
    lines from `begin` on are no well-formed record the feed ends: `is_broken`.
    """

    def __init__(self, lines: Sequence[str], position: int, delimiter: str) -> None:
        self.all = lines
        self.begin = self.given = position
        self.delimiter = delimiter
        self.is_broken = False

    def lines(self) -> Iterator[str]:
        """The lines from the first position on."""
        end = -1
        for index in range(self.begin, len(self.all)):
            if index > end and index != self.begin:
                end = _end_of(self.all, self.begin, self.delimiter)
                if index > end:
                    self.is_broken = True
                    return
            self.given = index + 1
            yield self.all[index]
        self.is_broken = self.begin < len(self.all)


def _end_of(lines: Sequence[str], begin: int, delimiter: str) -> int:
    """The last line of the record over several lines that begins at `begin`; -1 where it is none.

    In a well-formed record every quotation mark opens, closes or is doubled: the line that opens the cell
    and the one that closes it have an odd number of them, those between an even one.
    """
    if lines[begin].count('"') % 2 == 0:
        return -1
    end = next((index for index in range(begin + 1, len(lines)) if lines[index].count('"') % 2), -1)
    if end > 0 and not quoting.well_formed(delimiter).fullmatch("".join(lines[begin : end + 1])):
        return -1
    return end


def sniff(lines: Sequence[str]) -> tuple[str, str]:
    """The delimiter of some first lines and the reason; ',' where there is but one column.

    The one wins by which the first record is as wide as most others (decimal commas are not in
    headings), then the one most records agree on, then the one that gives most fields.
    """
    best, score, reason = ",", (False, 0.0, 0), "a single column; ',' is assumed"
    for delimiter in (one for one in DELIMITERS if any(one in line for line in lines)):
        widths = [len(record.fields) for record in islice(records(lines, delimiter), 200)]
        if not widths or max(widths) < 2:
            continue
        width, count = Counter(width for width in widths if width > 1).most_common(1)[0]
        if (found := (widths[0] == width, count / len(widths), width)) > score:
            best, score = delimiter, found
            reason = f"{count} of the first {len(widths)} records have {width} fields by it"
    return best, reason


def _record(
    fields: list[str], physical: Sequence[str], line: int, delimiter: str, width: int | None, surplus: int
) -> Record:
    fault = None
    if width is not None and len(fields) != width:
        fields, fault = _fit(fields, width, surplus)
    elif surplus:
        fault = Fault("wrong_number_of_fields", f"{len(fields)} fields, the other records have {len(fields) + surplus}")
    if fault is None:
        fault = _fault_in(fields, physical) or _misquoted(fields, physical, delimiter)
    raw = "" if fault is None else shorten("".join(physical))
    return Record(line, fields, len(physical), fault, raw)


def _fit(fields: list[str], width: int, surplus: int) -> tuple[list[str], Fault | None]:
    if surplus and len(fields) == width + surplus and not any(field.strip() for field in fields[width:]):
        return fields[:width], None
    detail = f"{len(fields)} fields, the header has {width}"
    if len(fields) > width and not any(field.strip() for field in fields[width:]):
        detail += "; where every record has empty ones at its end, add as many delimiters to the line of the headings"
    return fields, Fault("wrong_number_of_fields", detail)


def surplus_of(lines: Sequence[str], delimiter: str, width: int, begin_at: int = 0) -> int:
    """How many empty fields more than the header every one of the first records has at its end."""
    found = list(islice(records(lines, delimiter, begin_at=begin_at), LOOKED_AT))
    widths = {len(record.fields) for record in found if record.fields}
    more = min(widths, default=width) - width
    is_empty = not any(field.strip() for record in found for field in record.fields[width:])
    return more if len(widths) == 1 and more > 0 and is_empty else 0


def _misquoted(fields: Sequence[str], physical: Sequence[str], delimiter: str) -> Fault | None:
    """A mark within a field, or behind a backslash, or of another kind: where the field ends is anybody's guess."""
    if not quoting.is_well_formed(physical[0] if len(physical) == 1 else "".join(physical), delimiter):
        return Fault("unbalanced_quote", "a quotation mark stands within a field and is not doubled")
    if "'" in physical[0] and len(fields) > 1 and quoting.is_single_quoted(fields):
        return Fault("unbalanced_quote", "fields are quoted by ' where \" is needed")
    return None


def _fault_in(fields: list[str], physical: Sequence[str]) -> Fault | None:
    text = physical[0] if len(physical) == 1 else "".join(physical)
    if len(text) > MAX_CELL_CHARACTERS:
        for column, field in enumerate(fields):
            if len(field) > MAX_CELL_CHARACTERS:
                detail = f"{len(field):,} characters; at most {MAX_CELL_CHARACTERS:,} are read"
                return Fault("field_too_long", detail, column)
    if "\0" in text:
        return Fault("control_character", "a NUL character stands in the record")
    try:
        text.encode()
    except UnicodeEncodeError:
        # A byte that does not fit the encoding was decoded to half a surrogate pair.
        return Fault("undecodable", "bytes that do not fit the file's encoding")
    return None


def _swallowed(physical: Sequence[str], fields: Sequence[str], delimiter: str, width: int | None) -> bool:
    """Whether a well-formed record over several lines is made of records that lost a quotation mark each.

    Two such faults are each other's opening and closing mark; what lies between looks like one cell.
    """
    if max(map(len, fields)) > MAX_CELL_CHARACTERS:
        return True
    if width is None or width < 2:
        return False
    if len(fields) != width:
        # A record that stands whole in a line of its own cannot be the inside of somebody's cell.
        alone = (next(csv.reader((line,), delimiter=delimiter), []) for line in physical[1:])
        return any(len(found) == width for found in alone)
    if any(line.count(delimiter) != width - 1 for line in physical):
        return False
    # Every line has the delimiters of a record. In a narrow table an answer's own commas may do that;
    # there the mark that closes must also stand where a field begins.
    before, mark, _ = physical[-1].replace('""', "").partition('"')
    return width >= LEAST_TELLING_WIDTH or (bool(mark) and (not before or before.endswith(delimiter)))


def _unbalanced(physical: str, line: int) -> Record:
    fault = Fault("unbalanced_quote", "a quotation mark is opened and not closed")
    return Record(line, [], 1, fault, shorten(physical))


def shorten(raw: str) -> str:
    """A record as delivered, fit to be shown: at most 500 characters, damaged bytes as '?'."""
    cut = raw[:RAW_CHARACTERS].rstrip("\r\n")
    return cut.encode("utf-8", "replace").decode("utf-8")
