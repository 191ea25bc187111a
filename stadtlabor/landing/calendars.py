"""When a space could be used: public holidays per Land, opening intervals and the calendar of its days.

The denominator of every booking indicator comes from here, exact to the minute, clock changes included.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from stadtlabor.landing.calendar_hours import NO_ROOM, Covered, closed_days, days, hours, public_holidays, without_hours

__all__ = ["DAYS", "LAND_LETTERS", "OPENINGS", "Covered", "calendar_days", "openings", "public_holidays"]

# The first two digits of an AGS are its Land.
LAND_LETTERS: Mapping[str, str] = {
    "01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP", "08": "BW", "09": "BY",
    "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN", "15": "ST", "16": "TH",
}  # fmt: skip
_OPENINGS: dict[str, Any] = {
    "space_id": pl.String, "room_id": pl.String, "day": pl.Date, "opens_at_utc": pl.Datetime("us"),
    "closes_at_utc": pl.Datetime("us"), "minutes": pl.Int64,
}  # fmt: skip
_DAYS: dict[str, Any] = {
    "space_id": pl.String, "day": pl.Date, "weekday": pl.Int64, "state": pl.String, "public_holiday": pl.String,
    "closure": pl.String, "open_minutes": pl.Int64, "desk_count": pl.Int64, "desk_minutes": pl.Int64,
}  # fmt: skip
OPENINGS, DAYS = pl.Schema(_OPENINGS), pl.Schema(_DAYS)


def openings(spaces: Iterable[Covered]) -> pl.DataFrame:
    """Every interval in which a room of a space is open: columns OPENINGS, one row per room and interval.

    Closures and public holidays are taken out. An interval belongs to the day on which it begins; times are UTC
    without a zone, `minutes` is its true length (a night with a clock change has 23 or 25 hours).
    """
    listed = list(spaces)
    opening, covered = hours(listed), days(listed)
    if opening.is_empty() or covered.is_empty():
        return pl.DataFrame(schema=OPENINGS)
    open_days = (
        covered.filter(pl.col("is_open_on_holiday") | pl.col("public_holiday").is_null())
        .join(opening, on=["space_id", "weekday"], how="inner")
        .filter(
            (pl.col("valid_from").is_null() | (pl.col("valid_from") <= pl.col("day")))
            & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= pl.col("day")))
        )
        .join(closed_days(listed), on=["space_id", "room_id", "day"], how="anti")
    )
    cut = without_hours(open_days, listed)
    return _in_utc(cut).select(list(OPENINGS)).cast(OPENINGS).sort("space_id", "room_id", "opens_at_utc")


def calendar_days(spaces: Iterable[Covered], intervals: pl.DataFrame) -> pl.DataFrame:
    """One row per space and day of its periods (columns DAYS); `intervals` as of `openings`.

    `state` is open, public_holiday, closure or closed (no hours on that weekday). `open_minutes` is the time in which
    any room is open, `desk_count` how many desks (kind desk) could be booked at all that day, `desk_minutes` their
    opening minutes together.
    """
    listed = list(spaces)
    covered = days(listed)
    if covered.is_empty():
        return pl.DataFrame(schema=DAYS)
    closures = closed_days(listed).group_by("space_id", "day").agg(closure=pl.first("reason"))
    minutes = intervals.group_by("space_id", "room_id", "day").agg(pl.sum("minutes"))
    state = (
        pl.when(pl.col("open_minutes") > 0).then(pl.lit("open"))
        .when(pl.col("public_holiday").is_not_null() & ~pl.col("is_open_on_holiday")).then(pl.lit("public_holiday"))
        .when(pl.col("closure").is_not_null()).then(pl.lit("closure"))
        .otherwise(pl.lit("closed"))
    )  # fmt: skip
    return (
        covered.join(_union(intervals), on=["space_id", "day"], how="left")
        .join(_desk_days(listed, minutes), on=["space_id", "day"], how="left")
        .join(closures, on=["space_id", "day"], how="left")
        # Here a missing row is a true zero: the calendar knows that nothing was open.
        .with_columns(pl.col("open_minutes", "desk_count", "desk_minutes").fill_null(0))
        .with_columns(state=state)
        .select(list(DAYS))
        .cast(DAYS)
        .sort("space_id", "day")
    )


def _in_utc(frame: pl.DataFrame) -> pl.DataFrame:
    """Minutes of the day to UTC: in an hour that clocks repeat, it opens in the first and closes in the second."""
    parts = []
    for (zone,), rows in frame.group_by("zone", maintain_order=True):
        columns = []
        for name, to, which in (("opens", "opens_at_utc", "earliest"), ("closes", "closes_at_utc", "latest")):
            local = pl.col("day").cast(pl.Datetime("us")) + pl.duration(minutes=pl.col(name))
            columns.append(_utc(local, str(zone), which).alias(to))
        parts.append(rows.with_columns(columns))
    if not parts:
        return pl.DataFrame(schema=OPENINGS)
    joined = pl.concat(parts)
    length = (pl.col("closes_at_utc") - pl.col("opens_at_utc")).dt.total_minutes()
    return joined.with_columns(minutes=length).filter(pl.col("minutes") > 0)


def _utc(local: pl.Expr, zone: str, which: Any) -> pl.Expr:
    def read(moment: pl.Expr) -> pl.Expr:
        known = moment.dt.replace_time_zone(zone, ambiguous=which, non_existent="null")
        return known.dt.convert_time_zone("UTC").dt.replace_time_zone(None)

    # A time in the hour that does not exist is the moment at which clocks are set forward.
    return pl.coalesce(read(local), read(local.dt.truncate("1h") + pl.duration(hours=1)))


def _union(intervals: pl.DataFrame) -> pl.DataFrame:
    """Minutes of a day in which any room of the space is open; overlaps count once."""
    ordered = intervals.sort("space_id", "day", "opens_at_utc")
    reached = pl.col("closes_at_utc").cum_max().shift(1).over("space_id", "day")
    begins = pl.max_horizontal("opens_at_utc", reached)
    fresh = pl.max_horizontal((pl.col("closes_at_utc") - begins).dt.total_minutes(), 0)
    return ordered.with_columns(fresh=fresh).group_by("space_id", "day").agg(open_minutes=pl.sum("fresh"))


def _desk_days(spaces: Sequence[Covered], minutes: pl.DataFrame) -> pl.DataFrame:
    """Desks and their minutes per day; `minutes` holds the opening minutes of each room."""
    rows = [
        (one.space.id, desk.room or NO_ROOM, part.units, part.valid_from, part.valid_to)
        for one in spaces
        for desk in one.space.desks
        if desk.kind == "desk"
        for part in desk.capacity
    ]
    schema = {
        "space_id": pl.String, "room_id": pl.String, "units": pl.Int64, "valid_from": pl.Date, "valid_to": pl.Date,
    }  # fmt: skip
    capacity = pl.DataFrame(rows, schema=schema, orient="row")
    return (
        minutes.join(capacity, on=["space_id", "room_id"], how="inner")
        .filter(
            (pl.col("valid_from").is_null() | (pl.col("valid_from") <= pl.col("day")))
            & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= pl.col("day")))
        )
        .group_by("space_id", "day")
        .agg(desk_count=pl.sum("units"), desk_minutes=(pl.col("units") * pl.col("minutes")).sum())
    )
