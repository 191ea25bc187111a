"""Files that would end a process or fill the machine: each refuses its own delivery, by name.

The others are published.
"""

import resource
import struct
import zipfile

import pytest
import xlsxwriter

from stadtlabor.base import workers
from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.progress import Progress
from stadtlabor.base.workers import Bounds, Work
from stadtlabor.build.ingest import ingest
from stadtlabor.build.inputs import gather
from tests.conftest import figures

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
# A string of 32 KB that 400,000 cells of a workbook of 100 KB refer to: 13 GB.
LONG = b"<si><t>" + b"x" * 32_000 + b"</t></si></sst>"
REPEATED = b"".join(b'<row r="%d">' % row + b'<c t="s"><v>4</v></c>' * 20 + b"</row>" for row in range(3, 20_003))


def book(path, edits):
    """A workbook with a heading and a record, its parts edited."""
    whole = path.with_name("whole.xlsx")
    with xlsxwriter.Workbook(whole) as written:
        sheet = written.add_worksheet("A")
        sheet.write_row(0, 0, ["Titel", "Datum"])
        sheet.write_row(1, 0, ["Fest", "2022-09-01"])
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            data = source.read(member)
            target.writestr(member.filename, edits.get(member.filename, lambda data: data)(data))
    whole.unlink()
    return path


def forged(path):
    """A part of 200 MB that says it has 1,000 bytes."""
    book(path, {SHEET: lambda data: data + b" " * 200_000_000})
    data, place = bytearray(path.read_bytes()), 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        length = struct.unpack_from("<H", data, place + 28)[0]
        if data[place + 46 : place + 46 + length] == SHEET.encode():
            struct.pack_into("<I", data, place + 24, 1000)
        place += 4
    path.write_bytes(data)
    return path


HOSTILE = {
    "far.xlsx": lambda path: book(path, {SHEET: lambda data: data.replace(b'r="B2"', b'r="XFD1048576"')}),
    "xml.xlsx": lambda path: book(path, {SHEET: lambda data: data.replace(b"</row>", b"</rxw>", 1)}),
    "strings.xlsx": lambda path: book(
        path,
        {
            STRINGS: lambda data: data.replace(b"</sst>", LONG),
            SHEET: lambda data: data.replace(b"</sheetData>", REPEATED + b"</sheetData>"),
        },
    ),
    "forged.xlsx": forged,
    "commas.csv": lambda path: path.write_bytes(b",\n" * 5_000_000),
    "lines.csv": lambda path: path.write_bytes(b"," * 5_000_000 + b"\n" * 5_000_000),
    "quotes.csv": lambda path: path.write_bytes(b'"\n' * 5_000_000),
    "deep.json": lambda path: path.write_bytes(b"[" * 5_000_000),
}


@pytest.fixture
def in_workers(monkeypatch):
    monkeypatch.setenv("STADTLABOR_WORKERS", "2")


def test_a_hostile_file_refuses_its_own_delivery_by_name(network, in_workers, tmp_path):
    network.deliver("gut", {"f.csv": figures()})
    period = "{from: 2022-09-01, to: 2022-09-30}"
    for name, make in HOSTILE.items():
        make(tmp_path / name)
        content = (tmp_path / name).read_bytes()
        network.deliver(name.replace(".", "-"), {name: content}, kind="events", town="moelln", period=period)
    deep = network.deliver("deep-manifest", {"f.csv": figures()})
    (deep / "source.yml").write_bytes(b"id: " + b"[" * 20_000)

    draft = network.warehouse / "draft"
    found = {
        one.delivery.name: one
        for one in ingest(gather(network.raw, network.warehouse), network.warehouse, draft, Progress())
    }

    assert found.pop("gut").state == "accepted"
    assert "nested too deeply" in found.pop("deep-manifest").refusal
    for name in HOSTILE:
        refused = found.pop(name.replace(".", "-")).refusal
        assert f": {name}" in refused, refused
        assert "broke down" not in refused
    assert found == {}
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2_000_000


def endless() -> None:
    while True:
        pass


def greedy() -> int:
    return len(b"x" * 500_000_000)


def wrong() -> None:
    raise DeliveryError("no header", "f.csv", 3, rule="no_header")


def fine(number: int) -> int:
    return number * 2


def test_work_beyond_its_bounds_is_a_fault_and_the_next_piece_is_done(in_workers):
    few, many = Bounds(200, 1), Bounds(1000, 20)
    pieces = [
        Work(endless, (), few),
        Work(greedy, (), few),
        Work(wrong, (), many),
        *(Work(fine, (n,), many) for n in range(5)),
    ]

    late, large, told, *done = workers.do_all(pieces)

    assert str(late).startswith("reading it takes more than 1 seconds of computing")
    assert str(large).startswith("reading it takes more than 200 MB of memory")
    assert str(told) == "f.csv, line 3: no header"
    assert done == [0, 2, 4, 6, 8]
