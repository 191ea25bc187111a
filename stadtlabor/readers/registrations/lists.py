"""What the readers of registrations share, above what all tables do."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence

import polars as pl

from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.events.model import RegistrationPlan
from stadtlabor.readers.events.scaffold import scaffold
from stadtlabor.readers.facts import RegistrationFacts
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.registrations.columns import PEOPLE
from stadtlabor.readers.registrations.land import land_registrations
from stadtlabor.readers.table_export import Named, TableExport
from stadtlabor.values.text_columns import tidied
from stadtlabor.values.times import Clock


class RegistrationTable(TableExport[RegistrationPlan]):
    """A ticket shop's export, or a list of people; each gives its headings and its registrations."""

    kind = "events"
    table = "registrations"
    record = "registration"
    where = "events: registration_columns"
    personal = frozenset(PEOPLE)
    empty = "Ask for the export again; leave the file out where nobody registered."

    @abstractmethod
    def confidence(self, found: Mapping[str, int]) -> float:
        """How sure the headings found make us."""

    @abstractmethod
    def registrations(self, frame: pl.DataFrame) -> pl.DataFrame:
        """One registration per row (REGISTRATION_DRAFT), from columns under their names."""

    def recognition(self, columns: Sequence[str], found: Mapping[str, int]) -> Recognition:
        """Which columns there are is said, not whose names stand in them."""
        return Recognition(self.confidence(found), f"columns for {', '.join(found)}")

    def plan(self, table: Named, manifest: Manifest | None) -> RegistrationPlan:
        """The registrations, times in local time."""
        frame = self.registrations(tidied(table.renamed(), list(table.found)))
        return RegistrationPlan(frame, Clock(rule="local"), tool=self.name, keeps_check_in=table.has("checked_in"))

    def named(self, manifest: Manifest | None) -> dict[str, str]:
        """Those under `events: registration_columns:`."""
        part = manifest.events if manifest else None
        return part.registration_columns.model_dump(exclude_none=True) if part else {}

    def land(self, plan: RegistrationPlan, manifest: Manifest | None, file: str) -> ReadResult:
        """The registrations on their way to the landing table."""
        return land_registrations(plan, manifest, file)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The `events:` part of a ready-to-edit source.yml."""
        return scaffold(result)

    def describe(self, result: ReadResult) -> list[str]:
        """The registrations in a few sentences, for `inspect`."""
        return _lines(result)


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


def _lines(result: ReadResult) -> list[str]:
    facts = result.facts_as(RegistrationFacts)
    states = ", ".join(f"{count:,} {state}" for state, count in facts.states.items())
    lines = [f"Registrations: {facts.rows:,} ({states or 'none'}), by {facts.people:,} people"]
    came = facts.checked_in
    lines.append("Checked in: nobody kept it" if came is None else f"Checked in: {came:,}")
    events = ", ".join(f"{title} ({start})" for title, start in list(facts.told.items())[:8])
    lines.append(f"Events the list tells: {events or 'none; link it under events: registrations: in source.yml'}")
    if facts.products:
        lines.append(f"Products: {', '.join(f'{name} ({count})' for name, count in list(facts.products.items())[:8])}")
    return lines
