"""Who had a ticket: a pretix check-in list, or attendees as Eventbrite exports them; people who do not exist."""

import csv
import datetime as dt
import io

from stadtlabor.files.headings import normal
from stadtlabor.samples.dice import Dice
from stadtlabor.samples.events.event_shape import Event

GIVEN = ("Alex", "Bente", "Cem", "Dana", "Emil", "Fenja", "Gül", "Hauke", "Ida", "Jonas", "Katrin", "Levke", "Mia",
         "Nuri", "Oda", "Piet", "Quirin", "Rike", "Söhnke", "Tomma")  # fmt: skip
FAMILY = ("Beispiel", "Muster", "Probe", "Versuch", "Entwurf", "Vorlage", "Platzhalter")
ORDER = "ABCDEFGHJKLMNPQRSTUVWXYZ379"
SECRET = "abcdefghijkmnpqrstuvwxyz23456789"
WALK_IN = "Abendkasse (ohne Anmeldung)"
PRETIX = (
    "Order code", "Attendee name", "Product", "Price", "Checked in", "Checked out", "Automatically checked in",
    "Secret", "E-mail", "Phone number", "Company", "Voucher code", "Order date", "Order time",
    "Requires special attention", "Comment",
)  # fmt: skip
EVENTBRITE = (
    "Order #", "Order Date", "First Name", "Last Name", "Email", "Quantity", "Price Tier", "Ticket Type", "Attendee #",
    "Group", "Order Type", "Currency", "Total Paid", "Fees Paid", "Eventbrite Fees", "Eventbrite Payment Processing",
    "Attendee Status",
)  # fmt: skip


def ticket_file(event: Event, dice: Dice) -> tuple[str, bytes]:
    """Name and content of one event's list: everybody who registered or walked in, some of them checked in.

    `attended` people are there, `walk_ins` of them without a registration; one ticket was given back.
    """
    stem = normal(event.title).replace("_", "-")
    if event.tickets == "pretix":
        return f"checkin-{stem}.csv", _pretix(event, dice)
    return f"attendees-{stem}.csv", _eventbrite(event, dice)


def _person(dice: Dice) -> tuple[str, str]:
    return GIVEN[dice.below(len(GIVEN))], FAMILY[dice.below(len(FAMILY))]


def _counts(event: Event) -> tuple[int, int, int]:
    """Registered, of whom so many came, and those who came without."""
    assert event.registered is not None
    assert event.attended is not None
    walk_ins = event.walk_ins or 0
    return event.registered, event.attended - walk_ins, walk_ins


def _ordered(event: Event, dice: Dice) -> dt.datetime:
    before = dt.timedelta(days=1 + dice.below(20), minutes=dice.below(600))
    return event.starts - before


def _pretix(event: Event, dice: Dice) -> bytes:
    registered, came, walk_ins = _counts(event)
    rows = [list(PRETIX)]
    for number in range(registered + walk_ins):
        given, family = _person(dice)
        is_walk_in = number >= registered
        arrives = event.starts + dt.timedelta(minutes=dice.below(40) - 25, seconds=dice.below(60))
        ordered = arrives if is_walk_in else _ordered(event, dice)
        is_there = is_walk_in or number < came
        rows.append([
            dice.token(5, ORDER), f"{given} {family}", WALK_IN if is_walk_in else "Kostenlose Anmeldung", "0.00",
            f"{arrives:%Y-%m-%d %H:%M:%S}" if is_there else "", "", "No", dice.token(32, SECRET),
            f"person{number + 1}@example.org", "", "", "", f"{ordered:%Y-%m-%d}", f"{ordered:%H:%M:%S}", "No", "",
        ])  # fmt: skip
    return _csv(rows, "utf-8", "\r\n")


def _eventbrite(event: Event, dice: Dice) -> bytes:
    registered, came, _ = _counts(event)
    rows = [list(EVENTBRITE)]
    for number in range(registered + 1):
        given, family = _person(dice)
        state = "Checked In" if number < came else "Attending" if number < registered else "Refunded"
        order, attendee = dice.token(10, "0123456789"), dice.token(11, "0123456789")
        rows.append([
            order, f"{_ordered(event, dice):%Y-%m-%d %H:%M:%S+02:00}", given, family,
            f"person{number + 1}@example.org", "1", "", "Anmeldung", attendee, "", "Free Order", "EUR", "0.00", "0.00",
            "0.00", "0.00", state,
        ])  # fmt: skip
    return _csv(rows, "utf-8", "\r\n")


def _csv(rows: list[list[str]], encoding: str, end: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows(rows)
    return text.getvalue().encode(encoding)
