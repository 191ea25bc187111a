"""Deliveries that go wrong in every place where a message could quote them: all that is a person's says MARK."""

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.conftest import figures

# Stands in every cell, heading, key and file name that a real delivery might have a person's name in.
MARK = "Hostilia"
FILE = f"{MARK} Muster.csv"
BOOKINGS = "diessen-buchungen-2022"
SURVEY = "wittenberge-pendlerbefragung-2022"

Row = list[str]


def deliver(raw: Path) -> list[str]:
    """Write the deliveries beside the samples in `raw`; returns the ids of those that are to be refused."""
    header, *rows = _rows(raw / BOOKINGS / "buchungen.csv")
    member, begins, day = (header.index(name) for name in ("Mitglied", "Beginn", "Datum"))
    named = [_with(row, member, f"{MARK} {place:04}") for place, row in enumerate(rows)]
    lists = {
        "buchungen-vertauscht": [header, *(_swapped(row, member, day) for row in named)],
        "buchungen-vertauschte-uhrzeit": [header, *(_swapped(row, member, begins) for row in named)],
        "buchungen-ohne-kopf": named,
        "buchungen-fremde-koepfe": [[f"{MARK} {name}" for name in header], *named],
    }
    for name, table in lists.items():
        text = "\n".join(";".join(row) for row in table) + "\n"
        _deliver(raw, name, BOOKINGS, text.encode())
    text = (raw / BOOKINGS / "buchungen.csv").read_bytes()
    bent: dict[str, Callable[[str], str]] = {
        "buchungen-fremde-stadt": lambda said: said.replace("town: diessen", f"town: {MARK.lower()}"),
        "buchungen-fremdes-feld": lambda said: said + f"{MARK.lower()}: 1\n",
        "buchungen-fremdes-format": lambda said: said.replace("bookings-table", MARK.lower()),
        "buchungen-kein-yaml": lambda said: said + f"note: {MARK}: [\n",
        "buchungen-fremde-spalte": lambda said: said.replace("start: Beginn", f"start: {MARK} Beginn"),
    }
    for name, bend in bent.items():
        _deliver(raw, name, BOOKINGS, text, bend)
    _deliver(raw, "buchungen-andere-datei", BOOKINGS, text, lambda said: re.sub("sha256: .", "sha256: x", said))
    (raw / _deliver(raw, "buchungen-keine-datei", BOOKINGS, text) / FILE).unlink()
    _deliver(
        raw,
        "umfrage-fremdes-konzept",
        SURVEY,
        b"?",
        lambda said: said.replace("concept: ", f"concept: {MARK.lower()}_", 1),
    )
    _deliver(raw, "umfrage-fremde-fragen", SURVEY, f"{MARK} Frage,{MARK}@example.org\nja,{MARK}\n".encode())
    _deliver(raw, "kennzahlen-mit-namen", "official-figures", _figures(), lambda said: re.sub("format: .*\n", "", said))
    return [
        *lists,
        *bent,
        "buchungen-andere-datei",
        "buchungen-keine-datei",
        "umfrage-fremde-fragen",
        "umfrage-fremdes-konzept",
    ]


def _figures() -> bytes:
    """A table of which most rows are in order: of the others, what is wrong with them stands in quarantine."""
    good = [{"figure": "hostile", "period": f"{year}-12-31"} for year in range(2015, 2023)]
    bad: Iterable[dict[str, str]] = ({"ags": MARK}, {"value": MARK}, {"period": MARK})
    return figures(*good, *({"figure": "hostile", **row} for row in bad)).encode()


def _rows(path: Path) -> list[Row]:
    return [line.split(";") for line in path.read_bytes().decode("cp1252").splitlines()]


def _with(row: Row, place: int, cell: str) -> Row:
    return [*row[:place], cell, *row[place + 1 :]]


def _swapped(row: Row, one: int, other: int) -> Row:
    return _with(_with(row, one, row[other]), other, row[one])


def _deliver(raw: Path, name: str, like: str, data: bytes, bend: Callable[[str], str] = str) -> str:
    """One file under the manifest of a sample, which `bend` changes."""
    (raw / name).mkdir()
    is_official = like == "official-figures"
    file = "figures.csv" if is_official else FILE
    (raw / name / file).write_bytes(data)
    listed = f"files:\n  - name: {file}\n    sha256: {hashlib.sha256(data).hexdigest()}\n"
    said = (raw / like / "source.yml").read_text("utf-8").replace(f"id: {like}", f"id: {name}")
    said = re.sub(r"^files:\n(?:[ -].*\n)+", listed, said, flags=re.MULTILINE)
    (raw / name / "source.yml").write_text(bend(said), "utf-8")
    return name
