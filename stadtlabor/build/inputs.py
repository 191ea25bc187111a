"""What a build starts from, and the hash that says whether any of it has changed."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stadtlabor import __version__
from stadtlabor.base import fingerprint, places, pseudonyms
from stadtlabor.base.errors import BuildError

if TYPE_CHECKING:
    from stadtlabor.manifest.delivered import Delivery
    from stadtlabor.manifest.towns import Town

CODE = (*fingerprint.READING_ROOMS, *fingerprint.JUDGING_MODELS, *fingerprint.RELEASE_ROOMS)


@dataclass
class Inputs:
    """What a build starts from.

    `reading_hash` is that of the code that reads and gates deliveries, `code_hash` that of all that makes a release.
    """

    deliveries: "list[Delivery]"
    towns: "list[Town]"
    towns_hash: str
    reading_hash: str
    code_hash: str
    inputs_hash: str


class Untouched:
    """Remembers the hash of the inputs, so that it need not be worked out again until a file is touched."""

    def __init__(self, raw: Path, warehouse: Path) -> None:
        self._path = warehouse / "untouched"
        touched = fingerprint.combine([str(raw), fingerprint.touched(raw, CODE), __version__])
        (self._stamp,) = pseudonyms.pseudonyms("untouched", [touched], pseudonyms.key(warehouse))

    @property
    def inputs_hash(self) -> str | None:
        """The hash that was remembered; None where something was touched since, or the key is another one."""
        try:
            stamp, _, inputs_hash = self._path.read_text("ascii").strip().partition(" ")
        except (OSError, UnicodeDecodeError):
            return None
        return inputs_hash if stamp == self._stamp else None

    def remember(self, inputs_hash: str) -> None:
        """Keep the hash of the inputs as they were when this object was made."""
        fingerprint.write_atomically(self._path, f"{self._stamp} {inputs_hash}\n")


def gather(raw: Path, warehouse: Path) -> Inputs:
    """Find the deliveries and hash everything the release will depend on."""
    # Manifests take longer to import than all of a build with nothing to do.
    from stadtlabor.manifest import towns
    from stadtlabor.manifest.delivered import find

    warehouse.mkdir(parents=True, exist_ok=True)
    hashes = fingerprint.FileHashes(warehouse / "hashes.json")
    deliveries = find(raw, hashes)
    if not deliveries:
        raise BuildError(f"{places.shown(raw)} holds no delivery. Put one folder per delivery there.")
    network = towns.load(raw / "towns.csv")
    towns_hash = hashes.of(raw / "towns.csv")
    hashes.save()
    judging = (*fingerprint.JUDGING_MODELS, *fingerprint.JUDGING_MACROS)
    reading_hash = fingerprint.code((*fingerprint.READING_ROOMS, *judging))
    code_hash = fingerprint.combine([reading_hash, fingerprint.code(fingerprint.RELEASE_ROOMS), __version__])
    parts = [code_hash, towns_hash]
    parts += [f"{delivery.folder.name} {delivery.fingerprint} {delivery.fault}" for delivery in deliveries]
    # It stands in the release: without the key nobody can try what a small file might hold.
    (inputs_hash,) = pseudonyms.pseudonyms("inputs", [fingerprint.combine(parts)], pseudonyms.key(warehouse))
    return Inputs(deliveries, network, towns_hash, reading_hash, code_hash, inputs_hash)
