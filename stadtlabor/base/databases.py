"""Database files looked at together, read-only: the warehouse, a release, and the release that serves meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb


@contextmanager
def attached(**files: Path | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to no database of its own, with each file under its keyword; None is passed over."""
    with duckdb.connect() as connection:
        for name, path in files.items():
            if path is not None:
                quoted = str(path).replace("'", "''")
                connection.execute(f"attach '{quoted}' as {name} (read_only)")
        yield connection


def tables_of(connection: duckdb.DuckDBPyConnection, name: str) -> set[str]:
    """The tables of an attached file, by name: a release of an earlier version lacks those that came later."""
    found = connection.execute("select table_name from duckdb_tables() where database_name = $name", {"name": name})
    return {table for (table,) in found.fetchall()}
