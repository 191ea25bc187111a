"""Where things lie: the project, what arrives (`raw/`), and what is built (`warehouse/`)."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def raw() -> Path:
    """The folder of deliveries; `STADTLABOR_RAW` points the system at another network's."""
    return Path(os.environ.get("STADTLABOR_RAW") or PROJECT / "raw").resolve()


def warehouse() -> Path:
    """The folder of everything built; `STADTLABOR_WAREHOUSE` moves it."""
    return Path(os.environ.get("STADTLABOR_WAREHOUSE") or PROJECT / "warehouse").resolve()


def shown(path: Path) -> str:
    """A path as a person should read it: relative to the project where it lies inside."""
    try:
        return readable(path.resolve().relative_to(PROJECT).as_posix())
    except ValueError:
        return readable(str(path))


def readable(name: str) -> str:
    """A name in the file system with bytes that are not UTF-8 spelled out, since nothing could print or keep them."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
