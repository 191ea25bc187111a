"""Helper columns for the landing tables of events; see `expectations.derived.derive`."""

from collections.abc import Mapping

import polars as pl

from expectations.derived.survey_columns import Beside

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "events": {
        "first_day": "day of `starts_at`, null where it cannot be read",
        "last_day": "the last day on which the event still runs",
        "lasts_seconds": "seconds from start to end in UTC; null where no end is known or one cannot be read",
        "times": "impossible where a time has the right form and the calendar does not know it",
        "attended_number": "`attended` as a number",
        "walk_in_number": "`walk_ins` as a number",
        "provenance": "missing where a row is said to be from the report and names no section of it",
        "repeat": "how many rows of the same event stand before this one in the same file",
    },
    "registrations": {
        "times": "impossible where a time has the right form and the calendar does not know it",
        "event": "accepted, quarantined or missing: what became of the registration's event",
        "repeat": "how many rows of the same registration stand before this one in the same file",
    },
}

UTC = ("%Y-%m-%dT%H:%M:%SZ", r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")
LOCAL = ("%Y-%m-%dT%H:%M:%S", r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$")


def events(frame: pl.DataFrame) -> pl.DataFrame:
    """The events with their helper columns."""
    start, end = _read("starts_at", LOCAL), _read("ends_at", LOCAL)
    last = pl.when(end > start).then(end - pl.duration(seconds=1)).otherwise(start)
    length = _read("ends_at_utc", UTC) - _read("starts_at_utc", UTC)
    impossible = pl.any_horizontal(
        _is_impossible(name, form)
        for name, form in (("starts_at", LOCAL), ("ends_at", LOCAL), ("starts_at_utc", UTC), ("ends_at_utc", UTC))
    )
    is_unplaced = (pl.col("row_origin") == "report") & pl.col("report_section").is_null()
    return frame.with_columns(
        first_day=start.dt.date(),
        last_day=last.dt.date(),
        lasts_seconds=length.dt.total_seconds(),
        times=pl.when(impossible).then(pl.lit("impossible")),
        attended_number=pl.col("attended").cast(pl.Int64, strict=False),
        walk_in_number=pl.col("walk_ins").cast(pl.Int64, strict=False),
        provenance=pl.when(is_unplaced).then(pl.lit("missing")),
        # The same event in another file adds what that file knows of it.
        repeat=pl.int_range(pl.len()).over("event_key", "file"),
    )


def registrations(frame: pl.DataFrame, beside: Beside) -> pl.DataFrame:
    """The registrations with their helper columns; `beside` has the keys of the delivery's events."""
    keys = pl.col("event_ref")
    impossible = pl.any_horizontal(_is_impossible(name, UTC) for name in ("checked_in_at", "ordered_at"))
    return frame.with_columns(
        times=pl.when(impossible).then(pl.lit("impossible")),
        event=pl.when(keys.is_in(beside.accepted.unique().implode()))
        .then(pl.lit("accepted"))
        .when(keys.is_in(beside.delivered.unique().implode()))
        .then(pl.lit("quarantined"))
        .otherwise(pl.lit("missing")),
        repeat=pl.int_range(pl.len()).over("registration_key", "event_ref", "file"),
    )


def _read(name: str, form: tuple[str, str]) -> pl.Expr:
    return pl.col(name).str.to_datetime(form[0], strict=False, time_unit="ms")


def _is_impossible(name: str, form: tuple[str, str]) -> pl.Expr:
    return _read(name, form).is_null() & pl.col(name).str.contains(form[1])
