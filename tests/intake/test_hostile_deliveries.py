"""Files made to end a build, read in child processes as a build does: each refuses its delivery alone, by name."""

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from stadtlabor import cli
from tests.conftest import figures
from tests.intake.test_one_bad_delivery import taken

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
TABLE = [["ags", "figure", "value", "unit", "period"], ["01053090", "population", "7", "persons", "2021-12-31"]]


def workbook(part: str = "", edit: Callable[[bytes], bytes] = bytes) -> bytes:
    """A workbook of one figure, with one of its parts edited."""
    whole, edited = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(whole, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(TABLE):
            sheet.write_row(row, 0, cells)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(edited, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            data = source.read(member)
            target.writestr(member.filename, edit(data) if member.filename == part else data)
    return edited.getvalue()


def repeated_strings() -> bytes:
    """A small workbook in which 400,000 cells point to one text of 30,000 characters: 12 GB as a table."""
    cells = '<c t="s"><v>0</v></c>' * 10
    rows = "".join(f'<row r="{row}">{cells}</row>' for row in range(3, 43_003))
    book = workbook(SHEET, lambda data: data.replace(b"</sheetData>", rows.encode() + b"</sheetData>"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == STRINGS:
                data = data.replace(b"<t>ags</t>", b"<t>" + b"ags" * 10_000 + b"</t>", 1)
            target.writestr(member.filename, data)
    return out.getvalue()


def forged() -> bytes:
    """A part of 300 MB that says in both of its headers that it has 900 bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(300)) + packer.flush()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(SHEET, packed)
    data = out.getvalue()
    size = struct.pack("<II", len(packed), len(packed))
    for signature, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = data.rindex(signature) if signature == b"PK\x01\x02" else data.index(signature, 5)
        data = data[: place + at] + struct.pack("<H", 8) + data[place + at + 2 :]
    return data.replace(size, struct.pack("<II", len(packed), 900))


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "far-cell": (
        "f.xlsx",
        lambda: workbook(SHEET, lambda data: data.replace(b'r="E2"', b'r="XFD1048576"')),
        "a sheet is filled up to row 1,048,576",
    ),
    "xml": ("f.xlsx", lambda: workbook(SHEET, lambda data: data[:400]), "is no readable XML"),
    "strings": ("f.xlsx", repeated_strings, "f.xlsx: reading it takes more than the 1,501 MB of memory allowed"),
    "forged": ("f.xlsx", forged, "the workbook is damaged"),
    "commas": ("f.csv", lambda: b",\n" * 500_000, "no reader knows this format"),
    "quotes": ("f.csv", lambda: figures().encode() + b'"\n' * 10_000, "More than half of the rows are faulty"),
}


@pytest.fixture
def in_children(monkeypatch):
    monkeypatch.setenv("STADTLABOR_PROCESSES", "2")


def test_what_is_made_to_end_a_build_refuses_its_delivery_alone(network, in_children):
    for name, (file, content, _) in HOSTILE.items():
        network.deliver(name, {file: content()})
    network.deliver("a-good-one", {"f.csv": figures()})
    network.deliver("z-good-one", {"f.csv": figures({"period": "2021-12-31"})})

    found, refused = taken(network)

    assert [name for name, one in found.items() if one.state == "accepted"] == ["a-good-one", "z-good-one"]
    assert [text.partition(": ")[0] for text in refused] == sorted(HOSTILE)
    for name, (_, _, text) in HOSTILE.items():
        assert text in (found[name].refusal or "")


def test_links_pipes_and_names_that_are_no_text_refuse_their_delivery_alone(network, tmp_path):
    (tmp_path / "secret.csv").write_text(figures(), "utf-8")
    network.deliver("gut", {"f.csv": figures()})
    for name in ("link", "pipe", "itself"):
        (network.deliver(name, {"f.csv": figures()}) / "f.csv").unlink()
    (network.raw / "link" / "f.csv").symlink_to(tmp_path / "secret.csv")
    (network.raw / "itself" / "f.csv").symlink_to("f.csv")
    os.mkfifo(network.raw / "pipe" / "f.csv")
    os.mkfifo(network.deliver("manifest", {"f.csv": figures()}).joinpath("source.yml.new"))
    (network.raw / "manifest" / "source.yml.new").replace(network.raw / "manifest" / "source.yml")
    with (network.deliver("riesig", {"f.csv": figures()}) / "f.csv").open("ab") as stream:
        stream.truncate(3_000_000_000)
    odd = network.deliver("namen", {"f.csv": figures()})
    Path(os.fsdecode(os.fsencode(odd) + b"/\xff.csv")).write_text("x", "utf-8")

    found, refused = taken(network)

    assert {name for name, one in found.items() if one.state == "accepted"} == {"gut", "namen"}
    assert [text.partition(": ")[0] for text in refused] == ["itself", "link", "manifest", "pipe", "riesig"]
    assert "leads out of the delivery's folder" in refused[1]
    assert "at most 2,000,000,000 are read" in refused[4]


def test_inspect_reads_within_the_bounds_of_the_source_yml_beside(tmp_path, in_children, capsys, monkeypatch):
    (tmp_path / "f.xlsx").write_bytes(repeated_strings())
    monkeypatch.setattr("sys.argv", ["stadtlabor", "inspect", str(tmp_path / "f.xlsx")])

    with pytest.raises(SystemExit):
        cli.main()

    assert capsys.readouterr().err.startswith(
        "Error: f.xlsx: reading it takes more than the 1,501 MB of memory allowed"
    )
