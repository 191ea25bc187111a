"""From unknown surveys to a release: inspect, five fields filled in, build; what becomes of each file."""

import os
import re
import shutil
import tempfile
from pathlib import Path

from stadtlabor.base import places
from stadtlabor.base.errors import BuildError
from stadtlabor.base.progress import Progress
from stadtlabor.build.run import run_build
from stadtlabor.inspect.inspection import Inspection, inspect
from stadtlabor.inspect.source_yml import source_yml

ENDINGS = {".csv", ".tsv", ".txt", ".xlsx", ".sav"}
# One delivery as the scaffold stands, one with every proposal switched on.
FORMS = ("scaffold", "proposals on")


def measure() -> bool:
    """Build every survey file at hand at once and print a row for each; false where the build fails.

    The files are those of raw/, of the shared folder beside the project, and of STADTLABOR_BENCH_SURVEYS.
    """
    found = [(path, seen) for path in _files() if (seen := inspect(path)).reader and seen.reader.kind == "survey"]
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        shutil.copytree(places.PROJECT / "raw" / "official-figures", raw / "official-figures")
        shutil.copy(places.PROJECT / "raw" / "towns.csv", raw / "towns.csv")
        named = {
            f"survey-{number}-{place}": (path, seen, form)
            for number, (path, seen) in enumerate(found)
            for place, form in enumerate(FORMS)
        }
        for name, (path, seen, form) in named.items():
            _deliver(raw / name, path, seen, form)
        try:
            built = run_build(raw, Path(folder) / "warehouse", Progress())
        except BuildError as error:
            print(f"The build failed: {error}")
            return False
    refused = {one.split(":")[0]: one for one in built.refused}
    for name, (path, seen, form) in named.items():
        proposals = source_yml(seen).count("#concept: ") - source_yml(seen).count("#concept:   #")
        print(f"| {path.name} | {form} | {proposals} proposed | {refused.get(name, 'published')} |")
    return True


def _files() -> list[Path]:
    shared = places.PROJECT.parent / "shared"
    folders = [places.PROJECT / "raw", shared / "data" / "surveys", shared / "cases"]
    folders += [Path(named) for named in [os.environ.get("STADTLABOR_BENCH_SURVEYS", "")] if named]
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in ENDINGS]


def _deliver(folder: Path, path: Path, seen: Inspection, form: str) -> None:
    folder.mkdir()
    shutil.copy(path, folder / path.name)
    text = source_yml(seen)
    five = {
        "id": folder.name,
        "town": "moelln",
        "title": f"Umfrage {folder.name}",
        "producer": "Stadt",
        "licence": "CC0",
    }
    for field, value in five.items():
        text = re.sub(rf"^{field}: .*$", f"{field}: {value}", text, count=1, flags=re.MULTILINE)
    if form == FORMS[1]:
        text = re.sub(r"#(concept: \w)", r"\1", text)
    (folder / "source.yml").write_text(text, "utf-8")
