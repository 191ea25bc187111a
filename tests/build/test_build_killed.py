"""`kill -9` at any step: the last release serves, the next build succeeds."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from stadtlabor.base.progress import STEPS
from stadtlabor.build import releases
from tests.conftest import Network, figures

PROJECT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is a POSIX signal")


def start(network: Network) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "STADTLABOR_RAW": str(network.raw),
        "STADTLABOR_WAREHOUSE": str(network.warehouse),
        "STADTLABOR_PROCESSES": "2",
        "CI": "true",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "stadtlabor.cli", "build"],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def population(network: Network) -> list[tuple[float]]:
    release = releases.current(network.warehouse)
    assert release is not None
    with duckdb.connect(str(release.folder / "release.duckdb"), read_only=True) as connection:
        return connection.execute(
            "select value from indicator_values where indicator_id = 'population' and value is not null"
        ).fetchall()


@pytest.fixture(scope="module")
def before(tmp_path_factory) -> Network:
    """A published release, and a changed delivery that is not built yet."""
    network = Network(tmp_path_factory.mktemp("killed"))
    network.deliver("zahlen", {"f.csv": figures({"value": "100"})})
    process = start(network)
    said, _ = process.communicate()
    assert process.returncode == 0, said
    network.deliver("zahlen", {"f.csv": figures({"value": "200"})})
    return network


@pytest.fixture
def network(before, tmp_path) -> Network:
    again = Network(tmp_path / "again")
    for name in ("raw", "warehouse"):
        shutil.rmtree(getattr(again, name), ignore_errors=True)
        shutil.copytree(getattr(before, name), getattr(again, name))
    return again


def serves(network: Network) -> None:
    # 100 until the new release is in place; killed after that, 200 is right, and nothing else ever is.
    assert population(network) in ([(100.0,)], [(200.0,)])


def survives(network: Network) -> None:
    process = start(network)
    said, _ = process.communicate()
    assert process.returncode == 0, said
    assert population(network) == [(200.0,)]
    assert not list((network.warehouse / "drafts").glob("*"))


def test_killed_when_each_step_begins(network):
    """What is left of a build killed at one step is in nobody's way up to the next one, nor at the end."""
    for step in STEPS:
        process = start(network)
        assert process.stdout is not None
        for line in process.stdout:
            if f"] {step} " in line:
                process.kill()
                break
        process.wait()
        process.stdout.close()

        assert process.returncode == -signal.SIGKILL, f"the build ended before {step} began"
        serves(network)
    survives(network)


def test_killed_at_random_moments(network):
    for moment in range(3):
        process = start(network)
        time.sleep(random.Random(moment).uniform(0.1, 9))
        process.kill()
        process.communicate()
        serves(network)
    survives(network)
