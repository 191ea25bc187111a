"""Bookings of 2,000 spaces through the build: seconds, memory, against plain DuckDB, and how they grow."""

import os
import shutil
import statistics
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import duckdb

from stadtlabor.base import places
from tests.bench.bookings_of_a_network import SPACES, booked_plainly, deliver
from tests.bench.surveys import Child, build_once

# `STADTLABOR_BENCH_BOOKINGS=100000` stops there; the largest takes a quarter of an hour.
SIZES = [size for size in (10**5, 10**6, 10**7) if size <= int(os.environ.get("STADTLABOR_BENCH_BOOKINGS", "10000000"))]
PLAIN_RUNS = 3


def measure() -> bool:
    """One build per size, each in a process of its own; the booked hours agree with plain DuckDB's."""
    agreed, took = [], []
    for bookings in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            child, plain, is_same = _one(Path(folder), bookings)
        agreed.append(is_same)
        took.append((bookings, child))
        _show(bookings, child, plain, is_same)
    for (fewer, small), (more, large) in pairwise(took):
        print(
            f"{fewer:,} → {more:,} bookings: {large.seconds / small.seconds:.1f} times the seconds, "
            f"{large.peak_mebibytes / small.peak_mebibytes:.1f} times the memory"
        )
    return all(agreed)


def _one(folder: Path, bookings: int) -> tuple[Child, float, bool]:
    raw, warehouse = folder / "raw", folder / "warehouse"
    raw.mkdir()
    shutil.copy(places.PROJECT / "raw" / "towns.csv", raw)
    exports = deliver(raw, bookings)
    plain = []
    for _ in range(PLAIN_RUNS):
        begun = time.perf_counter()
        expected = booked_plainly(exports)
        plain.append(time.perf_counter() - begun)
    child = build_once(raw, warehouse)
    return child, statistics.median(plain), _booked(warehouse) == expected


def _show(bookings: int, child: Child, plain: float, is_same: bool) -> None:
    print(f"{bookings:,} bookings of {SPACES:,} spaces")
    for name, seconds in child.steps.items():
        print(f"  {name:<12}{seconds:>8.1f} s")
    print(f"  {'whole build':<12}{child.seconds:>8.1f} s, {child.processor_seconds:.1f} s of processors")
    print(f"  {'peak memory':<12}{child.peak_mebibytes:>6.0f} MiB")
    print(f"  plain DuckDB {plain:>8.2f} s, build / plain DuckDB {child.seconds / plain:.0f}")
    print(f"  booked hours equal to plain DuckDB's: {is_same}", flush=True)


def _booked(warehouse: Path) -> dict[str, float]:
    """Booked seat-hours of each space before anything is hidden."""
    with duckdb.connect(str(warehouse / "private" / "warehouse.duckdb"), read_only=True) as connection:
        return dict(
            connection.execute(
                "select space_id, sum(seat_seconds) / 3600 from core.core__seat_time group by space_id"
            ).fetchall()
        )
