"""The servers that are measured, each a process of its own on a free port."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import vl_convert

from dashboard import charts
from dashboard.charts import palette
from dashboard.release import store
from stadtlabor.base import places

RIVALS = Path(__file__).parent / "rivals"
# The other tools have their own packages, apart from the project's.
ENVIRONMENT = places.PROJECT / ".venv" / "rivals"
STARTS_WITHIN = 60  # seconds


def rivals_python() -> Path:
    """The Python of the other tools' environment, set up from hashed pins where it is not there yet."""
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pins = RIVALS / "requirements.lock"
    stamp = ENVIRONMENT / "installed-pins"
    if not stamp.exists() or stamp.read_text("utf-8") != pins.read_text("utf-8"):
        print("Setting up the other tools (once) …", flush=True)
        venv.create(ENVIRONMENT, with_pip=True, clear=ENVIRONMENT.exists())
        command: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*command, "--require-hashes", "-r", pins], check=True)
        stamp.write_text(pins.read_text("utf-8"), "utf-8")
    return python


def figures(warehouse: Path) -> dict[str, object]:
    """What the rivals draw: the structure indicators of a release, as plain values."""
    shown = store.opened(warehouse, (warehouse / "current").read_text("utf-8").strip())
    found: dict[str, object] = {}
    for one in shown.structure("de"):
        values = shown.values_by_town(one.indicator_id)
        if values["value"].null_count() < values.height:
            rows = [
                {"name": row["name"], "value": row["value"], "colour": palette.colour(row["slot"], "light")}
                for row in values.iter_rows(named=True)
            ]
            band = shown.peer_band(one.indicator_id, shown.latest_period(one.indicator_id))
            found[one.indicator_id] = {
                "title": one.short,
                "unit": one.unit,
                "rows": rows,
                "band": band and {name: value for name, value in band.items() if name.startswith(("p", "m"))},
            }
    return found


def static_page(warehouse: Path, target: Path) -> None:
    """The standard picture of one indicator as a page of its own, Vega inside."""
    shown = store.opened(warehouse, (warehouse / "current").read_text("utf-8").strip())
    one = next(one for one in shown.structure("de") if shown.latest_period(one.indicator_id))
    band = shown.peer_band(one.indicator_id, shown.latest_period(one.indicator_id))
    chart = charts.town_dots(shown.values_by_town(one.indicator_id), band, one, "de", "light")
    chart.width = 900
    page = vl_convert.vegalite_to_html(chart.to_dict(), bundle=True, renderer="svg")
    target.write_text(page, "utf-8")


@contextmanager
def serving(command: Sequence[str | Path], port: int, environment: Mapping[str, str], path: str = "/") -> Iterator[str]:
    """Run a server until the block ends; gives its address once it answers."""
    address = f"http://127.0.0.1:{port}"
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        list(map(str, command)),
        env=os.environ | {"PYTHONPATH": str(places.PROJECT)} | dict(environment),
        stdout=quiet,
        stderr=quiet,
        cwd=places.PROJECT,
    ) as server:
        try:
            until(lambda: bool(page_of(address + path)))
            yield address
        finally:
            server.terminate()
            server.wait(20)


def free_port() -> int:
    """A port that nobody listens at just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def own(port: int) -> list[str]:
    """The command that serves the dashboard."""
    return [sys.executable, "-c", f"from dashboard.server.serve import serve; serve({port})"]


def bare(port: int) -> list[str]:
    """The command that serves the bare Streamlit page, as it comes."""
    script = str(RIVALS / "bare_streamlit.py")
    options = ["--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.port", str(port)]
    return [sys.executable, "-m", "streamlit", "run", script, *options, "--server.address", "127.0.0.1"]


def write_figures(warehouse: Path, target: Path) -> None:
    """The rivals' figures as a file."""
    target.write_text(json.dumps(figures(warehouse)), "utf-8")


def page_of(address: str) -> str:
    """A page as it is served, "" where nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return str(answer.read().decode("utf-8"))
    except OSError:
        return ""


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds. Raises `AssertionError` after a minute."""
    end = time.monotonic() + STARTS_WITHIN
    while not holds():
        assert time.monotonic() < end, f"nothing happened within {STARTS_WITHIN} s"
        time.sleep(0.1)
