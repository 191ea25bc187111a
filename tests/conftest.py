"""What all tests share: a warehouse and a raw folder of their own, never the project's."""

import csv
import datetime as dt
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest

# How long something takes depends on the machine and on what else it does; tests say what is right.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# Deliveries are read in the tests' own process, where readers can be replaced; a test of the children says so.
os.environ["STADTLABOR_PROCESSES"] = "0"

PROJECT = Path(__file__).resolve().parent.parent
TOWN = {
    "town_id": "moelln",
    "ags": "01053090",
    "name": "Mölln",
    "land": "Schleswig-Holstein",
    "central_place": "Mittelzentrum",
    "slot": "3",
    "report_population_note": "",
    "lab_de": "",
    "lab_en": "",
}

# Folders whose tests read one build: their worker makes it once. The first are the longest and begin first.
_ONE_BUILD = ("tests/dbt/survey", "tests/dbt/bookings", "tests/dbt/events", "tests/dbt", "tests/samples")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what shares a file, or a build of its folder, on one worker, and begin with what lasts longest."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=_rank)


def _group(item: pytest.Item) -> str:
    file = item.path.relative_to(PROJECT)
    return folder if (folder := file.parent.as_posix()) in _ONE_BUILD else file.as_posix()


def _rank(item: pytest.Item) -> int:
    order = (*_ONE_BUILD[:4], "tests/browser", "tests/build", "tests/intake")
    folder = item.path.parent.relative_to(PROJECT).as_posix()
    return order.index(folder) if folder in order else len(order)


@pytest.fixture(autouse=True)
def _own_places(tmp_path_factory, monkeypatch):
    """Point the system at empty folders: touching the project's own warehouse would be an error."""
    nowhere = tmp_path_factory.mktemp("nowhere")
    monkeypatch.setenv("STADTLABOR_RAW", str(nowhere / "raw"))
    monkeypatch.setenv("STADTLABOR_WAREHOUSE", str(nowhere / "warehouse"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files; tests on it are skipped where it is not there."""
    folder = Path(os.environ.get("STADTLABOR_TEST_DATA") or PROJECT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the folder of real files is not here; name it in STADTLABOR_TEST_DATA")
    return folder


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


@pytest.fixture
def network(tmp_path) -> "Network":
    """A raw folder with one town and nothing delivered yet."""
    return Network(tmp_path)


class Network:
    """A small network of towns to be filled by a test."""

    def __init__(self, folder: Path):
        self.raw = folder / "raw"
        self.warehouse = folder / "warehouse"
        self.raw.mkdir(parents=True)
        self.towns([{}])

    def towns(self, rows: list[dict[str, str]]) -> None:
        """Write towns.csv; each row states only what it is about."""
        with (self.raw / "towns.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(TOWN))
            writer.writeheader()
            writer.writerows({**TOWN, **row} for row in rows)

    def deliver(self, name: str, files: dict[str, str | bytes], **manifest: str) -> Path:
        """Write one delivery; `manifest` lines replace or add to a valid source.yml (raw YAML values)."""
        folder = self.raw / name
        folder.mkdir(exist_ok=True)
        listed = ""
        for file, content in files.items():
            data = content.encode("utf-8") if isinstance(content, str) else content
            (folder / file).write_bytes(data)
            listed += f"\n  - name: {file}\n    sha256: {hashlib.sha256(data).hexdigest()}"
        fields = {
            "id": name,
            "kind": "statistics",
            "title": "Amtliche Zahlen",
            "producer": "Statistische Ämter",
            "licence": "dl-de/by-2-0",
            "received": "2026-01-02",
            "synthetic": "false",
            "files": listed,
            **manifest,
        }
        (folder / "source.yml").write_text("".join(f"{key}: {value}\n" for key, value in fields.items()), "utf-8")
        return folder


def figures(*rows: dict[str, str]) -> str:
    """A plain figures table; rows state only what they are about."""
    default = {
        "ags": "01053090",
        "figure": "population",
        "value": "19469",
        "unit": "persons",
        "period": "2022-12-31",
        "source": "Destatis, Gemeindeverzeichnis GV-ISys",
        "licence": "reproduction with attribution",
    }
    lines = [",".join(default)]
    lines += [",".join(f'"{value}"' for value in {**default, **row}.values()) for row in rows or ({},)]
    return "\n".join(lines) + "\n"
