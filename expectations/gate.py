"""The gate: may this delivery come in?

The landing tables of deliveries of a kind are checked together against its suite, and what is found is taken apart by
delivery. A row that fails goes to
quarantine with its reasons, a delivery that fails as a whole is refused. Nothing disappears: delivered =
accepted + quarantined. Importing this module imports neither Great Expectations nor pandas; a build with
nothing new needs neither.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from expectations import quarantine
from expectations.hearing import CheckResult, GateContext, GateResult, Hearing, all_of
from expectations.suites import Suite, context_values, load

__all__ = ["CheckResult", "GateContext", "GateResult", "run", "run_all", "withdrawn"]


def run(kind: str, tables: Mapping[str, pl.DataFrame], context: GateContext) -> GateResult:
    """Check one delivery; see `run_all`."""
    return run_all(kind, [(tables, context)])[0]


def run_all(kind: str, deliveries: Sequence[tuple[Mapping[str, pl.DataFrame], GateContext]]) -> list[GateResult]:
    """Check the landing tables of deliveries of one network against the suite of their kind, all together.

    Tables map names of landing tables to all rows of a delivery (all text, columns of `landing.columns`).
    Raises BuildError where the suite or a frame is at fault; a bad delivery is a result, never an error.
    """
    suite = load(kind)
    hearings = [Hearing(suite, tables, context) for tables, context in deliveries]
    # In the suite's order: what became of responses is known before their answers are looked at.
    for table in suite.tables:
        if heard := [one for one in hearings if table in one.to_examine]:
            _examine(suite, table, heard)
    return [one.result() for one in hearings]


def _examine(suite: Suite, table: str, hearings: Sequence[Hearing]) -> None:
    """Run one table's expectations on the rows of several deliveries and their helper columns."""
    from expectations import engine

    context = hearings[0].context
    values = context_values(context.town_keys, context.today, context.town_ids)
    looked_at = [one.looked_at(table) for one in hearings]
    pairs = zip(hearings, looked_at, strict=True)
    parts = [engine.Part(frame, one.applying(table, frame.height > 0)) for one, frame in pairs]
    found = engine.examine(suite, table, parts, values)
    for one, frame, results in zip(hearings, looked_at, found, strict=True):
        one.note(table, frame, results)


def withdrawn(kind: str, accepted: Mapping[str, pl.DataFrame]) -> pl.LazyFrame:
    """Rows that were let in, as records of quarantine: their delivery is refused after all."""
    rows = [all_of(load(kind), table, frame, None) for table, frame in accepted.items()]
    held = pl.concat([pl.DataFrame(schema=quarantine.HELD), *rows])
    return quarantine.records(held, accepted, quarantine.rejects([]))
