"""What a build starts from, and the hash that says whether any of it has changed."""

from dataclasses import dataclass
from pathlib import Path

from stadtlabor import __version__
from stadtlabor.base import fingerprint, places, pseudonyms
from stadtlabor.base.errors import BuildError
from stadtlabor.manifest import towns
from stadtlabor.manifest.delivered import Delivery, find


@dataclass
class Inputs:
    """What a build starts from.

    `reading_hash` is that of the code that reads and gates deliveries, `code_hash` that of all that makes a release.
    """

    deliveries: list[Delivery]
    towns: list[towns.Town]
    towns_hash: str
    reading_hash: str
    code_hash: str
    inputs_hash: str


def gather(raw: Path, warehouse: Path) -> Inputs:
    """Find the deliveries and hash everything the release will depend on."""
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
