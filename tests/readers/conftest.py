"""What the readers' tests share: a file from text or bytes, a manifest, and landing rows as plain dicts."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from stadtlabor.manifest import Manifest
from stadtlabor.rawfile import RawFile


@pytest.fixture
def deliver(tmp_path) -> Callable[..., RawFile]:
    """Write a file as an office would and hand it over; text is written as UTF-8."""

    def write(content: str | bytes, name: str = "table.csv") -> RawFile:
        path: Path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return RawFile(path, name)

    return write


@pytest.fixture
def manifest_of() -> Callable[..., Manifest]:
    """A statistics manifest; a test states only what it is about."""

    def build(files: tuple[str, ...] = ("table.csv",), **fields: object) -> Manifest:
        base = {
            "id": "delivery", "kind": "statistics", "title": "T", "producer": "Office", "licence": "L",
            "received": dt.date(2026, 1, 1), "synthetic": False, "files": [{"name": name} for name in files],
        }  # fmt: skip
        return Manifest.model_validate({**base, **fields})

    return build
