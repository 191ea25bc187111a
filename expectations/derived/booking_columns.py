"""Helper columns for the landing table of bookings; see `expectations.derived.derive`."""

from collections.abc import Mapping

import polars as pl

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "bookings": {
        "first_day": "day of `starts_at_utc` in Germany, null where it cannot be read",
        "last_day": "the last day on which the booking still runs",
        "lasts_seconds": "seconds from start to end; null where one cannot be read",
        "stays_seconds": "seconds from check-in to check-out, null where one is missing",
        "times": "impossible where a time has the right form and the calendar does not know it",
        "unit_number": "`unit` as a number",
        "unit_count": "`units` as a number",
        "repeat": "0 where no newer state of the booking, desk and unit stands in the delivery",
        "twin": "1 where the export of another tool in this delivery already holds this booking, by desk and times",
    },
}

TIME = "%Y-%m-%dT%H:%M:%SZ"
FORM = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"
MOMENTS = (
    "starts_at_utc",
    "ends_at_utc",
    "created_at_utc",
    "modified_at_utc",
    "checked_in_at_utc",
    "checked_out_at_utc",
)
# Days of a delivery are days of the place; every town of the network keeps this time.
ZONE = "Europe/Berlin"
SLOT = ("match_key", "unit")


def bookings(frame: pl.DataFrame) -> pl.DataFrame:
    """The bookings with their helper columns."""
    read = {name: pl.col(name).str.to_datetime(TIME, strict=False, time_unit="ms") for name in MOMENTS}
    impossible = pl.any_horizontal(read[name].is_null() & pl.col(name).str.contains(FORM) for name in MOMENTS)
    start, end = read["starts_at_utc"], read["ends_at_utc"]
    last = pl.when(end > start).then(end - pl.duration(seconds=1)).otherwise(start)
    stay = read["checked_out_at_utc"] - read["checked_in_at_utc"]
    timed = frame.with_columns(
        _day(start).alias("first_day"),
        _day(last).alias("last_day"),
        (end - start).dt.total_seconds().alias("lasts_seconds"),
        stay.dt.total_seconds().alias("stays_seconds"),
        pl.when(impossible).then(pl.lit("impossible")).alias("times"),
        pl.col("unit").cast(pl.Int64, strict=False).alias("unit_number"),
        pl.col("units").cast(pl.Int64, strict=False).alias("unit_count"),
    )
    return _with_twins(_with_repeats(timed))


def _day(moment: pl.Expr) -> pl.Expr:
    return moment.dt.replace_time_zone("UTC").dt.convert_time_zone(ZONE).dt.date()


def _with_repeats(frame: pl.DataFrame) -> pl.DataFrame:
    """Of one booking the newest state counts: by its time of change, else the one that stands further down.

    A booking in several files counts as its newest file has it, so that one moved to another desk is not there twice;
    one that takes several rows of a file (a row per desk) keeps them all.
    """
    newest_first = frame.with_columns(position=pl.int_range(pl.len(), dtype=pl.Int64)).sort(
        pl.col("modified_at_utc").fill_null(""), "position", descending=True
    )
    is_older_file = pl.col("file") != pl.col("file").first().over("booking_key")
    before = pl.int_range(pl.len()).over("booking_key", "resource_id", "unit", "file")
    return newest_first.with_columns(repeat=before + is_older_file.cast(pl.Int64)).sort("position").drop("position")


def _with_twins(frame: pl.DataFrame) -> pl.DataFrame:
    """Bookings that stand in the exports of two tools, whose numbers say nothing to each other.

    A pool's desks are booked at the same hours by several people, so bookings are paired off one by one: the second
    of a slot in one file with the second of that slot in the other. The file that comes first in source.yml counts.
    """
    if frame["key_source"].n_unique() < 2:
        return frame.with_columns(twin=pl.lit(0))
    standing = pl.col("repeat") == 0
    nth = pl.int_range(pl.len()).over(*SLOT, "file", "repeat")
    numbered = frame.with_columns(nth=pl.when(standing).then(nth))
    first = pl.struct("file", "key_source").first().over(*SLOT, "nth")
    is_other = (first.struct.field("file") != pl.col("file")) & (
        first.struct.field("key_source") != pl.col("key_source")
    )
    return numbered.with_columns(twin=(is_other & standing).fill_null(False).cast(pl.Int64)).drop("nth")
