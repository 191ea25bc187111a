"""Bookings as the tools write them: Cobot's pages and CSV, LibreBooking's CSV, a plain table; with their faults."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from stadtlabor.samples.bookings.booked import Booking, Shape
from stadtlabor.samples.dice import Dice

HEX = "0123456789abcdef"
PAGE = 250
# From here on the CSV export repeats what the pages hold.
OVERLAP = dt.datetime(2022, 12, 1)
STATES = {"booked": "gebucht", "cancelled": "storniert", "no_show": "nicht erschienen"}


def files(shape: Shape, made: Sequence[Booking], dice: Dice) -> dict[str, bytes]:
    """The files of a delivery, by name."""
    writers: Mapping[str, Callable[[Shape, Sequence[Booking], Dice], dict[str, bytes]]] = {
        "cobot": _cobot, "librebooking": _librebooking, "plain": _plain,
    }  # fmt: skip
    return writers[shape.tool](shape, made, dice)


def _names(shape: Shape) -> dict[str, str]:
    return {desk.id: desk.name for desk in shape.space.desks}


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(dt.UTC)


def _cobot(shape: Shape, made: Sequence[Booking], dice: Dice) -> dict[str, bytes]:
    names = _names(shape)
    resources = {desk: dice.token(32, HEX) for desk in names}
    members = [dice.token(32, HEX) for _ in range(shape.persons)]
    space = dice.token(32, HEX)
    listed = [_cobot_booking(one, dice, resources, members, space) for one in made]
    faulty = _cobot_faults(listed, dice)
    included = [
        {"id": resources[desk], "type": "resources", "attributes": {"name": name}} for desk, name in names.items()
    ]
    everything = [*listed, *faulty]
    parts = [everything[at : at + PAGE] for at in range(0, len(everything), PAGE)]
    written = {}
    for number, part in enumerate(parts, 1):
        more = {"next": f"/spaces/{space}/bookings?page={number + 1}"} if number < len(parts) else {}
        page = {"data": part, "included": included, "links": more}
        written[f"bookings-{number}.json"] = (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()
    december = [one for one, booking in zip(listed, made, strict=True) if booking.start >= OVERLAP]
    written["bookings-december.csv"] = _cobot_csv(december, {number: names[desk] for desk, number in resources.items()})
    return written


def _cobot_booking(
    one: Booking, dice: Dice, resources: Mapping[str, str], members: Sequence[str], space: str
) -> dict[str, Any]:
    member = None if one.person is None or one.is_guest else members[one.person]
    related: dict[str, Any] = {
        "space": {"data": {"id": space, "type": "spaces"}},
        "resource": {"data": {"id": resources[one.desk], "type": "resources"}},
        "membership": {"data": {"id": member, "type": "memberships"} if member else None},
        "externalBooking": {"data": {"id": dice.token(32, HEX), "type": "externalBookings"} if one.is_guest else None},
    }
    if one.is_event:
        related["event"] = {"data": {"id": dice.token(32, HEX), "type": "events"}}
    attributes = {
        "from": _utc(one.start).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "to": _utc(one.end).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "units": one.units,
        "title": one.title or None,
        "comments": None,
        "attendees": [],
        "price": {"net": "0.0", "gross": "0.0", "currency": "EUR", "taxes": []},
        "canUpdate": False,
        "cancellationPeriod": 0,
    }
    return {"id": dice.token(32, HEX), "type": "bookings", "attributes": attributes, "relationships": related}


def _cobot_faults(listed: Sequence[dict[str, Any]], dice: Dice) -> list[dict[str, Any]]:
    """A booking without length, one that ends before it begins, one of a thing that is no desk, one of next year."""

    def broken(number: int, **attributes: str) -> dict[str, Any]:
        whole = listed[number]
        return {**whole, "id": dice.token(32, HEX), "attributes": {**whole["attributes"], **attributes}}

    other = broken(40)
    projector = {"data": {"id": dice.token(32, HEX), "type": "resources"}}
    return [
        broken(10, to=listed[10]["attributes"]["from"]),
        broken(20, to="2022-06-20T08:00:00Z", **{"from": "2022-07-05T08:00:00Z"}),
        {**other, "relationships": {**other["relationships"], "resource": projector}},
        broken(30, to="2023-12-01T16:00:00Z", **{"from": "2023-12-01T08:00:00Z"}),
    ]


def _cobot_csv(listed: Sequence[dict[str, Any]], names: Mapping[str, str]) -> bytes:
    head = ["id", "from", "to", "title", "comments", "attendees", "price", "units", "resource", "membership", "event",
            "externalBooking"]  # fmt: skip
    rows = [head]
    for one in listed:
        fields, related = one["attributes"], one["relationships"]
        numbers = {name: ((related.get(name) or {}).get("data") or {}).get("id", "") for name in
                   ("resource", "membership", "event", "externalBooking")}  # fmt: skip
        rows.append(
            [one["id"], fields["from"], fields["to"], fields["title"] or "", "", "", fields["price"]["gross"],
             str(fields["units"]), names[numbers["resource"]], numbers["membership"],
             numbers["event"], numbers["externalBooking"]]
        )  # fmt: skip
    return _csv(rows, ",")


def _librebooking(shape: Shape, made: Sequence[Booking], dice: Dice) -> dict[str, bytes]:
    """German, dates without quotes, a comma more at the end of each line."""
    names = _names(shape)
    lines = [
        "Benutzer,Ressource,Titel,Beschreibung,Beginn,Ende,Dauer,Erzeugt,Zuletzt geändert,Referenznummer,"
        "Check In Zeit,Check Out Zeit,Original End,",
        "",
    ]
    for one in made:
        person = "Verwaltung" if one.person is None else f"Person {one.person + 1:02}"
        came = one.state == "booked"
        arrived = one.start + dt.timedelta(minutes=dice.below(20))
        lines.append(
            f'"{person}","{names[one.desk]}","{one.title}","",{one.start:%d.%m.%Y %H:%M},{one.end:%d.%m.%Y %H:%M},'
            f'"{_length(one)}",{one.created:%d.%m.%Y %H:%M:%S},,{dice.token(22, HEX)},'
            f"{f'{arrived:%d.%m.%Y %H:%M:%S}' if came else ''},{f'{one.end:%d.%m.%Y %H:%M:%S}' if came else ''},,"
        )
    # A time that clocks skipped, one that nobody can read, a thing that is no desk, a line cut short.
    lines += [
        f'"Person 03","Platz 1","","",26.03.2023 02:30,26.03.2023 06:00,"3,5 Stunden",,,{dice.token(22, HEX)},,,,',
        f'"Person 04","Platz 2","","",morgens,15.02.2023 12:00,"",,,{dice.token(22, HEX)},,,,',
        f'"Person 05","Kaffeemaschine","","",14.02.2023 09:00,14.02.2023 12:00,"",,,{dice.token(22, HEX)},,,,',
        '"Person 06","Platz 3"',
    ]
    return {"reservations.csv": ("\n".join(lines) + "\n").encode("utf-8-sig")}


def _length(one: Booking) -> str:
    minutes = int((one.end - one.start).total_seconds()) // 60
    days, rest = divmod(minutes, 1440)
    parts = [(days, "Tage"), (rest // 60, "Stunden"), (rest % 60, "Minuten")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def _plain(shape: Shape, made: Sequence[Booking], dice: Dice) -> dict[str, bytes]:
    """A table kept by hand, as Excel saves it on Windows: semicolons, cp1252; the end is a time of day only."""
    names = _names(shape)
    rows = [
        ["Buchungsnummer", "Angelegt am", "Datum", "Beginn", "Ende", "Was", "Plätze", "Mitglied", "Status", "Anlass"]
    ]
    for number, one in enumerate(made, 1001):
        member = "" if one.person is None else f"M{one.person + 1:03}"
        for day, begin, end in _days(one):
            rows.append(
                [str(number) if day == one.start.date() else f"{number}-{day:%d}", f"{one.created:%d.%m.%Y %H:%M}",
                 f"{day:%d.%m.%Y}", begin, end, names[one.desk], str(one.units), member, STATES[one.state], one.title]
            )  # fmt: skip
    rows.append([*rows[60]])
    rows.append(
        ["1901", "02.01.2023 10:00", "31.02.2023", "09:00", "12:00", names["desks"], "1", "M004", "gebucht", ""]
    )
    rows.append(
        ["1902", "02.01.2023 10:00", "17.01.2023", "09:00", "12:00", names["desks"], "0", "M004", "gebucht", ""]
    )
    rows.append(
        ["1903", "02.01.2023 10:00", "17.01.2023", "09:00", "12:00", names["desks"], "1", "M004", "geparkt", ""]
    )
    rows.append(
        ["1904", "02.01.2023 10:00", "18.01.2023", "09:00", "09:00", names["desks"], "1", "M004", "gebucht", ""]
    )
    return {"buchungen.csv": _csv(rows, ";", "cp1252")}


def _days(one: Booking) -> list[tuple[dt.date, str, str]]:
    """A line per day where a booking runs over several; over one midnight the end is simply earlier."""
    if one.end - one.start < dt.timedelta(hours=24):
        return [(one.start.date(), f"{one.start:%H:%M}", f"{one.end:%H:%M}")]
    last = (one.end.date() - one.start.date()).days
    return [
        (one.start.date() + dt.timedelta(days=after), f"{one.start:%H:%M}", f"{one.end:%H:%M}")
        for after in range(last + 1)
    ]


def _csv(rows: Sequence[Sequence[str]], delimiter: str, encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)
