"""Child processes for work over which a library may abort, hang or fill the memory: it ends the child alone."""

import os
import pickle
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Self

from stadtlabor.base.bounded import AT, Answer, Bounds, Job
from stadtlabor.base.errors import BreakdownError, BuildError

# A second of the processor may take several on a busy machine; what waits without doing anything takes none.
CLOCK_PER_SECOND = 4
# What libraries write before they abort for want of memory.
NO_MEMORY = re.compile(rb"memory allocation of|bad_alloc|out of memory|cannot allocate", re.IGNORECASE)
PLACE = re.compile(re.escape(AT).encode() + rb"(.*)\n")
MOST_TRACE_BYTES = 20_000
# Children share the cores among themselves, and what polars no longer needs goes back to the machine at once. Arrow's
# own allocator reserves a gigabyte when it is first used, which counts against the bound as if it were filled. What
# is written passes through in morsels, of 100,000 rows of text if nobody says otherwise.
SPARING = {
    **dict.fromkeys(("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"),
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "POLARS_IDEAL_MORSEL_SIZE": "10000",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "65536",
}


class StoppedError(Exception):
    """The children were ended while a job waited or ran."""


def count() -> int:
    """How many may work at once: `STADTLABOR_PROCESSES`, else one a core; 0 means this process itself, unbounded."""
    if given := os.environ.get("STADTLABOR_PROCESSES"):
        return int(given)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def side_by_side(work: Callable[..., Any], given: Sequence[tuple[Any, ...]], bounds: Bounds) -> list[Any]:
    """What a function of a module returns of each, in their order, worked out in children, each within the bounds.

    In this process where there is but one, or one core. Raises what `Children.run` raises.
    """
    at_once = min(count(), len(given))
    if at_once < 2:
        return [work(*one) for one in given]
    with ThreadPoolExecutor(at_once) as threads, Children(work.__module__) as running:
        return list(threads.map(lambda one: running.run(Job(bounds, work, one)), given))


class Children:
    """Children that wait for jobs and are used again until they die; all end with the `with`.

    `modules` are loaded by each before its first job, whose time they would take otherwise.
    """

    def __init__(self, *modules: str) -> None:
        self._modules, self._lock, self._is_closed = modules, threading.Lock(), False
        self._idle: list[_Child] = []
        self._all: list[_Child] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._is_closed = True
        for child in self._all:
            child.end()

    def run(self, job: Job) -> Any:
        """What a job returns; several threads may ask at once.

        Raises the DeliveryError that it raises, BreakdownError where it fails in another way, dies or goes beyond its
        bounds, and StoppedError where the children are ended meanwhile.
        """
        child = self._take()
        try:
            answer = child.ask(job)
        except (BreakdownError, BuildError):
            child.end()
            if self._is_closed:
                raise StoppedError from None
            raise
        if answer.is_last:
            child.end()
        else:
            self._idle.append(child)
        if answer.fault:
            raise answer.fault
        return answer.result

    def _take(self) -> "_Child":
        with self._lock:
            if self._is_closed:
                raise StoppedError
            if self._idle:
                return self._idle.pop()
            child = _Child(self._modules)
            self._all.append(child)
            return child


class _Child:
    """One child process; what it writes to its standard error is kept for the case that it dies."""

    def __init__(self, modules: tuple[str, ...]) -> None:
        imports = "".join(f"import {module}; " for module in modules)
        code = f"import sys; sys.path[:] = {sys.path!r}; {imports}from stadtlabor.base import bounded; bounded.serve()"
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the child
        self._process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**SPARING, **os.environ},
        )
        self._is_ready, self._is_asked = False, threading.Lock()

    def ask(self, job: Job) -> Answer:
        """What came of a job; BreakdownError where the child died over it."""
        with self._is_asked:
            return self._ask(job)

    def _ask(self, job: Job) -> Answer:
        if not self._is_ready:
            self._wait_until_ready()
        late = threading.Event()
        clock = threading.Timer(job.bounds.seconds * CLOCK_PER_SECOND, self._kill, (late,))
        clock.daemon = True
        clock.start()
        try:
            assert self._process.stdin
            pickle.dump(job, self._process.stdin)
            self._process.stdin.flush()
            return self._answer()
        except (EOFError, OSError, pickle.UnpicklingError):
            self._process.wait()
            raise self._death(job.bounds, late.is_set()) from None
        finally:
            clock.cancel()

    def end(self) -> None:
        """Let the child go, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        with self._is_asked:
            for stream in (self._process.stdin, self._process.stdout, self._errors):
                # What could not be sent to a dead child cannot be sent at the end either.
                with suppress(OSError):
                    stream.close()  # type: ignore[union-attr]

    def _kill(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    def _wait_until_ready(self) -> None:
        try:
            self._answer()
        except EOFError:
            said = self._written().decode("utf-8", "replace").strip()
            raise BuildError(f"A child process does not start: {said[-500:]}") from None
        self._is_ready = True

    def _answer(self) -> Answer:
        assert self._process.stdout
        answer: Answer = pickle.load(self._process.stdout)
        return answer

    def _written(self) -> bytes:
        self._errors.seek(0)
        return self._errors.read()

    def _death(self, bounds: Bounds, is_late: bool) -> BreakdownError:
        """What is said of the job over which the child died."""
        written, cause = self._written(), _how_it_ended(self._process.returncode)
        places = PLACE.findall(written)
        fault = BreakdownError(
            f"the program broke down over it ({cause})",
            places[-1].decode() if places else "",
            remedy="Save the file anew or in another format, and report the fault.",
            cause=cause,
            trace=f"The child ended by {cause}.\n" + written[-MOST_TRACE_BYTES:].decode("utf-8", "replace"),
        )
        if is_late or cause == "SIGXCPU":
            fault.exceed(f"more than the {bounds.seconds:,g} seconds allowed")
        elif cause == "SIGKILL" or NO_MEMORY.search(written):
            fault.exceed(f"more than the {bounds.memory / 1e6:,.0f} MB of memory allowed")
        return fault


def _how_it_ended(code: int) -> str:
    """A process's return code in words: the signal that ended it, where one did."""
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"
