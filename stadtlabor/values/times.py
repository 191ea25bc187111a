"""Columns of times to UTC: offsets heeded, local times by their zone, clock changes by rule, years found.

A text is taken apart once, however often it stands in a file.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from stadtlabor.values.stated import Times
from stadtlabor.values.survey_times import SERIAL_FIRST, SERIAL_LAST
from stadtlabor.values.time_text import Parts, take_apart

ISO_UTC = "%Y-%m-%dT%H:%M:%SZ"
# The shapes most files have, read without Python: 2022-06-21T08:00:00Z and 21.06.2022 08:00.
_CLOCK = r"(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.\d+)?)?(?<zone>Z)?$"
_QUICK = (
    r"^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ]" + _CLOCK,
    r"^(?<day>\d\d)\.(?<month>\d\d)\.(?<year>\d{4}) " + _CLOCK,
)
_PARTS = {**dict.fromkeys(Parts._fields, pl.Int32)}


@dataclass(frozen=True)
class Clock:
    """How times without an offset are meant; the fields are those of `manifest_bookings.Times`, all decided."""

    rule: Literal["utc", "offset", "local"] = "local"
    ambiguous: Literal["earlier", "later", "quarantine"] = "earlier"
    end_day: Literal["inclusive", "exclusive"] = "inclusive"
    day_first: bool | None = None

    def under(self, given: Times) -> "Clock":
        """A tool's way with times, and the manifest's word above it."""
        day_first = self.day_first if given.day_first is None else given.day_first
        return Clock(given.rule or self.rule, given.ambiguous, given.end_day or self.end_day, day_first)


def parts(cells: pl.Series, day_first: bool | None = None) -> pl.DataFrame:
    """One row per cell with the columns of `Parts`; a cell that is no time is null throughout.

    `day_first` says how 03/04 is meant; None finds out from the column, and takes the month for the first where
    both are possible (`is_ambiguous` tells).
    """
    distinct = cells.drop_nulls().unique()
    first = is_day_first(distinct) if day_first is None else day_first
    shaped = [distinct.str.contains(shape) for shape in _QUICK]
    other = distinct.filter(~(shaped[0] | shaped[1]))
    taken = [_serial(text) or take_apart(text, first) or (None,) * len(Parts._fields) for text in other]
    known = pl.concat(
        [
            *(_quick_parts(distinct.filter(has), shape) for has, shape in zip(shaped, _QUICK, strict=True)),
            pl.DataFrame(taken, schema=_PARTS, orient="row").with_columns(other.alias("text")),
        ]
    )
    return (
        pl.DataFrame({"text": cells.cast(pl.String)})
        .join(known, on="text", how="left", maintain_order="left")
        .select(list(_PARTS))
    )


def is_day_first(cells: pl.Series) -> bool:
    """Whether 03/04 means 3 April in this column: the reading by which more of it are times."""
    by_day, by_month = _orders(cells)
    return len(by_day) > len(by_month)


def is_ambiguous(cells: pl.Series) -> bool:
    """Whether the column writes days and months with slashes, and every one of them can be read both ways."""
    by_day, by_month = _orders(cells)
    return not by_day and not by_month and any(is_either(text) for text in cells.drop_nulls().unique())


def both_orders(cells: pl.Series) -> tuple[str, str] | None:
    """A text that can only have the day first and one that can only have the month first; None without such a pair."""
    by_day, by_month = _orders(cells)
    return (by_day[0], by_month[0]) if by_day and by_month else None


def is_either(text: str) -> bool:
    """Whether a text is a time with either order, and another one with each: 03/04, not 04/04, not 2022/03/04."""
    by_day, by_month = (take_apart(text, order) if "/" in text else None for order in (True, False))
    return by_day is not None and by_month is not None and by_day != by_month


def _orders(cells: pl.Series) -> tuple[list[str], list[str]]:
    """The texts that are times with the day first only, and those with the month first only."""
    slashed = [text for text in cells.drop_nulls().unique(maintain_order=True) if "/" in text]
    by_day, by_month = ({text for text in slashed if take_apart(text, order)} for order in (True, False))
    return [text for text in slashed if text in by_day - by_month], [
        text for text in slashed if text in by_month - by_day
    ]


def with_years(found: pl.DataFrame, near: pl.Series, years: Sequence[int]) -> pl.DataFrame:
    """The years some tools leave out ('Sat, 9/30'): of `near` (datetimes, when it was booked), else of `years`.

    A weekday decides; without one only a single possible year does. Where none fits, `year` stays null.
    """
    if found.select(pl.col("year").is_null() & pl.col("month").is_not_null()).to_series().sum() == 0:
        return found
    base = near.dt.year().cast(pl.Int32)
    candidates = [pl.lit(base) + step for step in (0, 1, -1)]
    made = found.with_columns(_fitting(candidates, pl.lit(base).is_not_null()).alias("by_booking"))
    fixed = [pl.lit(year, pl.Int32) for year in years]
    only = pl.lit(years[0], pl.Int32) if len(years) == 1 else pl.lit(None, pl.Int32)
    by_period = _fitting(fixed, pl.lit(True)) if fixed else pl.lit(None, pl.Int32)
    unsaid = pl.when(pl.col("weekday").is_null() & pl.col("month").is_not_null()).then(only)
    return made.with_columns(year=pl.coalesce("year", "by_booking", by_period, unsaid)).drop("by_booking")


def _fitting(candidates: Sequence[pl.Expr], possible: pl.Expr) -> pl.Expr:
    """The first candidate year in which the day falls on the weekday."""
    return pl.coalesce(
        pl.when(possible & (_day(year).dt.weekday() == pl.col("weekday"))).then(year) for year in candidates
    )


def _day(year: pl.Expr) -> pl.Expr:
    """A date that may not exist (29 February): null then."""
    text = pl.format("{}-{}-{}", year, pl.col("month"), pl.col("day"))
    return text.str.to_date("%Y-%m-%d", strict=False)


def utc(found: pl.DataFrame, zones: pl.Series, clock: Clock, is_end: bool = False, days_later: int = 0) -> pl.DataFrame:
    """Columns `utc` (datetime, microseconds), `fault` (a code of `dictionary.reasons`, or null) and `is_ambiguous`.

    `found` as of `parts`, `zones` the time zone of each row, `days_later` is added to the day. A time is ambiguous
    where clocks were set back in that hour and no offset tells which one it is.
    """
    days = pl.when(pl.col("second").is_null() & pl.lit(is_end and clock.end_day == "inclusive")).then(1).otherwise(0)
    naive = (
        _day(pl.col("year")).cast(pl.Datetime("us"))
        + pl.duration(seconds=pl.col("second").fill_null(0))
        + pl.duration(days=days + days_later)
    )
    frame = found.with_columns(naive=naive, zone=zones)
    frame = frame.with_columns(*_local(frame))
    by_offset = pl.col("naive") - pl.duration(minutes=pl.col("offset"))
    is_written = pl.col("offset").is_not_null()
    if clock.rule == "utc":
        # A day without a time of day is the calendar's, not Greenwich's.
        without = pl.when(pl.col("second").is_not_null()).then("naive").otherwise("earlier")
    else:
        without = pl.col("later" if clock.ambiguous == "later" else "earlier")
    return frame.select(
        utc=pl.when(is_written).then(by_offset).otherwise(without),
        fault=_fault(clock),
        is_ambiguous=~is_written & pl.lit(clock.rule == "local") & (pl.col("earlier") != pl.col("later")),
    ).with_columns(utc=pl.when(pl.col("fault").is_null()).then("utc"))


def _fault(clock: Clock) -> pl.Expr:
    is_local = pl.lit(clock.rule == "local") & pl.col("offset").is_null()
    needs_offset = pl.lit(clock.rule == "offset") & pl.col("offset").is_null() & pl.col("second").is_not_null()
    is_twice = is_local & (pl.col("earlier") != pl.col("later")) & pl.lit(clock.ambiguous == "quarantine")
    return (
        pl.when(pl.col("month").is_null()).then(pl.lit("not_a_time"))
        .when(pl.col("year").is_null()).then(pl.lit("year_unknown"))
        .when(needs_offset).then(pl.lit("offset_missing"))
        .when(pl.col("naive").is_null()).then(pl.lit("not_a_time"))
        .when(is_local & pl.col("earlier").is_null()).then(pl.lit("time_does_not_exist"))
        .when(is_twice).then(pl.lit("time_ambiguous"))
    )  # fmt: skip


def _local(frame: pl.DataFrame) -> tuple[pl.Expr, pl.Expr]:
    """`naive` as local time of its zone, in UTC: the earlier and the later reading; null where it does not exist."""
    zones = frame["zone"].drop_nulls().unique().to_list()
    readings = []
    for name, which in (("earlier", "earliest"), ("later", "latest")):
        by_zone = [
            pl.when(pl.col("zone") == zone).then(
                pl.col("naive")
                .dt.replace_time_zone(zone, ambiguous=which, non_existent="null")  # type: ignore[arg-type]
                .dt.convert_time_zone("UTC")
                .dt.replace_time_zone(None)
            )
            for zone in zones
        ]
        readings.append((pl.coalesce(by_zone) if by_zone else pl.lit(None, pl.Datetime("us"))).alias(name))
    return readings[0], readings[1]


def _quick_parts(texts: pl.Series, shape: str) -> pl.DataFrame:
    """The parts of texts of one shape; an impossible day or time of day is null throughout."""
    read = pl.DataFrame({"text": texts.cast(pl.String)}).with_columns(
        pl.col("text").str.extract_groups(shape).alias("found")
    )
    made = read.unnest("found").with_columns(pl.col("year", "month", "day", "hour", "minute", "second").cast(pl.Int32))
    second = pl.col("hour") * 3600 + pl.col("minute") * 60 + pl.col("second").fill_null(0)
    is_good = (
        _day(pl.col("year")).is_not_null()
        & pl.col("year").is_between(1900, 2199)
        & ((pl.col("hour") < 24) | (second == 86_400))
        & (pl.col("minute") < 60)
        & (pl.col("second").fill_null(0) < 60)
    )
    whole = made.select(
        "year", "month", "day", weekday=pl.lit(None, pl.Int32), second=second,
        offset=pl.when(pl.col("zone").is_not_null()).then(0).cast(pl.Int32), text="text", is_good=is_good,
    )  # fmt: skip
    return whole.with_columns(pl.when("is_good").then(pl.col(name)).alias(name) for name in Parts._fields).drop(
        "is_good"
    )


def _serial(text: str) -> Parts | None:
    """A day counted from 1899-12-30, as a sheet saved as CSV may write it: 44733,375 is 21 June 2022, 9 o'clock."""
    number = text.replace(",", ".")
    if not number.replace(".", "", 1).isdigit() or not SERIAL_FIRST <= float(number) <= SERIAL_LAST:
        return None
    moment = dt.datetime(1899, 12, 30) + dt.timedelta(seconds=round(float(number) * 86_400))
    is_day = "." not in number
    seconds = None if is_day else moment.hour * 3600 + moment.minute * 60 + moment.second
    return Parts(moment.year, moment.month, moment.day, None, seconds, None)
