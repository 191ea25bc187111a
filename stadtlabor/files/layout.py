"""How the content of a file lies in it, as `inspect` and the page on quality say it."""

from collections.abc import Sequence
from dataclasses import dataclass

from stadtlabor.files.raw import RawFile


@dataclass(frozen=True)
class Layout:
    """Encoding, delimiter or sheet, header and records of a file; None is what it does not have.

    `columns` are the headings as written, `records` counts the faulty ones as well, `header_line` is 1-based.
    """

    encoding: str | None = None
    encoding_reason: str | None = None
    delimiter: str | None = None
    delimiter_reason: str | None = None
    sheet: str | None = None
    header_line: int = 1
    columns: Sequence[str] = ()
    records: int | None = None
    faulty_records: int | None = None

    @classmethod
    def without_table(cls, file: RawFile, records: int, columns: Sequence[str] = ()) -> "Layout":
        """Of a calendar or JSON, which has neither delimiter nor header."""
        return cls(file.encoding, file.encoding_reason, columns=columns, records=records)
