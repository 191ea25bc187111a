"""What a build is made from, as hashes; the same fingerprint means the same result."""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISDIR

from stadtlabor.base import places

# Everything that can change what a delivery becomes, and what a release says.
CODE_SUFFIXES = {".py", ".sql", ".yml", ".yaml", ".csv", ".json", ".md"}
# What a delivery's landing rows depend on.
READING_ROOMS = (
    "stadtlabor/base",
    "stadtlabor/values",
    "stadtlabor/files",
    "stadtlabor/dictionary",
    "stadtlabor/manifest",
    "stadtlabor/readers",
    "expectations",
    "stadtlabor/intake",
)
# Models and macros whose SQL the gate judges by as well.
JUDGING_MODELS = ("dbt/macros/survey/coding.sql", "dbt/models/core/survey/core__survey_codes.sql")
JUDGING_MACROS = ("dbt/macros/periods.sql", "dbt/macros/negatives.sql")
# What a release depends on beside them; inspection, peers and samples stand above it.
RELEASE_ROOMS = (
    "stadtlabor/indicators",
    "stadtlabor/landing",
    "stadtlabor/disclosure",
    "stadtlabor/statistics",
    "stadtlabor/build",
    "dbt",
)
# What a file may weigh; a larger one is no export of the offices and tools we know.
MAX_FILE_BYTES = 2_000_000_000
# What dbt itself writes into its folder.
NOT_CODE = {"__pycache__", "target", "logs", "dbt_packages"}


class FileHashes:
    """SHA-256 of files, remembered by size and time of change, so a large file is hashed once."""

    def __init__(self, remembered: Path):
        self._path = remembered
        try:
            self._known: dict[str, list[object]] = json.loads(remembered.read_text("utf-8"))
        except (OSError, ValueError):
            self._known = {}
        self._seen: dict[str, list[object]] = {}

    def of(self, path: Path) -> str:
        """The hexadecimal SHA-256 of a file's bytes."""
        stat = path.stat()
        stamp = [stat.st_size, stat.st_mtime_ns, stat.st_ino]
        known = self._known.get(str(path))
        if known is None or known[:3] != stamp:
            with path.open("rb") as stream:
                known = [*stamp, hashlib.file_digest(stream, "sha256").hexdigest()]
        self._seen[str(path)] = known
        return str(known[3])

    def save(self) -> None:
        """Keep what was asked for this time; forget the rest."""
        if self._seen != self._known:
            write_atomically(self._path, json.dumps(self._seen))


def combine(parts: Iterable[str]) -> str:
    """One SHA-256 over several texts; their boundaries count."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part)}:".encode() + part.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def code(rooms: Iterable[str]) -> str:
    """The hash of all code in some of the project's rooms or files, and of the pinned packages."""
    files = _code_files(rooms)
    return combine(f"{places.shown(path)}\n{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files)


def touched(folder: Path, rooms: Iterable[str]) -> str:
    """What changes when anything in a folder, or in the code of some rooms, is written, moved or taken away.

    No file is opened: size, times of change and the file system's number of each say it.
    """
    # What lies in the folder may be a link to where it really lies; below that nothing is read through a link.
    roots = [folder, *(path for path in folder.glob("*") if path.is_symlink())]
    inside = [Path(at, name) for root in roots for at, inner, names in os.walk(root) for name in (*inner, *names)]
    return combine(f"{path} {_stamp(path)}" for path in (*sorted(inside), *_code_files(rooms)))


def _code_files(rooms: Iterable[str]) -> list[Path]:
    named = [places.PROJECT / room for room in rooms]
    files = [places.PROJECT / "requirements.lock", *(path for path in named if path.is_file())]
    for room in named:
        for folder, inner, names in os.walk(room):
            inner[:] = sorted(set(inner) - NOT_CODE)
            files += [Path(folder, name) for name in sorted(names) if Path(name).suffix in CODE_SUFFIXES]
    return files


def _stamp(path: Path) -> str:
    try:
        stat = path.stat()
    except OSError:
        return "is not there"
    if S_ISDIR(stat.st_mode):
        return "folder"
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"


def write_atomically(path: Path, text: str) -> None:
    """Write a small text so that a reader sees the old or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    with draft.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
