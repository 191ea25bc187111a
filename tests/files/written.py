"""Workbooks written by hand, record by record, for tests: formats that no library at hand writes."""

import struct
import zipfile

from stadtlabor.files.raw import OLE_MAGIC


def ods(tmp_path, table: str):
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f"{table}</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "book.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def record(kind: int, content: bytes) -> bytes:
    """A record of an .xlsb part: type, length below 128, content."""
    head = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    return head + bytes((len(content),)) + content


def xlsb(tmp_path, sheet: bytes, styles: bytes):
    """A binary workbook of one sheet A: its rows and what stands behind them, and the records of its styles."""

    def text(words: str) -> bytes:
        return struct.pack("<I", len(words)) + words.encode("utf-16-le")

    path, relations = tmp_path / "book.xlsb", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.bin"/>',
        "xl/_rels/workbook.bin.rels": (
            f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.bin"/>'
        ),
    }
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<Relationships xmlns="{package}">{content}</Relationships>')
        bundled = record(156, struct.pack("<II", 0, 1) + text("rId1") + text("A"))
        archive.writestr(
            "xl/workbook.bin", record(131, b"") + record(143, b"") + bundled + record(144, b"") + record(132, b"")
        )
        archive.writestr("xl/styles.bin", record(278, b"") + styles + record(279, b""))
        archive.writestr(
            "xl/worksheets/sheet1.bin", record(129, b"") + record(148, bytes(16)) + sheet + record(130, b"")
        )
    return path


def biff(kind: int, content: bytes = b"") -> bytes:
    """A record of an .xls: type, length, content."""
    return struct.pack("<HH", kind, len(content)) + content


def xls(tmp_path, *sheets: bytes, loop: bool = False, styles: bytes = b""):
    """An .xls in sectors of 512 bytes: table of sectors, directory, and the stream of records; sheets A, B …"""

    begin, end = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0), biff(0x000A)
    entries = [biff(0x0085, struct.pack("<IHBB", 0, 0, 1, 0) + bytes((65 + n,))) for n in range(len(sheets))]
    start = len(biff(0x0809, begin)) + len(styles) + sum(map(len, entries)) + len(end)
    stream, globals_ = b"", biff(0x0809, begin) + styles
    for number, content in enumerate(sheets):
        bound = struct.pack("<IHBB", start + len(stream), 0, 1, 0) + bytes((65 + number,))
        globals_ += biff(0x0085, bound)
        stream += biff(0x0809, begin[:2] + b"\x10\0" + begin[4:]) + content + end
    stream = (globals_ + end + stream).ljust(4096, b"\0")
    count = len(stream) // 512
    following = [0xFFFFFFFD, 0xFFFFFFFE, *(n + 1 for n in range(2, count + 1)), 2 if loop else 0xFFFFFFFE]
    sectors = struct.pack("<128I", *following, *[0xFFFFFFFF] * (128 - len(following)))

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return head.ljust(116, b"\0") + struct.pack("<IQ", first, size)

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    header = OLE_MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    path = tmp_path / "book.xls"
    path.write_bytes(header + sectors + directory.ljust(512, b"\0") + stream)
    return path
