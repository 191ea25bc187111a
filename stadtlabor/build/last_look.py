"""The last look at a release before it goes out."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import polars as pl

from stadtlabor.base.contract import Columns
from stadtlabor.base.errors import BuildError
from stadtlabor.disclosure.cache import ProtectionCache
from stadtlabor.disclosure.events.audit import attack_events
from stadtlabor.disclosure.spaces.audit import attack_spaces
from stadtlabor.disclosure.surveys.audit import COLUMNS, attack_release

# What is attacked → what is to be done where it gives anybody away.
REMEDIES: Mapping[str, str] = {
    "hidden numbers": "Merge small answers in the delivery's source.yml, or leave the question out. Where only the "
    "rules or the dictionary have changed since the last release, `stadtlabor build --new-series` starts anew.",
    "hidden numbers of a space": "Where bookings were corrected or the rules have changed since the last release, "
    "`stadtlabor build --new-series` starts anew; else take the newest delivery of this space out, and report it as a "
    "fault of the protection.",
    "hidden counts of events": "Where counts were corrected since the last release, `stadtlabor build --new-series` "
    "starts anew; else leave the count out of the delivery, and report it as a fault of the protection.",
}
SHOWN = 5


class GivenAwayError(BuildError):
    """A release that gives hidden numbers away; `findings` maps what is given away to sentences that name whose."""

    def __init__(self, findings: Mapping[str, Sequence[str]]) -> None:
        self.findings = findings
        super().__init__(
            " ".join(
                f"The release gives {what} away; the last one stays up. {'; '.join(found[:SHOWN])}. {REMEDIES[what]}"
                for what, found in findings.items()
            )
        )


def attack(release: Path, warehouse: Path, serving_release: Path | None, cache: ProtectionCache | None = None) -> None:
    """Attack the release and write the result into it; GivenAwayError where it gives anybody away.

    `cache` holds what earlier builds found safe.
    """
    found = attack_release(release, warehouse, serving_release, cache)
    spaces = attack_spaces(release, warehouse, serving_release)
    events = attack_events(release, serving_release)
    by_kind = zip(REMEDIES, (found.findings, spaces.findings, events.findings), strict=True)
    if findings := {what: given_away for what, given_away in by_kind if given_away}:
        raise GivenAwayError(findings)
    rows = pl.concat([found.rows, pl.DataFrame([*spaces.rows, *events.rows], schema=COLUMNS, orient="row")])
    with duckdb.connect(str(release)) as connection:
        connection.register("given", rows)
        connection.execute("create table disclosure_audit as select * from given")
        connection.unregister("given")


def audit(release: Path, contract: Mapping[str, Columns]) -> None:
    """Hold the finished release file against its contract; BuildError says what must not go out.

    `contract` is the closed set of published tables: one of records can never slip in beside them, nor a column.
    """
    with duckdb.connect(str(release), read_only=True) as connection:
        rows = connection.execute(
            "select schema_name || '.' || table_name, column_name, lower(data_type) from duckdb_columns() "
            "where not internal"
        ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    expected = {f"main.{name}": columns for name, columns in contract.items()}
    if strange := sorted(found.keys() - expected.keys()):
        raise BuildError(f"The release holds {strange[0]}, which is not one of the published tables.")
    if missing := sorted(expected.keys() - found.keys()):
        raise BuildError(f"The release lacks {missing[0]}.")
    for table, columns in expected.items():
        for name in sorted(columns.keys() | found[table].keys()):
            stated, is_ = columns.get(name, "not there"), found[table].get(name, "not there")
            if stated != is_:
                raise BuildError(f"The release's {table} has the column {name} as {is_}; its contract says {stated}.")
