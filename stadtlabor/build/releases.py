"""The releases: folders under `warehouse/releases/`, and the pointer to the current one.

A release is never written to once it stands there. The pointer is a text file of one line, replaced
atomically, so that whoever reads it finds the old or the new release, whole.

The folder of a release goes to public machines: it holds the database and its passport and nothing else. What a
build says of single records (quality report, refusals) lies under `warehouse/private/`, by the release's id, and the
team's edition under `warehouse/team/`: other folders, which nobody but their owner may open.
"""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from stadtlabor.base.errors import BuildError
from stadtlabor.base.fingerprint import write_atomically

RELEASE_FILE = "release.duckdb"
PASSPORT = "release.json"
# The team's edition: the folder of a draft, and of the warehouse, and the file's name.
TEAM = "team"
TEAM_FILE = "release-intern.duckdb"
# The folder of a draft, and of the warehouse, that never leaves the machine.
PRIVATE = "private"
REPORT = "quality.html"
# What the next build takes over for the team's edition: of the newest build alone.
BETWEEN = "between.duckdb"
REFUSALS = "refused.txt"
KEPT = 5


@dataclass(frozen=True)
class Release:
    """One published release; `built_at` is ISO 8601 in UTC."""

    release_id: str
    folder: Path
    built_at: str
    inputs_hash: str

    @property
    def private(self) -> Path:
        """The folder of what this release's build says of single records."""
        return self.folder.parent.parent / PRIVATE / self.release_id


def listed(warehouse: Path) -> list[Release]:
    """The kept releases, newest first."""
    found = []
    for passport in (warehouse / "releases").glob(f"*/{PASSPORT}"):
        record = json.loads(passport.read_text("utf-8"))
        if (passport.parent / RELEASE_FILE).is_file():
            found.append(Release(passport.parent.name, passport.parent, record["built_at"], record["inputs_hash"]))
    return sorted(found, key=lambda release: (release.built_at, release.release_id), reverse=True)


def current(warehouse: Path) -> Release | None:
    """The release the pointer names, if it stands."""
    try:
        release_id = (warehouse / "current").read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    return next((release for release in listed(warehouse) if release.release_id == release_id), None)


def switch(warehouse: Path, release_id: str) -> Release:
    """Let the pointer name another kept release; BuildError lists them when there is none such."""
    kept = listed(warehouse)
    for release in kept:
        if release.release_id == release_id:
            write_atomically(warehouse / "current", release_id + "\n")
            return release
    names = ", ".join(release.release_id for release in kept) or "none"
    raise BuildError(f"There is no release {release_id!r}. Kept releases: {names}.")


def publish(warehouse: Path, draft: Path, release_id: str, built_at: str, inputs_hash: str) -> Release:
    """Move a finished draft folder among the releases, its private part aside, and point to it.

    Raises BuildError where the draft's database was not closed cleanly (it would come up empty), and where
    anything lies beside it that is not meant to be published.
    """
    if left := [path.name for path in draft.iterdir() if path.suffix == ".wal"]:
        raise BuildError(f"The release was not closed cleanly ({left[0]} is left). Build again.")
    if strange := _strange(draft, PRIVATE, TEAM):
        raise BuildError(f"The release's folder holds {strange[0].name}, which is not to be published.")
    for aside in (PRIVATE, TEAM):
        (warehouse / aside).mkdir(mode=0o700, parents=True, exist_ok=True)
        (warehouse / aside).chmod(0o700)
        if (draft / aside).exists():
            (draft / aside).replace(warehouse / aside / release_id)
    passport = {"release_id": release_id, "built_at": built_at, "inputs_hash": inputs_hash}
    write_atomically(draft / PASSPORT, json.dumps(passport, indent=2) + "\n")
    _to_disk(draft / RELEASE_FILE)
    target = warehouse / "releases" / release_id
    target.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(target)
    return switch(warehouse, release_id)


def prune(warehouse: Path, kept: int = KEPT) -> None:
    """Drop all but the newest releases and what is private of the others; the current one stays in any case."""
    serving = current(warehouse)
    for release in listed(warehouse)[kept:]:
        if serving is None or release.release_id != serving.release_id:
            # The pointer may not name it, but a page could still be reading it: on Windows that
            # holds the file, and the next build tries again.
            shutil.rmtree(release.folder, ignore_errors=True)
    left = {release.release_id: release for release in listed(warehouse)}
    for release in left.values():
        # Earlier builds left their quality report beside the database.
        for path in _strange(release.folder):
            path.unlink()
    newest = max(left, default="")
    for path in (warehouse / PRIVATE).glob(f"*/{BETWEEN}"):
        if path.parent.name != newest:
            path.unlink()
    for path in (found for aside in (PRIVATE, TEAM) for found in (warehouse / aside).glob("*/")):
        if path.name not in left:
            shutil.rmtree(path, ignore_errors=True)


def _strange(folder: Path, *others: str) -> list[Path]:
    """What is neither the database nor its passport."""
    return sorted(path for path in folder.iterdir() if path.name not in (RELEASE_FILE, PASSPORT, *others))


def _to_disk(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
