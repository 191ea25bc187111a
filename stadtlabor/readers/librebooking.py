"""LibreBooking and Booked Scheduler: the reservations as CSV, in German or English.

Lines end with a comma more than their fields, dates stand without quotes (in English with a comma in them: `Sat, 9/30
9:00 AM`, and without a year), and the check-in columns are there in newer versions. Times are those of the user who
exported, local. Deleted reservations are not in the file.
"""

import re

import polars as pl

from stadtlabor.manifest import Manifest
from stadtlabor.rawfile import RawFile
from stadtlabor.readers import Recognition
from stadtlabor.readers import headings as column_headings
from stadtlabor.readers.booking_export import BookingTable, Named
from stadtlabor.readers.booking_model import BookingPlan
from stadtlabor.readers.booking_times import Clock
from stadtlabor.readers.table import Table

HEADINGS = {
    "user": ("benutzer",),
    "resource": ("ressource",),
    "title": ("titel",),
    "description": ("beschreibung",),
    "start": ("begin", "beginn"),
    "end": ("ende",),
    "duration": ("dauer",),
    "created": ("erzeugt", "erstellt"),
    "modified": ("last_modified", "zuletzt_geaendert", "zuletzt_bearbeitet"),
    "booking_id": ("reference_number", "referenznummer"),
    "check_in": ("check_in_time", "check_in_zeit", "eincheckzeit"),
    "check_out": ("check_out_time", "check_out_zeit", "auscheckzeit"),
    "status": (),
}
NEEDED = frozenset({"user", "resource", "start", "end", "booking_id"})
# The English short form, unquoted: its comma splits the date in two.
SPLIT_DATE = re.compile(
    r"(?<=,)((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2}/\d{1,2}(?:/\d{2,4})? \d{1,2}:\d\d [AP]M)(?=,)"
)


class LibreBooking(BookingTable):
    """LibreBooking reservations."""

    name = "librebooking"
    title = "LibreBooking or Booked Scheduler reservations"
    looks_for = "the headings User, Resource, Begin, End, Reference Number (or Benutzer … Referenznummer)"
    headings = HEADINGS

    def is_header(self, columns: list[str]) -> bool:
        """User, resource, begin, end and the reference number."""
        return column_headings.find(columns, HEADINGS).keys() >= NEEDED

    def recognition(self, table: Table) -> Recognition:
        """The headings are the tool's own."""
        return Recognition(0.95, f"headings {', '.join(name for name in table.columns[:6] if name)} … of LibreBooking")

    def open(self, file: RawFile, manifest: Manifest | None) -> Table:
        """The table, its split dates put together."""
        table = super().open(file, manifest)
        if not table.sheet:
            table.lines = [SPLIT_DATE.sub(r'"\1"', line) for line in table.lines]
        return table

    def plan(self, table: Named, manifest: Manifest | None) -> BookingPlan:
        """The reservations; the end as it was changed on checking out."""
        frame = table.renamed().with_columns(pl.col("user").str.replace_all(r"\s*\{[a-z]+\}", ""))
        return BookingPlan(frame, self.name, Clock(rule="local"), tells_cancelled=table.has("status"))


READER = LibreBooking()
