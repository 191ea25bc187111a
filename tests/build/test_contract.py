"""The release's contract: the dashboard reads what it states, and the audit lets out nothing else."""

import duckdb
import pytest

from dashboard.release import store
from stadtlabor.base import contract
from stadtlabor.base.errors import BuildError
from stadtlabor.build import finish
from stadtlabor.build.last_look import audit

CONTRACT = finish.published_tables()


def test_the_dashboard_reads_every_published_table():
    assert sorted(store.TABLES) == sorted(CONTRACT)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("create table records (answer varchar)", "holds main.records"),
        ("create view records as select 1 as answer", "holds main.records"),
        ("create schema aside; create table aside.towns as from towns", "holds aside.towns"),
        ("drop table towns", "lacks main.towns"),
        ("alter table towns add column answer varchar", "main.towns has the column answer as varchar"),
        ("alter table towns drop column name", "main.towns has the column name as not there"),
        ("alter table towns alter column slot type bigint", "the column slot as bigint; its contract says integer"),
    ],
)
def test_a_release_that_is_not_as_its_contract_says_does_not_go_out(tmp_path, change, message):
    path = tmp_path / "release.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name, columns in CONTRACT.items():
            connection.execute(f"create table {name} ({contract.definition(columns)})")
    audit(path, CONTRACT)
    with duckdb.connect(str(path)) as connection:
        connection.execute(change)

    with pytest.raises(BuildError, match=message):
        audit(path, CONTRACT)
