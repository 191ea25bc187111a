"""What manifests say of spaces, and the calendar that follows, as landing tables beside the readers' `bookings`.

One row per thing said, all text; days are inclusive, `valid_…` null where open.

    spaces            a space: who, where, which time zone and Land, over which days its bookings are known
    space_periods     the days a delivery speaks of; only they have a denominator
    desks             one row per unit that can be booked (the third desk of a pool) and time of validity
    opening_hours     hours per weekday (1 Monday to 7 Sunday); a room's own hours stand instead of the space's
    closures          closed days, or hours of them
    tariffs           what use costs
    public_holidays   holidays of the Länder in use, over the years in use
    calendar_openings when each room was open, in UTC, holidays and closures taken out (room_id '' for no room)
    calendar_days     one row per space and day of its periods: open or why not, open minutes, desks, desk minutes
    previous_space_…      what the release that still serves tells of spaces, and of whom

A space is described by the delivery received last; the days of all its deliveries count.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from stadtlabor.landing import calendars, previous_space_cells
from stadtlabor.landing.calendars import LAND_LETTERS, Covered
from stadtlabor.manifest.source import Manifest
from stadtlabor.manifest.space_section import WEEKDAYS, Space
from stadtlabor.manifest.towns import Town

Row = Mapping[str, Any]
UTC = "%Y-%m-%dT%H:%M:%SZ"

TABLES: Mapping[str, tuple[str, ...]] = {
    "spaces": (
        "space_id", "delivery_id", "town_id", "name", "timezone", "land", "public_holidays", "catholic_holidays",
        "period_from", "period_to", "is_synthetic",
    ),
    "space_periods": ("space_id", "delivery_id", "period_from", "period_to"),
    "desks": (
        "space_id", "room_id", "room_name", "resource_id", "desk_id", "name", "kind", "seats", "valid_from", "valid_to",
    ),
    "opening_hours": ("space_id", "room_id", "weekday", "opens", "closes", "valid_from", "valid_to"),
    "closures": ("space_id", "room_id", "from_day", "to_day", "begins", "ends", "reason"),
    "tariffs": ("space_id", "name", "per", "price_eur", "valid_from", "valid_to"),
    "public_holidays": ("land", "day", "name_de", "name_en", "is_catholic"),
    "calendar_openings": ("space_id", "room_id", "day", "opens_at_utc", "closes_at_utc", "minutes"),
    "calendar_days": tuple(calendars.DAYS),
    **previous_space_cells.TABLES,
}  # fmt: skip


def tables(
    manifests: Iterable[Manifest], towns: Sequence[Town], serving_release: Path | None = None
) -> dict[str, pl.DataFrame]:
    """All tables of TABLES, from the manifests of the deliveries in use; others than bookings are passed over.

    Empty tables, with their columns, where nothing is delivered.
    """
    with_bookings = [one for one in manifests if one.bookings is not None]
    land_of = {town.fields["town_id"]: LAND_LETTERS[town.ags[:2]] for town in towns}
    described = _described(with_bookings)
    by_space = _by_space(with_bookings)
    covered = [
        Covered(space, land_of[manifest.town or ""], _periods(by_space.get(space.id, ())))
        for space, manifest in described
        if manifest.town in land_of
    ]
    known = {one.space.id for one in covered}
    stated = [(space, manifest) for space, manifest in described if space.id in known]
    openings = calendars.openings(covered)
    days = calendars.calendar_days(covered, openings)
    return {
        **{name: _frame(name, rows) for name, rows in _rows(stated, covered, by_space).items()},
        "public_holidays": _frame("public_holidays", _holidays(covered)),
        "calendar_openings": openings.with_columns(pl.col("opens_at_utc", "closes_at_utc").dt.to_string(UTC)).cast(
            pl.String
        ),
        "calendar_days": days.cast(pl.String),
        **previous_space_cells.tables(serving_release),
    }


def _described(manifests: Sequence[Manifest]) -> list[tuple[Space, Manifest]]:
    """Each space once, as the delivery received last describes it."""
    found: dict[str, tuple[Space, Manifest]] = {}
    for manifest in sorted(manifests, key=lambda one: (one.received, one.id)):
        for space in manifest.bookings.spaces if manifest.bookings else []:
            found[space.id] = (space, manifest)
    return [found[name] for name in sorted(found)]


def _by_space(manifests: Sequence[Manifest]) -> dict[str, list[Manifest]]:
    """The deliveries of each space that say of which days they are."""
    found: dict[str, list[Manifest]] = {}
    for manifest in manifests:
        if manifest.bookings and manifest.period:
            for name in {space.id for space in manifest.bookings.spaces}:
                found.setdefault(name, []).append(manifest)
    return found


def _periods(manifests: Sequence[Manifest]) -> list[Any]:
    return [(one.period.first, one.period.last) for one in manifests if one.period]


def _rows(
    stated: Sequence[tuple[Space, Manifest]], covered: Sequence[Covered], manifests: Mapping[str, Sequence[Manifest]]
) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {name: [] for name in list(TABLES)[:6]}
    for (space, manifest), one in zip(stated, covered, strict=True):
        rows["spaces"].append(_space(space, manifest, one))
        rows["space_periods"] += [
            {"space_id": space.id, "delivery_id": other.id, "period_from": other.period.first,
             "period_to": other.period.last}
            for other in manifests.get(space.id, ()) if other.period
        ]  # fmt: skip
        rows["desks"] += _desks(space)
        rows["opening_hours"] += [
            {**hours.model_dump(), "space_id": space.id, "room_id": hours.room, "weekday": WEEKDAYS.index(day) + 1}
            for hours in space.opening_hours
            for day in hours.weekdays
        ]
        rows["closures"] += [
            {"space_id": space.id, "room_id": closure.room, "from_day": closure.first, "to_day": closure.last,
             "begins": closure.begins, "ends": closure.ends, "reason": closure.reason}
            for closure in space.closures
        ]  # fmt: skip
        rows["tariffs"] += [{"space_id": space.id, **tariff.model_dump()} for tariff in space.tariff]
    return rows


def _space(space: Space, manifest: Manifest, covered: Covered) -> Row:
    return {
        "space_id": space.id,
        "delivery_id": manifest.id,
        "town_id": manifest.town,
        "name": space.name,
        "timezone": space.timezone,
        "land": covered.land,
        "public_holidays": space.public_holidays,
        "catholic_holidays": space.catholic_holidays,
        "period_from": min(first for first, _ in covered.periods),
        "period_to": max(last for _, last in covered.periods),
        "is_synthetic": manifest.synthetic,
    }


def _desks(space: Space) -> Iterable[Row]:
    rooms = {room.id: room.name for room in space.rooms}
    for desk in space.desks:
        most = max(part.units for part in desk.capacity)
        for part in desk.capacity:
            for unit in range(1, part.units + 1):
                yield {
                    "space_id": space.id,
                    "room_id": desk.room,
                    "room_name": rooms.get(desk.room or ""),
                    "resource_id": desk.id,
                    "desk_id": desk.id if most == 1 else f"{desk.id}-{unit}",
                    "name": desk.name if most == 1 else f"{desk.name} {unit}",
                    "kind": desk.kind,
                    "seats": part.seats,
                    "valid_from": part.valid_from,
                    "valid_to": part.valid_to,
                }


def _holidays(covered: Sequence[Covered]) -> Iterable[Row]:
    years = {
        (one.land, year) for one in covered for first, last in one.periods for year in range(first.year, last.year + 1)
    }
    for land, year in sorted(years):
        for holiday in calendars.public_holidays(land, year):
            yield {"land": land, "day": holiday.day, "name_de": holiday.name_de, "name_en": holiday.name_en,
                   "is_catholic": holiday.is_catholic}  # fmt: skip


def _frame(table: str, rows: Iterable[Row]) -> pl.DataFrame:
    text = [{name: _text(row.get(name)) for name in TABLES[table]} for row in rows]
    return pl.DataFrame(text, schema=dict.fromkeys(TABLES[table], pl.String))


def _text(value: object) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
