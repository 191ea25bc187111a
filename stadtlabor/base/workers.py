"""Work on delivered files in processes of their own, with bounds on memory and time.

Whatever a library does over a hostile or damaged file, it ends a worker and not the build: the work is a
DeliveryError, and the next piece gets a new process. Workers are started when first needed and used again.
"""

import atexit
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Timer
from typing import Any

from stadtlabor.base import errors
from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.worker import KEPT_PREFIX, Request, receive, send

# Without a word in source.yml: seconds of computing and megabytes, and more of both for each megabyte of the files.
SECONDS, SECONDS_A_MEGABYTE = 12, 2
MEGABYTES, MEGABYTES_A_MEGABYTE = 1300, 10
# A busy machine may take so many times longer than the work itself.
PATIENCE = 8
REMEDY = "Ask for the export in parts or as CSV, or raise 'limits' in source.yml if it has to be so large."


@dataclass(frozen=True)
class Bounds:
    """What a piece of work may take: megabytes beside the program itself, seconds of computing."""

    megabytes: int
    seconds: int

    @classmethod
    def of(cls, size: int, megabytes: int | None = None, seconds: int | None = None) -> "Bounds":
        """The bounds for files of so many bytes, where nobody states others."""
        weight = size // 1_000_000
        return cls(
            megabytes or MEGABYTES + MEGABYTES_A_MEGABYTE * weight, seconds or SECONDS + SECONDS_A_MEGABYTE * weight
        )


@dataclass(frozen=True)
class Work:
    """A function that a module has by its name, what it is called with, and what it may take."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    bounds: Bounds


class Worker:
    """One process, started anew where the last piece of work ended it."""

    def __init__(self, threads: int) -> None:
        environment = {**os.environ, "POLARS_MAX_THREADS": str(threads), "PYTHONPATH": os.pathsep.join(sys.path)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "stadtlabor.base.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What a library says as it breaks down may quote a cell.
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self.is_late = False
        _ALL.add(self)

    def do(self, work: Work) -> Any:
        """The result of a piece of work; DeliveryError as it raised it, or where it went beyond its bounds."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        kept = {name: value for name, value in os.environ.items() if name.startswith(KEPT_PREFIX)}
        bounds = work.bounds
        request = Request(work.function, work.arguments, kept, bounds.megabytes * 1_000_000, bounds.seconds)
        timer = Timer(bounds.seconds * PATIENCE, self._give_up)
        timer.start()
        try:
            send(self._process.stdin, request)
            outcome, found = receive(self._process.stdout)
        except (EOFError, OSError):
            raise self._ended(bounds) from None
        finally:
            timer.cancel()
        if outcome == "done":
            return found
        if found.get("cause") == "MemoryError":
            raise _too_much(bounds)
        raise getattr(errors, outcome)(**found)

    @property
    def is_alive(self) -> bool:
        """Whether it can do more work."""
        return self._process.poll() is None

    def end(self) -> None:
        """Stop it."""
        _ALL.discard(self)
        with suppress(OSError):
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()

    def _give_up(self) -> None:
        self.is_late = True
        self._process.kill()

    def _ended(self, bounds: Bounds) -> DeliveryError:
        """What is said of work that ended its process."""
        code = self._process.wait()
        if self.is_late or code == -getattr(signal, "SIGXCPU", 0):
            what = f"reading it takes more than {bounds.seconds} seconds of computing"
            return DeliveryError(what, remedy=REMEDY, rule="too_large")
        return _too_much(bounds, f" or brought the reading down (signal {-code})" if code < 0 else "")


def _too_much(bounds: Bounds, otherwise: str = "") -> DeliveryError:
    what = f"reading it takes more than {bounds.megabytes:,} MB of memory{otherwise}"
    return DeliveryError(what, remedy=REMEDY, rule="too_large")


def cores() -> int:
    """How many processes can work side by side; `STADTLABOR_WORKERS` says another number, 0 works in this one."""
    if given := os.environ.get("STADTLABOR_WORKERS"):
        return max(int(given), 0)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def do_all(pieces: Sequence[Work]) -> list[Any]:
    """What each piece of work returned, or the DeliveryError it raised, in the order of the pieces."""
    count = min(cores(), len(pieces))
    if count == 0:
        return [_here(work) for work in pieces]
    with ThreadPoolExecutor(count) as threads:
        try:
            return list(threads.map(lambda work: _there(work, max(cores() // count, 1)), pieces))
        except BaseException:
            # Whoever stops the build does not wait for what is being read.
            threads.shutdown(wait=False, cancel_futures=True)
            for worker in list(_ALL):
                worker.end()
            raise


def _here(work: Work) -> Any:
    try:
        with errors.faults_of():
            return work.function(*work.arguments)
    except DeliveryError as fault:
        return fault


def _there(work: Work, threads: int) -> Any:
    try:
        worker = _IDLE.get_nowait()
    except Empty:
        worker = Worker(threads)
    try:
        return worker.do(work)
    except DeliveryError as fault:
        return fault
    finally:
        if worker.is_alive:
            _IDLE.put(worker)
        else:
            worker.end()


@atexit.register
def _end_all() -> None:
    for worker in list(_ALL):
        worker.end()


_IDLE: SimpleQueue[Worker] = SimpleQueue()
_ALL: set[Worker] = set()
