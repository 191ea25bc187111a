"""Set up the project on a bare machine, then do a job: `python -m stadtlabor run`.

Needs nothing but Python's standard library, so that it works before anything is installed, and the
same on Linux, macOS and Windows. The Makefile only calls it. Everything it installs goes into
`.venv/`, from hashed pins; a stamp in there says which pins, so a second call starts at once.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed-pins"
# The jobs that need the tools of the workshop as well as those of the product.
WORKSHOP_JOBS = ("test", "check", "bench", "format", "lock")
# All tests at once: what tests read together is built on one worker, and what lasts longest begins.
PARALLEL = ["-n", "auto", "--dist", "loadgroup", "--no-loadscope-reorder"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def main(arguments: list[str]) -> int:
    """Set up what the job needs and do it; returns the job's exit code."""
    job, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if sys.version_info < (3, 11):
        print("StadtLabor needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
        return 2
    set_up(workshop=job in WORKSHOP_JOBS)
    if job == "test":
        return _run([PYTHON, "-m", "pytest", *(rest or PARALLEL)], STADTLABOR_BROWSER=browser())
    if job == "check":
        return _first_failure(
            [PYTHON, "-m", "ruff", "check", "."],
            [PYTHON, "-m", "ruff", "format", "--check", "."],
            [PYTHON, "-m", "mypy"],
        )
    if job == "format":
        return _first_failure([PYTHON, "-m", "ruff", "check", "--fix", "."], [PYTHON, "-m", "ruff", "format", "."])
    if job == "lock":
        return lock()
    if job == "bench":
        return _run([PYTHON, "-m", "tests.bench", *rest], STADTLABOR_BROWSER=browser())
    return _run([PYTHON, "-m", "stadtlabor.cli", job, *rest])


def set_up(workshop: bool) -> None:
    """Make `.venv/` hold exactly the pinned packages; nothing to do when it already does."""
    pins = PROJECT / ("requirements-dev.lock" if workshop else "requirements.lock")
    wanted = {name: _digest(PROJECT / name) for name in ("requirements.lock", "requirements-dev.lock")}
    stamp = STAMP.read_text("utf-8").split() if STAMP.exists() else []
    # The workshop's pins hold the product's too.
    enough = {pins.name, "requirements-dev.lock"}
    if stamp and stamp[0] in enough and stamp[1:] == [wanted[stamp[0]]]:
        return
    print(f"Setting up .venv from {pins.name} (once; a minute or two) …", flush=True)
    if not PYTHON.exists():
        _make_venv()
    pip: list[str | Path] = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "-r", pins], check=True, cwd=PROJECT)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", "."], check=True, cwd=PROJECT)
    STAMP.write_text(f"{pins.name} {wanted[pins.name]}", "utf-8")


def browser() -> str:
    """The path of a Chromium for the browser tests, installed where there is none.

    Raises SystemExit with what to do where this machine gives no way to install one.
    """
    named = os.environ.get("STADTLABOR_BROWSER") or os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return found
    if sys.platform.startswith("linux") and shutil.which("apt-get"):
        _apt("chromium")
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
    else:
        subprocess.run([PYTHON, "-m", "playwright", "install", "chromium"], check=True)
        asked = "from playwright.sync_api import sync_playwright as start\n"
        asked += "with start() as playwright: print(playwright.chromium.executable_path)"
        found = subprocess.run([PYTHON, "-c", asked], check=True, capture_output=True, text=True).stdout.strip()
    if not found:
        raise SystemExit("No Chromium found. Install one and name it in STADTLABOR_BROWSER.")
    return found


def lock() -> int:
    """Write both lock files anew from pyproject.toml: hashed, for every platform, without addresses."""
    common = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
    common += ["--no-strip-extras", "--no-header", "--no-annotate", "--quiet"]
    compile_pins: list[str | Path] = [PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", *common]
    return _first_failure(
        [*compile_pins, "--extra", "dev", "-o", "requirements-dev.lock"],
        [*compile_pins, "-c", "requirements-dev.lock", "-o", "requirements.lock"],
    )


def _make_venv() -> None:
    try:
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    except (subprocess.CalledProcessError, ImportError):
        # Debian splits venv's pip off into a package of its own.
        if not shutil.which("apt-get"):
            raise SystemExit("Python's venv module cannot install pip here; install it and run again.") from None
        _apt("python3-venv", f"python3.{sys.version_info.minor}-venv")
        venv.create(VENV, with_pip=True, clear=True)


def _apt(*packages: str) -> None:
    """Install Debian packages; as root, or through sudo where it asks no password."""
    prefix = [] if os.name == "nt" or os.geteuid() == 0 else ["sudo", "-n"]
    print(f"Installing {', '.join(packages)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run([*prefix, "apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL)
    if subprocess.run(install, env=environment, stdout=subprocess.DEVNULL).returncode:
        raise SystemExit(f"Could not install it; run: sudo apt-get install {' '.join(packages)}")


def _digest(path: Path) -> str:
    """What the environment must be made from: the pins and the project's own entry points."""
    return hashlib.sha256(path.read_bytes() + (PROJECT / "pyproject.toml").read_bytes()).hexdigest()


def _first_failure(*commands: list[str | Path]) -> int:
    return next((code for code in map(_run, commands) if code), 0)


def _run(command: list[str | Path], **environment: str) -> int:
    try:
        return subprocess.run(command, cwd=PROJECT, env={**os.environ, **environment}).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
