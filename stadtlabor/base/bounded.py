"""What a child process does: one job after the other, each within bounds on memory and time.

Windows has no bound on memory; there the clock alone, which the parent watches, ends a job.
"""

import faulthandler
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from stadtlabor.base.errors import DeliveryError, faults_of

# A child killed for want of memory is one delivery refused; the build killed for it is all of them.
KILL_ME_FIRST = Path("/proc/self/oom_score_adj")
MEMORY = Path("/proc/self/status")
# Memory that was taken once is not all given back, and the next job would have less.
MOST_FOR_ANOTHER_JOB = 800_000_000
# What stands before the name of what a job is at.
AT = "\0at "
_is_child = False


class Bounds(NamedTuple):
    """What a job may take: memory in bytes, processor time in seconds."""

    memory: int
    seconds: float


class Job(NamedTuple):
    """A function of a module and what it is called with."""

    bounds: Bounds
    work: Callable[..., Any]
    given: tuple[Any, ...]


class Answer(NamedTuple):
    """What came of a job: its result, or why there is none; `is_last`: the child ends with it."""

    result: Any = None
    fault: DeliveryError | None = None
    is_last: bool = False


def now_at(place: str) -> None:
    """Say what the job is at, for the case that it dies there."""
    if _is_child:
        os.write(2, f"{AT}{place}\n".encode("utf-8", "backslashreplace"))


def serve() -> None:
    """Say that it is ready, then do the jobs that come by standard input; the answers go to standard output."""
    global _is_child
    _is_child = True
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library prints would stand between the answers.
    os.dup2(2, 1)
    # Whoever stops the build with Ctrl-C stops the parent, and the parent ends its children.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.enable()
    with suppress(OSError):
        KILL_ME_FIRST.write_text("1000", "ascii")
    answers.write(pickle.dumps(Answer()))
    answers.flush()
    while True:
        try:
            job: Job = pickle.load(jobs)
        except EOFError:
            return
        # What was written over an earlier job is nothing to this one.
        os.ftruncate(2, 0)
        os.lseek(2, 0, os.SEEK_SET)
        _bind(job.bounds)
        answers.write(_done(job))
        answers.flush()


def _done(job: Job) -> bytes:
    try:
        with faults_of():
            result = job.work(*job.given)
            return pickle.dumps(Answer(result, is_last=_is_used_up()))
    except DeliveryError as fault:
        return pickle.dumps(Answer(fault=fault, is_last=True))


def _is_used_up() -> bool:
    if sys.platform == "win32":
        return False
    # Linux counts what the parent held when it started this process into ru_maxrss; the peak since then stands here.
    with suppress(OSError, StopIteration):
        peak = next(line for line in MEMORY.read_text("ascii").splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) * 1024 > MOST_FOR_ANOTHER_JOB
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit > MOST_FOR_ANOTHER_JOB


def _bind(bounds: Bounds) -> None:
    """Bound what this process may take from here on; no core is left behind, since it would hold what was delivered."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = used.ru_utime + used.ru_stime + bounds.seconds
    # Address space is reserved far beyond what is used; data is what is written to.
    for what, most in (
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_DATA, bounds.memory),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        # macOS takes no bound on data.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
