"""What is particular to each kind of delivery: what it may say, how its files come together, what they must hold."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.places import shown
from stadtlabor.manifest import vocabulary
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.events import joining, statements
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.statistics import mapping

# What was read so far: landing table → a frame per file.
Tables = Mapping[str, list[pl.DataFrame]]


class FileRead(NamedTuple):
    """A file of a delivery, the format it was read as, and what its reader made of it."""

    name: str
    format: str
    result: ReadResult


class Kind:
    """A kind of delivery whose files stand each for itself; `path` is the manifest's, for what is wrong in it.

    `is_public`: an office publishes its files, so that a release may call them by the names they have there.
    """

    is_public = False

    def rejection_reason(self, manifest: Manifest, path: Path) -> DeliveryError | None:
        """Why its files need not be read: the manifest's words mean nothing."""
        return None

    def joined(self, files: Iterable[FileRead], manifest: Manifest, path: Path) -> Iterable[FileRead]:
        """The files as they land; one after the other, since together they may not fit into memory."""
        return files

    def check(self, tables: Tables, manifest: Manifest, path: Path) -> None:
        """Raise DeliveryError where all files together do not hold what the manifest says."""


class Published(Kind):
    """Calendars of an office."""

    is_public = True


class Statistics(Published):
    """Official figures."""

    def check(self, tables: Tables, manifest: Manifest, path: Path) -> None:
        """A mapped figure may stand in any of the files, so that it is missed only when all are read."""
        mapping.refuse_unmatched(tables.get("figures", []), manifest, shown(path))


class Survey(Kind):
    """Surveys, whose manifest maps questions to concepts."""

    def rejection_reason(self, manifest: Manifest, path: Path) -> DeliveryError | None:
        """A concept, item or answer that the dictionary does not know."""
        return vocabulary.unknown_word(manifest, path)

    def check(self, tables: Tables, manifest: Manifest, path: Path) -> None:
        """A mapped question or answer that none of the files has."""
        asked, given = (pl.concat(tables[name]) for name in ("questions", "answers"))
        if fault := vocabulary.unknown_question(manifest, path, asked, given):
            raise fault


class Events(Kind):
    """Events, of which one may stand in several files, and its registrations in another than its own."""

    def rejection_reason(self, manifest: Manifest, path: Path) -> DeliveryError | None:
        """A theme, target group or organiser that the dictionary does not know."""
        return statements.unknown_word(manifest, path)

    def joined(self, files: Iterable[FileRead], manifest: Manifest, path: Path) -> Iterable[FileRead]:
        """All files at once, put together, and the events that the manifest alone tells."""
        read = list(files)
        formats = {file.name: file.format for file in read}
        for name, result in joining.join([(file.name, file.result) for file in read], manifest, path):
            yield FileRead(name, formats.get(name, path.name), result)


KINDS: Mapping[str, Kind] = {
    "statistics": Statistics(),
    "calendar": Published(),
    "survey": Survey(),
    "bookings": Kind(),
    "events": Events(),
    "journal": Kind(),
}
