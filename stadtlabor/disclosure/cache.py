"""Outcomes of disclosure control, cached by content: a survey that has not changed is not protected again.

An outcome is a Parquet file `warehouse/protection/<key>-<sha256 of the file>.parquet`. Its name vouches for
its bytes: a file that was damaged is not used. As private as the warehouse, since it says why a cell is hidden.
"""

import hashlib
import io
import os
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from stadtlabor.base.fingerprint import combine

# Where a build caches them; `transform` sets it for the models it runs.
FOLDER_VARIABLE = "STADTLABOR_DBT_PROTECTION"


class ProtectionCache:
    """The outcomes of earlier builds in one folder; made for one build, which asks for each survey once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def find(self, key: str) -> pl.DataFrame | None:
        """The outcome cached under this key, if there is one whose bytes are as written."""
        for path in sorted(self._folder.glob(f"{key}-*.parquet")):
            data = path.read_bytes()
            if path.name == _name(key, data):
                self._used.add(path.name)
                return pl.read_parquet(io.BytesIO(data))
        return None

    def store(self, key: str, outcome: pl.DataFrame) -> None:
        """Write an outcome; a reader sees all of it or nothing."""
        buffer = io.BytesIO()
        outcome.write_parquet(buffer)
        name = _name(key, buffer.getvalue())
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f"{name}.{os.getpid()}.draft"
        draft.write_bytes(buffer.getvalue())
        draft.replace(self._folder / name)
        self._used.add(name)

    def prune(self) -> None:
        """Drop everything that was neither found nor stored since this object was made."""
        for path in self._folder.glob("*"):
            if path.is_file() and path.name not in self._used:
                path.unlink()


def of_build(subject: str = "") -> ProtectionCache | None:
    """The outcomes of the build that is running this model, of a subject by itself; None where it caches none."""
    folder = os.environ.get(FOLDER_VARIABLE)
    return ProtectionCache(Path(folder, subject)) if folder else None


def key_of(parts: Iterable[str | pl.DataFrame]) -> str:
    """One key for texts and frames; of a frame columns, types and every value count, in the order given."""
    texts = (part if isinstance(part, str) else f"{part.schema}\n{part.write_ndjson()}" for part in parts)
    return combine(texts)[:32]


def _name(key: str, data: bytes) -> str:
    return f"{key}-{hashlib.sha256(data).hexdigest()}.parquet"
