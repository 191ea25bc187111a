"""Running dbt in this process: what is left behind, and how failures are told."""

import os
import shutil
import threading
import warnings

import duckdb
import pytest

from stadtlabor.build import parses, transform
from tests.dbt import building
from tests.dbt.building import figure


def test_nothing_is_left_open_and_nothing_beside_the_files(tmp_path):
    before = dict(os.environ)
    threads = threading.active_count()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        built = building.build(tmp_path, figures=[figure("population", 5000)])

    assert built.result.ok, built.result.failures
    assert dict(os.environ) == before
    assert threading.active_count() == threads
    assert sorted(path.name for path in tmp_path.iterdir()) == ["release.duckdb", "target", "warehouse.duckdb"]
    # A writer gets in, which it could not while any connection of dbt's still lived with another configuration.
    for path in (built.warehouse, built.release):
        with duckdb.connect(str(path), config={"threads": 1}) as connection:
            connection.execute("create table main.proof as select 1")


def test_a_parse_is_kept_for_the_same_project_alone_and_trusted_by_its_bytes(tmp_path, monkeypatch):
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumaro_encoder

    arguments = ["--target", "public"]

    def found(project=transform.DBT_PROJECT, arguments=arguments):
        return parses.Parses(tmp_path, project, arguments).find() is not None

    monkeypatch.setenv(parses.FOLDER_VARIABLE, str(tmp_path / "parses"))
    # What dbt writes where there is nothing to parse.
    (tmp_path / "partial_parse.msgpack").write_bytes(Manifest().to_msgpack(extended_mashumaro_encoder))
    parses.Parses(tmp_path, transform.DBT_PROJECT, arguments).keep()
    shutil.copytree(transform.DBT_PROJECT / "macros", tmp_path / "other" / "macros")

    assert found()
    assert not found(arguments=["--target", "team"])
    assert not found(project=tmp_path / "other")
    (file,) = (tmp_path / "parses").iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert not found()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [figure("population", 5000, "around 2015")],
            ["dbt/models/staging/staging.yml", "stg_landing__figures", "around 2015"],
        ),
        (
            [figure("population", 100), figure("population_female", 60), figure("population_male", 50)],
            ["dbt/tests/singular/women_and_men_are_the_whole_population.sql", "1 result"],
        ),
    ],
)
def test_a_failure_is_told_with_its_file(tmp_path, rows, told):
    result = building.build(tmp_path, figures=rows).result

    assert not result.ok
    assert len(result.failures) == 1
    for part in told:
        assert part in result.failures[0]
    assert not list(tmp_path.glob("*.wal"))


def test_a_selection_builds_what_it_names_and_what_that_needs(tmp_path):
    built = building.build(tmp_path, "+indicators__official", figures=[figure("population", 5000)])

    assert built.result.ok, built.result.failures
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        found = connection.execute("select indicator_id, value from indicators.indicators__official where value > 0")
        assert found.fetchall() == [("population", 5000)]
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'indicators'")
        assert tables.fetchall() == [("indicators__official",)]


def test_of_a_traceback_its_last_line_is_told():
    frames = "".join(f'  File "model.py", line {number}, in model\n    value = broken()\n' for number in range(20))
    said = f"Runtime Error in model core__x\n  Python model failed:\n  Traceback (most recent call last):\n{frames}"

    assert transform.first_lines(f"{said}  ValueError: too long\n  ") == (
        "Runtime Error in model core__x Python model failed: ValueError: too long"
    )


def test_no_number_of_records_and_no_hash_of_a_file_is_told_where_it_could_tell_of_persons(tmp_path):
    """Every column of every table is searched for marks that stand for what a delivery of each kind counts."""
    kinds = ("statistics", "calendar", "journal", "survey", "bookings", "events", "")
    told, rows = {"statistics", "calendar", "journal"}, {"deliveries": [], "delivery_files": [], "delivery_checks": []}
    for place, kind in enumerate(kinds, start=1):
        mark = {"delivery_id": f"{kind or 'unreadable'}-1"}
        counts = dict.fromkeys(("delivered_rows", "accepted_rows"), f"{place}123") | {"quarantined_rows": "0"}
        rows["deliveries"].append(mark | counts | {"kind": kind, "town_id": None, "other_region_rows": f"{place}123"})
        rows["delivery_files"].append(
            mark | {"rows": f"{place}123", "bytes": f"{place}123", "sha256": f"{place}123" * 16}
        )
        rows["delivery_checks"].append(
            mark | {"check_id": "c", "checked_rows": f"{place}123", "failing_rows": f"{place}123"}
        )
    rejects = [
        {"delivery_id": row["delivery_id"], "line": f"{place}123", "reason": "empty"}
        for place, row in enumerate(rows["deliveries"], start=1)
    ]
    select = "+deliveries +delivery_files +delivery_checks +quarantine_summary"
    built = building.build(tmp_path, select, quarantine=rejects, **rows)

    assert built.result.ok, built.result.failures
    for table in ("deliveries", "delivery_files", "delivery_checks", "quarantine_summary"):
        found = {row[0].rsplit("-", 1)[0] for row in built.rows(f"from {table}") if "123" in str(row)}
        assert found == told, table
    assert built.rows("select distinct row_count from quarantine_summary order by 1") == [(1,), (None,)]
