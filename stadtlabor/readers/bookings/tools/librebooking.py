"""LibreBooking and Booked Scheduler: the reservations as CSV, in German or English.

Lines end with a comma more than their fields, dates stand without quotes (in English with a comma in them: `Sat, 9/30
9:00 AM`, and without a year), and the check-in columns are there in newer versions. Times are those of the user who
exported, local. Deleted reservations are not in the file.
"""

import re
from collections.abc import Mapping, Sequence

import polars as pl

from stadtlabor.files import headings as column_headings
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.bookings.export import BookingTable
from stadtlabor.readers.bookings.model import BookingPlan
from stadtlabor.readers.protocol import Recognition
from stadtlabor.readers.table_export import Named
from stadtlabor.values.times import Clock

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
AMERICAN = r"\d/\d{1,2}(/\d{2,4})? \d{1,2}:\d\d(:\d\d)? [AP]M$"


class LibreBooking(BookingTable):
    """LibreBooking reservations."""

    name = "librebooking"
    title = "LibreBooking or Booked Scheduler reservations"
    looks_for = "the headings User, Resource, Begin, End, Reference Number (or Benutzer … Referenznummer)"
    headings = HEADINGS

    def is_header(self, columns: list[str]) -> bool:
        """User, resource, begin, end and the reference number."""
        return column_headings.find(columns, HEADINGS).keys() >= NEEDED

    def recognition(self, columns: Sequence[str], found: Mapping[str, int]) -> Recognition:
        """The headings are the tool's own."""
        return Recognition(0.95, f"headings {', '.join(name for name in columns[:6] if name)} … of LibreBooking")

    def mended(self, lines: Sequence[str]) -> Sequence[str]:
        """Split dates put together: their commas would count as columns."""
        return [SPLIT_DATE.sub(r'"\1"', line) for line in lines]

    def plan(self, table: Named, manifest: Manifest | None) -> BookingPlan:
        """The reservations; the end as it was changed on checking out."""
        frame = table.renamed().with_columns(pl.col("user").str.replace_all(r"\s*\{[a-z]+\}", ""))
        # Its translations write either the month first with AM and PM, or 24 hours.
        is_american = frame["start"].str.contains(AMERICAN).any()
        clock = Clock(rule="local", day_first=False if is_american else None)
        return BookingPlan(frame, clock, tool=self.name, tells_cancelled=table.has("status"))


READER = LibreBooking()
