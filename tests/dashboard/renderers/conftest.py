"""A release with something of everything, in memory and as a folder of open data, made once."""

from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import polars.selectors as cs
import pytest

from dashboard.release.snapshot import Release
from dashboard.renderers import open_data
from stadtlabor.base import contract
from tests.dashboard.samples import sample, whole_sample

HOSTILE = "=1+1"
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
