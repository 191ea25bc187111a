"""The attack on a finished release's survey tables, with all that is public; its result is published.

Reads the release as anybody could, and the release that is public while this one is built. From the
private warehouse it only takes which cells are hidden for confidentiality, to know what to judge.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from stadtlabor.base.databases import attached, tables_of
from stadtlabor.disclosure.policy import POLICY
from stadtlabor.disclosure.surveys.findings import Audit, audit
from stadtlabor.disclosure.surveys.other_numbers import beside_hidden, bounds
from stadtlabor.disclosure.surveys.protection import nested_of, recodes_of

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


@dataclass(frozen=True)
class SurveyAudit:
    """The rows of `disclosure_audit`, and in words what must not go out."""

    rows: pl.DataFrame
    findings: list[str]


def attack_release(release: Path, warehouse: Path, serving_release: Path | None) -> SurveyAudit:
    """Attack the survey tables of a release file; `serving_release` is the one that is public now."""
    with attached(release=release, warehouse=warehouse, serving=serving_release) as connection:
        cells = connection.sql(CELLS.format(database="release")).pl()
        status = connection.sql(
            'select universe, table_id, "row", "column", status from warehouse.core.core__survey_protection'
        ).pl()
        recodes = recodes_of(connection.sql("from release.survey_links").pl())
        nested = nested_of(connection.sql("from warehouse.core.core__survey_nested").pl())
        kept = connection.sql("select distinct universe from warehouse.core.core__survey_protection where is_kept")
        kept_count = len(kept.fetchall())
        before, before_completed = _before(connection)
        protected = cells.join(status, on=["universe", "table_id", "row", "column"], how="left")
        then = bounds(connection, "serving") if before is not None else []
        now, rest = _completed(connection, "release"), (before, before_completed, nested)
        found = audit(protected, POLICY, recodes, now, *rest, bounds(connection, "release"), then)
        numerators = connection.execute(SMALL_NUMERATORS, {"k": POLICY.k}).fetchall()
        small = [f"the numerator of {name} is below {POLICY.k}" for (name,) in numerators]
        small += beside_hidden(connection, POLICY.k)
    findings = found.first_findings() + small
    return SurveyAudit(_rows(found, cells["table_id"].n_unique(), len(small), kept_count), findings)


def given_away(release: Path, warehouse: Path, serving_release: Path) -> int:
    """How many cells of surveys a new series tells whoever kept the last release; paths as for `attack_release`."""
    return int(attack_release(release, warehouse, serving_release).rows["recoverable_cells"].sum())


def _rows(found: Audit, table_count: int, small_numerators: int, kept_count: int) -> pl.DataFrame:
    policy = (
        f"k = {POLICY.k}, k_sensitive = {POLICY.k_sensitive}, round_to = {POLICY.round_to}, "
        f"small_base = {POLICY.small_base}"
    )
    kept = f"; {kept_count} surveys keep the tables of the release before" if kept_count else ""
    known = f"; {len(found.known_before)} cells were given away by the release before" if found.known_before else ""
    rows = []
    for name, kinds in ATTACKS.items():
        count = sum(finding.kind in kinds for finding in found.attack.findings)
        count += small_numerators if name == "small_counts" else 0
        narrowest = None if name == "small_counts" else found.row["narrowest_range"]
        rows.append((name, table_count, found.row["hidden_cells"], count, narrowest, policy + kept + known))
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
