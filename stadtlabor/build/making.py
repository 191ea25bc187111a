"""The working half of a build: deliveries in, a closed and audited release file out.

Kept apart from `build` so that a build with nothing to do imports none of this.
"""

import datetime as dt
import glob
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from stadtlabor import __version__
from stadtlabor.base import contract
from stadtlabor.base.databases import attached
from stadtlabor.base.errors import BuildError, DeliveryError, faults_of
from stadtlabor.base.progress import Progress
from stadtlabor.build import journal_check
from stadtlabor.build.inputs import Inputs
from stadtlabor.build.releases import PRIVATE, REFUSALS, RELEASE_FILE, REPORT
from stadtlabor.intake import published_form
from stadtlabor.intake.outcomes import QUARANTINE, Outcome, keep, key_of, known, last_accepted, prune
from stadtlabor.intake.reading import Reading, read, unfit
from stadtlabor.intake.spill import Aside
from stadtlabor.intake.verdict import gate, refusal
from stadtlabor.landing import event_landing, journal_landing, space_landing, survey_landing
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest import towns
from stadtlabor.manifest.delivered import Delivery
from stadtlabor.readers import landing_tables

DELIVERY_COLUMNS = (
    "delivery_id",
    "title",
    "kind",
    "format",
    "producer",
    "licence",
    "town_id",
    "received",
    "period_from",
    "period_to",
    "is_synthetic",
    "note",
    "state",
    "state_detail",
    "state_detail_de",
    "published_detail",
    "published_detail_de",
    "delivered_rows",
    "accepted_rows",
    "quarantined_rows",
    "other_region_rows",
)
FILE_COLUMNS = (
    "delivery_id",
    "file",
    "published_file",
    "sha256",
    "bytes",
    "format",
    "encoding",
    "encoding_reason",
    "delimiter",
    "rows",
)
CHECK_COLUMNS = (
    "delivery_id",
    "check_id",
    "table_name",
    "description_de",
    "description_en",
    "severity",
    "outcome",
    "failing_rows",
    "checked_rows",
)
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
}
# Figures that put a town on the map; no indicator asks for them.
PLACES = ("latitude", "longitude")
QUARANTINE_COLUMNS = ("delivery_id", *QUARANTINE, "published_file")


@dataclass
class Taken:
    """One delivery as this build uses it: the outcome that serves, and what came of the newest state."""

    delivery: Delivery
    newest: Outcome
    serving: Outcome | None

    @property
    def state(self) -> str:
        """accepted, refused, or refused_previous_kept."""
        if self.newest.refused is None:
            return "accepted"
        return "refused" if self.serving is None else "refused_previous_kept"


@dataclass
class Made:
    """What the making ended with."""

    refused: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def make(
    inputs: Inputs,
    warehouse: Path,
    draft: Path,
    release_id: str,
    built_at: dt.datetime,
    before: Path | None,
    progress: Progress,
) -> Made:
    """Read, gate, transform and audit into `draft`; raises BuildError where the release must not go out."""
    made = Made()
    taken = take_in(inputs, warehouse, draft, progress, made)
    if all(one.serving is None for one in taken):
        raise BuildError("No delivery could be let in:\n" + "\n".join(made.refused))
    land(taken, inputs.towns, draft / "warehouse.duckdb", before)
    _transform(draft, warehouse, progress)
    with progress.step("audit", "what is about to be published"):
        from stadtlabor.build.last_look import attack, audit

        attack(draft / RELEASE_FILE, draft / "warehouse.duckdb", before)
        _sign(draft / RELEASE_FILE, release_id, built_at, inputs.inputs_hash)
        audit(draft / RELEASE_FILE, published_tables())
    private = draft / PRIVATE
    private.mkdir()
    _quality_report(draft / "warehouse.duckdb", private / REPORT)
    if unused := unused_figures(draft / "warehouse.duckdb", draft / RELEASE_FILE):
        made.warnings.append(f"delivered, but used by no indicator (check the spelling): {', '.join(unused)}")
    made.warnings += journal_check.loose_ends(draft / "warehouse.duckdb", draft / RELEASE_FILE)
    if made.refused:
        (private / REFUSALS).write_text("\n".join(made.refused) + "\n", "utf-8")
    used: dict[str, set[str]] = {}
    for one in taken:
        used[one.newest.folder.parent.name] = {one.newest.folder.name} | (
            {one.serving.folder.name} if one.serving else set()
        )
    prune(warehouse, used)
    return made


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


def take_in(inputs: Inputs, warehouse: Path, draft: Path, progress: Progress, made: Made) -> list[Taken]:
    """Read and gate what has changed; everything else comes from its kept outcome."""
    aside = Aside(draft / "readings")
    ags = {town.ags for town in inputs.towns}
    names = {town.fields["town_id"] for town in inputs.towns}
    keys = [key_of(one, inputs.reading_hash, inputs.towns_hash) for one in inputs.deliveries]
    readings: dict[int, Reading | DeliveryError] = {}
    outcomes = [
        known(warehouse, one, key) if one.fault is None else None
        for one, key in zip(inputs.deliveries, keys, strict=True)
    ]
    changed = [position for position, outcome in enumerate(outcomes) if outcome is None]
    with progress.step("read", f"{len(changed)} of {len(keys)} deliveries are new or changed"):
        for position in changed:
            readings[position] = _read(inputs.deliveries[position], names, aside, position)
    with progress.step("gate", f"{len(changed)} deliveries"):
        for position in changed:
            delivery, reading = inputs.deliveries[position], readings.pop(position)
            try:
                with faults_of(delivery.sole_file):
                    if isinstance(reading, DeliveryError):
                        raise reading
                    gated = gate(delivery, aside.take(position, reading), ags, frozenset(names))
            except DeliveryError as fault:
                gated = refusal(fault, delivery.manifest)
            outcomes[position] = keep(warehouse, delivery, keys[position], gated)
    taken = []
    for delivery, outcome in zip(inputs.deliveries, outcomes, strict=True):
        assert outcome is not None
        serving = outcome if outcome.refused is None else last_accepted(warehouse, delivery)
        one = Taken(delivery, outcome, serving)
        taken.append(one)
        made.warnings += delivery.warnings
        if outcome.refused:
            kept = " Its last accepted state stays." if serving else ""
            made.refused.append(f"{delivery.name}: {outcome.refused}{kept}")
        progress.say(
            f"{delivery.name}: {one.state.replace('_', ' ')}, {outcome.said['accepted_rows']} rows accepted, "
            f"{outcome.said['quarantined_rows']} quarantined"
        )
    return taken


def _read(delivery: Delivery, town_ids: set[str], aside: Aside, position: int) -> Reading | DeliveryError:
    """What a delivery's files hold, or why nothing of it can be used."""
    try:
        with faults_of(delivery.sole_file):
            if fault := delivery.fault or unfit(delivery, town_ids):
                return fault
            reading = read(delivery)
            aside.put(position, reading)
            return reading
    except DeliveryError as fault:
        return fault


def land(
    taken: list[Taken], network: list[towns.Town], warehouse_file: Path, serving_release: Path | None = None
) -> None:
    """Make the `landing` schema: views over the outcomes' Parquet, and the build's own tables."""
    town_ids = {town.fields["town_id"] for town in network}
    with duckdb.connect(str(warehouse_file)) as connection:
        connection.execute("create schema landing")
        for name in landing_tables.TABLES:
            files = [str(path) for one in taken if one.serving and (path := one.serving.table(name))]
            if files:
                # The warehouse's own path is no pattern, and no `name=value` in it a column.
                quoted = ", ".join("'" + glob.escape(path).replace("'", "''") + "'" for path in files)
                read = f"read_parquet([{quoted}], hive_partitioning = false)"
                connection.execute(f"create view landing.{name} as select * from {read}")
            else:
                _table(connection, name, landing_tables.empty(name))
        _table(connection, "towns", _frame(towns.COLUMNS, [town.fields for town in network]))
        _table(connection, "deliveries", _frame(DELIVERY_COLUMNS, [_delivery_row(one, town_ids) for one in taken]))
        _table(connection, "delivery_files", _frame(FILE_COLUMNS, [row for one in taken for row in _file_rows(one)]))
        checks = [{"delivery_id": one.delivery.name, **row} for one in taken for row in one.newest.said["checks"]]
        _table(connection, "delivery_checks", _frame(CHECK_COLUMNS, checks))
        _table(connection, "quarantine", pl.concat(_quarantine(one) for one in taken).select(QUARANTINE_COLUMNS))
        serving = [manifests.load(one.serving.manifest) for one in taken if one.serving]
        of_manifests = {
            **survey_landing.tables(serving, serving_release),
            **space_landing.tables(serving, network, serving_release),
            **event_landing.tables(serving_release),
            **journal_landing.tables(),
        }
        for name, frame in of_manifests.items():
            _table(connection, name, frame)


def published_tables() -> dict[str, contract.Columns]:
    """The closed set of tables of a release, each with its columns and their types."""
    from stadtlabor.disclosure.surveys.audit import COLUMNS as DISCLOSURE_AUDIT

    return {
        **contract.models(),
        "model_checks": contract.of_frame(MODEL_CHECKS),
        "disclosure_audit": contract.of_frame(DISCLOSURE_AUDIT),
        "release_info": RELEASE_INFO,
    }


def _transform(draft: Path, warehouse: Path, progress: Progress) -> None:
    from stadtlabor.build import transform

    with progress.step("transform", "staging, core, indicators, release"):
        result = transform.run(
            draft / "warehouse.duckdb",
            draft / RELEASE_FILE,
            warehouse / "dbt",
            unit_tests=False,
            protection=warehouse / "protection",
        )
    if not result.ok:
        shown_failures = "\n".join(f"  {failure}" for failure in result.failures[:10])
        raise BuildError(f"The transformation failed; the last release stays up.\n{shown_failures}")
    checks = pl.DataFrame(result.checks, schema=MODEL_CHECKS)
    with duckdb.connect(str(draft / RELEASE_FILE)) as connection:
        connection.execute("create table model_checks as select * from checks")
    del checks


def _sign(release: Path, release_id: str, built_at: dt.datetime, inputs_hash: str) -> None:
    """Write who the release is into it, and close it so that nothing is left beside the file."""
    with duckdb.connect(str(release)) as connection:
        connection.execute(f"create table release_info ({contract.definition(RELEASE_INFO)})")
        connection.execute(
            "insert into release_info select $id as release_id, $at::timestamptz as built_at, "
            "$hash as inputs_hash, $version as version, "
            "(select coalesce(bool_or(is_synthetic), false) from indicator_values) as has_synthetic",
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


def _delivery_row(one: Taken, town_ids: set[str]) -> dict[str, Any]:
    manifest = one.delivery.manifest
    said = (one.serving or one.newest).said
    row: dict[str, Any] = {
        "delivery_id": one.delivery.name,
        "state": one.state,
        "state_detail": one.newest.refused,
        "state_detail_de": one.newest.said["refused_de"],
        "format": ", ".join(sorted({str(file["format"]) for file in said["files"]})),
    }
    if published_detail := one.newest.said.get("published"):
        row |= {"published_detail": published_detail["en"], "published_detail_de": published_detail["de"]}
    row |= {name: said[name] for name in DELIVERY_COLUMNS if name.endswith("_rows")}
    if manifest is None:
        return row | {"title": one.delivery.name, "is_synthetic": False}
    return row | {
        "title": manifest.title,
        "kind": manifest.kind,
        "producer": manifest.producer,
        "licence": manifest.licence,
        # A refused delivery may name whatever it likes as its town.
        "town_id": manifest.town if manifest.town in town_ids else None,
        "received": manifest.received,
        "period_from": manifest.period.first if manifest.period else None,
        "period_to": manifest.period.last if manifest.period else None,
        "is_synthetic": manifest.synthetic,
        "note": manifest.note,
    }


def _file_rows(one: Taken) -> list[dict[str, Any]]:
    outcome = one.serving or one.newest
    manifest = manifests.load(outcome.manifest) if outcome.said["files"] else None
    return [
        {**row, "delivery_id": one.delivery.name, "published_file": published_form.file_name(manifest, row["file"])}
        for row in outcome.said["files"]
    ]


def _quarantine(one: Taken) -> pl.DataFrame:
    records = one.newest.quarantine()
    manifest = manifests.load(one.newest.manifest) if records.height else None
    names = {name: published_form.file_name(manifest, name) for name in records["file"].unique().to_list()}
    named = pl.col("file").replace_strict(names, default="", return_dtype=pl.String).alias("published_file")
    return records.select(pl.lit(one.delivery.name).alias("delivery_id"), pl.all(), named)


def _frame(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a landing table: these columns, all text."""
    text = [{name: None if row.get(name) is None else _text(row[name]) for name in columns} for row in rows]
    return pl.DataFrame(text, schema=dict.fromkeys(columns, pl.String))


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _table(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    connection.register("given", frame)
    connection.execute(f"create table landing.{name} as select * from given")
    connection.unregister("given")
