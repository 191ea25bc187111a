"""When a booking began and ended: the columns of times read together, and ends decided that are not given whole."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.bookings.desks import DEFAULT_ZONE
from stadtlabor.readers.bookings.model import BookingPlan
from stadtlabor.values import times
from stadtlabor.values.day_order import Doubt
from stadtlabor.values.stated import Times
from stadtlabor.values.text_columns import mapped
from stadtlabor.values.words import seconds

DAY = 86_400
# Lengths are often rounded to quarters of an hour.
TOLERANCE = 15 * 60
REMEDY = (
    "Say in source.yml under 'bookings: times:' how it is meant: 'day_first: true' reads 03/04 as 3 April, "
    "'day_first: false' as 4 March."
)


def with_times(draft: pl.DataFrame, plan: BookingPlan, manifest: Manifest | None) -> pl.DataFrame:
    """The draft with `start_utc`, `end_utc` and the others, `start_fault`, `end_fault` and `time_note`."""
    bookings = manifest.bookings if manifest else None
    clock = plan.clock.under(bookings.times if bookings else Times())
    written = ("start", "end", "created", "modified", "check_in", "check_out")
    # All columns of a file write dates the same way, and together tell more.
    clock, doubt = times.decided(clock, *(draft[name] for name in written))
    if doubt and manifest:
        raise _undecided(draft, plan, doubt, written)
    if doubt:
        plan.asks_day_first = True
        plan.notes.append(times.read_as(clock, doubt))
    zones = draft["zone"].fill_null(DEFAULT_ZONE)
    years = _years(manifest)
    read = {name: times.parts(draft[name], clock.day_first) for name in written}
    booked = times.utc(read["created"], zones, clock)["utc"]
    columns: list[pl.Series] = []
    for name, found in read.items():
        timed = times.utc(times.with_years(found, booked, years), zones, clock, is_end=name in ("end", "check_out"))
        columns += [timed[part].alias(f"{name}_{part}") for part in ("utc", "fault", "is_ambiguous")]
    frame = draft.with_columns(columns)
    ends = times.with_years(read["end"], booked, years)
    later = times.utc(ends, zones, replace(clock, ambiguous="later"), is_end=True)
    next_day = times.utc(ends, zones, clock, is_end=True, days_later=1)
    return _settled(frame.with_columns(later_end=later["utc"], next_day_end=next_day["utc"]))


def _undecided(draft: pl.DataFrame, plan: BookingPlan, doubt: Doubt, written: Sequence[str]) -> DeliveryError:
    """That somebody has to decide, at the first date that shows it."""
    places = {name: draft.filter(pl.col(name) == doubt.at)["line"] for name in written}
    name, lines = next((name, lines) for name, lines in places.items() if len(lines))
    heading = plan.headings.get(name) or name
    return DeliveryError(doubt.what, line=lines[0], column=f"column {heading!r}", remedy=REMEDY, rule="day_or_month")


def _years(manifest: Manifest | None) -> Sequence[int]:
    period = manifest.period if manifest else None
    return range(period.first.year, period.last.year + 1) if period else ()


def _settled(frame: pl.DataFrame) -> pl.DataFrame:
    """Ends decided: by length where none is given, on the next day where a time of day lies before the start."""
    lengths = mapped(frame["duration"], seconds, pl.Int64)
    no_end = pl.col("end").is_null()
    frame = frame.with_columns(length=lengths)
    rolled = (pl.col("rolls_over") == "true") & (pl.col("end_utc") < pl.col("start_utc"))
    # An end that is only a time of day is on the day the length leads to.
    span = (pl.col("end_utc") - pl.col("start_utc")).dt.total_seconds()
    further = pl.col("length") - span
    is_days_later = (pl.col("rolls_over") == "true") & (further >= DAY) & (further % DAY == 0)
    is_other = (further.abs() > TOLERANCE) & ~is_days_later & ~(rolled & (further == DAY))
    set_back = pl.col("end_is_ambiguous") & (pl.col("end_utc") <= pl.col("start_utc"))
    end = (
        pl.when(no_end).then(pl.col("start_utc") + pl.duration(seconds=pl.col("length")))
        .when(set_back & (pl.col("later_end") > pl.col("start_utc"))).then("later_end")
        .when(is_days_later).then(pl.col("end_utc") + pl.duration(seconds=further))
        .when(rolled).then("next_day_end")
        .otherwise("end_utc")
    )  # fmt: skip
    note = (
        pl.when(set_back).then(pl.lit("clocks set back: the end is the later hour"))
        .when(pl.col("start_is_ambiguous") | pl.col("end_is_ambiguous"))
        .then(pl.lit("clocks set back: decided by the rule of source.yml"))
        .when(is_days_later & (further > DAY)).then(pl.lit("the length says that the end is days later"))
        .when(rolled).then(pl.lit("the end is on the next day"))
        .when(is_other).then(pl.lit("the length contradicts start and end, which are read as they stand"))
        .when(no_end & pl.col("length").is_not_null()).then(pl.lit("the end is worked out from the length"))
    )  # fmt: skip
    missing = pl.lit("time_missing")
    return frame.with_columns(
        end_utc=end,
        time_note=note,
        start_fault=pl.when(pl.col("start").is_null()).then(missing).otherwise("start_fault"),
        end_fault=pl.when(no_end)
        .then(
            pl.when(pl.col("duration").is_null())
            .then(missing)
            .when(pl.col("length").is_null())
            .then(pl.lit("not_a_time"))
        )
        .when(rolled & pl.col("next_day_end").is_null())
        .then(pl.lit("time_does_not_exist"))
        .otherwise("end_fault"),
    )
