"""When an event begins and ends: local and UTC, whole days, ends decided that are not given whole, faults named."""

from dataclasses import replace

import polars as pl

from stadtlabor.manifest.event_files import EventTimes
from stadtlabor.readers.events import days as event_days
from stadtlabor.readers.events.model import EventPlan
from stadtlabor.values import times
from stadtlabor.values.text_columns import mapped
from stadtlabor.values.times import Clock
from stadtlabor.values.words import seconds

ISO_LOCAL = "%Y-%m-%dT%H:%M:%S"
# Beyond it a time of day at both ends is a series told as one block, whose hours nobody spent.
BLOCK_SECONDS = 48 * 3600
BLOCK = "told as one block over several days; its hours are no duration"
_MINUTE = 60


def with_times(draft: pl.DataFrame, plan: EventPlan, given: EventTimes, zone: str) -> pl.DataFrame:
    """The draft with `start_utc`, `end_utc`, `starts_at`, `ends_at`, `all_day`, `minutes`, `time_note` and faults.

    `start_fault` and `end_fault` are codes of `stadtlabor.dictionary.reasons`. `end_utc` stays null where no end is
    known.
    """
    draft = _taken_apart(draft, given.year)
    clock, doubt = times.decided(plan.clock.under(given), draft["start"], draft["end"])
    if doubt:
        plan.notes.append(times.read_as(clock, doubt))
    read = _read(draft, clock, zone)
    settled = _settled(draft.hstack(read), clock)
    return _landed(_whole_days(settled, zone), zone)


def _taken_apart(draft: pl.DataFrame, year: int | None) -> pl.DataFrame:
    """Ranges in one cell become start and end; the year of the manifest is added where there is none."""
    made = event_days.prepared([*draft["start"].unique(), *draft["end"].unique()], year)
    first = {text: begin for text, (begin, _) in made.items()}
    last = {text: end for text, (_, end) in made.items()}
    starts, ends = mapped(draft["start"], first.get), mapped(draft["end"], first.get)
    second = mapped(draft["start"], last.get)
    # An end that is a time of day belongs to the day of the start.
    is_time = second.str.contains(r"(?i)^\d{1,2}:\d\d( uhr)?$")
    day = starts.str.replace(r"(?i)\s*\d{1,2}:\d\d( uhr)?$", "")
    whole = pl.DataFrame({"day": day, "second": second}).select(pl.format("{} {}", "day", "second")).to_series()
    second = second.zip_with(~is_time.fill_null(False), whole)
    is_given = draft["end"].is_not_null()
    return draft.with_columns(start=starts, end=ends.zip_with(is_given, second))


def _read(draft: pl.DataFrame, clock: Clock, zone: str) -> pl.DataFrame:
    """Each end as a time, as its day, as the day after; whether it has a time of day at all."""
    # Both ends and all ways to read them stand one below the other: polars is asked once, not for each.
    height, plain = draft.height, replace(clock, end_day="exclusive")
    found = times.parts(pl.concat([draft["start"], draft["end"]]), clock.day_first)
    days = found.with_columns(second=pl.lit(None, pl.Int32), offset=pl.lit(None, pl.Int32))
    ways = pl.concat([found, days, days, found]).with_columns(later=pl.int_range(pl.len()) // (4 * height))
    moments = times.utc(ways, _zones(zone, ways.height), plain, days_later=pl.col("later"))
    starts, ends = ([moments.slice((2 * way + end) * height, height) for way in range(4)] for end in range(2))
    columns: list[pl.Series] = []
    for name, (timed, day, next_day, _) in (("start", starts), ("end", ends)):
        columns += [timed["utc"].alias(f"{name}_utc"), timed["is_ambiguous"].alias(f"{name}_is_ambiguous")]
        columns.append(_faults(draft[name], timed["fault"]).alias(f"{name}_fault"))
        columns += [day["utc"].alias(f"{name}_day"), next_day["utc"].alias(f"{name}_next")]
    has_time = found.select(pl.col("month").is_not_null() & pl.col("second").is_not_null()).to_series()
    columns += [has_time.head(height).alias("start_timed"), has_time.tail(height).alias("end_timed")]
    later = times.utc(found.tail(height), _zones(zone, height), replace(plain, ambiguous="later"))
    return pl.DataFrame([*columns, later["utc"].alias("end_later"), ends[3]["utc"].alias("end_rolled")])


def _zones(zone: str, height: int) -> pl.Series:
    return pl.Series("zone", [zone]).new_from_index(0, height)


def _faults(cells: pl.Series, found: pl.Series) -> pl.Series:
    """Faults of texts that are no time are named more closely; the others are as found."""
    is_vague = found.is_in(["not_a_time", "year_unknown"])
    closer = mapped(cells.zip_with(is_vague, pl.Series([None], dtype=pl.String)), event_days.fault)
    return closer.zip_with(is_vague, found)


def _settled(frame: pl.DataFrame, clock: Clock) -> pl.DataFrame:
    """`start_utc` and `end_utc` decided, with the note that says how."""
    frame = frame.with_columns(length=mapped(frame["duration"], seconds, pl.Int64))
    has_end, timed, end_timed = pl.col("end").is_not_null(), pl.col("start_timed"), pl.col("end_timed")
    last = pl.col("end_next") if clock.end_day == "inclusive" else pl.col("end_day")
    # A whole day that ends on the day it begins lasts that day, whichever way ends are meant.
    last_day = (
        pl.when(last > pl.col("start_day"))
        .then(last)
        .otherwise(pl.when(pl.col("end_day") == pl.col("start_day")).then("start_next").otherwise(last))
    )
    rolled = (pl.col("rolls_over") == "true") & (pl.col("end_utc") < pl.col("start_utc"))
    set_back = pl.col("end_is_ambiguous") & (pl.col("end_utc") <= pl.col("start_utc"))
    set_back = set_back & (pl.col("end_later") > pl.col("start_utc")) & (pl.col("end") != pl.col("start"))
    no_length = timed & ((pl.col("end_utc") == pl.col("start_utc")) | (~end_timed & (last <= pl.col("start_next"))))
    cases = [
        (~timed & ~has_end, pl.col("start_next"), None),
        (~timed & end_timed, pl.col("end_next"), "the start has no time of day: whole days"),
        (~timed, last_day, None),
        (~has_end & pl.col("length").is_not_null(), pl.col("start_utc") + pl.duration(seconds=pl.col("length")),
         "the end is worked out from the length"),
        (~has_end, None, "no end is given"),
        (set_back, pl.col("end_later"), "clocks set back: the end is the later hour"),
        (no_length, None, "no end is given"),
        (~end_timed, last, "the end has no time of day: to the end of that day"),
        (rolled, pl.col("end_rolled"), "the end is on the next day"),
    ]  # fmt: skip
    end, note = pl.col("end_utc"), pl.lit(None, pl.String)
    for condition, value, remark in reversed(cases):
        is_so = condition.fill_null(False)
        end = pl.when(is_so).then(pl.lit(None, pl.Datetime("us")) if value is None else value).otherwise(end)
        note = pl.when(is_so).then(pl.lit(remark, pl.String)).otherwise(note)
    ambiguous = (timed & pl.col("start_is_ambiguous")) | (end_timed & pl.col("end_is_ambiguous") & ~set_back)
    note = (
        pl.when(ambiguous.fill_null(False))
        .then(pl.lit("clocks set back: decided by the rule of source.yml"))
        .otherwise(note)
    )
    return frame.with_columns(
        end_utc=end,
        time_note=note,
        all_day=~timed,
        start_fault=pl.when(pl.col("start").is_null()).then(pl.lit("event_time_missing")).otherwise("start_fault"),
        end_fault=pl.when(has_end).then("end_fault"),
    )


def _whole_days(frame: pl.DataFrame, zone: str) -> pl.DataFrame:
    """00:00 to 23:59 and midnight to midnight are whole days; blocks of many days are said to be such."""
    start, end = _local("start_utc", zone), _local("end_utc", zone)
    frame = frame.with_columns(start_local=start, end_local=end)
    at_end = pl.col("end_local").dt.time()
    to_minute = (pl.col("end_local").dt.hour() == 23) & (pl.col("end_local").dt.minute() == 59)
    is_midnight = at_end == pl.time(0, 0)
    whole = (
        ~pl.col("all_day") & (pl.col("start_local").dt.time() == pl.time(0, 0)) & (to_minute | is_midnight)
    ).fill_null(False)
    next_midnight = (pl.col("end_local").dt.date() + pl.duration(days=1)).cast(pl.Datetime("us"))
    full = pl.when(to_minute).then(next_midnight).otherwise("end_local")
    end_local = pl.when(whole).then(full).otherwise("end_local")
    moved = pl.when(whole & to_minute).then(_as_utc(next_midnight, zone)).otherwise("end_utc")
    long = ((pl.col("end_utc") - pl.col("start_utc")).dt.total_seconds() > BLOCK_SECONDS).fill_null(False)
    note = (
        pl.when(whole).then(pl.lit("from midnight to midnight: whole days"))
        .when(~pl.col("all_day") & long).then(pl.lit(BLOCK))
        .otherwise("time_note")
    )  # fmt: skip
    return frame.with_columns(all_day=pl.col("all_day") | whole, end_local=end_local, end_utc=moved, time_note=note)


def _landed(frame: pl.DataFrame, zone: str) -> pl.DataFrame:
    span = (pl.col("end_utc") - pl.col("start_utc")).dt.total_seconds()
    is_short = ~pl.col("all_day") & (span > 0) & (span <= BLOCK_SECONDS)
    return frame.with_columns(
        starts_at=pl.col("start_local").dt.to_string(ISO_LOCAL),
        ends_at=pl.col("end_local").dt.to_string(ISO_LOCAL),
        minutes=pl.when(is_short).then(span // _MINUTE),
        zone=pl.lit(zone),
    )


def _local(name: str, zone: str) -> pl.Expr:
    return pl.col(name).dt.replace_time_zone("UTC").dt.convert_time_zone(zone).dt.replace_time_zone(None)


def _as_utc(local: pl.Expr, zone: str) -> pl.Expr:
    aware = local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return aware.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
