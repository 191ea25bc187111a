"""Find what has been delivered: the folders of `raw/`, their manifests and files."""

from dataclasses import dataclass, field
from pathlib import Path

from stadtlabor.base.errors import DeliveryError, faults_of
from stadtlabor.base.fingerprint import MAX_FILE_BYTES, FileHashes, combine
from stadtlabor.base.places import readable, shown
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest.source import MANIFEST_NAME, Manifest


@dataclass
class Delivery:
    """One folder of `raw/`.

    `manifest` is None and `fault` says why where the delivery cannot even be read. `hashes` maps each
    file of the manifest to its SHA-256; `fingerprint` covers the manifest and all files.
    """

    folder: Path
    manifest: Manifest | None = None
    hashes: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    fault: DeliveryError | None = None
    is_double: bool = False
    warnings: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the delivery goes by: its id, with its folder where the id is another's; else its folder."""
        folder = readable(self.folder.name)
        if self.manifest is None:
            return folder
        return f"{self.manifest.id} ({folder})" if self.is_double else self.manifest.id

    @property
    def sole_file(self) -> str:
        """The name of its file; '' where it has several, and a fault may lie in any of them."""
        return next(iter(self.hashes)) if len(self.hashes) == 1 else ""


def find(raw: Path, hashes: FileHashes) -> list[Delivery]:
    """Every delivery under `raw/`, by folder name; a faulty one carries its fault."""
    if not raw.is_dir():
        raise DeliveryError("the folder of deliveries does not exist", shown(raw), remedy="Set STADTLABOR_RAW.")
    folders = sorted(path for path in raw.iterdir() if path.is_dir() and not path.name.startswith("."))
    found = [_open(folder, hashes) for folder in folders]
    _refuse_doubles(found)
    return found


def _open(folder: Path, hashes: FileHashes) -> Delivery:
    delivery = Delivery(folder)
    path = folder / MANIFEST_NAME
    try:
        with faults_of(shown(path)):
            _look_into(delivery, path, hashes)
    except DeliveryError as fault:
        delivery.fault = fault
    return delivery


def _look_into(delivery: Delivery, path: Path, hashes: FileHashes) -> None:
    """Read the manifest and hash what it names; DeliveryError where that cannot be."""
    folder = delivery.folder
    if readable(folder.name) != folder.name:
        raise DeliveryError("the folder's name is not UTF-8", shown(folder), remedy="Name it anew.")
    if not path.is_file():
        raise DeliveryError(
            f"the folder has no {MANIFEST_NAME}",
            shown(folder),
            remedy="`stadtlabor inspect FILE --write` makes a ready-to-edit one.",
            rule="manifest",
        )
    parts = [hashes.of(path)]
    delivery.fingerprint = combine(parts)
    delivery.manifest = manifests.load(path)
    for number, delivered in enumerate(delivery.manifest.files):
        delivery.hashes[delivered.name] = _hash(folder, delivered, number, hashes)
        parts.append(f"{delivered.name}={delivery.hashes[delivered.name]}")
    delivery.fingerprint = combine(parts)
    named = {MANIFEST_NAME, *delivery.hashes}
    for file in sorted(folder.rglob("*")):
        relative = file.relative_to(folder).as_posix()
        if file.is_file() and relative not in named and not file.name.startswith("."):
            delivery.warnings.append(f"{shown(file)} is not named in {MANIFEST_NAME} and was not read")


def _hash(folder: Path, delivered: manifests.DeliveredFile, number: int, hashes: FileHashes) -> str:
    path, manifest, field = folder / delivered.name, folder / MANIFEST_NAME, ("files", number, "name")
    if not path.is_file():
        what = f"the file {delivered.name!r} is named but not there"
        raise manifests.fault_at(manifest, field, what, "Put the file beside the manifest or correct its name.")
    # A link could lead out of the folder although its name does not.
    if not path.resolve().is_relative_to(folder.resolve()):
        raise manifests.fault_at(manifest, field, f"{delivered.name!r} leads out of the delivery's folder")
    if (size := path.stat().st_size) > MAX_FILE_BYTES:
        what = f"{delivered.name!r} has {size:,} bytes; at most {MAX_FILE_BYTES:,} are read"
        raise manifests.fault_at(manifest, field, what, "Ask for the export in parts.")
    found = hashes.of(path)
    if delivered.sha256 is not None and delivered.sha256 != found:
        raise DeliveryError(
            f"its SHA-256 is {found}, the manifest says {delivered.sha256}",
            shown(path),
            remedy="If the change is meant, write the new hash into the manifest.",
            rule="manifest",
        )
    return found


def _refuse_doubles(found: list[Delivery]) -> None:
    first: dict[str, Delivery] = {}
    # An id belongs to the folder of its name before any other, whichever stands first.
    rightful_first = sorted(found, key=lambda one: one.manifest is None or one.manifest.id != one.folder.name)
    for delivery in rightful_first:
        if delivery.manifest is None:
            continue
        earlier = first.setdefault(delivery.manifest.id, delivery)
        if earlier is not delivery:
            delivery.is_double = True
            delivery.fault = DeliveryError(
                f"the id {delivery.manifest.id!r} belongs to {shown(earlier.folder)} already",
                shown(delivery.folder / MANIFEST_NAME),
                column="field id",
                remedy="Give each delivery an id of its own.",
                rule="manifest",
            )
