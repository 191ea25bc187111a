"""What a file is: format and why, encoding, columns, period, measures; for people, as data, as `source.yml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import delimited
from stadtlabor.files.raw import RawFile
from stadtlabor.readers.protocol import Reader, ReadResult, Recognition
from stadtlabor.readers.registry import READERS, candidates

# What the first bytes of files say that are neither table nor text.
OTHER_KINDS: Mapping[bytes, str] = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "an SQLite database",
    b"\x1f\x8b": "an archive (gzip); unpack it first",
}
SHOWN_MEASURES = 40
SHOWN_LINES = 5


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
    look: dict[str, object] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """The finding in plain sentences, line by line."""
        from stadtlabor.inspect.inspection_text import lines_of

        return lines_of(self)

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
            "facts": {**self.look, **(result.facts if result else {})},
            "tables": {name: rows.height for name, rows in result.tables.items()} if result else {},
            "rejects": [reject.__dict__ for reject in result.rejects[:100]] if result else [],
            "reject_count": len(result.rejects) if result else 0,
            "notes": result.notes if result else [],
        }

    def source_yml(self) -> str:
        """A `source.yml` to edit: valid as it stands, with comments where somebody has to look."""
        from stadtlabor.inspect.source_yml import source_yml

        return source_yml(self)


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
        inspection.result = inspection.reader.read(file)
    except DeliveryError as fault:
        inspection.fault = fault
        inspection.look = _look(file)
    return inspection


def _look(file: RawFile) -> dict[str, object]:
    """What can be said of a file of no known format."""
    for magic, kind in OTHER_KINDS.items():
        if file.data.startswith(magic):
            return {"kind_of_file": kind}
    if file.is_workbook:
        sheets = dict(file.workbook.sheets())
        first = next((row for head in sheets.values() for row in head if sum(map(bool, row)) > 1), [])
        return {"kind_of_file": "a workbook", "sheets": list(sheets), "columns": first}
    head = file.data[:4096]
    if head.count(0) > len(head) / 5 and not file.encoding.startswith("utf-"):
        return {"kind_of_file": "neither text nor workbook (many of its bytes are zero)"}
    return {"kind_of_file": "a text", **_look_at_text(file)}


def _look_at_text(file: RawFile) -> dict[str, object]:
    lines = delimited.split_lines(file.head)
    delimiter, reason = delimited.sniff(lines[:200])
    records = list(islice(delimited.records(lines, delimiter), 200))
    widths = [len(record.fields) for record in records]
    header = next((record.fields for record in records if len(record.fields) == max(widths)), [])
    return {
        "encoding": file.encoding,
        "encoding_reason": file.encoding_reason,
        "delimiter": delimiter if max(widths, default=0) > 1 else "",
        "delimiter_reason": reason,
        "lines": len(delimited.split_lines(file.text)),
        "columns": [delimited.shorten(name)[:80] for name in header],
        "first_lines": [delimited.shorten(line)[:160] for line in lines[:SHOWN_LINES]],
    }
