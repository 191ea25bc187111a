"""From a file's bookings as written to the landing table: times to UTC, desks found, people and titles taken out."""

import polars as pl

from stadtlabor.base.rejects import Reject
from stadtlabor.base.strict import plain
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.bookings.counts import facts, notes
from stadtlabor.readers.bookings.desks import resolved
from stadtlabor.readers.bookings.meaning import with_meaning
from stadtlabor.readers.bookings.model import BookingPlan
from stadtlabor.readers.bookings.moments import with_times
from stadtlabor.readers.landing_skeleton import has_fault, pseudonymiser, rejected, without_text
from stadtlabor.readers.landing_tables import BOOKINGS
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.values import visibility
from stadtlabor.values.text_columns import mapped
from stadtlabor.values.times import ISO_UTC
from stadtlabor.values.words import amount

MOST_UNITS = 1000
# What a fault is shown with: times and desks, nothing that names a person.
FAULTS = (
    ("start", "start_fault"),
    ("end", "end_fault"),
    ("resource", "desk_fault"),
    ("units", "units_fault"),
    ("status", "status_fault"),
)
CONTENT = "content"


def land(plan: BookingPlan, manifest: Manifest | None) -> ReadResult:
    """Land one export: a row per booking, desk and unit; a booking with a fault is a reject, once.

    Without a manifest (for `inspect`) desks are made up from their names, times are of Europe/Berlin.
    """
    draft = _without_private(resolved(plan.tidy().with_row_index("record"), manifest))
    draft = with_times(draft, plan, manifest)
    draft = with_meaning(_with_units(draft), plan, manifest)
    found, remarks = _with_money(draft)
    # A booking of two desks of which one has a fault is set aside whole.
    is_bad = has_fault(FAULTS).max().over("record")
    kept = found.filter(~is_bad)
    rows = _rows(_keyed(_exploded(kept), plan, manifest))
    result = ReadResult({"bookings": rows}, [*without_text(plan.rejects), *_rejects(found.filter(is_bad))])
    result.notes = [*plan.notes, *notes(plan, found), *remarks]
    result.facts = facts(kept, plan, manifest)
    return result


def _without_private(draft: pl.DataFrame) -> pl.DataFrame:
    """A private booking holds its desk as any other; what it is for goes no further, nor a place that is no desk."""
    is_closed = visibility.is_closed()
    shown = [pl.when(~is_closed).then(name).alias(name) for name in ("title", "category", "hint")]
    desk = pl.when(~is_closed | pl.col("desk_fault").is_null()).then("desk_text").alias("desk_text")
    return draft.with_columns(*shown, desk, is_private=is_closed)


def _with_units(draft: pl.DataFrame) -> pl.DataFrame:
    number = pl.col("units").str.replace(r"^(\d+)[.,]0+$", "${1}").cast(pl.Int64, strict=False)
    is_fine = number.is_between(1, MOST_UNITS)
    return draft.with_columns(
        unit_count=pl.when(pl.col("units").is_null()).then(1).when(is_fine).then(number),
        units_fault=pl.when(pl.col("units").is_not_null() & ~is_fine.fill_null(False)).then(
            pl.lit("units_implausible")
        ),
    )


def _with_money(draft: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    read = mapped(draft["price"], amount, pl.List(pl.String))
    price, unit = read.list.get(0), read.list.get(1)
    currency = pl.coalesce("currency", unit, pl.when(price.is_not_null()).then(pl.lit("EUR")))
    odd = draft["price"].filter(price.is_null()).drop_nulls().n_unique()
    remarks = [f"{odd} price(s) cannot be read and are left empty"] if odd else []
    return draft.with_columns(amount=price, unit_of_money=currency), remarks


def _rejects(bad: pl.DataFrame) -> list[Reject]:
    """One reject per booking, with its first fault."""
    faulty = bad.filter(has_fault(FAULTS)).unique("record", keep="first", maintain_order=True)
    return rejected("bookings", faulty.with_columns(resource="desk_text", status="status_text"), FAULTS)


def _exploded(frame: pl.DataFrame) -> pl.DataFrame:
    """One row per unit; units count on over the desks of a booking."""
    counted = frame.with_columns(total=pl.col("unit_count") * pl.col("parts"))
    units = pl.int_ranges(1, pl.col("unit_count") + 1)
    return (
        counted.with_columns(unit_in_desk=units)
        .explode("unit_in_desk")
        .with_columns(unit=(pl.col("part") - 1) * pl.col("unit_count") + pl.col("unit_in_desk"))
    )


def _keyed(frame: pl.DataFrame, plan: BookingPlan, manifest: Manifest | None) -> pl.DataFrame:
    """Pseudonyms: of the booking, of its content, of its user."""
    keyed = pseudonymiser("bookings", manifest)
    slot = frame.select(pl.concat_str("space_id", "resource_id", "start_utc", "end_utc", separator="\x1f")).to_series()
    users = mapped(frame["user"], plain)
    content = frame.select(pl.concat_str(pl.lit(slot), users.fill_null(""), separator="\x1f")).to_series()
    numbers = frame["booking_id"]
    key = pl.coalesce(pl.lit(keyed(plan.tool, numbers)), pl.lit(keyed(CONTENT, content)))
    return frame.with_columns(
        booking_key=key,
        key_source=pl.when(pl.col("booking_id").is_null()).then(pl.lit(CONTENT)).otherwise(pl.lit(plan.tool)),
        match_key=keyed("slot", slot),
        user_pseudonym=keyed("user", users),
    )


def _rows(frame: pl.DataFrame) -> pl.DataFrame:
    moments = {f"{to}_at_utc": f"{name}_utc" for to, name in (
        ("starts", "start"), ("ends", "end"), ("created", "created"), ("modified", "modified"),
        ("checked_in", "check_in"), ("checked_out", "check_out"),
    )}  # fmt: skip
    return frame.with_columns(
        *(pl.col(name).dt.to_string(ISO_UTC).alias(to) for to, name in moments.items()),
        resource_kind=pl.col("kind"),
        units=pl.col("total"),
        starts_at_text=pl.col("start"),
        ends_at_text=pl.col("end"),
        created_at_text=pl.col("created"),
        price=pl.col("amount"),
        currency=pl.col("unit_of_money"),
    ).select(pl.col("line", *BOOKINGS).cast(pl.String))
