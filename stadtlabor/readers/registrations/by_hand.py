"""Lists of people kept by hand, CSV or Excel: who registered for what, who came; columns by heading or source.yml."""

from collections.abc import Mapping

import polars as pl

from stadtlabor.files import headings
from stadtlabor.readers.registrations.columns import BY_HAND
from stadtlabor.readers.registrations.lists import RegistrationTable, joined, text

WHO = {"attendee_name", "email", "first_name", "last_name"}


class RegistrationsByHand(RegistrationTable):
    """Plain lists of registrations or of who was there."""

    name = "registrations-table"
    title = "List of registrations or of who was there (CSV or Excel)"
    looks_for = "a name or e-mail with a check-in, a registration date or a state"
    headings = BY_HAND

    def is_header(self, columns: list[str]) -> bool:
        """Who, and whether or when they registered or came."""
        found = headings.find(columns, BY_HAND).keys()
        return bool(WHO & found) and bool({"checked_in", "ordered", "walk_in"} & found or {"event", "status"} <= found)

    def confidence(self, found: Mapping[str, int]) -> float:
        """A guess; surer with first and last names or the event."""
        own = {"event", "first_name", "last_name", "walk_in"} & found.keys()
        return 0.66 if own and "checked_in" in found else 0.52

    def registrations(self, frame: pl.DataFrame) -> pl.DataFrame:
        """One registration per row."""
        name = pl.coalesce(
            joined(frame, "first_name", "last_name"), text(frame, "last_name"), text(frame, "attendee_name")
        )
        return frame.select(
            "line",
            registration_id=text(frame, "registration_id"),
            event_id=text(frame, "event_id"),
            event=text(frame, "event"),
            event_date=text(frame, "event_date"),
            person=pl.coalesce(text(frame, "email", "person"), name),
            organisation=text(frame, "organisation"),
            quantity=text(frame, "quantity"),
            status=text(frame, "status"),
            cancelled=text(frame, "cancelled"),
            walk_in=text(frame, "walk_in"),
            checked_in=text(frame, "checked_in"),
            ordered=text(frame, "ordered"),
            product=text(frame, "product"),
        )


READER = RegistrationsByHand()
