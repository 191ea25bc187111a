"""How large the sheets of a workbook are, found out before a library makes room for them.

The library makes room for the whole rectangle up to the last filled cell and aborts the process where that does
not fit: one cell in XFD1048576 is enough. What a sheet declares as its range may lie, or cover empty cells that
were only coloured, so the cells themselves are looked at: of .xlsx and .ods here, of .xlsb in `binary_workbook`, of
.xls in `old_workbook`.
"""

import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO
from xml.parsers import expat

from stadtlabor.files.workbooks import binary_workbook, workbook_formats
from stadtlabor.files.workbooks.extent import Extent, unreadable
from stadtlabor.files.workbooks.workbook_formats import Formats, SheetFormats, column_of

CHUNK = 1 << 20
# More columns no office program has.
MOST_COLUMNS = 16_384
REFERENCE = re.compile(r"([A-Za-z]{1,6})([0-9]{1,10})")
NUMBER = re.compile(r"[0-9]{1,10}")
RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})")
# Drawings of old notes; Excel itself does not write them as well-formed XML.
NOT_QUITE_XML = ".vml"
BEGINNING = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"


def check(path: Path, file: str) -> Formats:
    """Look at all parts of a zipped workbook: how its cells are shown.

    DeliveryError (about `file`) where a part is damaged or too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            is_binary = binary_workbook.BOOK in archive.namelist()
            formats = (binary_workbook.formats_of if is_binary else workbook_formats.of)(archive)
            for part in archive.infolist():
                with archive.open(part) as stream:
                    _check_part(stream, part.filename, file, formats)
    except (*workbook_formats.UNREADABLE, struct.error):
        raise unreadable(file) from None
    return formats


def _check_part(stream: IO[bytes], part: str, file: str, formats: Formats) -> None:
    head = stream.read(CHUNK)
    if head.lstrip(BEGINNING).startswith(b"<") and not part.lower().endswith(NOT_QUITE_XML):
        _check_xml(_chunks(head, stream), part, file, formats)
    elif head.startswith(binary_workbook.SHEET):
        binary_workbook.follow(head, stream, Extent(file), formats, formats.parts.get(part))
    # Reading to the end shows that a part is no larger than it says.
    for _ in _chunks(b"", stream):
        pass


def _chunks(head: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    yield head
    while chunk := stream.read(CHUNK):
        yield chunk


def _check_xml(chunks: Iterator[bytes], part: str, file: str, formats: Formats) -> None:
    cells = _Cells(Extent(file), formats, formats.parts.get(part))
    parser = expat.ParserCreate()
    parser.StartElementHandler = cells.start
    parser.StartDoctypeDeclHandler = cells.refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        line = f", line {error.lineno}" if isinstance(error, expat.ExpatError) else ""
        raise unreadable(file, f"the workbook is damaged: its part {part[:100]!r} is no readable XML{line}") from None


class _Cells:
    """Follows the cells of .xlsx and .ods sheets as their elements begin; ValueError for a place that is none."""

    def __init__(self, extent: Extent, formats: Formats, sheet: str | None) -> None:
        self._extent, self._row, self._column, self._is_in_cell = extent, 0, 0, False
        # The first of the rows that an OpenDocument row stands for.
        self._first = 0
        self._formats, self._kinds = formats, formats.kinds if sheet is not None else {}
        self._sheet = formats.sheets[sheet] if sheet is not None else SheetFormats()
        self._starts = {
            "mergeCell": self._merged,
            "row": self._xlsx_row, "c": self._xlsx_cell, "v": self._content, "is": self._content,
            "table": self._ods_table, "table-row": self._ods_row, "p": self._content,
            "table-cell": self._ods_cell, "covered-table-cell": self._ods_cell,
        }  # fmt: skip

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; prefixes are of no matter to the library either."""
        if known := self._starts.get(name.rpartition(":")[2]):
            known(attributes)

    def refuse(self, *_: object) -> None:
        """No office program writes a document type; an entity could stand for anything."""
        raise ValueError

    def _content(self, _: Mapping[str, str]) -> None:
        if self._is_in_cell:
            self._extent.fill(self._row, self._column)

    def _xlsx_row(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r")
        self._row, self._column, self._is_in_cell = _count(given) if given else self._row + 1, 0, False

    def _xlsx_cell(self, attributes: Mapping[str, str]) -> None:
        self._column, self._is_in_cell = self._column + 1, True
        if (place := attributes.get("r")) is not None:
            if not (found := REFERENCE.fullmatch(place)):
                raise ValueError
            self._row, self._column = int(found[2]), column_of(found[1])
        if (kind := self._kinds.get(attributes.get("s", ""))) is not None:
            self._sheet.add(self._row, self._column, kind)

    def _merged(self, attributes: Mapping[str, str]) -> None:
        if found := RANGE.fullmatch(attributes.get("ref", "")):
            self._sheet.merge(column_of(found[1]), int(found[2]), int(found[3]))

    def _ods_table(self, attributes: Mapping[str, str]) -> None:
        self._extent.next_table()
        self._row, self._is_in_cell = 0, False
        self._sheet = self._formats.sheets[_named(attributes, "name") or ""]

    def _ods_row(self, attributes: Mapping[str, str]) -> None:
        self._first = self._row + 1
        self._row += _repeated(attributes, "number-rows-repeated")
        self._column, self._is_in_cell = 0, False

    def _ods_cell(self, attributes: Mapping[str, str]) -> None:
        first, self._is_in_cell = self._column + 1, True
        self._column += _repeated(attributes, "number-columns-repeated")
        kind = _named(attributes, "value-type")
        if kind is not None:
            self._content(attributes)
        # The library knows no times, and gives nothing for them.
        if shown := {"percentage": "percent", "time": _named(attributes, "time-value")}.get(kind or ""):
            for column in range(first, min(self._column, MOST_COLUMNS) + 1):
                self._sheet.add(self._first, column, shown, self._row)
        if (spanned := _repeated(attributes, "number-rows-spanned")) > 1:
            self._sheet.merge(first, self._first, self._first + spanned - 1)


def _named(attributes: Mapping[str, str], name: str) -> str | None:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), None)


def _repeated(attributes: Mapping[str, str], name: str) -> int:
    return 1 if (value := _named(attributes, name)) is None else _count(value)


def _count(text: str) -> int:
    if not NUMBER.fullmatch(text):
        raise ValueError
    return int(text)
