"""Which numbers of spaces a release tells, by the names protection has for them.

What people have read they know: a new release that hides one of these and tells another instead would, together
with the old one, tell more than either. So protection tells first what was told before.
"""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from stadtlabor.base.databases import attached, tables_of

COLUMNS = ("space_id", "family", "cell")
# Table → family and cell of `core__space_cells`.
CELLS: Mapping[str, tuple[str, str]] = {
    "space_weeks": ("week", "cast(week_start as varchar)"),
    "space_months": ("month", "month"),
    "space_profile": ("part", "weekday || '-' || part"),
    "space_levels": ("level", "desks || '-' || in_use"),
    "space_purposes": ("purpose", "purpose"),
    "space_lead_times": ("lead_time", "class"),
    "space_stays": ("stay", "class"),
}


def published_cells(release: Path | None) -> pl.DataFrame:
    """Columns COLUMNS, one row per number that stands in the release; empty where nothing serves yet."""
    nothing = pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
    if release is None:
        return nothing
    with attached(serving=release) as connection:
        held = tables_of(connection, "serving")
        found = [
            connection.sql(
                f"select distinct space_id, '{family}' as family, {cell} as cell from serving.{table} where sign = ''"
            ).pl()
            for table, (family, cell) in CELLS.items()
            if table in held and (table != "space_profile" or "part" in connection.table(f"serving.{table}").columns)
        ]
    return pl.concat([nothing, *found])
