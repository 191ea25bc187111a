"""How large the sheets of an .xls workbook are, by what they declare and by their cells, and how these are shown.

An .xls is a small file system of sectors (OLE) that holds a stream of records (BIFF). The library makes room for
what a sheet declares as well as for the rectangle up to its last cell, for all sheets at once.
"""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

from stadtlabor.files.workbooks.extent import Extent, unreadable
from stadtlabor.files.workbooks.workbook_formats import BUILT_IN, Formats, SheetFormats, kind_of

STREAMS = ("workbook", "book")
DIRECTORY_ENTRY = 128
# Beyond these a number in a table of sectors is no sector but an end.
LAST_SECTOR = 0xFFFFFFFA
# Record types: where a sheet begins, what it declares, the end of a part, several cells of a row, one cell.
BOUND_SHEET, DIMENSIONS, END, SEVERAL = 0x0085, 0x0200, 0x000A, (0x00BD, 0x00BE)
# A number format, a style, merged cells, the numbers of several cells of a row.
FORMAT, STYLE, MERGED, SEVERAL_NUMBERS = 0x041E, 0x00E0, 0x00E5, 0x00BD
# The version in which a part is written that has Unicode; before it texts are bytes.
UNICODE = b"\0\6"
CELL = frozenset((0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x0207, 0x027E, 0x0406))


def check(path: Path, file: str) -> Formats:
    """How the cells are shown; DeliveryError (about `file`) where a workbook is damaged or its sheets too large."""
    try:
        book = _book(path.read_bytes())
        extent, formats = Extent(file), Formats(kinds=dict(_kinds(book)))
        entries = {
            struct.unpack_from("<I", content)[0]: _sheet_name(book, content) for content in _of(book, BOUND_SHEET)
        }
        # A sheet lies where its entry says, which need not be behind the one before.
        for start, name in sorted(({0: ""} | entries).items()):
            extent.next_table()
            _measure(book, start, extent)
            _look(book, start, formats.kinds, formats.sheets[name])
    except (struct.error, IndexError, OverflowError, ValueError):
        raise unreadable(file) from None
    return formats


def _kinds(book: bytes) -> Iterator[tuple[str, str]]:
    """The number of each style whose cells do not show what is stored, and its kind."""
    codes = dict(BUILT_IN)
    for content in _of(book, FORMAT):
        if kind := kind_of(_text(book, content[2:], 2)):
            codes[str(struct.unpack_from("<H", content)[0])] = kind
    for number, content in enumerate(_of(book, STYLE)):
        if kind := codes.get(str(struct.unpack_from("<H", content, 2)[0])):
            yield str(number), kind


def _sheet_name(book: bytes, content: bytes) -> str:
    return _text(book, content[6:], 1)


def _text(book: bytes, content: bytes, size: int) -> str:
    """A text with its length in so many bytes before it."""
    if book[4:6] != UNICODE:
        return content[1 : 1 + content[0]].decode("cp1252", "replace")
    length = int.from_bytes(content[:size], "little")
    if content[size] & 1:
        return content[size + 1 : size + 1 + 2 * length].decode("utf-16-le", "replace")
    return content[size + 1 : size + 1 + length].decode("latin-1")


def _look(book: bytes, start: int, kinds: Mapping[str, str], sheet: SheetFormats) -> None:
    """Put down how the cells of a sheet are shown, and which are merged."""
    for kind, content in _records(book, start):
        if kind == MERGED:
            for at in range(2, len(content) - 7, 8):
                first, last, column = struct.unpack_from("<HHH", content, at)
                sheet.merge(column + 1, first + 1, last + 1)
        elif kind in CELL or kind == SEVERAL_NUMBERS:
            row, column = struct.unpack_from("<HH", content)
            places = range(4, len(content) - 2, 6) if kind == SEVERAL_NUMBERS else [4]
            for further, at in enumerate(places):
                if how := kinds.get(str(struct.unpack_from("<H", content, at)[0])):
                    sheet.add(row + 1, column + 1 + further, how)


def _measure(book: bytes, start: int, extent: Extent) -> None:
    for kind, content in _records(book, start):
        if kind == DIMENSIONS:
            _, rows, _, columns = struct.unpack_from("<IIHH" if len(content) >= 12 else "<HHHH", content)
            extent.fill(rows, columns)
        elif kind in SEVERAL:
            row, last = struct.unpack_from("<H", content)[0], struct.unpack_from("<H", content, len(content) - 2)[0]
            extent.fill(row + 1, last + 1)
        elif kind in CELL:
            row, column = struct.unpack_from("<HH", content)
            extent.fill(row + 1, column + 1)


def _of(book: bytes, wanted: int) -> Iterator[bytes]:
    """The contents of the book's own records of a type."""
    return (content for kind, content in _records(book, 0) if kind == wanted)


def _records(book: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Type and content of each record up to the end of a part; charts inside a sheet have ends of their own."""
    depth = 0
    while start + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, start)
        yield kind, book[start + 4 : start + 4 + size]
        depth += (kind & 0xFF == 0x09) - (kind == END)
        if kind == END and depth <= 0:
            return
        start += 4 + size


def _book(data: bytes) -> bytes:
    """The stream of records; b'' where the file holds another thing, such as an encrypted workbook."""
    size, small = 1 << struct.unpack_from("<H", data, 30)[0], 1 << struct.unpack_from("<H", data, 32)[0]
    if size not in (512, 4096) or small != 64:
        raise ValueError
    table = _table(data, size)
    entries = _chain(data[size:], struct.unpack_from("<I", data, 48)[0], table, size)
    named = dict(_entries(entries))
    first, length = next((named[name] for name in STREAMS if name in named), (LAST_SECTOR, 0))
    sectors = data[size:]
    if length >= struct.unpack_from("<I", data, 56)[0]:
        return _chain(sectors, first, table, size)[:length]
    # A small stream lies in sectors of 64 bytes within the root's own.
    start, count = struct.unpack_from("<II", data, 60)
    small_table = _numbers(_chain(sectors, start, table, size)) if count else []
    within = _chain(sectors, named["root entry"][0], table, size) if named else b""
    return _chain(within, first, small_table, small)[:length]


def _entries(directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    for at in range(0, len(directory) - DIRECTORY_ENTRY + 1, DIRECTORY_ENTRY):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace").lower()
        yield name, struct.unpack_from("<II", directory, at + 116)


def _table(data: bytes, size: int) -> list[int]:
    """The number of the sector that follows each sector."""
    places = _numbers(data[76:512])
    following, count = struct.unpack_from("<II", data, 68)
    while following < LAST_SECTOR and count > 0:
        more = _numbers(data[(following + 1) * size : (following + 2) * size])
        places, following, count = places + more[:-1], more[-1], count - 1
    kept = (data[(place + 1) * size : (place + 2) * size] for place in places if place < LAST_SECTOR)
    return _numbers(b"".join(kept))


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _chain(sectors: bytes, sector: int, table: list[int], size: int) -> bytes:
    """The sectors that follow one another; ValueError where they run in a circle."""
    parts: list[bytes] = []
    while sector < LAST_SECTOR:
        if len(parts) > len(table):
            raise ValueError
        parts.append(sectors[sector * size : (sector + 1) * size])
        sector = table[sector]
    return b"".join(parts)
