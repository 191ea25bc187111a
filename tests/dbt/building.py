"""A release from landing rows that a test states: the rows say only what the test is about."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from stadtlabor.build import landed, transform
from stadtlabor.landing import event_landing, journal_landing, space_landing, survey_landing
from stadtlabor.manifest.towns import COLUMNS as TOWN_COLUMNS
from stadtlabor.readers import landing_tables

Row = Mapping[str, Any]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    **{table: landing_tables.columns(table) for table in landing_tables.TABLES},
    **survey_landing.TABLES,
    **space_landing.TABLES,
    **event_landing.TABLES,
    **journal_landing.TABLES,
    "towns": TOWN_COLUMNS,
    "deliveries": landed.DELIVERY_COLUMNS,
    "delivery_files": landed.FILE_COLUMNS,
    "delivery_checks": landed.CHECK_COLUMNS,
    "quarantine": landed.QUARANTINE_COLUMNS,
}

DEFAULTS: Mapping[str, Row] = {
    "towns": {
        "town_id": "moelln",
        "ags": "01053090",
        "name": "Mölln",
        "land": "Schleswig-Holstein",
        "central_place": "Mittelzentrum",
        "slot": "1",
        "lab_de": "Themenwoche",
        "lab_en": "Theme week",
    },
    "figures": {
        "delivery_id": "office",
        "file": "figures.csv",
        "file_sha256": "0" * 64,
        "line": "2",
        "row_sha256": "1" * 64,
        "region_key": "01053090",
        "region_label": "Mölln",
        "attributes": "{}",
        "period": "2015-12-31",
        "sign": "",
        "unit_factor": "1",
        "source": "Office, table 1",
        "licence": "dl-de/by-2-0",
    },
    "peer_bands": {
        "delivery_id": "office",
        "peer_group": "municipalities_5000_to_under_20000",
        "municipality_count": "100",
        "tables": "Office, table 1",
    },
    "deliveries": {
        "delivery_id": "office",
        "title": "Figures of the office",
        "kind": "statistics",
        "format": "figures",
        "producer": "Office",
        "licence": "dl-de/by-2-0",
        "received": "2026-01-01",
        "is_synthetic": "false",
        "note": "",
        "state": "accepted",
        "delivered_rows": "0",
        "accepted_rows": "0",
        "quarantined_rows": "0",
        "other_region_rows": "0",
    },
    "delivery_checks": {"delivery_id": "office", "outcome": "passed", "severity": "error"},
    "delivery_files": {"delivery_id": "office", "file": "figures.csv", "published_file": "figures.csv"},
    "quarantine": {
        "delivery_id": "office",
        "file": "figures.csv",
        "published_file": "figures.csv",
        "table_name": "figures",
        "raw": "?",
    },
}


@dataclass(frozen=True)
class Transformed:
    """What came of a run: dbt's result and the two databases, closed."""

    result: transform.TransformResult
    warehouse: Path
    release: Path

    def rows(self, query: str, **params: Any) -> list[tuple[Any, ...]]:
        """The rows of a query on the release, read-only."""
        with duckdb.connect(str(self.release), read_only=True) as connection:
            return connection.execute(query, params or None).fetchall()

    def private(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query on the private warehouse, read-only."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def value(self, indicator_id: str, period: str, town_id: str = "moelln") -> tuple[float | None, str]:
        """Value and sign of one indicator, town and period; an error unless it is exactly one row."""
        found = self.rows(
            "select value, sign from indicator_values where indicator_id = $i and period = $p and town_id = $t",
            i=indicator_id, p=period, t=town_id,
        )  # fmt: skip
        assert len(found) == 1, f"{indicator_id} {period} {town_id}: {len(found)} rows"
        return found[0]


def land(warehouse: Path, **tables: Sequence[Row]) -> None:
    """Write the landing schema: the rows given, merged over the defaults, every other table empty.

    A town, a delivery and the dictionaries stand by default, so that a test of figures need
    not speak of them.
    """
    always = {**survey_landing.tables(()), **event_landing.tables(), **journal_landing.tables()}
    dictionary = {name: frame.to_dicts() for name, frame in always.items()}
    given = {"towns": [{}], "deliveries": [{}], **dictionary, **tables}
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema landing")
        for table, columns in COLUMNS.items():
            rows = [{**DEFAULTS.get(table, {}), **row} for row in given.get(table, [])]
            frame = _frame(columns, rows)
            connection.register("given", frame)
            connection.execute(f"create table landing.{table} as select * from given")
            connection.unregister("given")


def build(folder: Path, select: str | None = None, **tables: Sequence[Row]) -> Transformed:
    """Land the rows and run dbt on them in `folder`."""
    warehouse, release = folder / "warehouse.duckdb", folder / "release.duckdb"
    land(warehouse, **tables)
    return Transformed(transform.run(warehouse, release, folder / "target", select), warehouse, release)


def figure(name: str, value: object, period: str = "2015-12-31", **rest: object) -> Row:
    """A landing row of one figure; a value that is an official sign lands as that sign."""
    is_sign = isinstance(value, str)
    return {
        "figure": name,
        "source_figure": name,
        "period": period,
        "value_text": str(value),
        "value": None if is_sign else str(value),
        "sign": value if is_sign else "",
        **rest,
    }


def _frame(columns: Sequence[str], rows: Sequence[Row]) -> pl.DataFrame:
    unknown = {name for row in rows for name in row} - set(columns)
    assert not unknown, f"no such landing column: {sorted(unknown)}"
    text = [{name: None if row.get(name) is None else str(row[name]) for name in columns} for row in rows]
    return pl.DataFrame(text, schema=dict.fromkeys(columns, pl.String))


FIGURE_DELIVERIES = ("official-figures", "regional-tables", "official-updates")


def landed_from(raw: Path) -> dict[str, list[Row]]:
    """The statistics deliveries of a raw folder as landing rows, by the csv module alone, without a reader."""
    tables: dict[str, list[Row]] = {"towns": _records(raw / "towns.csv"), "figures": [], "deliveries": []}
    for name in FIGURE_DELIVERIES:
        for line, record in enumerate(_records(raw / name / "figures.csv"), start=2):
            value: object = record["value"]
            if set(record["value"]) <= set("0123456789.-") and any(sign.isdigit() for sign in record["value"]):
                value = float(record["value"])
            rest = {name: record.get(name, "") for name in ("unit", "source", "licence", "quality")}
            tables["figures"].append(
                figure(record["figure"], value, record["period"], delivery_id=name, line=line,
                       region_key=record["ags"], region_label=record["town"], **rest)
            )  # fmt: skip
        tables["deliveries"].append({"delivery_id": name, "title": name})
    bands = _records(raw / "peer-bands" / "peer_bands.csv")
    tables["peer_bands"] = [{**band, "delivery_id": "peer-bands"} for band in bands]
    tables["deliveries"].append({"delivery_id": "peer-bands", "title": "peer-bands"})
    return tables


def _records(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
