"""MRBS, Meeting Room Booking System: its report as CSV, in German or English.

Columns come and go with the installation's settings, times are local and spelt out ('08:00:00 - Dienstag 21 Juni
2022'), the booker's name or the purpose stands in the brief description. Deleted bookings are not in the report, and
only the last change of a booking is told, not when it was made.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from stadtlabor.files import headings as column_headings
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.bookings.export import BookingTable
from stadtlabor.readers.bookings.model import BookingPlan
from stadtlabor.readers.protocol import Recognition
from stadtlabor.readers.table_export import Named
from stadtlabor.values.text_columns import mapped
from stadtlabor.values.times import Clock
from stadtlabor.values.words import STATE_OF

HEADINGS = {
    "title": ("kurzbeschreibung", "brief_description", "name"),
    "area": ("bereich",),
    "resource": ("raum", "room"),
    "start": ("anfangsdatum", "startdatum", "start_date", "start_time", "anfang", "startzeit"),
    "end": ("enddatum", "end_date", "end_time", "ende", "endzeit"),
    "duration": ("dauer",),
    "description": ("vollstaendige_beschreibung", "full_description", "beschreibung"),
    "category": ("kategorie", "type", "typ"),
    "user": ("erstellt_von", "created_by"),
    "attendees": ("anmeldung", "registered", "angemeldet"),
    "confirmation": ("bestaetigungsstatus", "confirmation_status"),
    "approval": ("genehmigungsstatus", "approval_status"),
    "modified": ("letzte_aenderung", "last_updated", "zuletzt_geaendert", "last_update"),
}
# The brief description is the one heading that only MRBS has in this company.
NEEDED = frozenset({"title", "area", "resource", "start"})
OWN = frozenset({"kurzbeschreibung", "brief_description"})


class Mrbs(BookingTable):
    """MRBS reports."""

    name = "mrbs"
    title = "MRBS report"
    looks_for = (
        "the headings Kurzbeschreibung, Bereich, Raum, Anfangsdatum (or Brief description, Area, Room, Start time)"
    )
    headings = HEADINGS

    def is_header(self, columns: list[str]) -> bool:
        """Brief description, area, room and start."""
        found = column_headings.find(columns, HEADINGS)
        return found.keys() >= NEEDED and bool(OWN & {column_headings.normal(column) for column in columns})

    def recognition(self, columns: Sequence[str], found: Mapping[str, int]) -> Recognition:
        """The headings are MRBS's own."""
        return Recognition(0.95, f"headings {', '.join(columns[:4])} of an MRBS report")

    def plan(self, table: Named, manifest: Manifest | None) -> BookingPlan:
        """Both states in one: what is neither confirmed nor approved is tentative."""
        frame = table.renamed()
        states = [_state(frame[name]) for name in ("approval", "confirmation") if name in frame.columns]
        if states:
            # A booking may be confirmed and wait for its approval; either is enough to leave it open.
            open_one = pl.coalesce(pl.when(state == "tentative").then(state) for state in states)
            frame = frame.with_columns(status=pl.coalesce(open_one, *states))
        return BookingPlan(frame, Clock(rule="local"), tool=self.name)


def _state(cells: pl.Series) -> pl.Series:
    """One of the two columns in our words; a word nobody knows stays as it is."""
    plain = cells.str.strip_chars().str.to_lowercase().replace("", None)
    return mapped(plain, lambda text: STATE_OF.get(text, text))


READER = Mrbs()
