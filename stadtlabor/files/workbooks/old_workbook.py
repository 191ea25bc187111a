"""How large the sheets of an .xls workbook are, by what they declare and by their cells.

An .xls is a small file system of sectors (OLE) that holds a stream of records (BIFF). The library makes room for
what a sheet declares as well as for the rectangle up to its last cell, for all sheets at once.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from stadtlabor.files.workbooks.workbook_bounds import Extent, unreadable

STREAMS = ("workbook", "book")
DIRECTORY_ENTRY = 128
# Beyond these a number in a table of sectors is no sector but an end.
LAST_SECTOR = 0xFFFFFFFA
# Record types: where a sheet begins, what it declares, the end of a part, several cells of a row, one cell.
BOUND_SHEET, DIMENSIONS, END, SEVERAL = 0x0085, 0x0200, 0x000A, (0x00BD, 0x00BE)
CELL = frozenset((0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x0207, 0x027E, 0x0406))


def check(path: Path, file: str) -> None:
    """DeliveryError (about `file`) where a workbook is damaged or its sheets are too large."""
    try:
        book = _book(path.read_bytes())
        extent = Extent(file)
        # A sheet lies where its entry says, which need not be behind the one before.
        for start in sorted({0, *(struct.unpack_from("<I", content)[0] for content in _of(book, 0, BOUND_SHEET))}):
            extent.next_table()
            _measure(book, start, extent)
    except (struct.error, IndexError, OverflowError, ValueError):
        raise unreadable(file) from None


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


def _of(book: bytes, start: int, wanted: int) -> Iterator[bytes]:
    return (content for kind, content in _records(book, start) if kind == wanted)


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
