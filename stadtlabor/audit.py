"""The last look at a release before it goes out."""

from pathlib import Path

import duckdb

from stadtlabor.errors import BuildError

# The closed set of published tables; a table of records can never slip in beside them.
PUBLISHED = frozenset(
    {
        "towns",
        "indicator_catalogue",
        "indicator_values",
        "peer_bands",
        "series_breaks",
        "deliveries",
        "delivery_files",
        "delivery_checks",
        "quarantine_summary",
        "statements",
        "statement_evidence",
        "model_checks",
        "release_info",
    }
)


def audit(release: Path) -> None:
    """Look at the finished release file; BuildError says what must not go out."""
    with duckdb.connect(str(release), read_only=True) as connection:
        rows = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        rows += connection.execute(
            "select schema_name || '.' || view_name from duckdb_views() where not internal"
        ).fetchall()
        tables = {str(name) for (name,) in rows}
        expected = {f"main.{name}" for name in PUBLISHED}
        if strange := sorted(tables - expected):
            raise BuildError(f"The release holds {strange[0]}, which is not one of the published tables.")
        if missing := sorted(expected - tables):
            raise BuildError(f"The release lacks {missing[0]}.")
