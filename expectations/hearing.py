"""One delivery before the gate: what is asked of it, what was found, and what is decided."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from expectations import quarantine, refusal
from expectations.batch import Found
from expectations.derived import derive, survey_columns
from expectations.quarantine import Fault
from expectations.schema import Expectation, Rule
from expectations.suites import Suite
from stadtlabor.base.errors import BuildError
from stadtlabor.base.rejects import Reject
from stadtlabor.manifest.survey_section import Survey
from stadtlabor.readers import landing_tables
from stadtlabor.values.stated import Period


@dataclass(frozen=True)
class GateContext:
    """What the gate must know of a delivery beside its rows.

    `town_keys` are the AGS of towns.csv, `format` the formats of the delivery's files (comma list),
    `rejects` the records that the readers could not make rows of, each with its file, `survey` the
    manifest's part on a survey, by which its answers are judged, `town_ids` the ids of towns.csv.
    """

    delivery_id: str
    town_keys: set[str]
    format: str
    period: Period | None
    today: dt.date
    rejects: Sequence[tuple[str, Reject]] = ()
    survey: Survey | None = None
    town_ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CheckResult:
    """One line of the quality page.

    `outcome` is passed, failed or skipped; `table_name` is empty for a check of the whole delivery.
    """

    check_id: str
    table_name: str
    description_de: str
    description_en: str
    severity: str
    outcome: str
    failing_rows: int
    checked_rows: int


@dataclass(frozen=True)
class GateResult:
    """What the gate decided.

    `accepted` has the rows let in, per landing table, unchanged and in order; empty tables where the delivery
    is refused. `held` has the columns of `expectations.quarantine.COLUMNS`. `refused` says what is wrong,
    where, and what to do (one English paragraph; `refused_de` the same in German, `published` both without a word
    of the delivery, by language), None where the delivery is let in.
    """

    accepted: dict[str, pl.DataFrame]
    held: pl.LazyFrame
    checks: list[CheckResult] = field(default_factory=list)
    refused: str | None = None
    refused_de: str | None = None
    published: dict[str, str] | None = None

    @property
    def quarantine(self) -> pl.DataFrame:
        """What is held, all in memory."""
        return self.held.collect()


class Hearing:
    """One delivery before the gate: its tables, and what is known of them so far."""

    def __init__(self, suite: Suite, tables: Mapping[str, pl.DataFrame], context: GateContext) -> None:
        _check_shape(suite, tables)
        self.suite, self.tables, self.context = suite, tables, context
        self.to_examine = _to_examine(suite, tables)
        self.held: dict[str, pl.DataFrame] = {}
        self._checks: list[CheckResult] = []
        self._failed: list[Expectation] = []

    def looked_at(self, table: str) -> pl.DataFrame:
        """The rows of a table with their helper columns."""
        beside = _beside(table, self.context.survey, self.tables, self.held)
        return derive.add(table, self.to_examine[table], beside, self.context.period)

    def applying(self, table: str, has_rows: bool) -> list[Expectation]:
        """The expectations on a table that this delivery has something for."""
        formats = {name.strip() for name in self.context.format.split(",")}
        return [
            one
            for one in self.suite.tables[table]
            if (one.only_formats is None or formats <= set(one.only_formats))
            and (has_rows or one.severity == "delivery")
            and (self.context.period is not None or not set(derive.PERIOD) & set(one.columns))
        ]

    def note(self, table: str, looked_at: pl.DataFrame, found: Mapping[str, Found]) -> None:
        """Take down what was found in a table, and hold its faulty rows."""
        faults = []
        for expectation in self.suite.tables[table]:
            one = found.get(expectation.id)
            self._checks.append(_check(table, expectation, one))
            if one is not None and expectation.severity == "delivery":
                self._failed += [] if one.success else [expectation]
            elif one is not None:
                faults += _faults(expectation, one)
        frame = self.to_examine[table]
        named = {one.names for one in self.suite.tables[table] if one.names} - set(frame.columns)
        shown = frame.with_columns(looked_at.select(sorted(named)))
        self.held[table] = quarantine.rows(table, shown, faults, self.context.town_keys)

    def result(self) -> GateResult:
        """What the gate decides once all tables have been looked at."""
        suite, tables, held = self.suite, self.tables, self.held
        delivered = sum(frame.height for frame in tables.values()) + len(self.context.rejects)
        rejects = quarantine.rejects(self.context.rejects)
        unread = quarantine.unread(rejects)
        records = _together(unread, held)
        refused = refusal.decide(suite.delivery, self._failed, delivered, records)
        checks = [*_of_delivery(suite, delivered, records, unread.height), *self._checks]
        if refused:
            held = {table: all_of(suite, table, frame, held.get(table)) for table, frame in tables.items()}
            records = _together(unread, held)
        accepted = {table: _without(frame, held.get(table)) for table, frame in tables.items()}
        _count(self.context.delivery_id, delivered, accepted, records)
        result = GateResult(accepted, quarantine.records(records, tables, rejects), checks)
        if not refused:
            return result
        return replace(result, refused=refused.en, refused_de=refused.de, published=refused.published)


def _check_shape(suite: Suite, tables: Mapping[str, pl.DataFrame]) -> None:
    for table, frame in tables.items():
        if table not in suite.tables:
            raise BuildError(f"The suite '{suite.kind}' has no expectations for the table '{table}'.")
        if missing := [name for name in landing_tables.columns_read(table) if name not in frame.columns]:
            raise BuildError(f"The landing table '{table}' came to the gate without the column '{missing[0]}'.")


def _to_examine(suite: Suite, tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Tables with rows; where there is none, the suite's first table, so that its row count is judged.

    In the suite's order: what became of responses is known before their answers are looked at.
    """
    with_rows = {table: tables[table] for table in suite.tables if table in tables and tables[table].height}
    first = next(iter(suite.tables))
    return with_rows or {first: tables.get(first, landing_tables.empty(first))}


def _beside(
    table: str, survey: Survey | None, tables: Mapping[str, pl.DataFrame], held: Mapping[str, pl.DataFrame]
) -> survey_columns.Beside | None:
    """What is known of the rows that a table's own rows hang on; None where they hang on none."""
    if table not in landing_tables.HANGS_ON:
        return None
    parent, key = landing_tables.HANGS_ON[table]
    rows = tables.get(parent, landing_tables.empty(parent))
    return survey_columns.Beside(survey, rows[key], _without(rows.select(key), held.get(parent))[key])


def _faults(expectation: Expectation, found: Found) -> list[Fault]:
    return [
        Fault(expectation, expectation.names or column or expectation.columns[0], rows, bool(expectation.hint))
        for column, rows in found.failing.items()
    ]


def _check(table: str, expectation: Expectation, found: Found | None) -> CheckResult:
    # A delivery check that passed says nothing of single rows.
    looked_at = found.failing.values() if found and (expectation.severity == "row" or not found.success) else []
    failing = np.unique(np.concatenate([[], *looked_at]))
    outcome = "skipped" if found is None else "passed" if found.success else "failed"
    return _result(expectation, table, expectation.severity, outcome, failing.size, found.checked_rows if found else 0)


def _result(rule: Rule, table: str, severity: str, outcome: str, failing: int, checked: int) -> CheckResult:
    words = rule.description
    return CheckResult(rule.id, table, words.de, words.en, severity, outcome, failing, checked)


def _of_delivery(suite: Suite, delivered: int, records: pl.DataFrame, unread: int) -> list[CheckResult]:
    rules = suite.delivery
    share = "failed" if refusal.too_many(rules, delivered, records) else "passed"
    return [
        _result(rules.records_readable, "", "row", "failed" if unread else "passed", unread, delivered),
        _result(rules.share, "", "delivery", share, records.height, delivered),
    ]


def _together(unread: pl.DataFrame, held: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    return pl.concat([unread, *held.values()])


def all_of(suite: Suite, table: str, frame: pl.DataFrame, held: pl.DataFrame | None) -> pl.DataFrame:
    """What is held of a table, and its rows that are fine themselves but whose delivery is refused."""
    held = quarantine.rows(table, frame, [], set()) if held is None else held
    rest = np.flatnonzero(~_is_held(frame, held))
    return pl.concat([held, quarantine.rows(table, frame, [Fault(suite.delivery.refused, "", rest)], set())])


def _without(frame: pl.DataFrame, held: pl.DataFrame | None) -> pl.DataFrame:
    if held is None or held.is_empty():
        return frame
    return frame.filter(~_is_held(frame, held))


def _is_held(frame: pl.DataFrame, held: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """Whether each row of a table is held."""
    found = np.zeros(frame.height, dtype=np.bool_)
    found[held["row_position"].to_numpy()] = True
    return found


def _count(delivery: str, delivered: int, accepted: Mapping[str, pl.DataFrame], records: pl.DataFrame) -> None:
    let_in = sum(frame.height for frame in accepted.values())
    if let_in + records.height != delivered:
        raise BuildError(
            f"The gate lost count of '{delivery}': {delivered} rows delivered, {let_in} accepted and "
            f"{records.height} quarantined. This is a fault of the gate; please report it with the delivery."
        )
