"""pretix: the order positions, the orders, and the check-in list, CSV or Excel, in German or English.

The pseudonymisation id is a position's key; where the export leaves it out, order and position are, and for a
check-in list the order and who holds the ticket, by which `registrations.joining` finds the position in the orders.
"""

from collections.abc import Mapping

import polars as pl

from stadtlabor.files import headings
from stadtlabor.readers.registrations.columns import PRETIX
from stadtlabor.readers.registrations.lists import RegistrationTable, joined, text

# Headings only pretix has beside an order's code.
OWN = ("position", "pseudonym", "secret", "attendee_name", "checked_in", "positions", "attendee_email")


class Pretix(RegistrationTable):
    """pretix exports."""

    name = "pretix"
    title = "pretix orders or check-in list"
    looks_for = "an order code with product, position, attendee or check-in"
    headings = PRETIX

    def is_header(self, columns: list[str]) -> bool:
        """An order's code, with what pretix alone has."""
        found = headings.find(columns, PRETIX)
        exact = {headings.normal(column) for column in columns}
        is_order = bool(exact & {"order_code", "bestellnummer", "bestellcode"}) or "pseudonym" in found
        return is_order and any(name in found for name in OWN) and "order_no" not in exact

    def confidence(self, found: Mapping[str, int]) -> float:
        """Sure with the pseudonymisation id or a position."""
        return 0.95 if {"pseudonym", "position"} & found.keys() else 0.85

    def registrations(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Positions, or whole orders where the export lists those."""
        order = text(frame, "order")
        position = pl.when(order.is_not_null()).then(pl.format("{}-{}", order, text(frame, "position")))
        person = text(frame, "attendee_email", "attendee_name", "email")
        holder = text(frame, "attendee_name", "attendee_email", "email").fill_null("").str.to_lowercase()
        return frame.select(
            "line",
            registration_id=pl.coalesce(text(frame, "pseudonym"), position, text(frame, "secret")),
            key_fallback=pl.when(order.is_not_null()).then(pl.format("{} {}", order, holder)),
            event_id=text(frame, "event_id"),
            event=text(frame, "event", "subevent"),
            event_date=text(frame, "event_date"),
            event_end=text(frame, "event_end"),
            person=person,
            organisation=text(frame, "organisation"),
            quantity=text(frame, "positions"),
            status=text(frame, "status"),
            cancelled=text(frame, "cancelled"),
            checked_in=text(frame, "checked_in"),
            ordered=joined(frame, "ordered", "ordered_time"),
            product=text(frame, "product"),
        )


READER = Pretix()
