"""What manifests say of opening, as frames: covered days, hours of rooms, closures; public holidays beside."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import holidays
import polars as pl

from stadtlabor.manifest.space_section import WEEKDAYS, Closure, OpeningHours, Space, minute_of

# Hours of the space as a whole, for what stands in no room of its own.
NO_ROOM = ""


@dataclass(frozen=True)
class Holiday:
    """A public holiday; `is_catholic` where it is one only in communities with a Catholic majority."""

    day: dt.date
    name_de: str
    name_en: str
    is_catholic: bool


@dataclass(frozen=True)
class Covered:
    """A space, its Land (ISO letters), and the days of which its bookings are known (inclusive pairs)."""

    space: Space
    land: str
    periods: Sequence[tuple[dt.date, dt.date]]


@lru_cache(maxsize=1000)
def public_holidays(land: str, year: int) -> tuple[Holiday, ...]:
    """The holidays of a Land in a year, from the library `holidays` (no network); by date."""
    everywhere, names = (holidays.Germany(subdiv=land, years=year, language=language) for language in ("de", "en_US"))
    catholic = holidays.Germany(subdiv=land, years=year, language="de", categories=("catholic",))
    english = holidays.Germany(subdiv=land, years=year, language="en_US", categories=("catholic",))
    found = [Holiday(day, name, names[day], is_catholic=False) for day, name in everywhere.items()]
    found += [
        Holiday(day, name, english[day], is_catholic=True) for day, name in catholic.items() if day not in everywhere
    ]
    return tuple(sorted(found, key=lambda one: one.day))


def days(spaces: Sequence[Covered]) -> pl.DataFrame:
    """Every covered day of every space once, with its weekday (1 to 7) and the name of its public holiday."""
    rows = [
        (
            one.space.id,
            one.space.timezone,
            one.land,
            one.space.catholic_holidays,
            one.space.public_holidays == "open",
            *span,
        )
        for one in spaces
        for span in one.periods
    ]
    schema = {
        "space_id": pl.String, "zone": pl.String, "land": pl.String, "catholic": pl.Boolean,
        "is_open_on_holiday": pl.Boolean, "first": pl.Date, "last": pl.Date,
    }  # fmt: skip
    listed = pl.DataFrame(rows, schema=schema, orient="row")
    every = (
        listed.with_columns(day=pl.date_ranges("first", "last"))
        .explode("day")
        .drop("first", "last")
        .unique(["space_id", "day"], maintain_order=True)
        .with_columns(weekday=pl.col("day").dt.weekday().cast(pl.Int64))
    )
    return every.join(_holidays(every), on=["land", "catholic", "day"], how="left")


def _holidays(every: pl.DataFrame) -> pl.DataFrame:
    """The public holidays of the Länder and years in use, once with and once without the Catholic ones."""
    wanted = every.select("land", "catholic", year=pl.col("day").dt.year()).unique().drop_nulls()
    rows = [
        (land, catholic, holiday.day, holiday.name_de)
        for land, catholic, year in wanted.iter_rows()
        for holiday in public_holidays(land, year)
        if catholic or not holiday.is_catholic
    ]
    schema = {"land": pl.String, "catholic": pl.Boolean, "day": pl.Date, "public_holiday": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def rooms_of(space: Space) -> list[str]:
    """The rooms in which anything can be booked; NO_ROOM for what stands in none."""
    return sorted({desk.room or NO_ROOM for desk in space.desks})


def hours_of(space: Space, room: str) -> list[OpeningHours]:
    """A room's own hours, else those of the space."""
    return [one for one in space.opening_hours if room and one.room == room] or [
        one for one in space.opening_hours if one.room is None
    ]


def hours(spaces: Sequence[Covered]) -> pl.DataFrame:
    """Each room's hours per weekday, as minutes of the day."""
    rows = [
        (one.space.id, room, WEEKDAYS.index(weekday) + 1, *given.minutes, given.valid_from, given.valid_to)
        for one in spaces
        for room in rooms_of(one.space)
        for given in hours_of(one.space, room)
        for weekday in given.weekdays
    ]
    schema = {
        "space_id": pl.String, "room_id": pl.String, "weekday": pl.Int64, "opens": pl.Int64, "closes": pl.Int64,
        "valid_from": pl.Date, "valid_to": pl.Date,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _closing(space: Space, whole_days: bool) -> Iterable[tuple[str, Closure]]:
    """Each closure with each room it closes."""
    for closure in space.closures:
        if (closure.begins is None) == whole_days:
            for room in rooms_of(space):
                if closure.room is None or closure.room == room:
                    yield room, closure


def closed_days(spaces: Sequence[Covered]) -> pl.DataFrame:
    """Days on which a room is closed all day, with the reason."""
    rows = [
        (one.space.id, room, closure.first + dt.timedelta(days=after), closure.reason)
        for one in spaces
        for room, closure in _closing(one.space, whole_days=True)
        for after in range((closure.last - closure.first).days + 1)
    ]
    schema = {"space_id": pl.String, "room_id": pl.String, "day": pl.Date, "reason": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def without_hours(open_days: pl.DataFrame, spaces: Sequence[Covered]) -> pl.DataFrame:
    """Closures of some hours cut out; only the days they touch are worked on one by one."""
    closed: dict[tuple[str, str, dt.date], list[tuple[int, int]]] = {}
    for one in spaces:
        for room, closure in _closing(one.space, whole_days=False):
            span = (minute_of(closure.begins or "00:00"), minute_of(closure.ends or "24:00"))
            for after in range((closure.last - closure.first).days + 1):
                day = closure.first + dt.timedelta(days=after)
                closed.setdefault((one.space.id, room, day), []).append(span)
    if not closed:
        return open_days
    keys = ["space_id", "room_id", "day"]
    touched = pl.DataFrame(list(closed), schema={name: open_days.schema[name] for name in keys}, orient="row")
    rows: list[dict[str, Any]] = []
    for row in open_days.join(touched, on=keys, how="semi").iter_rows(named=True):
        for opens, closes in _subtract(
            (row["opens"], row["closes"]), closed[row["space_id"], row["room_id"], row["day"]]
        ):
            rows.append({**row, "opens": opens, "closes": closes})
    return pl.concat([open_days.join(touched, on=keys, how="anti"), pl.DataFrame(rows, schema=open_days.schema)])


def _subtract(whole: tuple[int, int], parts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of an interval."""
    left = [whole]
    for begin, end in parts:
        left = [
            (a, b)
            for opens, closes in left
            for a, b in ((opens, min(closes, begin)), (max(opens, end), closes))
            if a < b
        ]
    return left
