"""How a build shows where it is: a moving line on a terminal, plain lines elsewhere."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

STEPS = ("find", "read", "gate", "transform", "audit", "publish")


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
