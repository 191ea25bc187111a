"""The release of the project's own raw/, built once for all tests that only read it."""

from pathlib import Path

import pytest

from tests.dbt import building
from tests.dbt.building import Transformed

RAW = Path(__file__).resolve().parents[2] / "raw"


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> Transformed:
    """The five towns' figures and peer bands as raw/ ships them, transformed; read-only."""
    built = building.build(tmp_path_factory.mktemp("network"), **building.landed_from(RAW))
    assert built.result.ok, built.result.failures
    return built
