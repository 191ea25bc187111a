"""What the build knows of events beside the deliveries, as landing tables, all text.

`previous_events` holds the counts of events that the release now serving tells, null where it hides one.
"""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from stadtlabor.base.databases import attached, tables_of

TABLES: Mapping[str, tuple[str, ...]] = {
    "previous_events": ("event_id", "registered", "attended", "walk_ins", "organisations", "taken_up")
}


def tables(serving_release: Path | None = None) -> dict[str, pl.DataFrame]:
    """All tables of TABLES; empty where nothing serves yet, or a release from before there were events."""
    return {"previous_events": _previous(serving_release)}


def _previous(release: Path | None) -> pl.DataFrame:
    nothing = pl.DataFrame(schema=dict.fromkeys(TABLES["previous_events"], pl.String))
    if release is None:
        return nothing
    with attached(serving=release) as connection:
        if "events" not in tables_of(connection, "serving"):
            return nothing
        columns = ", ".join(f"cast({name} as varchar) as {name}" for name in TABLES["previous_events"])
        return connection.sql(f"select {columns} from serving.events").pl()
