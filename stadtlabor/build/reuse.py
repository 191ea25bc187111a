"""What a build takes over from the last one: every table that hangs on no landing table which has changed.

They are copied out of the last build's private warehouse and its release into fresh files, so that nothing stays behind
of what is dropped; dbt then makes the rest. Where code, rules, seeds, dictionary or catalogue are others than the last
build's (`basis`, their hash), all is made anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from stadtlabor.base.databases import attached, tables_of
from stadtlabor.build.parses import Made, following, of_edition
from stadtlabor.build.releases import BETWEEN, PRIVATE, RELEASE_FILE, TEAM, TEAM_FILE
from stadtlabor.disclosure import policy

WAREHOUSE_FILE = "warehouse.duckdb"
_STATEMENTS = """
    select schema_name, table_name, sql, false from duckdb_tables() where database_name = $name
    union all
    select schema_name, view_name, sql, true from duckdb_views() where database_name = $name and not internal
"""


@dataclass(frozen=True)
class Reused:
    """What was taken over from the build of the release `release_id`, and what is still to be made.

    `names` are the models that read what has changed, `anew` the keys of these and of all that hangs on them. `checks`
    are the outcomes of the last build's tests, as `release.model_checks` has them.
    """

    release_id: str
    names: list[str]
    anew: frozenset[str]
    checks: list[dict[str, Any]]

    @property
    def selection(self) -> str:
        """What is to be made, in dbt's selection syntax."""
        return " ".join(f"{name}+" for name in self.names)


def take_over(warehouse: Path, draft: Path, basis: str) -> Reused | None:
    """Fill the draft, whose landing tables stand, with what the last build made and this one needs not make.

    `warehouse` is the folder of all builds. None where the last build is of no use: then nothing is taken over.
    """
    from stadtlabor.build.transform import made_of

    private = warehouse / PRIVATE / WAREHOUSE_FILE
    release = _release_of(private, warehouse / "releases", basis)
    made = made_of(warehouse / "dbt") if release else None
    if release is None or made is None:
        return None
    now = draft / WAREHOUSE_FILE
    first = [one for one in made if one.is_view and all(map(_is_given, one.parents))]
    _copy(private, now, [one for one in made if one.key.startswith("seed.")] + first)
    with attached(before=private, now=now) as connection:
        changed = set(_changed(connection, first))
    changed |= {one.key for one in made if _reads_landing(one) and one not in first}
    anew = following(made, changed)
    rest = [one for one in made if one.key not in anew and one not in first and not one.key.startswith("seed.")]
    for database, last, new in (("warehouse", private, now), ("release", release, draft / RELEASE_FILE)):
        _copy(last, new, [one for one in rest if one.relation[0] == database])
    with attached(last=release) as connection:
        checks = connection.sql("from last.model_checks").pl().to_dicts()
    return Reused(release.parent.name, sorted(one.name for one in made if one.key in changed), anew, checks)


def take_over_team(warehouse: Path, reused: Reused, between: Path, team: Path) -> str | None:
    """Fill the team's edition, `team`, and `between` with what the last build made and this one needs not make.

    `team` is a copy of the public edition. Returns what is still to be made, in dbt's selection syntax ("" for
    nothing); None where the last build is of no use.
    """
    from stadtlabor.build.transform import made_of

    made, of_team = made_of(warehouse / "dbt"), made_of(warehouse / "dbt-team", policy.TEAM)
    last, last_between = (
        warehouse / TEAM / reused.release_id / TEAM_FILE,
        warehouse / PRIVATE / reused.release_id / BETWEEN,
    )
    if made is None or of_team is None or not last.is_file() or not last_between.is_file():
        return None
    editions = of_edition(made)
    # A model may read more for the team than for the public. A view is cheap to make, and reads two files.
    stays = [one for one in made if one.key in editions - following(of_team, reused.anew) and not one.is_view]
    _copy(last_between, between, [one for one in stays if one.relation[0] == "warehouse"])
    _copy(last, team, [one for one in stays if one.relation[0] == "release"])
    return " ".join(one.name for one in made if one.key in editions and one not in stays)


def sign(warehouse_file: Path, release_id: str, basis: str) -> None:
    """Write into a private warehouse which release is made of it, and by what."""
    with duckdb.connect(str(warehouse_file)) as connection:
        # The next build holds its numbers against these, if this is still the release that serves.
        connection.execute("create table build_info as select $id as release_id", {"id": release_id})
        connection.execute("create table build_basis as select $basis as basis", {"basis": basis})


def _is_given(key: str) -> bool:
    return key.startswith(("source.", "seed."))


def _reads_landing(one: Made) -> bool:
    return any(key.startswith("source.") for key in one.parents)


def _changed(connection: duckdb.DuckDBPyConnection, staging: Iterable[Made]) -> Iterator[str]:
    """The views over landing tables that say something else than before, by key."""
    then, now = (_statements(connection, name) for name in ("before", "now"))
    for one in staging:
        landed = [("landing", key.split(".")[-1]) for key in one.parents if key.startswith("source.")]
        # A view names the files it reads, each filed under its content: its rows need not be looked at.
        is_other = any(then.get(table) != now[table] for table in landed)
        if is_other or (not all(now[table][1] for table in landed) and _differs(connection, *one.relation[1:])):
            yield one.key


def _release_of(private: Path, releases: Path, basis: str) -> Path | None:
    """The release that the last build made on this basis; None where it made none, or not all of it is there."""
    if not private.is_file():
        return None
    with attached(last=private) as connection:
        if not {"build_info", "build_basis"} <= tables_of(connection, "last"):
            return None
        if connection.execute("from last.build_basis").fetchall() != [(basis,)]:
            return None
        ((release_id,),) = connection.execute("select release_id from last.build_info").fetchall()
    release = releases / release_id / RELEASE_FILE
    return release if release.is_file() else None


def _differs(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> bool:
    difference = " union all ".join(
        f'(from {one}."{schema}"."{name}" except all from {other}."{schema}"."{name}")'
        for one, other in (("before", "now"), ("now", "before"))
    )
    return bool(connection.execute(f"select 1 from ({difference}) limit 1").fetchall())


def _copy(last: Path, new: Path, relations: Iterable[Made]) -> None:
    """Make these relations in `new` as they stand in `last`, what one reads before it."""
    with duckdb.connect(str(new)) as connection:
        quoted = str(last).replace("'", "''")
        connection.execute(f"attach '{quoted}' as last (read_only)")
        statements = _statements(connection, "last")
        for _, schema, name in (one.relation for one in relations):
            statement, is_view = statements[schema, name]
            connection.execute(f'create schema if not exists "{schema}"')
            connection.execute(f'drop {"view" if is_view else "table"} if exists "{schema}"."{name}"')
            connection.execute(statement)
            if not is_view:
                connection.execute(f'insert into "{schema}"."{name}" from last."{schema}"."{name}"')
        connection.execute("detach last")


def _statements(connection: duckdb.DuckDBPyConnection, name: str) -> dict[tuple[str, str], tuple[str, bool]]:
    """Schema and name of what stands in an attached file → the statement that makes it, and whether it is a view."""
    found = connection.execute(_STATEMENTS, {"name": name}).fetchall()
    return {(schema, table): (statement, is_view) for schema, table, statement, is_view in found}
