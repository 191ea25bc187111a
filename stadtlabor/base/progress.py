"""How a build shows where it is: a moving line on a terminal, plain lines elsewhere."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

STEPS = ("find", "read", "transform", "audit", "team", "publish")


def keep_output_for_python() -> None:
    """From here to the process's end standard output is Python's alone; what a library prints past it goes nowhere.

    HiGHS 1.12, which scipy 1.17 and 1.18 bring, forgets a debugging line that no option turns off. Called once,
    before the first thread: descriptor 1 belongs to the whole process and must not change while others write.
    """
    sys.stdout.flush()
    sys.stdout = os.fdopen(os.dup(1), "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


class Progress:
    """Names each step when it begins and says how long it took when it ends."""

    def __init__(self) -> None:
        self._moving = sys.stdout.isatty() and not os.environ.get("CI")

    @contextmanager
    def step(self, name: str, what: str) -> Iterator[None]:
        """Show one step of the build; an error passes through after the step is named as failed."""
        label = f"[{STEPS.index(name) + 1}/{len(STEPS)}] {name:<9} {what}"
        begun = time.perf_counter()
        try:
            if self._moving:
                from rich.console import Console

                with Console().status(label):
                    yield
            else:
                print(f"{label} …", flush=True)
                yield
        except BaseException:
            print(f"{label} — failed", flush=True)
            raise
        print(f"{label} — {time.perf_counter() - begun:.1f} s", flush=True)

    def say(self, text: str) -> None:
        """A line under the step."""
        print(f"      {text}", flush=True)
