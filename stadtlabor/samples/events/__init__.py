"""Sample deliveries of events: from a seed, as calendar, check-in list, attendees, list by hand and JSON.

What the report states of an event stands in its row (`origin: report`, with the section); days, times and numbers it
does not give are made up and marked row by row. The shape of each delivery stands in a file of its own (`*.yml`),
beside the manifest that is delivered with it.
"""

import hashlib
import io
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from stadtlabor.samples.dice import Dice
from stadtlabor.samples.events.model import Shape
from stadtlabor.samples.events.programme import events
from stadtlabor.samples.events.tools import files
from stadtlabor.samples.manifests import HEAD

__all__ = ["generate", "shapes"]


def generate(out: Path, seed: int) -> list[str]:
    """Write every sample delivery of events as a folder below `out`; returns a line for people on each.

    Same seed, same bytes. Files are overwritten, nothing else is touched.
    """
    return [_write(shape, out, seed) for shape in shapes()]


def shapes() -> list[Shape]:
    """The shapes of all deliveries, by name."""
    yaml = YAML(typ="safe")
    paths = sorted(Path(__file__).parent.glob("*.yml"))
    return [Shape.model_validate(yaml.load(path.read_text("utf-8"))) for path in paths]


def _write(shape: Shape, out: Path, seed: int) -> str:
    name = str(shape.manifest["id"])
    made = events(shape, Dice(seed, name))
    written = files(shape, made, Dice(seed, f"{name}/file"))
    folder = out / name
    folder.mkdir(parents=True, exist_ok=True)
    for file, data in written.items():
        (folder / file).write_bytes(data)
    (folder / "source.yml").write_text(_source_yml(shape.manifest, written), "utf-8", newline="\n")
    return f"{name}: {len(made)} events, as {', '.join(sorted({file.rsplit('.', 1)[-1] for file in written}))}"


def _source_yml(manifest: dict[str, Any], written: dict[str, bytes]) -> str:
    listed = [{"name": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in written.items()]
    tree = {**{key: value for key, value in manifest.items() if key != "events"}, "files": listed}
    tree["events"] = manifest["events"]
    text = io.StringIO()
    yaml = YAML()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(tree, text)
    return HEAD.replace("questionnaire", "shape") + text.getvalue()
