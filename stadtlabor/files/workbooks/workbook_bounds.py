"""How large the sheets of a workbook are, found out before a library makes room for them.

The library makes room for the whole rectangle up to the last filled cell and aborts the process where that does
not fit: one cell in XFD1048576 is enough. What a sheet declares as its range may lie, or cover empty cells that
were only coloured, so the cells themselves are looked at: of .xlsx, .xlsb and .ods here, of .xls in `old_workbook`.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO
from xml.parsers import expat

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.workbooks import workbook_formats
from stadtlabor.files.workbooks.workbook_formats import Formats, SheetFormats, column_of

# Cells of a sheet's rectangle; each takes some hundred bytes on the way to a table.
MAX_CELLS = 20_000_000
CHUNK = 1 << 20
REFERENCE = re.compile(r"([A-Za-z]{1,6})([0-9]{1,10})")
NUMBER = re.compile(r"[0-9]{1,10}")
# Drawings of old notes; Excel itself does not write them as well-formed XML.
NOT_QUITE_XML = ".vml"
BEGINNING = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"
# Record types of .xlsb: the beginning of a sheet, a row, and cells with something in them.
BEGIN_SHEET, ROW, CELLS = 129, 0, range(2, 12)
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, struct.error)


class Extent:
    """The rectangle from the first cell to the last filled one; DeliveryError where it is too large.

    Rows and columns count from 1. Tables that the library holds all at once are added up.
    """

    def __init__(self, file: str) -> None:
        self._file, self._before, self._rows, self._columns = file, 0, 0, 0

    def fill(self, row: int, column: int) -> None:
        """There is something in this cell."""
        if row <= self._rows and column <= self._columns:
            return
        self._rows, self._columns = max(row, self._rows), max(column, self._columns)
        if self._before + self._rows * self._columns > MAX_CELLS:
            raise DeliveryError(
                f"a sheet is filled up to row {self._rows:,} and column {self._columns:,}, which spans more than "
                f"{MAX_CELLS:,} cells",
                self._file,
                remedy="Clear the stray cells below and right of the table, or deliver a CSV file.",
                rule="too_large",
            )

    def next_table(self) -> None:
        """Another table begins, while the ones before stay in memory."""
        self._before, self._rows, self._columns = self._before + self._rows * self._columns, 0, 0


def check(path: Path, file: str) -> Formats:
    """Look at all parts of a zipped workbook: how its cells are shown.

    DeliveryError (about `file`) where a part is damaged or too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            formats = workbook_formats.of(archive)
            for part in archive.infolist():
                with archive.open(part) as stream:
                    _check_part(stream, part.filename, file, formats)
    except UNREADABLE:
        raise unreadable(file) from None
    return formats


def unreadable(file: str, what: str = "the workbook is damaged") -> DeliveryError:
    """What is said of a workbook of which a part cannot be read."""
    remedy = "Open it in Excel or LibreOffice and save it as .xlsx, or deliver a CSV file."
    return DeliveryError(what, file, remedy=remedy, rule="damaged")


def _check_part(stream: IO[bytes], part: str, file: str, formats: Formats) -> None:
    head = stream.read(CHUNK)
    if head.lstrip(BEGINNING).startswith(b"<") and not part.lower().endswith(NOT_QUITE_XML):
        _check_xml(_chunks(head, stream), part, file, formats)
    elif head.startswith(bytes((BEGIN_SHEET, 1))):
        _check_records(_Bytes(head, stream), Extent(file))
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
        self._sheet.add_merged(attributes.get("ref", ""))

    def _ods_table(self, attributes: Mapping[str, str]) -> None:
        self._extent.next_table()
        self._row, self._is_in_cell = 0, False
        self._sheet = self._formats.sheets[_named(attributes, "name") or ""]

    def _ods_row(self, attributes: Mapping[str, str]) -> None:
        self._row += _repeated(attributes, "number-rows-repeated")
        self._column, self._is_in_cell = 0, False

    def _ods_cell(self, attributes: Mapping[str, str]) -> None:
        self._column, self._is_in_cell = self._column + _repeated(attributes, "number-columns-repeated"), True
        kind = _named(attributes, "value-type")
        if kind is not None:
            self._content(attributes)
        if kind == "percentage":
            self._sheet.add(self._row, self._column, "percent")
        if (spanned := _repeated(attributes, "number-rows-spanned")) > 1:
            self._sheet.merged.append((self._column, self._row, self._row + spanned - 1))


def _named(attributes: Mapping[str, str], name: str) -> str | None:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), None)


def _repeated(attributes: Mapping[str, str], name: str) -> int:
    return 1 if (value := _named(attributes, name)) is None else _count(value)


def _count(text: str) -> int:
    if not NUMBER.fullmatch(text):
        raise ValueError
    return int(text)


class _Bytes:
    """Bytes of a part, some at a time."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._held, self._at, self._stream = head, 0, stream

    def take(self, count: int) -> bytes:
        """The next bytes; fewer where the part ends."""
        if self._at + count > len(self._held):
            self._held, self._at = self._held[self._at :] + self._stream.read(max(count, CHUNK)), 0
        taken = self._held[self._at : self._at + count]
        self._at += count
        return taken

    def number(self, most: int) -> int:
        """A number of seven bits a byte, the lowest first, in at most so many bytes."""
        value = 0
        for position in range(most):
            (byte,) = self.take(1) or (0,)
            value |= (byte & 0x7F) << 7 * position
            if not byte & 0x80:
                break
        return value


def _check_records(records: _Bytes, extent: Extent) -> None:
    """Follow the rows and cells of an .xlsb sheet."""
    row = 0
    while first := records.take(1):
        kind = first[0] if first[0] < 0x80 else first[0] & 0x7F | (records.take(1) or b"\0")[0] << 7
        content = records.take(records.number(4))
        if kind == ROW and len(content) >= 4:
            (row,) = struct.unpack_from("<I", content)
        elif kind in CELLS and len(content) >= 4:
            extent.fill(row + 1, struct.unpack_from("<I", content)[0] + 1)
