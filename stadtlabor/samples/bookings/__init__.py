"""Sample deliveries of bookings: synthetic, from a seed, in the forms of Cobot, LibreBooking and a plain table.

The shape of each stands in a file of its own (`*.yml`), beside the manifest that is delivered with it.
"""

import hashlib
import io
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from stadtlabor.samples.bookings.making import Shape, bookings
from stadtlabor.samples.bookings.tools import files
from stadtlabor.samples.dice import Dice
from stadtlabor.samples.manifests import HEAD

__all__ = ["generate", "shapes"]


def generate(out: Path, seed: int) -> list[str]:
    """Write every sample delivery of bookings as a folder below `out`; returns a line for people on each.

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
    made = bookings(shape, Dice(seed, name))
    written = files(shape, made, Dice(seed, f"{name}/file"))
    folder = out / name
    folder.mkdir(parents=True, exist_ok=True)
    for file, data in written.items():
        (folder / file).write_bytes(data)
    (folder / "source.yml").write_text(_source_yml(shape.manifest, written), "utf-8", newline="\n")
    return f"{name}: {len(made)} bookings, as {shape.tool}"


def _source_yml(manifest: dict[str, Any], written: dict[str, bytes]) -> str:
    listed = [{"name": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in written.items()]
    tree = {**{key: value for key, value in manifest.items() if key != "bookings"}, "files": listed}
    tree["bookings"] = manifest["bookings"]
    text = io.StringIO()
    yaml = YAML()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(tree, text)
    return HEAD.replace("questionnaire", "shape") + text.getvalue()
