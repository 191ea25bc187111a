"""What every reader offers, and what it hands over.

A reader recognises its format by content, never by file name alone, and reads the whole file:
every record becomes a landing row or a reject with its line, column and reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

import polars as pl

from stadtlabor.base.rejects import Reject
from stadtlabor.readers.facts import Facts

if TYPE_CHECKING:
    from stadtlabor.files.raw import RawFile
    from stadtlabor.manifest.source import Manifest


KindOfFacts = TypeVar("KindOfFacts", bound=Facts)


@dataclass(frozen=True)
class Recognition:
    """How sure a reader is that a file is its format (0–1), and what it goes by."""

    confidence: float
    because: str


@dataclass
class ReadResult:
    """What a reader made of one file.

    `tables` maps a landing table's name to its rows: `line` (text, 1-based physical line on which
    the record begins) and the table's own columns of `stadtlabor.readers.landing_tables.TABLES`, all text (strings, or
    categories where a word stands in many rows). Origin
    columns other than `line` are added by the caller. `notes` are sentences in English on what was
    passed over (title lines, footers, empty columns), by name. `facts` are those of the reader's kind.
    """

    tables: dict[str, pl.DataFrame]
    rejects: list[Reject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)

    def facts_as(self, kind: type[KindOfFacts]) -> KindOfFacts:
        """The facts as those of one kind, for whoever knows which reader made them."""
        assert isinstance(self.facts, kind)
        return self.facts


class Reader(Protocol):
    """What each module of this package offers as `READER`."""

    name: str
    kind: str
    title: str

    def recognise(self, file: "RawFile") -> Recognition | None:
        """Say whether the file looks like this format; cheap, on the first lines only."""
        ...

    def read(self, file: "RawFile", manifest: "Manifest | None" = None) -> ReadResult:
        """Read the whole file; raises DeliveryError where nothing of it can be read."""
        ...

    def scaffold(self, file: "RawFile", result: ReadResult) -> Mapping[str, object]:
        """The kind-specific part of a ready-to-edit `source.yml`."""
        ...
