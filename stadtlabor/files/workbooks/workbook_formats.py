"""How the cells of a workbook are shown: what a number format makes of a number, and which cells are merged.

A library gives 0.9896 for a cell that shows 98.96 %, a date of 1900 for a length of 49 hours, and the day of several
events to the first of them. Office Open XML (ECMA-376, 18.8.30), [MS-XLSB], [MS-XLS] and OpenDocument
say how a cell is meant.
"""

import datetime as dt
import posixpath
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree import ElementTree

# Formats that every workbook has without stating them: 0 %, 0.00 % and [h]:mm:ss.
BUILT_IN = {"9": "percent", "10": "percent", "46": "length"}
# What a format shows as it stands: quoted, behind a backslash, a colour or a currency in brackets.
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
LENGTH = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
PADDED = re.compile(r"0{2,}")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)")
ISO_LENGTH = re.compile(r"PT(\d+)H(\d+)M(?:(\d+)(?:[.,]\d*)?S)?")
# A sheet's clock begins on one of these days, by the calendar it keeps.
CLOCK_DAYS = ("1899-12-30", "1899-12-31")
LEAP_FAULT = dt.datetime(1900, 3, 1)
MOST_STYLE_BYTES = 20_000_000
MOST_MERGED = 100_000
# What opening a part of a damaged archive raises.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)

# What a number is shown as: percent, length, or padded to so many digits; or the time itself, in ISO form.
Kind = str


@dataclass
class SheetFormats:
    """One sheet: runs of rows (first, last) by column and kind, and merged cells (column, first row, last row).

    Rows and columns count from 1.
    """

    runs: dict[tuple[int, Kind], list[list[int]]] = field(default_factory=lambda: defaultdict(list))
    merged: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, row: int, column: int, kind: Kind, last: int = 0) -> None:
        """A cell of a kind, or those of a column down to the row `last`; rows come in order."""
        runs = self.runs[column, kind]
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = max(row, last)
        else:
            runs.append([row, max(row, last)])

    def merge(self, column: int, first: int, last: int) -> None:
        """Merged cells; those of one row are of no matter."""
        if len(self.merged) < MOST_MERGED and first < last:
            self.merged.append((column, first, last))

    def show(self, rows: list[list[str]]) -> None:
        """Write into the rows what their cells show."""
        for row in rows:
            for index, text in enumerate(row):
                if text.startswith("18") and (found := MOMENT.fullmatch(text)) and found[1] in CLOCK_DAYS:
                    row[index] = found[2].removesuffix(":00")
        for (column, kind), runs in self.runs.items():
            for first, last in runs:
                for row in rows[first - 1 : last]:
                    if column <= len(row):
                        row[column - 1] = as_shown(row[column - 1], kind)

    def carry_down(self, rows: list[list[str]], below: int) -> list[tuple[int, int]]:
        """Give all rows of merged cells below a row what stands in the first; (column, row) of those filled.

        A number is one count of all its rows together and is not repeated.
        """
        filled = []
        for column, first, last in self.merged:
            if first <= below or first > len(rows) or column > len(rows[first - 1]):
                continue
            text = rows[first - 1][column - 1]
            if not text or NUMBER.fullmatch(text):
                continue
            for number in range(first + 1, min(last, len(rows)) + 1):
                if not rows[number - 1][column - 1]:
                    rows[number - 1][column - 1] = text
                    filled.append((column, number))
        return filled


@dataclass
class Formats:
    """All sheets of a workbook by name; `parts` maps an archive's part to its sheet, `kinds` a style to its kind."""

    sheets: dict[str, SheetFormats] = field(default_factory=lambda: defaultdict(SheetFormats))
    parts: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)


def of(archive: zipfile.ZipFile) -> Formats:
    """The sheets' parts and the styles of an .xlsx archive; nothing of any other."""
    try:
        return Formats(parts=dict(_parts(archive)), kinds=dict(_kinds(archive)))
    except (KeyError, ElementTree.ParseError, ValueError):
        return Formats()


def as_shown(text: str, kind: Kind) -> str:
    """A cell's text as its format shows it: '0.9896' → '98.96', a moment of 1900 → '49:30', '1053090' → '01053090'."""
    if kind == "percent" and NUMBER.fullmatch(text):
        shown = format(Decimal(text) * 100, "f")
        return shown.rstrip("0").rstrip(".") if "." in shown else shown
    if kind == "length":
        return _length(text)
    if found := ISO_LENGTH.fullmatch(kind):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
    if kind.isdigit() and text.isdigit():
        return text.zfill(int(kind))
    return text


def column_of(letters: str) -> int:
    """The number of a column: 'A' is 1, 'XFD' is 16384."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _length(text: str) -> str:
    if re.fullmatch(r"\d\d:\d\d(:\d\d)?", text):
        return text
    if found := MOMENT.fullmatch(text):
        moment = dt.datetime.fromisoformat(f"{found[1]} {found[2]}")
        # Sheets have a 29 February 1900; before it the library counts from the day after.
        span = moment - (dt.datetime(1899, 12, 31) if moment < LEAP_FAULT else dt.datetime(1899, 12, 30))
    elif NUMBER.fullmatch(text) and abs(float(text)) < 100_000:
        span = dt.timedelta(seconds=round(float(text) * 86_400))
    else:
        return text
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def targets(archive: zipfile.ZipFile, relations: str) -> dict[str, str]:
    """Where the parts lie that a workbook names by numbers."""
    return {one.get("Id", ""): one.get("Target", "") for one in _elements(archive, relations)}


def part(target: str) -> str:
    """The part of the archive that a workbook's relation leads to."""
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The part of each sheet, and the sheet's name."""
    places = targets(archive, "xl/_rels/workbook.xml.rels")
    for element in _elements(archive, "xl/workbook.xml"):
        if _local(element.tag) == "sheet":
            number = next((value for key, value in element.attrib.items() if _local(key) == "id"), "")
            yield part(places.get(number, "")), element.get("name", "")


def _kinds(archive: zipfile.ZipFile) -> Iterator[tuple[str, Kind]]:
    """The number of each style whose cells do not show what is stored, and its kind."""
    codes: dict[str, Kind] = dict(BUILT_IN)
    for element in _elements(archive, "xl/styles.xml"):
        name = _local(element.tag)
        if name == "numFmt" and (kind := kind_of(element.get("formatCode", ""))):
            codes[element.get("numFmtId", "")] = kind
        elif name == "cellXfs":
            styles = [codes.get(style.get("numFmtId", "")) for style in element]
            yield from ((str(number), kind) for number, kind in enumerate(styles) if kind)


def kind_of(code: str) -> Kind | None:
    """What a number format makes of a number; None where it shows it as it is stored, or as a moment."""
    plain = LITERAL.sub("", code.partition(";")[0])
    if "%" in plain:
        return "percent"
    if LENGTH.search(plain):
        return "length"
    return str(len(plain)) if PADDED.fullmatch(plain) else None


def bytes_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part of moderate size; ValueError where it is larger."""
    with archive.open(name) as stream:
        data = stream.read(MOST_STYLE_BYTES + 1)
    if len(data) > MOST_STYLE_BYTES:
        raise ValueError
    return data


def _elements(archive: zipfile.ZipFile, name: str) -> Iterator[ElementTree.Element]:
    data = bytes_of(archive, name)
    if b"<!DOCTYPE" in data:
        raise ValueError
    yield from ElementTree.fromstring(data).iter()


def _local(name: str) -> str:
    return name.rpartition("}")[2]
