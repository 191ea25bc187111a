"""`raw/towns.csv`: the towns of the network, one line each."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.places import shown

COLUMNS = (
    "town_id",
    "ags",
    "name",
    "land",
    "central_place",
    "slot",
    "report_population_note",
    "lab_de",
    "lab_en",
)
MAY_BE_EMPTY = {"central_place", "report_population_note", "lab_de", "lab_en"}
# A town's place in every order, and so its colour and shape; the palette has ten, an eleventh takes the first again.
SLOT = re.compile(r"[1-9][0-9]{0,4}")
LAND_OF_AGS = {
    "01": "Schleswig-Holstein",
    "02": "Hamburg",
    "03": "Niedersachsen",
    "04": "Bremen",
    "05": "Nordrhein-Westfalen",
    "06": "Hessen",
    "07": "Rheinland-Pfalz",
    "08": "Baden-Württemberg",
    "09": "Bayern",
    "10": "Saarland",
    "11": "Berlin",
    "12": "Brandenburg",
    "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen",
    "15": "Sachsen-Anhalt",
    "16": "Thüringen",
}


@dataclass(frozen=True)
class Town:
    """One line of towns.csv, as text."""

    line: int
    fields: dict[str, str]

    @property
    def ags(self) -> str:
        """The official municipality key, 8 digits."""
        return self.fields["ags"]


def load(path: Path) -> list[Town]:
    """The towns in file order; DeliveryError names line and column of the first fault."""
    where = shown(path)
    if not path.exists():
        raise DeliveryError("the list of towns is missing", where, remedy=f"Its header is: {','.join(COLUMNS)}.")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DeliveryError(f"not UTF-8 at byte {error.start}", where, remedy="Save it as UTF-8.") from None
    reader = csv.DictReader(text.splitlines(), strict=True)
    if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        raise DeliveryError(f"the column {missing[0]!r} is missing", where, 1, remedy=f"Columns: {','.join(COLUMNS)}.")
    towns: list[Town] = []
    taken: dict[tuple[str, str], int] = {}
    try:
        for row in reader:
            if None in row:
                more = f"the line has {len(row[None])} more field(s) than the header"
                raise DeliveryError(more, where, reader.line_num, remedy="A text with a comma needs quotation marks.")
            fields = {name: (row[name] or "").strip() for name in COLUMNS}
            _check(fields, where, reader.line_num, taken)
            towns.append(Town(reader.line_num, fields))
    except csv.Error as error:
        # The reader has run on to the end of an open quotation; the line it began in is the one to look at.
        line = towns[-1].line + 1 if towns else 2
        remedy = "Is a quotation mark left open, or one too many?"
        raise DeliveryError(f"not readable as CSV: {error}", where, line, remedy=remedy) from None
    if not towns:
        raise DeliveryError("no town in the list", where, 2, remedy="Add one line per town.")
    return towns


def _check(fields: dict[str, str], where: str, line: int, taken: dict[tuple[str, str], int]) -> None:
    """Raise where a field is wrong; `taken` holds the line of each id, key and slot so far, and is added to."""

    def fail(column: str, what: str, remedy: str) -> None:
        raise DeliveryError(what, where, line, f"column {column}", remedy)

    for name in COLUMNS:
        if not fields[name] and name not in MAY_BE_EMPTY:
            fail(name, "nothing stands here", "Fill it in.")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", fields["town_id"]):
        fail("town_id", f"{fields['town_id']!r} is no identifier", "Use small letters, digits and hyphens.")
    if not re.fullmatch(r"\d{8}", fields["ags"]):
        fail("ags", f"{fields['ags']!r} is not 8 digits", "Has a spreadsheet eaten the leading zero?")
    if LAND_OF_AGS.get(fields["ags"][:2]) != fields["land"]:
        fail(
            "land",
            f"{fields['land']!r} does not go with an AGS beginning with {fields['ags'][:2]}",
            "See the first two digits of the AGS.",
        )
    if not SLOT.fullmatch(fields["slot"]):
        fail("slot", f"{fields['slot']!r} is not a whole number from 1 to 99999", "Choose a free slot.")
    for name in ("town_id", "ags", "slot"):
        first = taken.setdefault((name, fields[name]), line)
        if first != line:
            fail(name, f"{fields[name]!r} stands in line {first} already", "Each town has its own.")
