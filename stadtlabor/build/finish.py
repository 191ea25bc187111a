"""The second half of a build: landing tables transformed, audited, signed, and reported on.

Kept apart from `run`, so that a build with nothing to do imports none of this.
"""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from stadtlabor import __version__
from stadtlabor.base import contract
from stadtlabor.base.databases import attached
from stadtlabor.base.progress import Progress
from stadtlabor.build import journal_check, reuse
from stadtlabor.build.inputs import Inputs
from stadtlabor.build.releases import RELEASE_FILE, REPORT
from stadtlabor.disclosure.cache import ProtectionCache
from stadtlabor.disclosure.policy import PUBLIC

if TYPE_CHECKING:
    from stadtlabor.build.transform import TransformResult

# What the build itself writes into a release, beside dbt's tables.
MODEL_CHECKS = {
    "name": pl.String,
    "kind": pl.String,
    "model": pl.String,
    "description": pl.String,
    "status": pl.String,
    "failures": pl.Int64,
}
RELEASE_INFO = {
    "release_id": "varchar",
    "built_at": "timestamp with time zone",
    "inputs_hash": "varchar",
    "version": "varchar",
    "has_synthetic": "boolean",
    "edition": "varchar",
}
# Figures that put a town on the map, into a group of peers or tell its breaks; no indicator asks for them.
PLACES = ("latitude", "longitude", "bbsr_town_type_key", "bbsr_location_key", "population_density_on_one_territory")


def transform(
    draft: Path, warehouse: Path, basis: str, progress: Progress
) -> tuple["TransformResult", reuse.Reused | None]:
    """Run dbt on the draft; the outcomes of its tests go into the release where all went well.

    Returns them, and what was taken over from the last build.
    """
    from stadtlabor.build.transform import TransformResult, run

    with progress.step("transform", "staging, core, indicators, release"):
        reused = reuse.take_over(warehouse, draft, basis)
        if reused is not None and not reused.names:
            result = TransformResult(True)
        else:
            result = run(
                draft / reuse.WAREHOUSE_FILE,
                draft / RELEASE_FILE,
                warehouse / "dbt",
                select=reused.selection if reused else None,
                unit_tests=False,
                protection=warehouse / "protection",
                is_rest=reused is not None,
            )
    if not result.ok:
        return result, reused
    # A test that was not run again has seen the same tables before.
    outcomes = {(row["name"], row["model"]): row for row in [*(reused.checks if reused else []), *result.checks]}
    checks = pl.DataFrame(list(outcomes.values()), schema=MODEL_CHECKS)
    with duckdb.connect(str(draft / RELEASE_FILE)) as connection:
        connection.execute("create table model_checks as select * from checks")
    del checks
    return result, reused


def attack(draft: Path, warehouse: Path, before: Path | None, progress: Progress) -> None:
    """Attack what is about to be published; GivenAwayError where it gives anybody away."""
    from stadtlabor.build import last_look

    with progress.step("audit", "what is about to be published"):
        cache = ProtectionCache(warehouse / "protection" / "attack")
        last_look.attack(draft / RELEASE_FILE, draft / reuse.WAREHOUSE_FILE, before, cache)


def approve(draft: Path, release_id: str, built_at: dt.datetime, inputs: Inputs, progress: Progress) -> None:
    """Sign and audit the release file; raises BuildError where it must not go out."""
    from stadtlabor.build.last_look import audit

    with progress.step("audit", "its contract"):
        _sign(draft / RELEASE_FILE, release_id, built_at, inputs.inputs_hash)
        audit(draft / RELEASE_FILE, published_tables())
    reuse.sign(draft / reuse.WAREHOUSE_FILE, release_id, inputs.code_hash)


def add_team(draft: Path, warehouse: Path, reused: reuse.Reused | None, progress: Progress) -> None:
    """Make the team's edition of the approved release, held against the same contract."""
    from stadtlabor.build import team_edition
    from stadtlabor.build.last_look import audit

    with progress.step("team", "the same, with what is hidden marked as internal"):
        team = team_edition.make(draft, warehouse, reused)
        audit(team, published_tables())


def report(draft: Path, private: Path) -> list[str]:
    """Write the quality report into `private`; returns what is worth a warning."""
    warehouse, release = draft / "warehouse.duckdb", draft / RELEASE_FILE
    _quality_report(warehouse, private / REPORT)
    unused = unused_figures(warehouse, release)
    warnings = [f"delivered, but used by no indicator (check the spelling): {', '.join(unused)}"] if unused else []
    return warnings + journal_check.dangling_references(warehouse, release)


def unused_figures(warehouse_file: Path, release: Path) -> list[str]:
    """The figures that were delivered and that no indicator asks for, by name; a misspelt one is among them."""
    with attached(warehouse=warehouse_file, release=release) as connection:
        found = connection.execute(
            """
            select distinct figure from warehouse.landing.figures
            where figure is not null and figure not in ($places) and figure not in (
                select trim(unnest(string_split(figures, ','))) from release.indicator_catalogue
            )
            order by figure
            """.replace("$places", ", ".join(f"'{name}'" for name in PLACES))
        ).fetchall()
    return [name for (name,) in found]


def published_tables() -> dict[str, contract.Columns]:
    """The closed set of tables of a release, each with its columns and their types."""
    from stadtlabor.disclosure.surveys.audit import COLUMNS as DISCLOSURE_AUDIT

    return {
        **contract.models(),
        "model_checks": contract.of_frame(MODEL_CHECKS),
        "disclosure_audit": contract.of_frame(DISCLOSURE_AUDIT),
        "release_info": RELEASE_INFO,
    }


def _sign(release: Path, release_id: str, built_at: dt.datetime, inputs_hash: str) -> None:
    """Write who the release is into it, and close it so that nothing is left beside the file."""
    with duckdb.connect(str(release)) as connection:
        connection.execute(f"create table release_info ({contract.definition(RELEASE_INFO)})")
        connection.execute(
            "insert into release_info select $id as release_id, $at::timestamptz as built_at, "
            "$hash as inputs_hash, $version as version, "
            "(select coalesce(bool_or(is_synthetic), false) from indicator_values) as has_synthetic, "
            f"'{PUBLIC}' as edition",
            {"id": release_id, "at": built_at.isoformat(), "hash": inputs_hash, "version": __version__},
        )
        connection.execute("checkpoint")


def _quality_report(warehouse_file: Path, path: Path) -> None:
    from expectations import report

    with duckdb.connect(str(warehouse_file), read_only=True) as connection:
        deliveries, checks, quarantine = (
            connection.sql(f"select * from landing.{name}").pl()
            for name in ("deliveries", "delivery_checks", "quarantine")
        )
    report.write(deliveries, checks, quarantine, path)
