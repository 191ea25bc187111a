"""What was booked, where a calendar says it in the titles alone: 'SR1: Sitzung', 'Großer Saal ➡ EG: Probe'."""

import re

import polars as pl

from stadtlabor.base.strict import plain
from stadtlabor.manifest.source import Manifest
from stadtlabor.values.text_columns import mapped

BEFORE = re.compile(r"\s*([^:|➡→]{1,40}?)\s*(?:➡\ufe0f?|→|->|:|\|)\s*\S.*", re.DOTALL)
# A name that can be a room's: a number in it, or a word for one; no person's.
ROOM = re.compile(
    r"\d|raum|saal|zimmer|büro|studio|platz|tisch|küche|halle|room|desk|lounge|werkstatt|labor|keller|foyer",
    re.IGNORECASE,
)


def from_titles(frame: pl.DataFrame, calendar: str | None, manifest: Manifest | None) -> tuple[pl.DataFrame, list[str]]:
    """The records with `resource` out of their titles where no event of the file says it otherwise, and a note.

    Desks that source.yml names are found anywhere in a title, other rooms before a colon or an arrow.
    """
    is_open = pl.col("resource").is_null() if calendar is None else pl.col("resource").fill_null(calendar) == calendar
    if frame.is_empty() or not frame.select(is_open.all()).item():
        return frame, []
    names = _names(manifest)
    found = mapped(frame["title"], lambda title: _room(title, names))
    if found.null_count() * 2 > found.len():
        return frame, []
    return frame.with_columns(resource=pl.coalesce(found.alias("resource"), "resource")), [
        f"{found.len() - found.null_count()} booking(s): what was booked stands in the title"
    ]


def _names(manifest: Manifest | None) -> dict[str, str]:
    spaces = manifest.bookings.spaces if manifest and manifest.bookings else []
    return {plain(name): name for space in spaces for desk in space.desks for name in desk.names}


def _room(title: str, names: dict[str, str]) -> str | None:
    before = BEFORE.fullmatch(title)
    if before and (plain(before[1]) in names or (not names and ROOM.search(before[1]))):
        return names.get(plain(before[1]), before[1])
    within = [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain(title))]
    if within:
        return names[max(within, key=len)]
    return before[1] if before and ROOM.search(before[1]) else None
