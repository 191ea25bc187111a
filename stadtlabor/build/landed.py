"""The schema `landing` of a build's warehouse: views over the outcomes' rows, and what the build itself knows.

One row per delivery, file, check and quarantined record, all text.
"""

import glob
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from stadtlabor.build.ingest import Ingested
from stadtlabor.intake import published_form
from stadtlabor.intake.outcomes import QUARANTINE
from stadtlabor.landing import manifest_tables
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest import towns
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
QUARANTINE_COLUMNS = ("delivery_id", *QUARANTINE, "published_file")


def land(
    ingested: list[Ingested], network: list[towns.Town], warehouse_file: Path, serving_release: Path | None = None
) -> None:
    """Make the schema; `serving_release` is the release file that this one will be held against."""
    with duckdb.connect(str(warehouse_file)) as connection:
        connection.execute("create schema landing")
        for name in landing_tables.TABLES:
            _view(connection, name, [path for one in ingested if one.serving and (path := one.serving.table(name))])
        serving = [manifests.load(one.serving.manifest) for one in ingested if one.serving]
        for name, frame in {
            **_of_build(ingested, network),
            **manifest_tables.tables(serving, network, serving_release),
        }.items():
            _table(connection, name, frame)


def _view(connection: duckdb.DuckDBPyConnection, name: str, files: list[Path]) -> None:
    if not files:
        _table(connection, name, landing_tables.empty(name))
        return
    # The warehouse's own path is no pattern, and no `name=value` in it a column.
    quoted = ", ".join("'" + glob.escape(str(path)).replace("'", "''") + "'" for path in files)
    read = f"read_parquet([{quoted}], hive_partitioning = false)"
    connection.execute(f"create view landing.{name} as select * from {read}")


def _of_build(ingested: list[Ingested], network: list[towns.Town]) -> dict[str, pl.DataFrame]:
    town_ids = {town.fields["town_id"] for town in network}
    checks = [{"delivery_id": one.delivery.name, **row} for one in ingested for row in one.newest.summary["checks"]]
    return {
        "towns": _frame(towns.COLUMNS, [town.fields for town in network]),
        "deliveries": _frame(DELIVERY_COLUMNS, [_delivery_row(one, town_ids) for one in ingested]),
        "delivery_files": _frame(FILE_COLUMNS, [row for one in ingested for row in _file_rows(one)]),
        "delivery_checks": _frame(CHECK_COLUMNS, checks),
        "quarantine": pl.concat(_quarantine(one) for one in ingested).select(QUARANTINE_COLUMNS),
    }


def _delivery_row(one: Ingested, town_ids: set[str]) -> dict[str, Any]:
    manifest = one.delivery.manifest
    recorded = (one.serving or one.newest).summary
    row: dict[str, Any] = {
        "delivery_id": one.delivery.name,
        "state": one.state,
        "state_detail": one.newest.refused,
        "state_detail_de": one.newest.summary["refused_de"],
        "format": ", ".join(sorted({str(file["format"]) for file in recorded["files"]})),
    }
    if published_detail := one.newest.summary.get("published"):
        row |= {"published_detail": published_detail["en"], "published_detail_de": published_detail["de"]}
    row |= {name: recorded[name] for name in DELIVERY_COLUMNS if name.endswith("_rows")}
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


def _file_rows(one: Ingested) -> list[dict[str, Any]]:
    outcome = one.serving or one.newest
    # Only a state that serves keeps the manifest it was read with.
    manifest = manifests.load(one.serving.manifest) if one.serving else one.delivery.manifest
    return [
        {**row, "delivery_id": one.delivery.name, "published_file": published_form.file_name(manifest, row["file"])}
        for row in outcome.summary["files"]
    ]


def _quarantine(one: Ingested) -> pl.DataFrame:
    records = one.newest.quarantine()
    names = {name: published_form.file_name(one.delivery.manifest, name) for name in records["file"].unique().to_list()}
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
