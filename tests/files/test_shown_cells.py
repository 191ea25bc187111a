"""A cell is what its format shows, in each format of workbook as in .xlsx, and merged cells hold for all their rows."""

import struct

import pytest

from stadtlabor.files.raw import RawFile
from tests.files.written import biff, ods, record, xls, xlsb

# Stored number and how it is shown: (the format's number, its code where it is no built-in one).
CELLS = {
    "98.96": (0.9896, 10, ""),
    "97.2": (0.972, 164, '0.0" "%'),
    "49:30": (49.5 / 24, 165, "[h]:mm"),
    "09:00": (0.375, 20, ""),
    "01053090": (1053090, 166, "00000000"),
    "12.5": (12.5, 0, ""),
}
CODES = {number: code for _, number, code in CELLS.values() if code}
SHOWN = [["Montag", *CELLS], ["Montag", "", "", "", "", "", "8"]]


def old(tmp_path):
    styles = b"".join(
        biff(0x041E, struct.pack("<HHB", number, len(code), 0) + code.encode()) for number, code in CODES.items()
    )
    styles += b"".join(biff(0x00E0, struct.pack("<HH16x", 0, number)) for _, number, _ in CELLS.values())
    day = biff(0x0204, struct.pack("<HHHHB", 0, 0, 5, 6, 0) + b"Montag")
    cells = [
        biff(0x0203, struct.pack("<HHHd", 0, place, place - 1, value))
        for place, (value, _, _) in enumerate(CELLS.values(), 1)
    ]
    last = biff(0x0203, struct.pack("<HHHd", 1, 6, 5, 8.0))
    merged = biff(0x00E5, struct.pack("<HHHHH", 1, 0, 1, 0, 0))
    return xls(tmp_path, day + b"".join(cells) + last + merged, styles=styles)


def binary(tmp_path):
    styles = b"".join(
        record(44, struct.pack("<HI", number, len(code)) + code.encode("utf-16-le")) for number, code in CODES.items()
    )
    listed = b"".join(record(47, struct.pack("<HH12x", 0, number)) for _, number, _ in CELLS.values())
    # Styles outside the list are those of names, not of cells.
    styles += record(626, b"") + record(47, struct.pack("<HH12x", 0, 9)) + record(627, b"")
    styles += record(617, struct.pack("<I", len(CELLS))) + listed + record(618, b"")
    day = record(6, struct.pack("<III", 0, 5, 6) + "Montag".encode("utf-16-le"))
    cells = [
        record(5, struct.pack("<IId", place, place - 1, value)) for place, (value, _, _) in enumerate(CELLS.values(), 1)
    ]
    rows = record(0, struct.pack("<I", 0) + bytes(13)) + day + b"".join(cells)
    rows += record(0, struct.pack("<I", 1) + bytes(13)) + record(5, struct.pack("<IId", 6, 5, 8.0))
    merged = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<IIII", 0, 1, 0, 0)) + record(178, b"")
    return xlsb(tmp_path, record(145, b"") + rows + record(146, b"") + merged, styles)


def open_document(tmp_path):
    def cell(kind, value, attributes="", name="value"):
        return f'<table:table-cell office:value-type="{kind}" office:{name}="{value}" {attributes}/>'

    cells = cell("percentage", "0.9896") + cell("percentage", "0.972")
    cells += cell("time", "PT49H30M00S", name="time-value") + cell("time", "PT9H0M0S", name="time-value")
    cells += cell("string", "01053090", name="string-value") + cell("float", "12.5")
    day = cell("string", "Montag", 'table:number-rows-spanned="2"', "string-value")
    gap = '<table:covered-table-cell/><table:table-cell table:number-columns-repeated="5"/>'
    rows = [day + cells, gap + cell("float", "8")]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return ods(tmp_path, f'<table:table table:name="A">{table}</table:table>')


@pytest.mark.parametrize("write", [old, binary, open_document])
def test_cells_are_what_is_shown_and_merged_ones_carried_down(tmp_path, write):
    book = RawFile(write(tmp_path)).workbook

    book.carry_down("A", 0)

    assert book.rows("A") == SHOWN


def test_cells_that_opendocument_writes_once_for_several_are_shown_alike(tmp_path):
    share = '<table:table-cell office:value-type="percentage" office:value="0.5" table:number-columns-repeated="2"/>'
    row = f'<table:table-row table:number-rows-repeated="2">{share}</table:table-row>'

    path = ods(tmp_path, f'<table:table table:name="A">{row}</table:table>')

    assert RawFile(path).workbook.rows("A") == [["50", "50"]] * 2
