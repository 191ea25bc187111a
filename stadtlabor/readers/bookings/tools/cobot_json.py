"""Cobot's JSON: pages of JSON:API (`data`, `included`), several of them in a list, or the older plain list.

Each booking keeps the line on which it begins, so faults can be found in the file.
"""

import json
import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.rejects import Reject
from stadtlabor.files import json_parts
from stadtlabor.files.raw import RawFile

_BOOKING = re.compile(r'"type"\s*:\s*"bookings"')
_OLDER = re.compile(r'"resource"\s*:\s*\{|"resource_id"\s*:|"membership"\s*:\s*(?:\{|null)')
FIELDS = ("booking_id", "start", "end", "title", "units", "price", "currency", "resource", "resource_id", "user",
          "event", "external", "created")  # fmt: skip
# Attributes that are personal.
PERSONAL = frozenset({"name", "comments", "attendees", "attendeesMessage", "attendees_message", "url", "title"})


@dataclass
class Page:
    """The bookings of a file, all text, with `line`; `fields` are the attributes found."""

    frame: pl.DataFrame
    records: int
    fields: list[str]
    dropped: list[str]
    rejects: list[Reject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def recognised(head: str) -> str | None:
    """Why this is Cobot's JSON of bookings; None where it is not."""
    if '"data"' in head and _BOOKING.search(head):
        return "JSON:API with data of the type 'bookings'"
    if all(f'"{name}"' in head for name in ("from", "to")) and _OLDER.search(head):
        return "a JSON list of bookings with from, to and resource"
    return None


def read(file: RawFile) -> Page:
    """All bookings of a file; DeliveryError where it is not JSON."""
    text = file.text
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    try:
        whole = json.loads(text)
        bookings = list(_bookings(text))
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise DeliveryError(
            f"not readable as JSON: {getattr(error, 'msg', 'nested too deeply')}", file.name, line,
            remedy="The page is cut off or damaged; fetch it again.", rule="damaged",
        ) from None  # fmt: skip
    names = _names(whole)
    rows, rejects, attributes = [], [], set()
    for position, booking in bookings:
        line = bisect(starts, position)
        if not isinstance(booking, dict) or booking.get("type", "bookings") != "bookings":
            rejects.append(Reject("bookings", line, "", "not_understood", "no booking"))
            continue
        if json_parts.is_damaged(booking):
            rejects.append(Reject("bookings", line, "", "undecodable"))
            continue
        given = booking.get("attributes", booking)
        attributes |= set(given) if isinstance(given, dict) else set()
        rows.append({"line": line, **_row(booking, given if isinstance(given, dict) else {}, names)})
    frame = pl.DataFrame(rows, schema={"line": pl.Int64, **dict.fromkeys(FIELDS, pl.String)})
    page = Page(frame, len(bookings), sorted(attributes), sorted(attributes & PERSONAL), rejects)
    if more := _next(whole):
        page.notes.append(f"the page names a following one ({more}); is it delivered?")
    return page


def _bookings(text: str) -> Iterator[tuple[int, Any]]:
    """Each booking with the position on which it begins."""
    begin = json_parts.skip(text, 0)
    if text[begin] == "{":
        yield from _of_page(text, begin)
        return
    for position, element in json_parts.elements(text, begin):
        if isinstance(element, dict) and isinstance(element.get("data"), list):
            yield from _of_page(text, position)
        else:
            yield position, element


def _of_page(text: str, begin: int) -> Iterator[tuple[int, Any]]:
    """The elements of a page's `data`, which may be a single one."""
    for key, position in json_parts.members(text, begin):
        if key == "data" and text[position] == "[":
            yield from json_parts.elements(text, position)
        elif key == "data":
            yield position, json_parts.value(text, position)


def _names(whole: Any) -> dict[str, str]:
    """Resources by number, as the pages include them."""
    pages = whole if isinstance(whole, list) else [whole]
    included = [one for page in pages if isinstance(page, dict) for one in page.get("included") or []]
    return {
        str(one.get("id")): str(one["attributes"]["name"])
        for one in included
        if isinstance(one, dict) and one.get("type") == "resources" and (one.get("attributes") or {}).get("name")
    }


def _next(whole: Any) -> str | None:
    links = whole.get("links") if isinstance(whole, dict) else None
    return str(links["next"])[:80] if isinstance(links, dict) and links.get("next") else None


def _row(booking: Mapping[str, Any], given: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str | None]:
    related = booking.get("relationships") or booking
    resource = _related(related, "resource")
    name = given.get("resource", {}).get("name") if isinstance(given.get("resource"), dict) else None
    price = given.get("price")
    amounts = price if isinstance(price, dict) else {"gross": price}
    return {
        "booking_id": _text(booking.get("id")),
        "start": _text(given.get("from")),
        "end": _text(given.get("to")),
        "title": _text(given.get("title")),
        "units": _text(given.get("units")),
        "price": _text(amounts.get("gross", amounts.get("amount"))),
        "currency": _text(amounts.get("currency", given.get("currency"))),
        "resource": _text(name or names.get(resource or "")),
        "resource_id": resource,
        "user": _related(related, "membership"),
        "event": _related(related, "event"),
        "external": _related(related, "externalBooking") or _related(related, "external_booking"),
        "created": _text(given.get("createdAt", given.get("created_at"))),
    }


def _related(related: Mapping[str, Any], name: str) -> str | None:
    """The number of what a booking is related to: {"data": {"id": …}}, {"id": …} or `name_id`."""
    found = related.get(name)
    if isinstance(found, dict):
        found = found.get("data", found)
    number = found.get("id") if isinstance(found, dict) else related.get(f"{name}_id")
    return _text(number)


def _text(value: Any) -> str | None:
    return None if value is None or isinstance(value, dict | list) else str(value)
