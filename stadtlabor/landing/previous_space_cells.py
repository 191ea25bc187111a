"""What the serving release tells of spaces, by the names protection has for it, and who stood behind each number.

What people have read they know: a new release that hides one of these and tells another instead would, together
with the old one, tell more than either; and of two values of one number the difference is told as well. So protection
holds every number against the last release. It takes them from the private warehouse of that release, where it lies.
"""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from stadtlabor.base.databases import attached, tables_of

# Landing table → what it holds, from the warehouse of the serving release.
QUERIES: Mapping[str, str] = {
    "previous_space_cells": """
        select space_id, family, cell, available_seat_seconds, amount
        from serving.core.core__published_cells where sign = ''
    """,
    "previous_space_people": "select space_id, family, cell, user_id, amount from serving.core.core__space_told",
    "previous_space_measures": "select * from serving.core.core__space_measures",
}
TABLES: Mapping[str, tuple[str, ...]] = {
    "previous_space_cells": ("space_id", "family", "cell", "available_seat_seconds", "amount"),
    "previous_space_people": ("space_id", "family", "cell", "user_id", "amount"),
    "previous_space_measures": (
        "municipality_id", "space_id", "measure", "period", "period_start", "period_end", "breakdown",
        "breakdown_value", "value", "numerator", "denominator", "base_n", "interval_low", "interval_high", "sign",
        "delivery_ids", "source_text", "licence", "is_synthetic",
    ),
}  # fmt: skip


def tables(release: Path | None) -> dict[str, pl.DataFrame]:
    """The landing tables of this module, all text; empty where nothing serves, or its warehouse is not there."""
    empty = {name: pl.DataFrame(schema=dict.fromkeys(columns, pl.String)) for name, columns in TABLES.items()}
    # warehouse/releases/<id>/release.duckdb
    warehouse = release.parents[2] / "private" / "warehouse.duckdb" if release and len(release.parents) > 2 else None
    if release is None or warehouse is None or not warehouse.is_file():
        return empty
    return read(warehouse, release.parent.name) or empty


def read(warehouse: Path, release_id: str | None = None) -> dict[str, pl.DataFrame] | None:
    """The tables from a private warehouse; None where it is another release's, or from before there were such."""
    with attached(serving=warehouse) as connection:
        held = tables_of(connection, "serving")
        if not {"core__published_cells", "core__space_told", "core__space_measures"} <= held:
            return None
        if release_id is not None:
            is_known = "build_info" in held
            if not is_known or connection.execute("from serving.build_info").fetchall() != [(release_id,)]:
                return None
        found = {name: connection.sql(query).pl() for name, query in QUERIES.items()}
    return {
        name: frame.select(pl.col(column).cast(pl.String) for column in TABLES[name]) for name, frame in found.items()
    }
