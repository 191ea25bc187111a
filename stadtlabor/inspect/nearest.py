"""Which formats an unknown file comes nearest to: the headings it has of each, on which row, and those it lacks."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stadtlabor.readers.registry import READERS
from stadtlabor.readers.surveys.model import normal

# Headings each format is told by, with their spellings; what is optional is left out. Compared as letters and digits.
HEADINGS: Mapping[str, Sequence[str]] = {
    "genesis-flat": ("time", "value", "value_variable_code"),
    "genesis-flat-old": ("Zeit", "Statistik_Code"),
    "gv-isys": ("Satzart", "Land", "RB", "Kreis", "Gem"),
    "inkar": ("Raumbezug", "Kennziffer", "Zeitbezug"),
    "inkar-web": ("Kennziffer", "Raumeinheit", "Aggregat"),
    "peer-bands": ("indicator_id", "peer_group", "p50"),
    "holidays": ("StartDate|start", "Name"),
    "figures": ("ags", "figure", "value", "period"),
    "qualtrics": ("StartDate|Start Date", "EndDate|End Date", "Finished", "Progress", "ResponseId|Response ID"),
    "limesurvey": ("id|Antwort ID|Response ID", "submitdate|Datum Abgeschickt|Date submitted",
                   "lastpage|Letzte Seite|Last page", "startlanguage|Start-Sprache|Start language"),
    "sosci": ("CASE", "QUESTNNR", "MODE", "STARTED"),
    "surveymonkey": ("Respondent ID", "Collector ID", "Date Created", "Date Modified"),
    "nextcloud_forms": ("User display name|Anzeigename des Benutzers|Benutzeranzeigename", "Timestamp|Zeitstempel"),
    "google_forms": ("Timestamp|Zeitstempel",),
    "cobot": ("from", "to", "resource", "units|membership"),
    "librebooking": ("User|Benutzer", "Resource|Ressource", "Begin|Beginn", "End|Ende",
                     "Reference Number|Referenznummer"),
    "mrbs": ("Kurzbeschreibung|Brief description", "Bereich|Area", "Raum|Room", "Anfangsdatum|Start time"),
    "pretix": ("Order code|Bestellnummer", "Product|Produkt", "Attendee name|Teilnehmername"),
    "eventbrite": ("Order #|Order no.", "Ticket Type|Ticket type", "Attendee Status|Attendee status", "Quantity"),
}  # fmt: skip
# Tables of no tool: what each is for.
GENERIC: Mapping[str, str] = {
    "survey-table": "one row a person, a column a question",
    "bookings-table": "one row a booking: start, end or length, and what was booked",
    "events-table": "one row an event: title and date",
    "figures": "one row a figure: ags, figure, value, period",
}
ROWS = 30
SHOWN = 3
# From this share of a format's headings on a file may be meant to be one.
NEAR = 0.5


@dataclass(frozen=True)
class Near:
    """How near a row comes to a format: the file's headings that it knows, and those it misses."""

    format: str
    row: int
    has: Sequence[str]
    lacks: Sequence[str]

    @property
    def share(self) -> float:
        """The share of the format's headings that are there."""
        return len(self.has) / (len(self.has) + len(self.lacks))


def nearest(rows: Sequence[Sequence[str]]) -> list[str]:
    """Sentences on the formats that the first rows of a file come nearest to, and on the tables of no tool."""
    best: dict[str, Near] = {}
    for number, row in enumerate(rows[:ROWS], 1):
        for near in _of_row(number, row):
            if near.format not in best or near.share > best[near.format].share:
                best[near.format] = near
    found = sorted(best.values(), key=lambda one: (-one.share, -len(one.has)))[:SHOWN]
    titles = {reader.name: reader.title for reader in READERS}
    text = [
        f"Nearest: {one.format} ({titles[one.format]}): row {one.row} has {_listed(one.has)}"
        + (f" and lacks {_listed(one.lacks)}" if one.lacks else ", but what stands below is not its records")
        for one in found
    ]
    return text + [
        f"If it is a table of no tool ({what}): format: {name}" for name, what in GENERIC.items() if name in titles
    ]


def _of_row(number: int, row: Sequence[str]) -> Iterator[Near]:
    cells = {normal(cell): cell for cell in row if normal(cell)}
    for name, headings in HEADINGS.items():
        wanted = [tuple(heading.split("|")) for heading in headings]
        found = [(spellings, _found(spellings, cells)) for spellings in wanted]
        near = Near(
            name,
            number,
            [cell for _, cell in found if cell],
            [_missing(spellings, cells) for spellings, cell in found if not cell],
        )
        if len(near.has) >= min(2, len(wanted)) and near.share >= NEAR:
            yield near


def _found(spellings: Sequence[str], cells: Mapping[str, str]) -> str:
    return next((cells[normal(one)] for one in spellings if normal(one) in cells), "")


def _missing(spellings: Sequence[str], cells: Mapping[str, str]) -> str:
    """A heading that is not there, with the nearest that is."""
    alike = difflib.get_close_matches(normal(spellings[0]), cells, n=1, cutoff=0.75)
    return f"{spellings[0]!r}" + (f" (is {cells[alike[0]]!r} meant?)" if alike else "")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(name if name.startswith("'") else repr(name) for name in names)
