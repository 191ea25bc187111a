"""Where the records of a Regionaldatenbank or GENESIS table end, and what its notes below say.

A whole table is closed by a line of underscores, and below it stand notes, the publisher and the date of
the download. Some exports leave the underscores out. A table with neither was cut off on its way.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

UNDERSCORES = re.compile(r'"?_{3,}"?[;,\t]*\s*')
# How the lines begin that are neither record nor anything the table is about.
SAYS_WHO_OR_WHEN = re.compile(
    r"\W*(©|\(C\)|Copyright|Stand\b|Erstellt\b|Created\b|Quelle\b|Source\b|Datenlizenz|Statistische Ämter"
    r"|Statistisches Bundesamt|Regionaldatenbank)",
    re.IGNORECASE,
)
HAS_FURTHER_CELL = re.compile(r"[;,\t|][^;,\t|\r\n]")
OFFICES = re.compile(
    r"Statistische Ämter|Statistisches Bundesamt|Federal Statistical Office|Regionaldatenbank|GENESIS|Destatis",
    re.IGNORECASE,
)
SHOWN_CHARACTERS = 400


class Body(NamedTuple):
    """`end` is the number of lines above the notes; `is_closed` tells whether anything marks the end."""

    end: int
    is_closed: bool


def find(lines: Sequence[str]) -> Body:
    """The end of the records: the underscores, else the notes on publisher and date, else the last line.

    Lines of text before such notes belong to them; without them, a line at the end is a record, though one
    that may be cut off.
    """
    for number, line in enumerate(lines):
        if line.lstrip('"').startswith("___") and UNDERSCORES.fullmatch(line):
            return Body(number, True)
    last = len(lines)
    while last > 1 and (SAYS_WHO_OR_WHEN.match(lines[last - 1]) or not HAS_FURTHER_CELL.search(lines[last - 1])):
        last -= 1
    if any(SAYS_WHO_OR_WHEN.match(line) for line in lines[last:]):
        return Body(last, True)
    return Body(len(lines), False)


def publisher(lines: Sequence[str]) -> str:
    """Who published the table, by its notes."""
    federal = ("Statistisches Bundesamt", "Federal Statistical Office")
    named = any(name in line for line in lines for name in federal)
    return "Destatis, GENESIS-Online" if named else "Regionaldatenbank Deutschland"


def notes(lines: Sequence[str], body: Body) -> list[str]:
    """What was passed over below the records, or that nothing closes them."""
    if not body.is_closed:
        is_cut = bool(lines) and not lines[-1].endswith(("\n", "\r"))
        last = "; its last line has no end, so its last value may be cut off as well" if is_cut else ""
        return [f"the table has no notes and no line of underscores at its end: it may be cut off{last}"]
    below = [line.strip().strip('"') for line in lines[body.end :] if not UNDERSCORES.fullmatch(line)]
    if not below:
        return []
    text = " ".join(below).strip()[:SHOWN_CHARACTERS]
    return [f"passed over {len(lines) - body.end} line(s) of notes at the end: {text}"]
