"""The team's edition of a release: what the public one hides is shown, and marked as internal.

It is a copy of the approved public file in which the tables that disclosure control decides are made again without it.
What is internal is not decided a second time: whatever the public edition does not say just like that, is.
"""

import shutil
from collections.abc import Collection
from pathlib import Path

import duckdb

from stadtlabor.base import contract
from stadtlabor.base.databases import attached
from stadtlabor.base.errors import BuildError
from stadtlabor.build import reuse
from stadtlabor.build.parses import of_edition
from stadtlabor.build.releases import BETWEEN, PRIVATE, RELEASE_FILE, TEAM, TEAM_FILE
from stadtlabor.disclosure import policy

# What a shown value's sign is in the team's edition where the public one hides it.
INTERNAL = "intern"
_SHOWN = "('', '()')"


def make(draft: Path, warehouse: Path, reused: reuse.Reused | None = None) -> Path:
    """Write the team's edition into `draft`, beside the approved public file; returns it.

    `warehouse` is the folder of all builds, `reused` what this one took over from the last. Raises BuildError where dbt
    fails, or a value that the public file hides could not be marked.
    """
    from stadtlabor.build.transform import TransformResult, made_of, run_team

    public, folder = draft / RELEASE_FILE, draft / TEAM
    folder.mkdir(mode=0o700)
    team, own = folder / TEAM_FILE, draft / PRIVATE / BETWEEN
    own.parent.mkdir(mode=0o700)
    shutil.copyfile(public, team)
    team.chmod(0o600)
    rest = reuse.take_over_team(warehouse, reused, own, team) if reused else None
    if rest == "":
        result = TransformResult(True)
    else:
        files = draft / reuse.WAREHOUSE_FILE, team
        result = run_team(*files, warehouse / "dbt-team", warehouse / "dbt", own, rest)
    if not result.ok:
        raise BuildError("The team's edition could not be made; the last release stays up. " + result.failures[0])
    made = made_of(warehouse / "dbt-team", policy.TEAM)
    # All others are the public file's, byte by byte.
    own_tables = None if made is None else [one.name for one in made if one.key in of_edition(made)]
    mark(team, public, own_tables)
    check(team, public, own_tables)
    return team


def mark(team: Path, public: Path, tables: Collection[str] | None = None) -> None:
    """Mark in `team` whatever `public` does not say just like that, and write into it which edition it is.

    `tables` are those of which the two may differ; all where None.
    """
    with duckdb.connect(str(team)) as connection:
        quoted = str(public).replace("'", "''")
        connection.execute(f"attach '{quoted}' as public_edition (read_only)")
        for table, columns in _of_contract(tables).items():
            if _differs(connection, table):
                _mark(connection, table, columns)
        connection.execute(f"update release_info set edition = '{TEAM}'")
        connection.execute("detach public_edition")
        connection.execute("checkpoint")


def _of_contract(tables: Collection[str] | None) -> dict[str, contract.Columns]:
    return {name: columns for name, columns in contract.models().items() if tables is None or name in tables}


def _differs(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    found = connection.execute(f"select 1 from (from {table} except all from public_edition.{table}) limit 1")
    return bool(found.fetchall())


def _mark(connection: duckdb.DuckDBPyConnection, table: str, columns: contract.Columns) -> None:
    public = f"public_edition.{table}"
    if "sign" in columns:
        sign = f"case when sign in {_SHOWN} then '{INTERNAL}' else sign end as sign"
        marked = (
            f"from {table} intersect all from {public} "
            f"union all select * replace ({sign}) from (from {table} except all from {public})"
        )
    elif "internal" in columns:
        marked = _with_names(table, public, columns)
    else:
        raise BuildError(f"The team's edition of {table} differs from the public one, and no column could say so.")
    connection.execute(f"create or replace temp table marked as {marked}")
    connection.execute(f"delete from {table}")
    connection.execute(f"insert into {table} by name from marked")
    connection.execute("drop table marked")


def _with_names(table: str, public: str, columns: contract.Columns) -> str:
    """The rows of `table`, each with the names of its columns that the public row, if there is one, says otherwise."""
    keys = contract.keys()[table]
    values = [name for name in columns if name not in (*keys, "internal") and not name.endswith("_sign")]
    differs = {name: f't."{name}" is distinct from p."{name}"' for name in values}
    names = ", ".join(f"case when {condition} then '{name}' end" for name, condition in differs.items())
    marks = {"internal": f"nullif(concat_ws(', ', {names}), '')"}
    for sign in (one for one in columns if one.endswith("_sign")):
        is_internal = f't."{sign}" in {_SHOWN} and {differs[sign.removesuffix("_sign")]}'
        marks[sign] = f"case when {is_internal} then '{INTERNAL}' else t.\"{sign}\" end"
    replaced = ", ".join(f'{expression} as "{name}"' for name, expression in marks.items())
    same_row = " and ".join(f't."{key}" is not distinct from p."{key}"' for key in keys)
    return f"select t.* replace ({replaced}) from {table} as t left join {public} as p on {same_row}"


def check(team: Path, public: Path, tables: Collection[str] | None = None) -> None:
    """Hold the marks against the public file; BuildError where a value that it hides carries none."""
    with attached(team=team, public=public) as connection:
        for table, columns in _of_contract(tables).items():
            if "sign" not in columns:
                continue
            unmarked = connection.execute(
                f"select count(*) from (from team.{table} where sign <> '{INTERNAL}' and sign in {_SHOWN} "
                f"except from public.{table})"
            ).fetchall()
            if unmarked != [(0,)]:
                raise BuildError(f"The team's edition of {table} shows values of its own without the mark.")
