"""Networks of many towns: seconds by step, memory, and what one more delivery costs.

`python -m tests.bench network 5 50 500`: sizes in towns, each with four deliveries (survey, bookings, events, journal)
from the samples' generators; `--reading` stops before the models, `--again` builds once more after a tenth of the
deliveries has grown by one, three or ten records. Each size is built from nothing in a process of its own, reading on
one core, so that seconds of the processor can be told apart.
"""

import json
import os
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb

from stadtlabor.base.progress import Progress, keep_output_for_python
from tests.bench.towns_of_a_network import DELIVERIES_PER_TOWN, SEED, deliver
from tests.build.losing import lose

SIZES = [5, 50]
# On the command line: no more than finding, reading, gate and keeping; and a second build.
READING, AGAIN = "--reading", "--again"
GROWTHS = (1, 3, 10)
STEPS = ("find", "read", "gate", "keep", "transform", "audit", "team", "publish")
# The most that one more small delivery may take of the processor in a network of hundreds of towns.
MOST_MILLISECONDS = 60
MOST_GROWTH = 1.1
# Seconds on the clock of each model and data test that dbt ran.
Nodes = dict[str, float]
Measured = dict[str, Any]


def measure(arguments: list[str]) -> bool:
    """Print the seconds of the processor by step for each size, and the growth per delivery between sizes."""
    options = {READING, AGAIN} & set(arguments)
    sizes = [int(size) for size in arguments if size not in options] or SIZES
    print(f"{'towns':>6} {'deliveries':>10} " + " ".join(f"{step:>9}" for step in STEPS) + f" {'wall':>8} {'MB':>7}")
    measured = []
    for size in sizes:
        measured.append(_in_a_process_of_its_own(size, READING not in options, AGAIN in options))
        for one in measured[-1]:
            seconds = " ".join(f"{one[step]:>9.2f}" for step in STEPS)
            print(
                f"{size:>6} {one['deliveries']:>10.0f} {seconds} {one['wall']:>8.1f} {one['memory']:>7.0f}", flush=True
            )
    for size, (_, *again) in zip(sizes, measured, strict=True):
        for one in again:
            kept = f"{one['surveys']:.0f} surveys and {one['spaces']:.0f} spaces stay as the first build told them"
            print(f"{size} towns built again, {one['deliveries']:.0f} deliveries changed: published, {kept}")
    steps = list(pairwise((size, builds[0]) for size, builds in zip(sizes, measured, strict=True)))
    is_all_let_in = not any(one["refused"] for builds in measured for one in builds)
    return sum(_growth(*small, *large) for small, large in steps) == len(steps) and is_all_let_in


def _growth(fewer: int, small: Measured, more: int, large: Measured) -> bool:
    """Whether the step from one size to the next stays within the bounds; prints what grows beyond proportion."""
    count = (more - fewer) * DELIVERIES_PER_TOWN
    each = {step: (large[step] - small[step]) / count * 1000 for step in STEPS}
    print(f"{fewer} to {more} towns, ms of the processor per further delivery: ", end="")
    print(", ".join(f"{step} {value:.1f}" for step, value in each.items()))
    steep = [
        step for step in STEPS if large[step] > 1 and large[step] / max(small[step], 0.01) > MOST_GROWTH * more / fewer
    ]
    print(f"  beyond proportion: {', '.join(steep) or 'nothing'}")
    for node, (before, after) in _steep_nodes(small["nodes"], large["nodes"], more / fewer).items():
        print(f"    {node}: {before:.2f} s on the clock, then {after:.2f}")
    taken = each["read"] + each["gate"] + each["keep"]
    print(f"  read, gated and kept: {taken:.1f} ms     (bound: {MOST_MILLISECONDS})")
    return taken <= MOST_MILLISECONDS and not steep


def _steep_nodes(small: Nodes, large: Nodes, proportion: float) -> dict[str, tuple[float, float]]:
    """Models and data tests that took more than a second and grew beyond proportion, the longest first."""
    both = {node: (small[node], took) for node, took in large.items() if node in small}
    steep = {
        node: took
        for node, took in both.items()
        if took[1] > 1 and took[1] > MOST_GROWTH * proportion * max(took[0], 0.01)
    }
    return dict(sorted(steep.items(), key=lambda one: -one[1][1]))


def _in_a_process_of_its_own(size: int, is_whole: bool, is_again: bool) -> list[Measured]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_built, size, is_whole, is_again).result()


def _built(size: int, is_whole: bool, is_again: bool) -> list[Measured]:
    """Of each build of a network seconds of the processor by step, `wall` seconds of all and `memory` in MB.

    As well how many `deliveries` were new or changed, and of a second build how many `surveys` and `spaces` stay as
    they were told; how many were `refused`, each printed. An error unless each build publishes a release.
    """
    from stadtlabor.build import ingest, inputs, releases
    from stadtlabor.intake import one_delivery

    seconds = dict.fromkeys(STEPS, 0.0)
    keep_output_for_python()
    with tempfile.TemporaryDirectory() as folder:
        raw, warehouse, grown = Path(folder, "raw"), Path(folder, "warehouse"), Path(folder, "grown")
        deliver(raw, size)
        changed = _lose_from_a_tenth(raw, grown) if is_again else []
        os.environ |= {"STADTLABOR_WAREHOUSE": str(warehouse), "STADTLABOR_PROCESSES": "0", "CI": "true"}
        # What is loaded once is no delivery's.
        import expectations.engine  # noqa: F401
        import stadtlabor.readers.registry  # noqa: F401

        for step, name in (("read", "_read"), ("gate", "gate_all"), ("keep", "keep")):
            setattr(one_delivery, name, _timing(getattr(one_delivery, name), seconds, step))
        begun = time.perf_counter()
        if is_whole:
            refused = _publish(raw, warehouse, seconds)
        else:
            with _timed(seconds, "find"):
                found = inputs.gather(raw, warehouse)
            refused = [one.refusal for one in ingest.ingest(found, warehouse, _Quiet(seconds)) if one.refusal]
        builds = [_measured(seconds, begun, size * DELIVERIES_PER_TOWN, refused) | {"nodes": _nodes(warehouse)}]
        if changed:
            first = releases.current(warehouse)
            shutil.copytree(grown, raw, dirs_exist_ok=True)
            begun = time.perf_counter()
            refused = _publish(raw, warehouse, seconds)
            if releases.current(warehouse) == first:
                raise RuntimeError("the second build published nothing")
            again = _measured(seconds, begun, len(changed), refused)
            builds.append(again | _kept(warehouse / "private" / "warehouse.duckdb"))
    return builds


def _publish(raw: Path, warehouse: Path, seconds: dict[str, float]) -> list[str]:
    from stadtlabor.build import run

    return run.run_build(raw, warehouse, _Quiet(seconds)).refused


def _measured(seconds: dict[str, float], begun: float, deliveries: int, refused: list[str]) -> Measured:
    """What one build took; the seconds begin anew with the next one."""
    for one in refused:
        print(f"refused: {one}", flush=True)
    unit = 1024 if os.uname().sysname == "Linux" else 1
    taken = seconds | {
        "deliveries": deliveries,
        "refused": len(refused),
        "wall": time.perf_counter() - begun,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6,
    }
    seconds.update(dict.fromkeys(STEPS, 0.0))
    return taken


def _nodes(warehouse: Path) -> Nodes:
    """What each model and data test took in the last run of dbt for each edition."""
    return {
        f"{result['unique_id'].split('.', 2)[-1]} ({path.parent.name})": result["execution_time"]
        for path in warehouse.glob("dbt*/run_results.json")
        for result in json.loads(path.read_text("utf-8"))["results"]
    }


def _lose_from_a_tenth(raw: Path, grown: Path) -> list[Path]:
    """Take the last records from a tenth of the deliveries; as they were they lie in `grown`."""
    long = [path for path in sorted(raw.glob("*/*.csv")) if path.read_bytes().count(b"\n") > 3 * max(GROWTHS)]
    tables = {path.parent: path for path in long}
    changed = random.Random(SEED).sample(sorted(tables), len(list(raw.glob("*/"))) // 10)
    for number, folder in enumerate(changed):
        shutil.copytree(folder, grown / folder.name)
        for _ in range(GROWTHS[number % len(GROWTHS)]):
            lose(tables[folder], 1)
    return changed


def _kept(private: Path) -> dict[str, float]:
    """How many surveys and spaces are told as the release before told them."""
    with duckdb.connect(str(private), read_only=True) as connection:
        ((surveys,),) = connection.execute(
            "select count(distinct universe) from core.core__survey_protection where is_kept"
        ).fetchall()
        ((spaces,),) = connection.execute(
            "select count(distinct space_id) from core.core__space_protection where status = 'kept'"
        ).fetchall()
    return {"surveys": surveys, "spaces": spaces}


@contextmanager
def _timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    begun = time.process_time()
    try:
        yield
    finally:
        seconds[step] += time.process_time() - begun


def _timing(work, seconds: dict[str, float], step: str):  # type: ignore[no-untyped-def]
    def timed(*given: object) -> object:
        with _timed(seconds, step):
            return work(*given)

    return timed


class _Quiet(Progress):
    """Takes the time of the build's steps and says nothing."""

    def __init__(self, seconds: dict[str, float]) -> None:
        super().__init__()
        self._seconds = seconds

    @contextmanager
    def step(self, name: str, what: str) -> Iterator[None]:
        # Reading is timed from within, its parts by themselves.
        with _timed(self._seconds if name != "read" else {name: 0.0}, name):
            yield

    def say(self, text: str) -> None:
        pass
