"""The other side of `workers`: a process that does one piece of work after the other and ends with its parent.

A request is a function of the project with its arguments, the environment and the bounds it works in; the answer is
what it returned, or the fields of the DeliveryError it raised.
"""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, NamedTuple

from stadtlabor.base import errors

HEADER_BYTES = 8
KEPT_PREFIX = "STADTLABOR_"


class Request(NamedTuple):
    """A piece of work; `memory_bytes` is added to what the process has already, `cpu_seconds` to what it has used."""

    work: Callable[..., Any]
    arguments: tuple[Any, ...]
    environment: dict[str, str]
    memory_bytes: int
    cpu_seconds: int


def send(stream: IO[bytes], thing: object) -> None:
    """Write one message: its length, and its bytes."""
    data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(HEADER_BYTES, "big"))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message; EOFError where the other side is gone."""
    header = stream.read(HEADER_BYTES)
    if len(header) < HEADER_BYTES:
        raise EOFError
    data = stream.read(length := int.from_bytes(header, "big"))
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def answer(request: Request) -> tuple[str, Any]:
    """Do a piece of work: 'done' and its result, or a fault's class and fields."""
    for name in [name for name in os.environ if name.startswith(KEPT_PREFIX)]:
        del os.environ[name]
    os.environ.update(request.environment)
    bound(request.memory_bytes, request.cpu_seconds)
    try:
        with errors.faults_of():
            return "done", request.work(*request.arguments)
    except errors.DeliveryError as fault:
        return type(fault).__name__, asdict(fault)


def bound(memory_bytes: int, cpu_seconds: int) -> None:
    """Let this process take so much more memory and time; where the system knows no such bounds, nothing happens."""
    try:
        import resource
    except ImportError:
        return
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    limits = [(resource.RLIMIT_CPU, int(used) + cpu_seconds + 1)]
    if taken := _address_space():
        limits.append((resource.RLIMIT_AS, taken + memory_bytes))
    for kind, limit in limits:
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _address_space() -> int | None:
    """Bytes of address space this process has; None where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return None


def main() -> None:
    """Answer requests from standard input until it ends; what libraries print goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            request = receive(requests)
        except EOFError:
            return
        send(answers, answer(request))


if __name__ == "__main__":
    main()
