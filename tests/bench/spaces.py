"""Protection and attack of many small spaces: processor seconds, and how they grow with bookings and with spaces.

`python -m tests.bench spaces 400x500 2000x500` measures spaces of so many bookings each instead.
"""

import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
import polars as pl

from stadtlabor.base import places
from stadtlabor.disclosure.spaces.audit import attack_spaces
from stadtlabor.disclosure.spaces.protection import protected
from tests.bench.bookings_of_a_network import deliver
from tests.bench.surveys import build_once
from tests.disclosure.spaces.growth import releases
from tests.disclosure.spaces.made_up import DAYS

# Spaces, bookings of each, and the most processor seconds that protection and attack may take together.
WORLDS = ((100, 5, 5), (2000, 5, 60), (2000, 50, 60))
# Of other worlds: as many as the spaces of the last one may take.
MOST_PER_SPACE = 0.03
GROWTHS = 150
CELLS = "select space_id, family, cell, amount, reason, available_seat_seconds from core.core__space_cells"
PEOPLE = "from core.core__space_contributions where family not in ('day', 'profile', 'holidays', 'summer')"


def measure(arguments: Sequence[str] = ()) -> bool:
    """One build per world, then protection and attack once more in this process; nothing recoverable."""
    named = [[int(number) for number in argument.split("x")] for argument in arguments]
    worlds = [(spaces, bookings, MOST_PER_SPACE * spaces) for spaces, bookings in named] or WORLDS
    held = [_one(*world) for world in worlds]
    return all(held) and (bool(named) or _growths())


def _growths() -> bool:
    """Spaces that grow by 1, 3 and 10 bookings: what stays as it was told, and that none fails."""
    begun = time.process_time()
    grown = [one for seed in range(GROWTHS // 3) for one in list(releases(seed, DAYS, busy=14))[1:]]
    kept = sum(one.is_kept for one in grown)
    print(f"{len(grown)} growths: {kept} stay as they were told, {len(grown) - kept} are told anew", end="")
    print(f", {time.process_time() - begun:.1f} s of processor")
    return len(grown) == GROWTHS


def _one(spaces: int, bookings: int, most: float) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        raw, warehouse = Path(folder, "raw"), Path(folder, "warehouse")
        raw.mkdir()
        shutil.copy(places.PROJECT / "raw" / "towns.csv", raw)
        deliver(raw, spaces * bookings, spaces)
        child = build_once(raw, warehouse)
        private = warehouse / "private" / "warehouse.duckdb"
        begun = time.process_time()
        with duckdb.connect(str(private), read_only=True) as connection:
            people = connection.sql(PEOPLE).pl()
            used = people["space_id"].unique()
            cells = connection.sql(CELLS).pl().filter(pl.col("space_id").is_in(used.implode()))
        outcome = protected(
            cells, people, pl.DataFrame(schema=dict.fromkeys(("space_id", "family", "cell"), pl.String))
        )
        protecting = time.process_time() - begun
        begun = time.process_time()
        (release,) = (warehouse / "releases").glob("*/release.duckdb")
        found = attack_spaces(release, private)
        attacking = time.process_time() - begun
    published = outcome.filter(pl.col("status") == "published").height
    print(f"{spaces:,} spaces of {bookings} bookings: {published:,} numbers published, {found.rows[0][2]:,} hidden")
    each = (protecting + attacking) / spaces * 1000
    print(f"  protection {protecting:6.1f} s, attack {attacking:6.1f} s of processor", end="")
    print(f", {each:.1f} ms for each space     (bound: {most:.0f} s together)")
    steps = ", ".join(f"{name} {took:.1f} s" for name, took in child.steps.items())
    print(f"  the build's steps on the clock: {steps}")
    print(f"  findings: {len(found.findings)}", flush=True)
    return protecting + attacking <= most and not found.findings
