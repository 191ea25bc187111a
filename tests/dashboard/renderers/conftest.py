"""A release with something of everything, for what is written from whole articles."""

from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.release import store
from tests.dashboard.samples import sample, whole_sample

STRANGE = "#heading *fett* _x_ $y$ <b> \\u{1} 漢 \u0007"


@pytest.fixture(scope="session")
def whole(tmp_path_factory) -> Iterator[Any]:
    """The release, with a lesson whose title looks like markup and holds what no font has."""
    warehouse = tmp_path_factory.mktemp("whole")
    tables = whole_sample.tables()
    tables["learnings"][0]["title_de"] = STRANGE
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STADTLABOR_WAREHOUSE", str(warehouse))
        sample.write_release(warehouse, **tables)
        yield store.current()
