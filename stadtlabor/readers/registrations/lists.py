"""What the readers of registrations share: find the table, name its columns, plan, land, describe, scaffold."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import headings
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table, open_table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.events.model import RegistrationPlan
from stadtlabor.readers.events.scaffold import scaffold
from stadtlabor.readers.facts import RegistrationFacts
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.registrations.columns import PEOPLE
from stadtlabor.readers.registrations.land import land_registrations

TABLE = "registrations"


class RegistrationTable(ABC):
    """A ticket shop's export, or a list, as a text table or a sheet; each gives its headings and its plan."""

    name: str
    title: str
    looks_for: str
    kind = "events"
    headings: Mapping[str, Sequence[str]]

    @abstractmethod
    def is_header(self, columns: list[str]) -> bool:
        """Whether a line's cells are the tool's headings."""

    @abstractmethod
    def confidence(self, found: Mapping[str, int]) -> float:
        """How sure the headings found make us."""

    @abstractmethod
    def plan(self, frame: pl.DataFrame) -> RegistrationPlan:
        """The registrations, from columns under their names."""

    def recognise(self, file: RawFile) -> Recognition | None:
        """By its headings, on the first lines only."""
        table = open_table(file, TABLE, self.is_header, head_only=True)
        if table is None:
            return None
        found = headings.find(table.columns, self.headings)
        # Which columns there are is said, not whose names stand in them.
        return Recognition(self.confidence(found), f"columns for {', '.join(found)}")

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """Read the whole file; DeliveryError where it is no such list or holds no registration."""
        table = self._open(file, manifest)
        frame = table.whole("registration", "Ask for the export again; leave the file out where nobody registered.")
        # A name of source.yml that stands in another file of the delivery says nothing of this one.
        found = headings.find_named(table.columns, self.headings, self._named(manifest))
        plan = self.plan(_tidy(frame, found))
        plan.dropped, plan.passed = _rest(table.columns, found)
        plan.rejects, plan.notes = table.rejects, [*table.notes(), *plan.notes]
        plan.layout, plan.headings = table.layout(), {name: table.columns[index] for name, index in found.items()}
        return land_registrations(plan, manifest, file.name)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The `events:` part of a ready-to-edit source.yml."""
        return scaffold(result)

    def describe(self, result: ReadResult) -> list[str]:
        """The registrations in a few sentences, for `inspect`."""
        return _lines(result)

    def _named(self, manifest: Manifest | None) -> dict[str, str]:
        part = manifest.events if manifest else None
        return part.registration_columns.model_dump(exclude_none=True) if part else {}

    def _open(self, file: RawFile, manifest: Manifest | None) -> Table:
        named = self._named(manifest)

        def has_named(columns: list[str]) -> bool:
            return headings.has_all(columns, named.values())

        table = open_table(file, TABLE, has_named) if named else None
        table = table or open_table(file, TABLE, self.is_header)
        if table is None:
            raise DeliveryError(
                f"no line has the headings of {self.title}", file.name, 1,
                remedy=f"Looked for {self.looks_for}; 'events: registration_columns:' in source.yml names others.",
                rule="no_header",
            )  # fmt: skip
        return table


def text(frame: pl.DataFrame, *names: str) -> pl.Expr:
    """The first of some columns that says something."""
    given = [pl.col(name) for name in names if name in frame.columns]
    return pl.coalesce(given) if given else pl.lit(None, pl.String)


def joined(frame: pl.DataFrame, *names: str) -> pl.Expr:
    """Two columns as one text (a day and a time, a first and a last name); null where the first is empty."""
    given = [pl.col(name) for name in names if name in frame.columns]
    if not given:
        return pl.lit(None, pl.String)
    return pl.when(given[0].is_not_null()).then(pl.concat_str(given, separator=" ", ignore_nulls=True))


def _tidy(frame: pl.DataFrame, found: Mapping[str, int]) -> pl.DataFrame:
    cells = pl.all().exclude("line")
    renamed = frame.select("line", *(pl.col(f"c{index}").alias(name) for name, index in found.items()))
    return renamed.with_columns(cells.str.replace_all(r"[\s\u00a0]+", " ").str.strip_chars().replace("", None))


def _rest(columns: Sequence[str], found: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """Headings of personal columns, dropped, and of others, passed over; questions may ask for anything."""
    known = [columns[index] for name, index in found.items() if name in PEOPLE]
    dropped, passed = headings.unasked(columns, found, headings.PERSONAL)
    return [*known, *dropped], passed


def _lines(result: ReadResult) -> list[str]:
    facts = result.facts_as(RegistrationFacts)
    states = ", ".join(f"{count:,} {state}" for state, count in facts.states.items())
    said = [f"Registrations: {facts.rows:,} ({states or 'none'}), by {facts.people:,} people"]
    came = facts.checked_in
    said.append("Checked in: nobody kept it" if came is None else f"Checked in: {came:,}")
    told = ", ".join(f"{title} ({start})" for title, start in list(facts.told.items())[:8])
    said.append(f"Events the list tells: {told or 'none; link it under events: registrations: in source.yml'}")
    if facts.products:
        said.append(f"Products: {', '.join(f'{name} ({count})' for name, count in list(facts.products.items())[:8])}")
    return said
