"""The attack on a finished release's survey tables, with all that is public; its result is published.

Reads the release as anybody could, and the release that is public while this one is built. From the
private warehouse it only takes which cells are hidden for confidentiality, to know what to judge. Surveys have no
respondents in common: each is attacked by itself, and one that was found safe not again over the same numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from stadtlabor.base import fingerprint
from stadtlabor.base.children import side_by_side
from stadtlabor.base.databases import attached, tables_of
from stadtlabor.disclosure.cache import ProtectionCache, key_of
from stadtlabor.disclosure.policy import POLICY
from stadtlabor.disclosure.surveys.count_tables import Bound, Nested, Recode
from stadtlabor.disclosure.surveys.findings import audit
from stadtlabor.disclosure.surveys.other_numbers import beside_hidden, bounds
from stadtlabor.disclosure.surveys.protection import BOUNDS, nested_of, recodes_of

# Which findings belong to which kind of attack, in the order of the quality page.
ATTACKS = {
    "small_counts": ("small_count", "small_complement", "whole_group"),
    "linked_tables": ("recoverable", "unstated", "contradiction"),
    "previous_release": ("recoverable_before", "small_change"),
}
# One row per kind of attack: tables attacked, hidden cells judged, cells it gives away, width of the
# narrowest range found for a hidden cell (at least; null where nothing is hidden), the policy in words.
COLUMNS = {
    "attack": pl.String,
    "tables": pl.Int64,
    "hidden_cells": pl.Int64,
    "recoverable_cells": pl.Int64,
    "narrowest_range": pl.Int64,
    "policy": pl.String,
}
CELLS = """
    select
        survey_id as universe, table_id, question, breakdown, shape, is_sensitive, answer as "row",
        breakdown_value as "column", covers_base, respondent_count as published_count, share, sign
    from {database}.survey_cells
"""
# Published numbers that are no plain count: none may be a handful of respondents either.
SMALL_NUMERATORS = """
    select indicator_id || ' of ' || sources || ' (' || breakdown || ' ' || coalesce(breakdown_value, '') || ')'
    from release.indicator_values
    inner join release.indicator_catalogue as catalogue using (indicator_id)
    where catalogue.dbt_model = 'survey__values'
        and breakdown <> 'survey'
        and value is not null
        and numerator > 0 and numerator < $k
"""


# What an attack on one survey came to, where it found nothing.
SAFE = {"hidden_cells": pl.Int64, "narrowest_range": pl.Int64, "known_before": pl.Int64}


@dataclass(frozen=True)
class SurveyAudit:
    """The rows of `disclosure_audit`, and in words what must not go out."""

    rows: pl.DataFrame
    findings: list[str]


@dataclass(frozen=True)
class _Survey:
    """What is known of one survey: as `findings.audit` takes it."""

    cells: pl.DataFrame
    recodes: list[Recode]
    completed: Mapping[str, int]
    before: pl.DataFrame | None
    completed_before: Mapping[str, int]
    nested: list[Nested]
    printed: list[Bound]
    printed_before: list[Bound]

    @property
    def key(self) -> str:
        """All that the attack reads, as one key."""
        rest = [self.recodes, self.completed, self.completed_before, self.nested, self.printed, self.printed_before]
        before = "nothing" if self.before is None else self.before
        return key_of([fingerprint.code(("stadtlabor/disclosure",)), repr(POLICY), repr(rest), self.cells, before])


@dataclass(frozen=True)
class _Found:
    """What the attack on one survey found: in numbers, the kind of each finding, the first in words."""

    numbers: dict[str, int | None]
    kinds: list[str]
    sentences: list[str]


def attack_release(
    release: Path, warehouse: Path, serving_release: Path | None, cache: ProtectionCache | None = None
) -> SurveyAudit:
    """Attack the survey tables of a release file; `serving_release` is the one that is public now.

    `cache` holds the surveys that earlier builds found safe, by all that was known of them; it is pruned.
    """
    with attached(release=release, warehouse=warehouse, serving=serving_release) as connection:
        cells = connection.sql(CELLS.format(database="release")).pl()
        status = connection.sql(
            'select universe, table_id, "row", "column", status from warehouse.core.core__survey_protection'
        ).pl()
        links = connection.sql("from release.survey_links order by all").pl()
        nested = nested_of(connection.sql("from warehouse.core.core__survey_nested order by all").pl())
        kept = connection.sql("select distinct universe from warehouse.core.core__survey_protection where is_kept")
        kept_count = len(kept.fetchall())
        before, completed_before = _before(connection)
        protected = cells.join(status, on=["universe", "table_id", "row", "column"], how="left")
        printed_before = bounds(connection, "serving") if before is not None else []
        completed, printed = _completed(connection, "release"), bounds(connection, "release")
        numerators = connection.execute(SMALL_NUMERATORS, {"k": POLICY.k}).fetchall()
        small = [f"the numerator of {name} is below {POLICY.k}" for (name,) in numerators]
        small += beside_hidden(connection, POLICY.k)
    surveys = [
        _Survey(
            _of(universe, protected),
            recodes_of(links.filter(pl.col("survey_id") == universe)),
            {universe: completed[universe]} if universe in completed else {},
            None if before is None else _of(universe, before),
            {universe: completed_before[universe]} if universe in completed_before else {},
            [one for one in nested if one.universe == universe],
            *(
                sorted((one for one in some if one.universe == universe), key=repr)
                for some in (printed, printed_before)
            ),
        )
        for universe in protected["universe"].unique().sort()
    ]
    found = _attack_each(surveys, cache)
    findings = [sentence for one in found for sentence in one.sentences] + small
    return SurveyAudit(_rows(found, cells["table_id"].n_unique(), len(small), kept_count), findings)


def given_away(release: Path, warehouse: Path, serving_release: Path) -> int:
    """How many cells of surveys a new series tells whoever kept the last release; paths as for `attack_release`."""
    return int(attack_release(release, warehouse, serving_release).rows["recoverable_cells"].sum())


def _of(universe: str, cells: pl.DataFrame) -> pl.DataFrame:
    # A database gives rows in any order.
    return cells.filter(pl.col("universe") == universe).sort(pl.all())


def _attack_each(surveys: list[_Survey], cache: ProtectionCache | None) -> list[_Found]:
    """What the attack on each finds, in their order."""
    keys = [one.key for one in surveys]
    found = {
        key: _Found(safe.row(0, named=True), [], []) for key in keys if cache and (safe := cache.find(key)) is not None
    }
    new = {key: one for key, one in zip(keys, surveys, strict=True) if key not in found}
    attacked = side_by_side(_attack, [(one,) for one in new.values()], BOUNDS)
    found |= zip(new, attacked, strict=True)
    if cache:
        for key in new:
            if not found[key].kinds:
                cache.store(key, pl.DataFrame([found[key].numbers], schema=SAFE))
        cache.prune()
    return [found[key] for key in keys]


def _attack(one: _Survey) -> _Found:
    rest = (one.before, one.completed_before, one.nested, one.printed, one.printed_before)
    found = audit(one.cells, POLICY, one.recodes, one.completed, *rest)
    numbers = {name: found.row[name] for name in ("hidden_cells", "narrowest_range")}
    kinds = [finding.kind for finding in found.attack.findings]
    return _Found({**numbers, "known_before": len(found.known_before)}, kinds, found.first_findings())


def _rows(found: list[_Found], table_count: int, small_numerators: int, kept_count: int) -> pl.DataFrame:
    hidden, known_before = (sum(one.numbers[name] or 0 for one in found) for name in ("hidden_cells", "known_before"))
    widths = (one.numbers["narrowest_range"] for one in found)
    narrowest = min((width for width in widths if width is not None), default=None)
    policy = (
        f"k = {POLICY.k}, k_sensitive = {POLICY.k_sensitive}, round_to = {POLICY.round_to}, "
        f"small_base = {POLICY.small_base}"
    )
    kept = f"; {kept_count} surveys keep the tables of the release before" if kept_count else ""
    known = f"; {known_before} cells were given away by the release before" if known_before else ""
    rows = []
    for name, kinds in ATTACKS.items():
        count = sum(kind in kinds for one in found for kind in one.kinds)
        count += small_numerators if name == "small_counts" else 0
        width = None if name == "small_counts" else narrowest
        rows.append((name, table_count, hidden, count, width, policy + kept + known))
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def _before(connection: duckdb.DuckDBPyConnection) -> tuple[pl.DataFrame | None, dict[str, int]]:
    """The public release's cells of the surveys that are still the same ones, and their completed counts."""
    if "survey_cells" not in tables_of(connection, "serving"):
        return None, {}
    same = (
        "select survey_id from serving.surveys inner join release.surveys as new using (survey_id) "
        "where surveys.is_synthetic = new.is_synthetic"
    )
    cells = connection.sql(CELLS.format(database="serving") + f"where survey_id in ({same})").pl()
    return (None if cells.is_empty() else cells), _completed(connection, "serving")


def _completed(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, int]:
    return dict(connection.execute(f"select survey_id, completed from {database}.surveys").fetchall())
