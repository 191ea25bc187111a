"""A build end to end on a small network: published whole, repeated for nothing, robust against bad input."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from stadtlabor.base import children
from stadtlabor.base.errors import BuildError, DeliveryError
from stadtlabor.base.progress import Progress
from stadtlabor.build import releases
from stadtlabor.build.inputs import gather
from stadtlabor.build.run import run_build
from tests.conftest import Network, figures

PROJECT = Path(__file__).resolve().parents[2]


def run(network: Network):
    return run_build(network.raw, network.warehouse, Progress())


def rows(network: Network, query: str):
    """Ask the current release."""
    release = releases.current(network.warehouse)
    assert release is not None
    with duckdb.connect(str(release.folder / "release.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def command(network: Network, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stadtlabor.cli", *arguments],
        cwd=PROJECT,
        env={
            "PATH": "",
            "STADTLABOR_RAW": str(network.raw),
            "STADTLABOR_WAREHOUSE": str(network.warehouse),
            "PYTHONUTF8": "1",
            "PYTHONPROFILEIMPORTTIME": os.environ.get("PYTHONPROFILEIMPORTTIME", ""),
            "CI": "true",
        },
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Network:
    """A network with one good delivery, built once; tests that change it take a copy."""
    network = Network(tmp_path_factory.mktemp("built"))
    network.deliver("zahlen", {"figures.csv": figures({}, {"figure": "area_km2", "value": "25.05", "unit": "km²"})})
    run(network)
    return network


def _copied(network: Network, folder: Path) -> Network:
    again = Network(folder)
    shutil.rmtree(again.raw)
    shutil.copytree(network.raw, again.raw)
    shutil.copytree(network.warehouse, again.warehouse)
    return again


@pytest.fixture
def copy(built, tmp_path) -> Network:
    """The built network, free to change; landing paths inside the private warehouse are not followed."""
    return _copied(built, tmp_path / "network")


def test_a_delivery_becomes_a_published_number(built):
    assert rows(
        built, "select value from indicator_values where indicator_id = 'population' and value is not null"
    ) == [(19469.0,)]


def test_the_release_is_one_file_closed_cleanly(built):
    folder = releases.current(built.warehouse).folder

    assert not list(folder.glob("*.wal"))
    assert {path.name for path in folder.iterdir()} == {"release.duckdb", "release.json"}


def test_nothing_changed_means_nothing_done(copy, monkeypatch):
    before = releases.current(copy.warehouse)
    run(copy)
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")

    said = command(copy, "build")

    assert said.returncode == 0, said.stderr
    assert f"Release {before.release_id} stays: nothing has changed." in said.stdout
    assert "transform" not in said.stdout
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in said.stderr.splitlines()}
    assert "click" in imported
    assert imported.isdisjoint(
        {"dbt", "duckdb", "great_expectations", "numpy", "pandas", "polars", "pydantic", "ruamel"}
    )


def test_going_back_to_what_was_built_before_only_switches(copy):
    first = releases.current(copy.warehouse).release_id
    copy.deliver("mehr", {"f.csv": figures({"figure": "dwellings", "value": "10183", "unit": "dwellings"})})
    run(copy)
    shutil.rmtree(copy.raw / "mehr")

    built_again = run(copy)

    assert built_again.release.release_id == first
    assert releases.current(copy.warehouse).release_id == first


UNREADABLE = {
    "empty": ({"f.csv": ""}, "empty"),
    "header-only": ({"f.csv": "ags,figure,value\n"}, "f.csv"),
    "missing-column": ({"f.csv": figures().replace("value", "wert_unbekannt", 1)}, "f.csv"),
    "binary": ({"f.csv": b"\x00\x01\x02\x03" * 50}, "f.csv"),
    "open-quote": ({"f.csv": "ags,figure,value,unit,period\n" + '"' + "x" * 300}, "f.csv"),
    "broken-workbook": ({"f.xlsx": b"PK\x03\x04 not a workbook"}, "f.xlsx"),
}
BAD_ROWS = {
    "short-ags": {"ags": "1053090"},
    "ags-of-no-town": {"ags": "12070424"},
    "no-number": {"value": "12,3,4"},
    "formula": {"figure": "=HYPERLINK(1)"},
    "huge-cell": {"value": "9" * 200_000},
    "no-period": {"period": "Mai"},
}
FAULTY_MANIFESTS = {
    "out-of-its-folder": ("- name: f.csv", "- name: ../towns.csv", "line 9"),
    "no-such-kind": ("kind: statistics", "kind: statistic", "line 2"),
    "id-of-another": ("id: id-of-another", "id: zahlen", "belongs to"),
}


@pytest.fixture(scope="module")
def troubled(built, tmp_path_factory):
    """The built network after one more build, with a second town and everything that can be wrong with a delivery."""
    network = _copied(built, tmp_path_factory.mktemp("troubled") / "network")
    second = {"town_id": "moelln-mv", "ags": "13071102", "name": "Mölln", "land": "Mecklenburg-Vorpommern", "slot": "6"}
    network.towns([{}, second])
    others = (
        {"figure": "populaton"},
        {"figure": "latitude", "value": "53.6"},
        {"figure": "longitude", "value": "10.7"},
    )
    network.deliver("mehr", {"f.csv": figures({"ags": "13071102", "value": "321"}, *others)})
    network.deliver("zahlen", {"figures.csv": ""})
    for name, (files, _) in UNREADABLE.items():
        network.deliver(name, files)
    good = [{"period": f"{year}-12-31"} for year in range(2010, 2015)]
    for name, row in BAD_ROWS.items():
        network.deliver(name, {"f.csv": figures(*good, row)})
    for name, (line, faulty, _) in FAULTY_MANIFESTS.items():
        manifest = network.deliver(name, {"f.csv": figures()}) / "source.yml"
        manifest.write_text(manifest.read_text("utf-8").replace(line, faulty), "utf-8")
    changed = network.deliver("changed", {"f.csv": figures({"period": "2021-12-31"})})
    (changed / "f.csv").write_text(figures({"period": "2021-12-31", "value": "1"}), "utf-8")
    result = run(network)
    return SimpleNamespace(
        result=result,
        refused={said.partition(": ")[0]: said for said in result.refused},
        rows=lambda query: rows(network, query),
    )


def test_a_town_is_data_only_and_the_rest_goes_out(troubled):
    assert troubled.rows(
        "select town_id, value from indicator_values "
        "where indicator_id = 'population' and period = '2022-12-31' order by town_id"
    ) == [("moelln", 19469.0), ("moelln-mv", 321.0)]


def test_a_figure_that_no_indicator_asks_for_is_named(troubled):
    (warning,) = troubled.result.warnings

    assert warning.endswith("(check the spelling): populaton")


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_delivery_that_cannot_be_read_is_refused_by_name(troubled, name):
    assert UNREADABLE[name][1] in troubled.refused[name]
    assert troubled.rows(f"select state from deliveries where delivery_id = '{name}'") == [("refused",)]


def test_nothing_else_is_refused(troubled):
    faulty = {"out-of-its-folder", "no-such-kind", "zahlen (id-of-another)"}

    assert set(troubled.refused) == {*UNREADABLE, *faulty, "zahlen", "changed"}


def test_a_refused_state_leaves_the_last_accepted_one(troubled):
    assert "Its last accepted state stays." in troubled.refused["zahlen"]
    assert troubled.rows("select state, accepted_rows from deliveries where delivery_id = 'zahlen'") == [
        ("refused_previous_kept", 2)
    ]


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_quarantined_with_its_place_and_nothing_is_lost(troubled, name):
    counts = "delivered_rows, accepted_rows, quarantined_rows"
    assert troubled.rows(f"select {counts} from deliveries where delivery_id = '{name}'") == [(6, 5, 1)]
    ((file, lines, reason),) = troubled.rows(
        f"select file, example_lines, reason_de from quarantine_summary where delivery_id = '{name}'"
    )
    assert (file, lines) == ("f.csv", "7")
    assert reason


@pytest.mark.parametrize("name", FAULTY_MANIFESTS)
def test_a_faulty_manifest_is_refused_with_its_line(troubled, name):
    (said,) = [said for said in troubled.result.refused if f"/{name}/source.yml" in said]

    assert FAULTY_MANIFESTS[name][2] in said


def test_a_file_changed_since_it_was_received_is_refused(troubled):
    assert "SHA-256" in troubled.refused["changed"]


def test_the_command_line_never_shows_a_traceback(network):
    nothing = command(network, "build")
    network.deliver("kaputt", {"f.csv": ""})
    only_broken = command(network, "build")
    (network.raw / "towns.csv").write_text("town_id\n", "utf-8")
    no_towns = command(network, "build")

    for said, expected in ((nothing, "no delivery"), (only_broken, "kaputt"), (no_towns, "'ags' is missing")):
        assert said.returncode == 1
        assert expected in said.stderr
        assert "Traceback" not in said.stderr + said.stdout


def test_an_unchanged_build_starts_no_child(network, monkeypatch):
    def start(*_, **__):
        raise RuntimeError("a child is started")

    monkeypatch.setenv("STADTLABOR_PROCESSES", "1")
    monkeypatch.setattr(children, "_Child", start)
    network.deliver("zahlen", {"f.csv": figures()})
    serving = SimpleNamespace(
        inputs_hash=gather(network.raw, network.warehouse).inputs_hash, private=network.raw, folder=network.raw
    )
    monkeypatch.setattr(releases, "current", lambda _: serving)
    assert not run(network).changed
    network.deliver("mehr", {"f.csv": figures()})

    with pytest.raises(RuntimeError, match="a child is started"):
        run(network)


def test_two_builds_at_once_do_not_meet(copy):
    from filelock import FileLock

    copy.deliver("mehr", {"f.csv": figures()})
    with FileLock(copy.warehouse / "build.lock"):
        said = command(copy, "build")

    assert said.returncode == 1
    assert "Another build is at work" in said.stderr


def test_a_failing_transformation_leaves_the_last_release_up(copy, monkeypatch):
    from stadtlabor.build import transform

    before = releases.current(copy.warehouse).release_id
    copy.deliver("mehr", {"f.csv": figures({"period": "2020-12-31"})})
    real = transform.run

    def run_and_fail(*arguments, **named):
        real(*arguments, **named)
        failure = "test population_is_positive failed in dbt/models/core"
        return transform.TransformResult(ok=False, failures=[failure])

    monkeypatch.setattr(transform, "run", run_and_fail)
    with pytest.raises(BuildError, match="population_is_positive"):
        run(copy)

    assert releases.current(copy.warehouse).release_id == before
    monkeypatch.undo()
    assert run(copy).changed


def test_raw_that_is_not_there_is_said(tmp_path):
    with pytest.raises(DeliveryError, match="does not exist"):
        run_build(tmp_path / "nowhere", tmp_path / "warehouse", Progress())
