"""A release with something of everything, in memory, in a warehouse and as a folder of open data, made once each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import polars.selectors as cs
import pytest

from dashboard.release import store
from dashboard.release.snapshot import Release
from dashboard.renderers import open_data
from stadtlabor.base import contract
from tests.dashboard.samples import sample, whole_sample

HOSTILE = "=1+1"
STRANGE = "#heading *fett* _x_ $y$ <b> \\u{1} 漢 \u0007"
EDITION = {"release_id": "sample-1", "edition": "public"}


def release_of(**changed: list[dict[str, Any]]) -> Release:
    """The whole sample as a release; rows of `changed` stand in for whole tables."""
    rows = sample.default_tables() | whole_sample.tables() | changed
    rows["release_info"] = [EDITION | row for row in rows["release_info"]]
    tables = {}
    with duckdb.connect() as connection:
        for name, columns in sample.CONTRACT.items():
            connection.execute(f"create or replace table one ({contract.definition(columns)})")
            frame = pl.DataFrame(rows.get(name, []), schema=connection.sql("from one").pl().schema)
            tables[name] = frame.with_columns(cs.signed_integer().cast(pl.Int64))
    return Release("sample-1", tables)


@pytest.fixture(scope="session")
def whole_release() -> Release:
    deliveries = [*whole_sample.tables().get("deliveries", []), sample.delivery("hostile", title=HOSTILE)]
    known = {row["delivery_id"]: row for row in [*sample.default_tables()["deliveries"], *deliveries]}
    return release_of(deliveries=list(known.values()))


@pytest.fixture(scope="session")
def folder(whole_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("open") / "data"
    open_data.write(whole_release, written, contact="labor@example.org")
    return written


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
