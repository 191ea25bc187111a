"""Eventbrite attendees and orders, CSV or Excel: `Order #` in the US, `Order no.` in the UK, `Bestellnr.` in German.

A row may stand for several places (Quantity). Refunded rows stay, as such. An attendee's number is the key, else the
order with the place in it.
"""

from collections.abc import Mapping

import polars as pl

from stadtlabor.files import headings
from stadtlabor.readers.registrations.columns import EVENTBRITE
from stadtlabor.readers.registrations.lists import RegistrationTable, joined, text

OWN = frozenset({"order #", "attendee #", "attendee status", "attendee no.", "date attending", "teilnehmerstatus"})


class Eventbrite(RegistrationTable):
    """Eventbrite exports."""

    name = "eventbrite"
    title = "Eventbrite attendees"
    looks_for = "Order # (or Order no.) with ticket type, attendee status or quantity"
    headings = EVENTBRITE

    def is_header(self, columns: list[str]) -> bool:
        """An order's number as Eventbrite writes it, with a ticket or a state."""
        found = headings.find(columns, EVENTBRITE)
        exact = {" ".join(column.split()).casefold() for column in columns}
        is_order = bool(
            exact & {"order #", "order no.", "order no", "order id", "bestellnr.", "bestell-nr.", "order number"}
        )
        own = {"product", "status", "quantity", "attendee"} & found.keys()
        # People choose columns: what only Eventbrite writes is enough beside who or which ticket it was.
        is_chosen = bool(exact & OWN) and len({"event", "email", "last_name", "ordered", *own} & found.keys()) >= 3
        return (is_order and len(own) >= 2) or is_chosen

    def confidence(self, found: Mapping[str, int]) -> float:
        """Sure with attendee status and ticket type."""
        return 0.95 if {"status", "product"} <= found.keys() else 0.85

    def registrations(self, frame: pl.DataFrame) -> pl.DataFrame:
        """One registration per row."""
        return frame.select(
            "line",
            registration_id=text(frame, "attendee"),
            key_fallback=text(frame, "order"),
            event_id=text(frame, "event_id"),
            event=text(frame, "event"),
            event_date=text(frame, "event_date"),
            event_end=text(frame, "event_end"),
            person=pl.coalesce(
                text(frame, "email"), joined(frame, "first_name", "last_name"), text(frame, "last_name")
            ),
            organisation=text(frame, "organisation"),
            quantity=text(frame, "quantity"),
            status=text(frame, "status"),
            checked_in=text(frame, "checked_in"),
            ordered=joined(frame, "ordered", "ordered_time"),
            product=text(frame, "product"),
        )


READER = Eventbrite()
