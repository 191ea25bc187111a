"""Half a year of bookings, built once for all tests that only read it."""

import pytest

from tests.dbt import building
from tests.dbt.bookings.half_year import HOLIDAYS, half_year
from tests.dbt.bookings.landing_rows import rows_of


@pytest.fixture(scope="session")
def made_up():
    return half_year()


@pytest.fixture(scope="session")
def released(made_up, tmp_path_factory):
    built = building.build(tmp_path_factory.mktemp("half-year"), holidays=HOLIDAYS, **rows_of([made_up]))
    assert built.result.ok, built.result.failures
    return built
