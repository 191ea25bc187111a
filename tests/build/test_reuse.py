"""A build that takes over what has not changed publishes what a build from nothing would."""

import shutil

import duckdb
import pytest

from stadtlabor.base import places
from stadtlabor.base.databases import attached
from stadtlabor.base.progress import Progress
from stadtlabor.build import releases, reuse
from stadtlabor.build.run import run_build
from tests.build.losing import lose

DELIVERIES = (
    "official-figures", "official-updates", "school-holidays", "wittenberge-pendlerbefragung-2022",
    "diessen-buchungen-2022", "oestrich-winkel-veranstaltungen-2022", "moelln-themenwoche-2022",
    "wittenberge-labortagebuch-2022",
)  # fmt: skip
# What loses a record, the record's place from the end, and a view over landing tables that says something else then.
# The first change comes upon numbers that are printed for the first time, so that it touches more.
CHANGES = [
    ("moelln-themenwoche-2022/checkin-e-sport.csv", 3, "stg_landing__registrations"),
    ("wittenberge-pendlerbefragung-2022/data_pendler-wittenberge_2022-10-24_09-12.csv", 4, "stg_landing__answers"),
    ("diessen-buchungen-2022/buchungen.csv", 30, "stg_landing__bookings"),
    ("oestrich-winkel-veranstaltungen-2022/Termine im Co-Working.csv", 4, "stg_landing__events"),
    ("wittenberge-labortagebuch-2022/Labortagebuch_Aktivitaeten.csv", 2, "stg_landing__lab_activities"),
    ("official-updates/figures.csv", 40, "stg_landing__figures"),
]
# A delivery of events brings both.
OF_EVENTS = {"stg_landing__events", "stg_landing__registrations"}
# What tells one build from another, and nothing else.
OF_THE_BUILD = {"landing.deliveries", "main.build_info", "main.release_info"}


@pytest.fixture
def built(network):
    """A network of a delivery of each kind, built once."""
    for name in DELIVERIES:
        shutil.copytree(places.PROJECT / "raw" / name, network.raw / name)
    shutil.copy(places.PROJECT / "raw" / "towns.csv", network.raw)
    run_build(network.raw, network.warehouse, Progress())
    return network


def test_each_kind_of_delivery_changed_in_turn_gives_what_a_full_build_gives(built, tmp_path, monkeypatch):
    taken = recorded(monkeypatch)
    full = tmp_path / "full"

    for place, (file, record, view) in enumerate(CHANGES):
        lose(built.raw / file, record)
        if place == len(CHANGES) - 1:
            shutil.copytree(built.warehouse, full)
            forget(full)
        run_build(built.raw, built.warehouse, Progress())
        assert view in taken[-1].names
        others = {other for *_, other in CHANGES} - (OF_EVENTS if view in OF_EVENTS else {view})
        assert place == 0 or not others & set(taken[-1].names), taken[-1].names
    run_build(built.raw, full, Progress())

    assert taken[-1] is None
    assert differing(private(built.warehouse), private(full)) == set()
    assert differing(published(built.warehouse), published(full)) == set()
    assert differing(of_team(built.warehouse), of_team(full)) == set()


def recorded(monkeypatch):
    real, taken = reuse.take_over, []

    def take_over(*arguments):
        taken.append(real(*arguments))
        return taken[-1]

    monkeypatch.setattr(reuse, "take_over", take_over)
    return taken


def forget(warehouse):
    """Let nothing be taken over from the last build."""
    with duckdb.connect(str(private(warehouse))) as connection:
        connection.execute("update build_basis set basis = 'another'")


def private(warehouse):
    return warehouse / "private" / "warehouse.duckdb"


def published(warehouse):
    return releases.current(warehouse).folder / "release.duckdb"


def of_team(warehouse):
    return warehouse / "team" / releases.current(warehouse).release_id / "release-intern.duckdb"


def differing(one, other):
    """The tables of two database files that hold other rows, or that only one of them has."""
    with attached(one=one, other=other) as connection:
        one_has, other_has = (
            {f'{schema}."{table}"' for schema, table in connection.execute(
                "select schema_name, table_name from duckdb_tables() where database_name = $name", {"name": name}
            ).fetchall()}
            for name in ("one", "other")
        )  # fmt: skip
        both = {table for table in one_has & other_has if table.replace('"', "") not in OF_THE_BUILD}
        assert len(both) > 30
        return (one_has ^ other_has) | {
            table
            for table in both
            if connection.execute(
                f"(from one.{table} except all from other.{table}) union all "
                f"(from other.{table} except all from one.{table}) limit 1"
            ).fetchall()
        }
