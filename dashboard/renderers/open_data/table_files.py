"""The tables of a release as files: Parquet as they are, CSV in UTF-8 with commas, decimal points and ISO dates."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import polars.selectors as cs

from dashboard.parts import downloads
from dashboard.renderers.open_data.resource import Resource

MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
ISO = "%Y-%m-%dT%H:%M:%S"


@dataclass(frozen=True)
class TableFile:
    """A written file: its path within the folder, its size in bytes and its SHA-256."""

    path: str
    bytes: int
    sha256: str

    @property
    def format(self) -> str:
        """ "csv" or "parquet"."""
        return self.path.rpartition(".")[2]

    @property
    def media_type(self) -> str:
        """Its media type in IANA's register."""
        return MEDIA_TYPES[self.format]


def write(resource: Resource, folder: Path) -> dict[str, TableFile]:
    """Write a table in each format; returns the files by their format."""
    paths = {name: folder / name / f"{resource.name}.{name}" for name in MEDIA_TYPES}
    for path in paths.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    plain(resource.frame).write_csv(paths["csv"])
    resource.frame.write_parquet(paths["parquet"])
    return {name: _file(path, folder) for name, path in paths.items()}


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """A table as it goes into CSV: moments as ISO text, and no text that a spreadsheet would take for a formula.

    Signs stay as they are: they are a closed set.
    """
    zoned = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Datetime) and kind.time_zone]
    moments = [pl.col(name).dt.strftime(ISO + ("%:z" if name in zoned else "")) for name in _moments(frame)]
    signs = frame.select(cs.matches(r"^(.+_)?sign$"))
    return downloads.harmless(frame.with_columns(moments)).with_columns(signs)


def _moments(frame: pl.DataFrame) -> list[str]:
    return frame.select(cs.datetime()).columns


def _file(path: Path, folder: Path) -> TableFile:
    with path.open("rb") as opened:
        fingerprint = hashlib.file_digest(opened, "sha256").hexdigest()
    return TableFile(path.relative_to(folder).as_posix(), path.stat().st_size, fingerprint)
