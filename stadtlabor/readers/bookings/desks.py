"""From what an export calls a desk to the manifest's desk: by name or number, by area where names repeat."""

import re
from dataclasses import dataclass

import polars as pl

from stadtlabor.base.strict import plain
from stadtlabor.files.headings import normal
from stadtlabor.manifest.bookings_section import Bookings
from stadtlabor.manifest.source import Manifest
from stadtlabor.values.words import guessed_kind

# Two desks in one booking, as people and calendars write them.
_JOINED = re.compile(r"\s*[;,|+&]\s*|\s+(?:und|and)\s+")
FOUND = ("space_id", "room_id", "resource_id", "kind", "zone")
DEFAULT_ZONE = "Europe/Berlin"
NO_SPACE = "space"


@dataclass(frozen=True)
class Place:
    """A bookable thing of a space."""

    space_id: str
    room_id: str | None
    resource_id: str
    kind: str
    zone: str


def resolved(draft: pl.DataFrame, manifest: Manifest | None) -> pl.DataFrame:
    """The draft with FOUND instead of `resource`, `resource_id` and `area`: one row per booking and desk.

    `part` counts the desks of a booking from 1, `parts` how many they are. `desk_fault` is resource_missing,
    resource_unknown or null; `desk_text` what was written. Each distinct text is looked up once.
    """
    key = ["resource", "resource_id", "area"]
    distinct = draft.select(key).unique(maintain_order=True)
    lookup = _Lookup(manifest.bookings) if manifest and manifest.bookings else None
    rows = []
    for resource, number, area in distinct.iter_rows():
        places = lookup.find(resource, number, area) if lookup else _made_up(resource or number)
        fault = None if places else "resource_unknown" if resource or number else "resource_missing"
        text = resource or number
        for part, place in enumerate(places or [None], 1):
            found = (place.space_id, place.room_id, place.resource_id, place.kind, place.zone) if place else (None,) * 5
            rows.append((resource, number, area, *found, part, max(len(places), 1), fault, text))
    names = [*key, *(f"found_{name}" for name in FOUND), "part", "parts", "desk_fault", "desk_text"]
    schema = {name: pl.Int64 if name in ("part", "parts") else pl.String for name in names}
    found_frame = pl.DataFrame(rows, schema=schema, orient="row")
    joined = draft.join(found_frame, on=key, how="left", nulls_equal=True, maintain_order="left")
    return joined.drop(key).rename({f"found_{name}": name for name in FOUND})


def _made_up(name: str | None) -> list[Place]:
    """A desk of its name, for looking at a file that has no manifest yet."""
    if name is None:
        return []
    return [Place(NO_SPACE, None, desk_id(name), guessed_kind(name), DEFAULT_ZONE)]


def desk_id(name: str) -> str:
    """An id made of a name, as a manifest takes it."""
    return normal(name).replace("_", "-")[:63].strip("-") or "desk"


def free_id(wanted: str, taken: set[str]) -> str:
    """An id nobody has yet: the one wanted, else with a number behind; it is `taken` from now on."""
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted[:58]}-{number}"
    taken.add(name)
    return name


class _Lookup:
    """The manifest's desks by what they are called."""

    def __init__(self, bookings: Bookings) -> None:
        self._by_name: dict[str, list[Place]] = {}
        self._in_area: dict[tuple[str, str], list[Place]] = {}
        for space in bookings.spaces:
            areas = {plain(name) for name in (*space.written, space.name)}
            rooms = {room.id: plain(room.name) for room in space.rooms}
            for desk in space.desks:
                place = Place(space.id, desk.room, desk.id, desk.kind, space.timezone)
                where = areas | ({rooms[desk.room]} if desk.room else set())
                for name in map(plain, desk.names):
                    self._by_name.setdefault(name, []).append(place)
                    for area_name in where:
                        self._in_area.setdefault((name, area_name), []).append(place)
        self._only = [place for found in self._by_name.values() for place in found]
        self._only = self._only[:1] if len({one.resource_id for one in self._only}) == 1 else []

    def find(self, resource: str | None, number: str | None, area: str | None) -> list[Place]:
        """The desks meant; none where one of them is not known."""
        if resource is None and number is None:
            return self._only
        for name in (resource, number):
            if name and (place := self._one(name, area)):
                return [place]
        pieces = [piece for piece in _JOINED.split(resource or "") if piece]
        places = [self._one(piece, area) for piece in pieces] if len(pieces) > 1 else []
        return [place for place in places if place] if all(places) else []

    def _one(self, name: str, area: str | None) -> Place | None:
        found = self._by_name.get(plain(name), [])
        if len(found) > 1 and area is not None:
            found = self._in_area.get((plain(name), plain(area)), [])
        return found[0] if len(found) == 1 else None
