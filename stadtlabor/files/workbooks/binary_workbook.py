"""Binary workbooks (.xlsb): how far the cells of a sheet reach, how they are shown, and which are merged.

A part is a row of records: a type, a length, and so many bytes ([MS-XLSB] 2.1.4).
"""

import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO

from stadtlabor.files.workbooks import workbook_formats
from stadtlabor.files.workbooks.extent import Extent
from stadtlabor.files.workbooks.workbook_formats import Formats

BOOK, STYLES = "xl/workbook.bin", "xl/styles.bin"
CHUNK = 1 << 20
# Record types: a row, cells with something in them, merged cells, a sheet's entry; a number format, where the list of
# the cells' styles begins and ends, and a style.
ROW, CELLS, MERGED, BUNDLED_SHEET, FORMAT, BEGIN_STYLES, END_STYLES, STYLE = 0, range(2, 12), 176, 156, 44, 617, 618, 47
# A sheet begins with a record of type 129 and no content.
SHEET = bytes((129, 1))


def formats_of(archive: zipfile.ZipFile) -> Formats:
    """The sheets' parts and the styles of an .xlsb archive; nothing where they cannot be read."""
    try:
        return Formats(parts=dict(_parts(archive)), kinds=dict(_kinds(archive)))
    except (KeyError, struct.error, ValueError, *workbook_formats.UNREADABLE):
        return Formats()


def follow(head: bytes, stream: IO[bytes], extent: Extent, formats: Formats, sheet: str | None) -> None:
    """Follow the rows and cells of a sheet; what they show is put down under its name in `formats`."""
    row, kinds, shown = 0, formats.kinds, formats.sheets[sheet or ""]
    for kind, content in _records(head, stream):
        if kind == ROW and len(content) >= 4:
            (row,) = struct.unpack_from("<I", content)
        elif kind in CELLS and len(content) >= 4:
            column, style = struct.unpack("<II", content[:8].ljust(8, b"\0"))
            extent.fill(row + 1, column + 1)
            if (how := kinds.get(str(style & 0xFFFFFF))) is not None:
                shown.add(row + 1, column + 1, how)
        elif kind == MERGED and len(content) >= 16:
            first, last, column, _ = struct.unpack_from("<IIII", content)
            shown.merge(column + 1, first + 1, last + 1)


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    targets = workbook_formats.targets(archive, "xl/_rels/workbook.bin.rels")
    for kind, content in _records_of(archive, BOOK):
        if kind == BUNDLED_SHEET:
            number, end = _text(content, 8)
            name, _ = _text(content, end)
            yield workbook_formats.part(targets.get(number, "")), name


def _kinds(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    codes, styles, is_within = dict(workbook_formats.BUILT_IN), 0, False
    for kind, content in _records_of(archive, STYLES):
        if kind == FORMAT and (how := workbook_formats.kind_of(_text(content, 2)[0])):
            codes[str(struct.unpack_from("<H", content)[0])] = how
        elif kind in (BEGIN_STYLES, END_STYLES):
            is_within = kind == BEGIN_STYLES
        elif kind == STYLE and is_within:
            _, number = struct.unpack_from("<HH", content)
            if (known := codes.get(str(number))) is not None:
                yield str(styles), known
            styles += 1


def _text(content: bytes, at: int) -> tuple[str, int]:
    """The text that begins there, which its length stands before, and where it ends."""
    (length,) = struct.unpack_from("<I", content, at)
    end = at + 4 + (0 if length == 0xFFFFFFFF else 2 * length)
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def _records_of(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, bytes]]:
    return _records(b"", BytesIO(workbook_formats.bytes_of(archive, part)))


def _records(head: bytes, stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Type and content of each record of a part of which `head` was read already."""
    records = _Bytes(head, stream)
    while first := records.take(1):
        kind = first[0] if first[0] < 0x80 else first[0] & 0x7F | (records.take(1) or b"\0")[0] << 7
        yield kind, records.take(records.number(4))


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
