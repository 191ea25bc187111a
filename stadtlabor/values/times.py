"""Columns of times to UTC: offsets heeded, local times by their zone, clock changes by rule, years found.

A text is taken apart once, however often it stands in a file.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from stadtlabor.values.day_order import Doubt, doubt, is_day_first
from stadtlabor.values.stated import Times
from stadtlabor.values.time_text import Parts, take_apart

# A sheet counts days from 1899-12-30; 1 January 1990 to 2100 is what a delivery may have.
SERIAL_FIRST, SERIAL_LAST = 32874, 73051
ISO_UTC = "%Y-%m-%dT%H:%M:%SZ"
# The shapes most files have, read without Python: 2022-06-21T08:00:00Z, 21.06.2022 08:00 and 6/21/2022 8:00 AM.
_CLOCK = r"(?<hour>\d\d?):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.\d+)?)?(?: (?<half>[AP]M))?(?<zone>Z)?$"
_QUICK = (
    r"^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ]" + _CLOCK,
    r"^(?<day>\d\d?)\.(?<month>\d\d?)\.(?<year>\d{4}) " + _CLOCK,
)
_MONTH_FIRST = r"^(?<month>\d\d?)/(?<day>\d\d?)/(?<year>\d{4}) " + _CLOCK
_DAY_FIRST = r"^(?<day>\d\d?)/(?<month>\d\d?)/(?<year>\d{4}) " + _CLOCK
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
    both are possible (`day_order.doubt` tells).
    """
    other = cells.drop_nulls().unique()
    if other.is_empty():
        return pl.DataFrame(schema=_PARTS).clear(len(cells))
    first = is_day_first(other) if day_first is None else day_first
    known = []
    for shape in (*_QUICK, _DAY_FIRST if first else _MONTH_FIRST):
        # Mostly all are of one shape; to ask for the parts of none takes as long as for those of a hundred.
        if (has := other.str.contains(shape)).any():
            known.append(_quick_parts(other.filter(has), shape))
            other = other.filter(~has)
    taken = [_serial(text) or take_apart(text, first) or (None,) * len(Parts._fields) for text in other]
    known.append(pl.DataFrame(taken, schema=_PARTS, orient="row").with_columns(other.alias("text")))
    return (
        pl.DataFrame({"text": cells.cast(pl.String)})
        .join(pl.concat(known), on="text", how="left", maintain_order="left")
        .select(list(_PARTS))
    )


def decided(clock: Clock, *columns: pl.Series) -> tuple[Clock, Doubt | None]:
    """The clock with its order of day and month, as it says itself, else as the columns tell together.

    Where they do not tell, or say both, the doubt comes with it.
    """
    if clock.day_first is not None:
        return clock, None
    cells = pl.concat(columns)
    return replace(clock, day_first=is_day_first(cells)), doubt(cells)


def read_as(clock: Clock, doubt: Doubt) -> str:
    """How dates in doubt are read, as a note."""
    return f"{doubt.note}; read as {'day/month' if clock.day_first else 'month/day'} ('times: day_first')"


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


def naive() -> pl.Expr:
    """The moment that `parts` name, without a zone; a day without a time of day begins it."""
    return _day(pl.col("year")).cast(pl.Datetime("us")) + pl.duration(seconds=pl.col("second").fill_null(0))


def utc(
    found: pl.DataFrame, zones: pl.Series, clock: Clock, is_end: bool = False, days_later: int | pl.Expr = 0
) -> pl.DataFrame:
    """Columns `utc` (datetime, microseconds), `fault` (a code of `dictionary.reasons`, or null) and `is_ambiguous`.

    `found` as of `parts`, `zones` the time zone of each row, `days_later` is added to the day. A time is ambiguous
    where clocks were set back in that hour and no offset tells which one it is.
    """
    if found["month"].null_count() == found.height:
        is_ambiguous = pl.lit(None, pl.Boolean) & pl.lit(clock.rule == "local")
        nothing = pl.DataFrame(schema={"utc": pl.Datetime("us")}).clear(found.height)
        return nothing.with_columns(fault=pl.lit("not_a_time"), is_ambiguous=is_ambiguous)
    days = pl.when(pl.col("second").is_null() & pl.lit(is_end and clock.end_day == "inclusive")).then(1).otherwise(0)
    frame = found.with_columns(naive=naive() + pl.duration(days=days + days_later), zone=zones)
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
    half, hour = pl.col("half"), pl.col("hour")
    hour = pl.when(half.is_null()).then(hour).when(hour.is_between(1, 12)).then(hour % 12 + 12 * (half == "PM"))
    made = made.with_columns(hour=hour)
    second = pl.col("hour") * 3600 + pl.col("minute") * 60 + pl.col("second").fill_null(0)
    is_good = (
        _day(pl.col("year")).is_not_null()
        & pl.col("year").is_between(1900, 2199)
        & ((pl.col("hour") < 24) | (second == 86_400)).fill_null(False)
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
