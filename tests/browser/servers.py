"""The dashboard as a process of its own, on a port of its own."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from stadtlabor.base import places
from tests.dashboard.samples import sample

STARTS_WITHIN = 60  # seconds


def showing(folder: Path, **tables: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Serve the sample release with further tables until the test is over; its warehouse lies in `folder`."""
    warehouse = folder / "warehouse"
    warehouse.mkdir()
    sample.write_release(warehouse, **tables)
    yield from serving(warehouse)


def serving(warehouse: Path, port: int = 0, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve a warehouse until the test is over, on a free port where none is named."""
    # Pages that no test asks for are not made beforehand.
    start = f"from dashboard.server import serve, warming; warming.begin = lambda: None; serve.serve({port})"
    command = [sys.executable, "-c", start]
    own = {"STADTLABOR_WAREHOUSE": str(warehouse), "PYTHONUNBUFFERED": "1"}
    environment = os.environ | own | dict(settings or {})
    with subprocess.Popen(command, cwd=places.PROJECT, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            said = server.stdout.readline()
            assert "The dashboard is at " in said, said
            found = said.split("The dashboard is at ")[1].split()[0]
            _until_healthy(found)
            yield found
        finally:
            server.terminate()
            server.wait(20)


def _until_healthy(address: str) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer within {STARTS_WITHIN} s")
