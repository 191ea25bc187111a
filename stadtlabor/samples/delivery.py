"""A sample delivery as it is written: a folder with its files and the `source.yml` that lists them."""

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel
from ruamel.yaml import YAML

Shape = TypeVar("Shape", bound=BaseModel)


def read_all(folder: Path, shape: type[Shape]) -> list[Shape]:
    """The shapes that stand in a folder, a YAML file each, by name."""
    yaml = YAML(typ="safe")
    return [shape.model_validate(yaml.load(path.read_text("utf-8"))) for path in sorted(folder.glob("*.yml"))]


def write(out: Path, manifest: Mapping[str, object], files: Mapping[str, bytes], made_from: str) -> None:
    """Write files and manifest into the folder of the delivery's id below `out`; what else lies there stays.

    `manifest` is complete but for its files, and `made_from` what a reader is told to change instead of it.
    """
    folder = out / str(manifest["id"])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "source.yml").write_text(_source_yml(manifest, files, made_from), encoding="utf-8", newline="\n")


def _source_yml(manifest: Mapping[str, object], files: Mapping[str, bytes], made_from: str) -> str:
    # The long part comes last: it has the name of the delivery's kind.
    kind = str(manifest["kind"])
    tree = {name: value for name, value in manifest.items() if name != kind}
    tree["files"] = [{"name": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()]
    tree[kind] = manifest[kind]
    text = io.StringIO()
    yaml = YAML()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(tree, text)
    return f"# Made by `stadtlabor samples`; change the {made_from} there, not this file.\n" + text.getvalue()
