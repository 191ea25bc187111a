"""The release's contract, stated once: dbt's YAML beside the models of the release names every column and its type.

What the build itself writes into a release beside dbt's tables is declared where it is written
(`stadtlabor.build.finish.published_tables`). All others are held against these: the audit the finished file, tests the
dashboard's tables and the samples.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl

from stadtlabor.base import own_yaml, places

MODELS = places.PROJECT / "dbt" / "models" / "release"

# The columns of a table in order, each with its SQL type as DuckDB spells it, in small letters.
Columns = Mapping[str, str]

_OF_POLARS: Mapping[pl.DataType | type[pl.DataType], str] = {
    pl.String: "varchar",
    pl.Int64: "bigint",
    pl.Float64: "double",
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Datetime("us"): "timestamp",
}


def models() -> dict[str, Columns]:
    """Every table that dbt writes into a release, with its columns."""
    return {
        model["name"]: {column["name"]: column["data_type"].lower() for column in model["columns"]}
        for model in stated()
    }


def keys() -> dict[str, list[str]]:
    """The columns that together name a row, of every table whose contract says so."""
    found: dict[str, list[str]] = {}
    for model in stated():
        for test in model.get("data_tests", []):
            if isinstance(test, dict) and "unique_together" in test:
                found.setdefault(model["name"], list(test["unique_together"]["arguments"]["columns"]))
    return found


@cache
def stated() -> tuple[Mapping[str, Any], ...]:
    """The models as dbt's YAML has them, read once: `name`, `description`, `columns` and `data_tests`."""
    return tuple(model for path in sorted(MODELS.rglob("*.yml")) for model in own_yaml.read(path).get("models", []))


def of_frame(schema: Mapping[str, pl.DataType | type[pl.DataType]]) -> Columns:
    """The columns of a polars schema as DuckDB writes them."""
    return {name: _OF_POLARS[kind] for name, kind in schema.items()}


def definition(columns: Columns) -> str:
    """The columns as they stand in `create table … (…)`."""
    return ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
