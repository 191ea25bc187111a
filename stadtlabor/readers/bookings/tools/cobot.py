"""Cobot bookings: the CSV export, or the API's answers (JSON:API pages, or the older list of bookings).

Times are UTC. A booking of no member, no event and no guest is the administration's block-out. Deleted bookings
vanish, so cancellations cannot be told, and nothing says when a booking was made.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import headings as column_headings
from stadtlabor.files import json_parts
from stadtlabor.files.layout import Layout
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.bookings.export import BookingTable
from stadtlabor.readers.bookings.land import land
from stadtlabor.readers.bookings.model import BookingPlan
from stadtlabor.readers.bookings.tools import cobot_json
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.table_export import Named, shown_headings
from stadtlabor.values.times import Clock

TOOL = "cobot"
HEADINGS = {
    "booking_id": ("id", "buchungsnummer", "buchungs_id"),
    "start": ("from", "von", "starts_at"),
    "end": ("to", "bis", "ends_at"),
    "title": ("titel",),
    "comments": ("kommentar", "kommentare", "comment"),
    "attendees": ("teilnehmende", "teilnehmer", "teilnehmerinnen"),
    "price": ("preis", "price_gross", "gross_price"),
    "currency": ("waehrung",),
    "units": ("einheiten", "unit_count"),
    "resource": ("ressource", "resource_name", "raum"),
    "user": ("membership", "member", "mitglied", "mitgliedschaft", "member_name", "membership_name"),
    "event": ("veranstaltung",),
    "external": ("externalbooking", "external_booking", "externe_buchung"),
    "created": ("created_at", "erstellt_am", "created_on"),
}
NEEDED = ("start", "end", "resource")
# Any of them tells Cobot from another table with from, to and resource.
OWN = ("units", "event", "external", "attendees")


def plan_of(frame: pl.DataFrame) -> BookingPlan:
    """The plan of Cobot's records; events and guests have a `hint`.

    A guest's number is that of the one booking, so that guests would all be different people: they stay unknown.
    """

    def given(name: str) -> pl.Expr:
        text = pl.col(name).str.strip_chars() if name in frame.columns else pl.lit(None, pl.String)
        return pl.when(text.str.to_lowercase().is_in(["", "false", "nein", "no", "null"]).not_()).then(text)

    hint = (
        pl.when(given("event").is_not_null()).then(pl.lit("event"))
        .when(given("external").is_not_null()).then(pl.lit("external"))
    )  # fmt: skip
    made = frame.with_columns(hint=hint, user=given("user"))
    return BookingPlan(
        made, Clock(rule="utc", day_first=False), tool=TOOL, is_block_out_without_user="user" in frame.columns
    )


class Cobot(BookingTable):
    """Cobot bookings."""

    name = TOOL
    title = "Cobot bookings (CSV or JSON:API)"
    looks_for = "the headings from, to, resource and units or membership, or JSON with bookings"
    headings = HEADINGS

    def recognise(self, file: RawFile) -> Recognition | None:
        """By its headings, or as JSON whose data are bookings."""
        if json_parts.looks_like_json(file):
            why = cobot_json.recognised(file.head)
            return Recognition(0.97, why) if why else None
        return super().recognise(file)

    def is_header(self, columns: list[str]) -> bool:
        """from, to and resource, with something only Cobot has."""
        found = column_headings.find(columns, HEADINGS)
        exact = {column_headings.normal(column) for column in columns}
        is_named = {"from", "to"} <= exact or {"von", "bis"} <= exact
        return is_named and found.keys() >= {"start", "end", "resource"} and any(name in found for name in OWN)

    def recognition(self, columns: Sequence[str], found: Mapping[str, int]) -> Recognition:
        """Sure with units or the external bookings beside."""
        sure = 0.9 if sum(name in found for name in (*OWN, "user")) > 1 else 0.7
        return Recognition(sure, shown_headings(columns, found))

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """Read the whole file; DeliveryError where it is no such export or holds no booking."""
        if not json_parts.looks_like_json(file):
            return super().read(file, manifest)
        page = cobot_json.read(file)
        if page.frame.is_empty() and not page.rejects:
            raise DeliveryError(
                "the file holds no booking", file.name, 1, remedy="Deliver the pages with data.", rule="no_record"
            )
        plan = plan_of(page.frame)
        plan.rejects, plan.notes, plan.dropped = page.rejects, page.notes, page.dropped
        plan.layout = Layout.without_table(file, page.records, page.fields)
        return land(plan, manifest)

    def plan(self, table: Named, manifest: Manifest | None) -> BookingPlan:
        """The bookings as Cobot writes them."""
        return plan_of(table.renamed())


READER = Cobot()
