"""One delivered file as received: its bytes, hash, encoding and text, read within bounds."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import polars as pl

from stadtlabor.base.bidi import without_controls
from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.fingerprint import MAX_FILE_BYTES
from stadtlabor.files import encoding
from stadtlabor.files.workbooks import old_workbook, workbook_bounds
from stadtlabor.files.workbooks.workbook import Workbook
from stadtlabor.files.workbooks.workbook_formats import Formats

# A workbook is an archive: this bounds what it may unpack to, against archive bombs.
MAX_UNPACKED_BYTES = 2_000_000_000
MAX_UNPACK_RATIO = 300

# Recognising must be cheap: a reader looks at this many bytes of text.
HEAD_BYTES = 200_000


ZIP_MAGIC = b"PK\x03\x04"
PARQUET_MAGIC = b"PAR1"
T = TypeVar("T")
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class RawFile:
    """A file of a delivery.

    `name` is what the manifest calls it and what errors and landing rows show, `sheets` are those of a workbook that
    it asks for. Bytes, hash and text
    are read once, on demand. Raises DeliveryError where the file is missing, empty or too large.
    """

    def __init__(self, path: Path, name: str | None = None, sheets: Sequence[str] = ()) -> None:
        self.path = path
        self.name = name or path.name
        self.sheets = sheets
        # How many controls of the direction of writing the text held, once it was asked for.
        self.controls_dropped = 0

    @cached_property
    def size(self) -> int:
        """Bytes on disk."""
        if not self.path.is_file():
            raise DeliveryError(
                "there is no such file", self.name, remedy="Check the name in source.yml.", rule="file_missing"
            )
        size = self.path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise DeliveryError(
                f"the file has {size:,} bytes; at most {MAX_FILE_BYTES:,} are read",
                self.name,
                remedy="Ask for the export in parts.",
                rule="too_large",
            )
        return size

    @cached_property
    def data(self) -> bytes:
        """The bytes as received."""
        if self.size == 0:
            raise self._empty("the file is empty (0 bytes)")
        return self.path.read_bytes()

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes as received, in hexadecimal; an empty file has one too."""
        if self.size == 0:
            return hashlib.sha256(b"").hexdigest()
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def is_workbook(self) -> bool:
        """Whether the file is an Excel or OpenDocument workbook (by its first bytes)."""
        return self.data.startswith((ZIP_MAGIC, OLE_MAGIC))

    @cached_property
    def _encoding(self) -> encoding.Encoding:
        return encoding.decide(self.data)

    @property
    def encoding(self) -> str:
        """The encoding the text is read in."""
        return "workbook" if self.is_workbook else self._encoding.name

    @property
    def encoding_reason(self) -> str:
        """Why it is read so."""
        return "a workbook holds its text as Unicode" if self.is_workbook else self._encoding.reason

    @property
    def is_damaged(self) -> bool:
        """Whether some bytes do not fit the encoding; the records that hold them are rejected."""
        return self._encoding.errors != "strict"

    @cached_property
    def text(self) -> str:
        """The whole text without its byte order mark; bytes that do not fit are lone surrogates."""
        if self.is_workbook:
            raise DeliveryError(
                "the file is a workbook, not a text", self.name, remedy="Deliver it as .xlsx.", rule="damaged"
            )
        text = self.data.decode(self._encoding.name, self._encoding.errors).removeprefix("\ufeff")
        if not text.strip("\0 \t\r\n"):
            raise self._empty("the file holds nothing but blank lines")
        text, self.controls_dropped = without_controls(text)
        return text

    @cached_property
    def head(self) -> str:
        """The text's beginning, up to the last whole line of its first 200,000 bytes; '' for workbooks."""
        if self.is_workbook:
            return ""
        if len(self.data) <= HEAD_BYTES:
            return self.text
        text = self.text[:HEAD_BYTES]
        end = max(text.rfind("\n"), text.rfind("\r"))
        return text[: end + 1] if end > 0 else text

    @cached_property
    def workbook(self) -> Workbook:
        """The sheets of a workbook, opened once; DeliveryError where it cannot be opened."""
        return Workbook(self.path, self.name, self._checked_archive(), self.sheets)

    @property
    def is_parquet(self) -> bool:
        """Whether the file is Parquet (by its first bytes)."""
        return self.data.startswith(PARQUET_MAGIC)

    @property
    def parquet_schema(self) -> Mapping[str, pl.DataType]:
        """The columns of a Parquet file; DeliveryError where it is damaged."""
        return self._of_parquet(pl.read_parquet_schema)

    def parquet(self) -> pl.DataFrame:
        """The rows of a Parquet file; DeliveryError where it is damaged."""
        return self._of_parquet(pl.read_parquet)

    def _of_parquet(self, read: Callable[[io.BytesIO], T]) -> T:
        try:
            return read(io.BytesIO(self.data))
        # Over some damage the library panics, which is no error of its own kind.
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
            raise DeliveryError(
                "the file is no Parquet or damaged", self.name, remedy="Download or draw it again.", rule="damaged"
            ) from None

    def _checked_archive(self) -> Formats:
        """How cells are shown; a workbook that would unpack to more than it may, or take too much room, is refused."""
        if not self.data.startswith(ZIP_MAGIC):
            return old_workbook.check(self.path, self.name)
        try:
            with zipfile.ZipFile(self.path) as archive:
                unpacked = sum(member.file_size for member in archive.infolist())
        except (zipfile.BadZipFile, NotImplementedError):
            raise DeliveryError(
                "the workbook is damaged", self.name, remedy="Download or save it again.", rule="damaged"
            ) from None
        if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_UNPACK_RATIO * max(self.size, 100_000):
            raise DeliveryError(
                f"the workbook would unpack to {unpacked:,} bytes",
                self.name,
                remedy="That is no ordinary workbook; ask the producer for a CSV file.",
                rule="too_large",
            )
        return workbook_bounds.check(self.path, self.name)

    def _empty(self, what: str) -> DeliveryError:
        return DeliveryError(what, self.name, remedy="Download it again, or ask the producer.", rule="no_record")
