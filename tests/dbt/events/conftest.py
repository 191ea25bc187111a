"""Random towns of events, built once for all tests that only read them."""

import pytest

from tests.dbt import building
from tests.dbt.events.worlds import landed, world

SEEDS = range(220)


@pytest.fixture(scope="session")
def worlds():
    return [world(seed) for seed in SEEDS]


@pytest.fixture(scope="session")
def released(worlds, tmp_path_factory):
    built = building.build(tmp_path_factory.mktemp("events"), **landed(worlds))
    assert built.result.ok, built.result.failures
    return built
