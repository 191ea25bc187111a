"""The deliveries that `stadtlabor peer-bands` writes into raw/, each with its source.yml."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.fingerprint import write_atomically
from stadtlabor.base.places import shown
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest import source
from stadtlabor.peers.official_tables import OfficialTable
from stadtlabor.readers import landing_tables

Row = dict[str, Any]
FIGURE_COLUMNS = ("ags", "town", "figure", "value", "unit", "period", "source", "licence")


def deliver_bands(folder: Path, rows: Sequence[Row], used: list[OfficialTable], keep: bool = False) -> str:
    """Write the quantiles, rows in the columns of the landing table; returns what was done."""
    about = {
        "id": "peer-bands",
        "format": "peer-bands",
        "title": "Vergleichsbänder: Gemeinden mit 5.000 bis unter 20.000 Einwohnern, nach Land, Lage und BBSR",
        "note": (
            "Zehntel und Viertel über alle Gemeinden mit 5.000 bis unter 20.000 Einwohnern, alle in einem Land oder "
            "einer Lage und alle Gemeinden größerer und kleiner Kleinstädte nach BBSR, linear interpoliert, mit "
            "denselben "
            "Modellen gerechnet wie die Kennzahlen der Städte. Zur Größenklasse gehört eine Gemeinde nach ihrer "
            "Einwohnerzahl, die dem Stichtag der Kennzahl am nächsten liegt."
        ),
    }
    if keep:
        rows = _with_kept(folder / "peer_bands.csv", rows, ("indicator_id", "peer_group", "period"))
    return _deliver(folder, "peer_bands.csv", landing_tables.PEER_BANDS, rows, about, used, keep)


def deliver_figures(folder: Path, rows: Sequence[Row], used: list[OfficialTable], keep: bool = False) -> str:
    """Write the towns' own figures as a plain figures table; returns what was done."""
    about = {
        "id": "regional-tables",
        "format": "figures",
        "title": "Kennzahlen der Städte aus den vollständigen amtlichen Tabellen",
        "note": "Mit `stadtlabor peer-bands` den amtlichen Tabellen entnommen, die in jeder Zeile stehen.",
    }
    if keep:
        rows = _with_kept(folder / "figures.csv", rows, ("figure", "period", "ags"))
    return _deliver(folder, "figures.csv", FIGURE_COLUMNS, rows, about, used, keep)


def _with_kept(path: Path, rows: Sequence[Row], keys: Sequence[str]) -> list[Row]:
    """The rows, and those of before whose keys none of them has; new ones stand behind."""
    found = {tuple(row[key] for key in keys): row for row in _records(path)}
    return list((found | {tuple(row[key] for key in keys): row for row in rows}).values())


def _records(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _deliver(
    folder: Path,
    name: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    about: dict[str, str],
    used: list[OfficialTable],
    keep: bool,
) -> str:
    """Write one delivery: its file as CSV, and its source.yml."""
    folder.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_atomically(folder / name, text.getvalue())
    write_manifest(folder, [name], about, used, keep)
    return f"wrote {shown(folder / name)}: {len(rows)} rows"


def write_manifest(
    folder: Path, names: Sequence[str], about: dict[str, str], used: list[OfficialTable], keep: bool = False
) -> None:
    """Write a delivery's source.yml; its date stays while its files do, and with `keep` those that it names."""
    digests = {name: RawFile(folder / name, name).sha256 for name in names}
    before = _before(folder / source.MANIFEST_NAME)
    kept = before if keep else None
    fields = {
        "id": about["id"],
        "kind": "statistics",
        "format": about["format"],
        "title": about["title"],
        "producer": _together([table.producer for table in used], kept.producer if kept else ""),
        "licence": _together([table.licence for table in used], kept.licence if kept else ""),
        "received": _received(before, list(digests.values())),
        "synthetic": False,
        "note": about["note"],
        # Compressed files of many rows take more than files of their size do.
        **({"bounds": {"memory_mb": 6000, "seconds": 300}} if about["id"] == "small-towns" else {}),
        "files": [{"name": name, "sha256": digest} for name, digest in digests.items()],
    }
    yaml = YAML()
    yaml.width = 100
    with io.StringIO() as out:
        yaml.dump(fields, out)
        write_atomically(folder / source.MANIFEST_NAME, out.getvalue())


def _together(named: Sequence[str], before: str) -> str:
    """Producers or licences in one line, each once: those of before as they stand there, the others behind."""
    new = [one for one in sorted(set(named)) if f"; {one};" not in f"; {before};"]
    return "; ".join(filter(None, [before, *new]))


def _before(path: Path) -> source.Manifest | None:
    try:
        return source.load(path)
    except (DeliveryError, FileNotFoundError):
        return None


def _received(before: source.Manifest | None, digests: list[str]) -> dt.date:
    is_same = before is not None and [file.sha256 for file in before.files] == digests
    return before.received if before and is_same else dt.datetime.now(dt.UTC).date()
