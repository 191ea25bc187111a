"""Networks of many towns: seconds by step, memory, and what one more delivery costs.

`python -m tests.bench network 5 50 500`: sizes in towns, each with four deliveries (survey, bookings, events, journal)
from the samples' generators; `--reading` stops before the models. Each size is built from nothing in a process of its
own, reading on one core, so that seconds of the processor can be told apart.
"""

import os
import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

from stadtlabor.base.progress import Progress, keep_output_for_python
from tests.bench.towns_of_a_network import DELIVERIES_PER_TOWN, deliver

SIZES = [5, 50]
# On the command line: no more than finding, reading, gate and keeping.
READING = "--reading"
STEPS = ("find", "read", "gate", "keep", "transform", "audit", "team", "publish")
# The most that one more small delivery may take of the processor in a network of hundreds of towns.
MOST_MILLISECONDS = 60
MOST_GROWTH = 1.1


def measure(arguments: list[str]) -> bool:
    """Print the seconds of the processor by step for each size, and the growth per delivery between sizes."""
    is_whole = READING not in arguments
    sizes = [int(size) for size in arguments if size != READING] or SIZES
    measured = [_in_a_process_of_its_own(size, is_whole) for size in sizes]
    print(f"{'towns':>6} {'deliveries':>10} " + " ".join(f"{step:>9}" for step in STEPS) + f" {'wall':>8} {'MB':>7}")
    for size, one in zip(sizes, measured, strict=True):
        seconds = " ".join(f"{one[step]:>9.2f}" for step in STEPS)
        print(f"{size:>6} {size * DELIVERIES_PER_TOWN:>10} {seconds} {one['wall']:>8.1f} {one['memory']:>7.0f}")
    steps = list(pairwise(zip(sizes, measured, strict=True)))
    return sum(_growth(*small, *large) for small, large in steps) == len(steps)


def _growth(fewer: int, small: dict[str, float], more: int, large: dict[str, float]) -> bool:
    """Whether the step from one size to the next stays within the bounds; prints what grows beyond proportion."""
    count = (more - fewer) * DELIVERIES_PER_TOWN
    each = {step: (large[step] - small[step]) / count * 1000 for step in STEPS}
    print(f"{fewer} to {more} towns, ms of the processor per further delivery: ", end="")
    print(", ".join(f"{step} {value:.1f}" for step, value in each.items()))
    steep = [
        step for step in STEPS if large[step] > 1 and large[step] / max(small[step], 0.01) > MOST_GROWTH * more / fewer
    ]
    print(f"  beyond proportion: {', '.join(steep) or 'nothing'}")
    taken = each["read"] + each["gate"] + each["keep"]
    print(f"  read, gated and kept: {taken:.1f} ms     (bound: {MOST_MILLISECONDS})")
    return taken <= MOST_MILLISECONDS and not steep


def _in_a_process_of_its_own(size: int, is_whole: bool) -> dict[str, float]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_built, size, is_whole).result()


def _built(size: int, is_whole: bool) -> dict[str, float]:
    """Seconds of the processor by step of a network built from nothing, `wall` seconds of all, `memory` in MB."""
    from stadtlabor.build import ingest, inputs, run
    from stadtlabor.intake import one_delivery

    seconds = dict.fromkeys(STEPS, 0.0)
    keep_output_for_python()
    with tempfile.TemporaryDirectory() as folder:
        raw, warehouse = Path(folder, "raw"), Path(folder, "warehouse")
        deliver(raw, size)
        os.environ |= {"STADTLABOR_WAREHOUSE": str(warehouse), "STADTLABOR_PROCESSES": "0", "CI": "true"}
        # What is loaded once is no delivery's.
        import expectations.engine  # noqa: F401
        import stadtlabor.readers.registry  # noqa: F401

        begun = time.perf_counter()
        with _timed(seconds, "find"):
            found = inputs.gather(raw, warehouse)
        for step, name in (("read", "_read"), ("gate", "gate_all"), ("keep", "keep")):
            setattr(one_delivery, name, _timing(getattr(one_delivery, name), seconds, step))
        taken = ingest.ingest(found, warehouse, _Quiet(seconds))
        if refused := [one.refusal for one in taken if one.refusal]:
            raise RuntimeError(refused[0])
        seconds["find"] = 0.0 if is_whole else seconds["find"]
        if is_whole:
            run.run_build(raw, warehouse, _Quiet(seconds))
        wall = time.perf_counter() - begun
    unit = 1024 if os.uname().sysname == "Linux" else 1
    return seconds | {"wall": wall, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6}


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
