"""The six sample surveys and the towns' figures, built once by the command itself."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from stadtlabor import samples
from stadtlabor.build import releases
from stadtlabor.build.releases import RELEASE_FILE
from tests.dbt.survey import hostile

PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Built:
    """A raw folder and what the build made of it."""

    raw: Path
    warehouse: Path
    refused: Sequence[str] = ()

    @property
    def release(self) -> Path:
        current = releases.current(self.warehouse)
        assert current is not None
        return current.folder / RELEASE_FILE

    @property
    def private(self) -> Path:
        return self.warehouse / "private" / "warehouse.duckdb"

    @property
    def manifest(self) -> Path:
        return self.warehouse / "dbt" / "manifest.json"

    def rows(self, query: str, **params: Any) -> list[tuple[Any, ...]]:
        """The rows of a query on the release."""
        return read(self.release, query, **params)


def read(database: Path, query: str, **params: Any) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query, params or None).fetchall()


def build(raw: Path, warehouse: Path) -> Built:
    """Run `stadtlabor build`; an error of it is the test's."""
    places = {"STADTLABOR_RAW": str(raw), "STADTLABOR_WAREHOUSE": str(warehouse)}
    done = subprocess.run(
        [sys.executable, "-m", "stadtlabor.cli", "build"],
        env={**os.environ, **places},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(raw, warehouse)


@pytest.fixture(scope="session")
def surveys(tmp_path_factory) -> Built:
    """The release with the samples, and with deliveries beside them that are refused; read-only."""
    folder = tmp_path_factory.mktemp("surveys")
    raw = folder / "raw"
    raw.mkdir()
    shutil.copy(PROJECT / "raw" / "towns.csv", raw)
    shutil.copytree(PROJECT / "raw" / "official-figures", raw / "official-figures")
    samples.generate(raw)
    refused = hostile.deliver(raw)
    return replace(build(raw, folder / "warehouse"), refused=refused)
