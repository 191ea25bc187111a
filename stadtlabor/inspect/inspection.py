"""What a file is: format and why, encoding, columns, period, measures; for people, as data, as `source.yml`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import delimited
from stadtlabor.files.layout import Layout
from stadtlabor.files.raw import RawFile
from stadtlabor.inspect.nearest import nearest
from stadtlabor.readers.facts import Facts
from stadtlabor.readers.protocol import Reader, ReadResult, Recognition
from stadtlabor.readers.registry import READERS, candidates, read

# What the first bytes of files say that are neither table nor text.
OTHER_KINDS: Mapping[bytes, str] = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "an SQLite database",
    b"\x1f\x8b": "an archive (gzip); unpack it first",
}
SHOWN_LINES = 5


@dataclass(frozen=True)
class Look:
    """What a file of no known format looks like; `layout` takes its widest first line for the header.

    `nearest` are sentences on the formats it comes nearest to.
    """

    kind_of_file: str
    layout: Layout = field(default_factory=Layout)
    sheets: Sequence[str] = ()
    lines: int | None = None
    first_lines: Sequence[str] = ()
    nearest: Sequence[str] = ()


@dataclass
class Inspection:
    """What was found out about one file.

    `reader` is None where no format fits; `fault` says why nothing of it could be read. `ruled_out`
    maps each format that does not fit to what it looks for. `look` describes an unknown file.
    """

    file: RawFile
    reader: Reader | None = None
    recognition: Recognition | None = None
    others: Sequence[tuple[Reader, Recognition]] = ()
    result: ReadResult | None = None
    fault: DeliveryError | None = None
    ruled_out: dict[str, str] = field(default_factory=dict)
    look: Look | None = None

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain data: file, format, facts, tables with their row counts, notes, rejects."""
        result = self.result
        return {
            "file": self.file.name,
            "bytes": self.file.size,
            "sha256": self.file.sha256,
            "format": self.reader.name if self.reader else None,
            "kind": self.reader.kind if self.reader else None,
            "confidence": self.recognition.confidence if self.recognition else 0.0,
            "because": self.recognition.because if self.recognition else "no format fits",
            "other_candidates": {reader.name: found.because for reader, found in self.others},
            "ruled_out": self.ruled_out,
            "fault": str(self.fault) if self.fault else None,
            "facts": _flat(result.facts if result else self.look),
            "tables": {name: rows.height for name, rows in result.tables.items()} if result else {},
            "rejects": [reject.__dict__ for reject in result.rejects[:100]] if result else [],
            "reject_count": len(result.rejects) if result else 0,
            "notes": result.notes if result else [],
        }


def inspect(path: Path) -> Inspection:
    """Find out what a file is and read it whole; never raises for what a file holds."""
    file = RawFile(path)
    inspection = Inspection(file)
    try:
        found = candidates(file)
    except DeliveryError as fault:
        inspection.fault = fault
        return inspection
    fitting = {reader.name for reader, _ in found}
    inspection.ruled_out = {
        reader.name: f"{reader.title}: {getattr(reader, 'looks_for', 'its headings')} not found"
        for reader in READERS
        if reader.name not in fitting
    }
    if not found:
        inspection.look = _look(file)
        return inspection
    (inspection.reader, inspection.recognition), inspection.others = found[0], found[1:]
    try:
        inspection.result = read(inspection.reader, file)
    except DeliveryError as fault:
        inspection.fault = fault
        inspection.look = _look(file)
    return inspection


def _flat(found: Facts | Look | None) -> dict[str, Any]:
    """All fields as plain data, those of the layout among the others."""
    fields = asdict(found) if found else {}
    return {**fields.pop("layout", {}), **fields}


def _look(file: RawFile) -> Look:
    """What can be said of a file of no known format."""
    for magic, kind in OTHER_KINDS.items():
        if file.data.startswith(magic):
            return Look(kind)
    if file.is_workbook:
        sheets = dict(file.workbook.sheets())
        first = next((row for head in sheets.values() for row in head if sum(map(bool, row)) > 1), [])
        rows = max(sheets.values(), key=lambda head: len(nearest(head)), default=[])
        return Look("a workbook", Layout(columns=first), sheets=list(sheets), nearest=nearest(rows))
    head = file.data[:4096]
    if head.count(0) > len(head) / 5 and not file.encoding.startswith("utf-"):
        return Look("neither text nor workbook (many of its bytes are zero)")
    return _look_at_text(file)


def _look_at_text(file: RawFile) -> Look:
    lines = delimited.split_lines(file.head)
    delimiter, reason = delimited.sniff(lines[:200])
    records = list(islice(delimited.records(lines, delimiter), 200))
    widths = [len(record.fields) for record in records]
    header = next((record.fields for record in records if len(record.fields) == max(widths)), [])
    return Look(
        "a text",
        Layout(
            file.encoding,
            file.encoding_reason,
            delimiter if max(widths, default=0) > 1 else "",
            reason,
            columns=[delimited.shorten(name)[:80] for name in header],
        ),
        lines=len(delimited.split_lines(file.text)),
        first_lines=[delimited.shorten(line)[:160] for line in lines[:SHOWN_LINES]],
        nearest=nearest([record.fields for record in records]),
    )
