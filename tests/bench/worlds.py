"""Random calendars and bookings through dbt, against counting minute by minute."""

import os
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import duckdb

from tests.dbt import building
from tests.dbt.bookings.comparing import SELECTION, Counted, differences, expected
from tests.dbt.bookings.landing_rows import rows_of
from tests.dbt.bookings.worlds import world

WORLDS = int(os.environ.get("STADTLABOR_BENCH_WORLDS", "10000"))
# Worlds counted at a time by one process.
PORTION = 250
SHOWN = 5


def compare() -> bool:
    """All worlds in one run of dbt; every number equal to the minute."""
    begun = time.perf_counter()
    seeds = [range(first, min(first + PORTION, WORLDS)) for first in range(0, WORLDS, PORTION)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        portions = list(pool.map(_counted, seeds))
    counted: Counted = {name: {} for name in portions[0]}
    for portion in portions:
        for name, rows in portion.items():
            counted[name] |= rows
    by_minute = time.perf_counter() - begun

    begun = time.perf_counter()
    worlds = [world(seed) for seed in range(WORLDS)]
    with tempfile.TemporaryDirectory() as folder:
        built = building.build(Path(folder), SELECTION, **rows_of(worlds))
        if not built.result.ok:
            raise RuntimeError("\n".join(built.result.failures))
        with duckdb.connect(str(built.warehouse), read_only=True) as connection:
            found = differences(connection, counted)
    in_sql = time.perf_counter() - begun

    bookings = sum(len(one.bookings) for one in worlds)
    print(f"{WORLDS:,} random spaces with {bookings:,} bookings; {sum(map(len, counted.values())):,} numbers compared")
    for name, rows in counted.items():
        print(f"  {name:<18}{len(rows):>9,} numbers, {sum(rows.values()):>13,} in all")
    print(f"counting by the minute {by_minute:.0f} s, one run of dbt {in_sql:.0f} s")
    for said in found[:SHOWN]:
        print(f"  {said}")
    print(f"differences: {len(found)}     (bound: 0)")
    return not found


def _counted(seeds: Sequence[int]) -> Counted:
    return expected([world(seed) for seed in seeds])
