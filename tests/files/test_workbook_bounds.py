"""Workbooks whose sheets would not fit into memory, or that are damaged: refused before a library opens them."""

import struct
import zipfile

import pytest
import xlsxwriter

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.inspect.inspection import inspect
from stadtlabor.inspect.inspection_text import lines_of
from tests.files.written import ods, record, xls

SHEET = "xl/worksheets/sheet1.xml"
FAR = "spans more than 20,000,000 cells"


@pytest.fixture
def book(tmp_path):
    """A workbook of two cells, A1 and B2, with one part edited (None takes it out)."""

    def make(part=SHEET, edit=lambda data: data):
        whole, edited = tmp_path / "whole.xlsx", tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(whole) as written:
            sheet = written.add_worksheet("A")
            sheet.write("A1", "town")
            sheet.write("B2", "Mölln")
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(edited, "w", zipfile.ZIP_DEFLATED) as target:
            for member in source.infolist():
                data = source.read(member)
                data = edit(data) if member.filename == part else data
                if data is not None:
                    target.writestr(member.filename, data)
        return edited

    return make


def replaced(old: bytes, new: bytes):
    def edit(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return edit


def rows(path):
    return dict(RawFile(path).workbook.sheets())["A"]


def test_an_ordinary_workbook_is_read(book):
    assert rows(book()) == [["town", ""], ["", "Mölln"]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'ref="A1:B2"', b'ref="A1:XFD1048576"'),
        (b"</row></sheetData>", b'</row><row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'),
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="C1:XFD1048576"/></mergeCells>'),
    ],
    ids=["declared", "coloured", "merged"],
)
def test_what_is_empty_takes_no_room_and_is_no_reason_to_refuse(book, old, new):
    assert rows(book(edit=replaced(old, new))) == [["town", ""], ["", "Mölln"]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="B2"', b'r="XFD1048576"'),
        (b'r="B2"', b"r = 'xfd1048576'"),
        (b'r="B2"', b'r="&#88;FD1048576"'),
        (b'r="A1"', b'r="XFD1"'),
        (b'<row r="2" spans="1:2"><c r="B2"', b'<row r="900000000"><c'),
        (b'r="B2"', b'r="B4294967295"'),
    ],
    ids=["far", "quotes", "entity", "corners", "no-reference", "beyond-excel"],
)
def test_one_far_cell_is_refused_whatever_the_sheet_declares(book, old, new):
    def edit(data: bytes) -> bytes:
        spread = data.replace(b'r="B2"', b'r="B1300000"', 1) if new == b'r="XFD1"' else data
        return replaced(old, new)(spread)

    with pytest.raises(DeliveryError, match=rf"book\.xlsx: a sheet is filled up to row .*{FAR}.*Clear the stray"):
        rows(book(edit=edit))


def test_a_far_cell_in_utf_16_is_refused(book):
    edit = replaced(b'r="B2"', b'r="XFD1048576"')

    with pytest.raises(DeliveryError, match=FAR):
        rows(book(edit=lambda data: edit(data).decode().replace("UTF-8", "UTF-16").encode("utf-16")))


@pytest.mark.parametrize(
    ("part", "edit"),
    [
        (SHEET, replaced(b"</row>", b"</rxw>")),
        (SHEET, lambda data: data[:300]),
        (SHEET, lambda data: b"nothing \0\xff"),
        (SHEET, lambda data: None),
        (SHEET, replaced(b"<v>1</v>", b"<v>99</v>")),
        (SHEET, replaced(b'r="B2"', b'r="2"')),
        (SHEET, replaced(b'r="B2"', b'r="ZZZZZZZZZZZZZZ9999999999999999"')),
        (SHEET, replaced(b"<worksheet", b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet")),
        ("xl/sharedStrings.xml", lambda data: data[:50]),
        ("xl/workbook.xml", lambda data: data[:250]),
    ],
    ids=["tags", "cut", "bytes", "gone", "string", "reference", "overflow", "doctype", "strings", "sheets"],
)
def test_a_damaged_workbook_is_refused_and_inspected_without_a_traceback(book, part, edit):
    path = book(part, edit)

    with pytest.raises(DeliveryError, match=r"book\.xlsx: the (workbook is damaged|sheet 'A' cannot be read).*\.xlsx"):
        rows(path)
    assert "Cannot be read: book.xlsx" in "\n".join(lines_of(inspect(path)))


def test_a_part_that_is_larger_than_it_says_is_refused(book):
    path = book(edit=lambda data: data + b" " * 100_000)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = struct.pack("<I", archive.getinfo(SHEET).file_size)
    path.write_bytes(data.replace(size, struct.pack("<I", 900)))

    with pytest.raises(DeliveryError, match="the workbook is damaged"):
        rows(path)


def table(rows: str, name: str = "A") -> str:
    return f'<table:table table:name="{name}">{rows}</table:table>'


def cell(repeated: int = 1) -> str:
    attributes = f'office:value-type="string" table:number-columns-repeated="{repeated}"'
    return f"<table:table-cell {attributes}><text:p>x</text:p></table:table-cell>"


EMPTY = '<table:table-cell table:number-columns-repeated="16384"/>'


def test_the_empty_rest_of_an_opendocument_sheet_takes_no_room(tmp_path):
    rest = f'<table:table-row table:number-rows-repeated="1048575">{EMPTY}</table:table-row>'

    assert rows(ods(tmp_path, table(f"<table:table-row>{cell(2)}{EMPTY}</table:table-row>{rest}"))) == [["x", "x"]]


@pytest.mark.parametrize(
    "content",
    [
        table(f'<table:table-row table:number-rows-repeated="1048576">{cell(16384)}</table:table-row>'),
        table(f"<table:table-row>{cell(4_000_000_000)}</table:table-row>"),
        "".join(
            table(f'<table:table-row table:number-rows-repeated="999999">{cell(9)}</table:table-row>', f"S{number}")
            for number in range(3)
        ),
    ],
    ids=["all", "wide", "many-sheets"],
)
def test_an_opendocument_sheet_of_repeated_cells_is_refused(tmp_path, content):
    with pytest.raises(DeliveryError, match=FAR):
        rows(ods(tmp_path, content))


def test_a_far_cell_of_a_binary_workbook_is_refused(book):
    sheet = record(129, b"") + record(145, b"") + record(0, struct.pack("<I", 1_048_575) + bytes(13))
    sheet += record(5, struct.pack("<IId", 16_383, 0, 1.0)) + record(146, b"") + record(130, b"")

    with pytest.raises(DeliveryError, match=FAR):
        rows(book(edit=lambda data: sheet))


def number(row: int, column: int) -> bytes:
    return struct.pack("<HHHHHd", 0x0203, 14, row, column, 0, 7.0)


def dimensions(rows_: int, columns: int) -> bytes:
    return struct.pack("<HHIIHHH", 0x0200, 14, 0, rows_, 0, columns, 0)


def test_an_old_workbook_is_read(tmp_path):
    assert rows(xls(tmp_path, dimensions(1, 2) + number(0, 0) + number(0, 1))) == [["7", "7"]]


@pytest.mark.parametrize(
    "sheets",
    [
        [number(0, 0) + number(65_535, 65_535)],
        [dimensions(0xFFFFFFFF, 0xFFFF) + number(0, 0)],
        [number(0, 0), number(65_535, 60_000)],
        [number(65_535, 200), number(65_535, 200)],
    ],
    ids=["cell", "declared", "second-sheet", "together"],
)
def test_an_old_workbook_too_large_is_refused(tmp_path, sheets):
    with pytest.raises(DeliveryError, match=FAR):
        rows(xls(tmp_path, *sheets))


@pytest.mark.parametrize("kept", [9, 100, 600, 1100, 1600])
def test_an_old_workbook_cut_off_is_no_traceback(tmp_path, kept):
    path = xls(tmp_path, number(0, 0))
    path.write_bytes(path.read_bytes()[:kept])

    assert "Cannot be read: book.xls" in "\n".join(lines_of(inspect(path)))


def test_an_old_workbook_that_runs_in_a_circle_is_refused(tmp_path):
    with pytest.raises(DeliveryError, match="the workbook is damaged"):
        rows(xls(tmp_path, number(0, 0), loop=True))
