"""How long a build takes, against what it is made of; and whether it survives being killed."""

import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from stadtlabor.base import places
from stadtlabor.build import releases, transform
from tests.build.losing import lose

RUNS = int(os.environ.get("STADTLABOR_BENCH_RUNS", "3"))
KILLS = 20
_SURVEY = "wittenberge-pendlerbefragung-2022/data_pendler-wittenberge_2022-10-24_09-12.csv"
# File and record that it loses. A build after a full one has printed numbers to go by, which the full one had not.
CHANGES = {
    "one registration less, after a full build": ("moelln-themenwoche-2022/checkin-e-sport.csv", 3),
    "one response of a survey less": (_SURVEY, 4),
    "one figure less": ("official-updates/figures.csv", 40),
}


def measure() -> bool:
    """Full, partial and unchanged builds, the plain SQL behind them, and the imports; medians of several runs, in turn.

    dbt's parse is kept beside the project, not in the warehouse: a full build finds it there after the first.
    """
    with _warehouse() as (warehouse, environment):
        _build(environment)
        replay = _plain_sql(warehouse)
        timed: dict[str, list[float]] = {}
        for _ in range(RUNS):
            shutil.rmtree(warehouse)
            _time(timed, "full build, nothing kept", lambda: _build(environment))
            _time(timed, "build with nothing changed", lambda: _build(environment))
            for name, (file, record) in CHANGES.items():
                lose(Path(environment["STADTLABOR_RAW"], file), record)
                _time(timed, name, lambda: _build(environment))
            _time(timed, "import dbt", lambda: _python("import dbt.cli.main"))
            _time(timed, "import great_expectations", lambda: _python("import great_expectations"))
            _time(timed, "the same compiled SQL in plain DuckDB", replay)
    median = {name: statistics.median(seconds) for name, seconds in timed.items()}
    for name, seconds in timed.items():
        print(f"{name:<40} {median[name]:7.2f} s   ({min(seconds):.2f}–{max(seconds):.2f})")
    full, unchanged = median["full build, nothing kept"], median["build with nothing changed"]
    survey, figures = (median[name] for name in list(CHANGES)[1:])
    parts = sum(median[name] for name in median.keys() - CHANGES.keys()) - full - unchanged
    print(f"one survey changed / full                {survey / full:7.3f}     (bound: 0.35)")
    print(f"one table of figures changed / full      {figures / full:7.3f}     (bound: 0.3)")
    print(f"unchanged / full                         {unchanged / full:7.3f}     (bound: under 0.25, and under 1 s)")
    print(f"full / (plain SQL + both imports)        {full / parts:7.2f}")
    return unchanged < 1 and unchanged < full / 4 and survey <= 0.35 * full and figures <= 0.3 * full


def kills() -> bool:
    """`kill -9` at 20 random moments of a build: the last release serves, the next build succeeds."""
    survived = 0
    with _warehouse() as (warehouse, environment):
        begun = time.perf_counter()
        _build(environment)
        whole = time.perf_counter() - begun
        for moment in range(KILLS):
            _change(Path(environment["STADTLABOR_RAW"]), moment)
            process = subprocess.Popen(_command(), env=environment, cwd=places.PROJECT, stdout=subprocess.DEVNULL)
            time.sleep(random.Random(moment).uniform(0, whole))
            process.send_signal(signal.SIGKILL)
            process.wait()
            survived += _serves(warehouse)
            _build(environment)
            survived += _serves(warehouse)
    print(f"release whole after kill -9, and after the build that follows: {survived} of {2 * KILLS}")
    return survived == 2 * KILLS


def _serves(warehouse: Path) -> bool:
    release = releases.current(warehouse)
    if release is None:
        return False
    with duckdb.connect(str(release.folder / releases.RELEASE_FILE), read_only=True) as connection:
        found = connection.execute("select count(*) from indicator_values where value is not null").fetchone()
    return found is not None and found[0] > 0


def _plain_sql(warehouse: Path) -> Callable[[], object]:
    """A function that runs the models' compiled SQL as dbt does, without dbt; Python models have left their results."""
    folder = warehouse.parent / "replay"
    folder.mkdir()
    private, target = folder / "warehouse.duckdb", folder / "target"
    shutil.copy(warehouse / "private" / "warehouse.duckdb", private)
    _move_landing(private, warehouse, folder)
    transform.run(private, folder / "release.duckdb", target)
    nodes = json.loads((target / "manifest.json").read_text("utf-8"))["nodes"]
    results = json.loads((target / "run_results.json").read_text("utf-8"))["results"]
    models = [
        (
            "view" if nodes[one["unique_id"]]["config"]["materialized"] == "view" else "table",
            one["relation_name"],
            one["compiled_code"],
        )
        for one in results
        if one["unique_id"].startswith("model.") and nodes[one["unique_id"]]["language"] == "sql"
    ]
    assert models

    def replay() -> None:
        copy = folder / "copy.duckdb"
        release = folder / "copy-release.duckdb"
        for path in (copy, release):
            path.unlink(missing_ok=True)
        shutil.copy(private, copy)
        with duckdb.connect(str(copy)) as connection:
            connection.execute(f"attach '{release.as_posix()}' as release")
            for kind, relation, code in models:
                connection.execute(f"create or replace {kind} {_copied(relation)} as {_copied(code)}")

    return replay


def _move_landing(private: Path, warehouse: Path, folder: Path) -> None:
    """Let the landing views read copies of their files, which the builds that follow leave alone."""
    shutil.copytree(warehouse / "landing", folder / "landing")
    with duckdb.connect(str(private)) as connection:
        views = connection.execute("select sql from duckdb_views() where schema_name = 'landing'").fetchall()
        assert views
        for (sql,) in views:
            connection.execute(
                sql.replace("CREATE VIEW", "create or replace view").replace(str(warehouse), str(folder))
            )


def _copied(sql: str) -> str:
    return sql.replace('"warehouse"', '"copy"')


@contextmanager
def _warehouse() -> Iterator[tuple[Path, dict[str, str]]]:
    with tempfile.TemporaryDirectory() as folder:
        raw, warehouse = Path(folder, "raw"), Path(folder, "warehouse")
        shutil.copytree(places.PROJECT / "raw", raw)
        yield (
            warehouse,
            {
                **os.environ,
                "STADTLABOR_RAW": str(raw),
                "STADTLABOR_WAREHOUSE": str(warehouse),
                "CI": "true",
            },
        )


def _change(raw: Path, moment: int) -> None:
    """Touch the content of one manifest, so that the next build has something to do."""
    manifest = sorted(raw.glob("*/source.yml"))[0]
    lines = [line for line in manifest.read_text("utf-8").splitlines() if not line.startswith("# moment")]
    manifest.write_text("\n".join([*lines, f"# moment {moment}"]) + "\n", "utf-8")


def _command() -> list[str]:
    return [sys.executable, "-m", "stadtlabor.cli", "build"]


def _build(environment: dict[str, str]) -> None:
    subprocess.run(_command(), env=environment, cwd=places.PROJECT, check=True, stdout=subprocess.DEVNULL)


def _python(code: str) -> None:
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)


def _time(timed: dict[str, list[float]], name: str, job: Callable[[], object]) -> None:
    begun = time.perf_counter()
    job()
    timed.setdefault(name, []).append(time.perf_counter() - begun)
