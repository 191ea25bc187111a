"""What `inspect` and the quality page are told of a file of bookings."""

from collections.abc import Iterator, Mapping

import polars as pl

from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.bookings.model import BookingPlan
from stadtlabor.readers.facts import BookingFacts, FoundDesk, first_and_last
from stadtlabor.readers.landing_skeleton import some


def facts(kept: pl.DataFrame, plan: BookingPlan, manifest: Manifest | None) -> BookingFacts:
    """Counts of bookings, desks and users, and the days they span."""
    bookings = kept.unique("record", maintain_order=True)
    ends = bookings["end_utc"].dt.offset_by("-1s")
    return BookingFacts(
        layout=plan.layout,
        rows=bookings.height,
        periods=first_and_last(pl.concat([bookings["start_utc"], ends]).dt.date().cast(pl.String)),
        tool=plan.tool,
        headings=plan.headings,
        desks=_desks(kept, {} if manifest else _most_at_once(kept)),
        users=bookings["user"].drop_nulls().str.to_lowercase().n_unique(),
        statuses=dict(bookings["status"].value_counts().sort("status").iter_rows()),
        block_outs=int((bookings["is_block_out"] == "true").sum()),
        time_rule=plan.clock.rule,
        has_created=bool(bookings["created_utc"].is_not_null().any()),
        asks_day_first=plan.asks_day_first,
    )


def _desks(kept: pl.DataFrame, most: Mapping[str, int]) -> dict[str, FoundDesk]:
    named = kept.filter(pl.col("desk_text").is_not_null())
    counted = named.group_by("desk_text", "kind").len().sort("desk_text").iter_rows()
    return {name: FoundDesk(kind, count, most.get(name) or 0) for name, kind, count in counted}


def _most_at_once(kept: pl.DataFrame) -> dict[str, int]:
    """The most units of each desk that were booked at one moment: what a scaffold offers as its number."""
    counts = kept.filter((pl.col("status") != "cancelled") & (pl.col("end_utc") > pl.col("start_utc")))
    begun = counts.select("desk_text", at=pl.col("start_utc"), step=pl.col("unit_count"))
    ended = counts.select("desk_text", at=pl.col("end_utc"), step=-pl.col("unit_count"))
    moments = pl.concat([begun, ended]).sort("desk_text", "at", "step")
    running = moments.with_columns(now=pl.col("step").cum_sum().over("desk_text"))
    return dict(running.group_by("desk_text").agg(pl.max("now")).sort("desk_text").iter_rows())


def notes(plan: BookingPlan, found: pl.DataFrame) -> Iterator[str]:
    """What was dropped, passed over and decided, by name."""
    yield from plan.left_out()
    if found["title"].is_not_null().any():
        yield "titles are read for the purpose of a booking and not kept"
    if private := found.filter("is_private")["record"].n_unique():
        yield f"{private} booking(s) are marked as private or confidential: counted, their title and purpose dropped"
    if found["user"].is_not_null().any():
        yield "users are kept as pseudonyms"
    for name, word in (("created", "creation"), ("modified", "change"), ("check_in", "check-in")):
        faults = found.filter(pl.col(name).is_not_null() & pl.col(f"{name}_utc").is_null()).height
        if faults:
            yield f"{faults} time(s) of {word} cannot be read and are left empty"
    decided = found["time_note"].value_counts(sort=True)
    for note, count in decided.drop_nulls().iter_rows():
        lines = found.filter(pl.col("time_note") == note)["line"]
        where = f" (line {some(lines)})" if "length" in note and "contradicts" in note else ""
        yield f"{count} booking(s): {note}{where}"
    if not plan.tells_cancelled and found["tells_cancelled"].eq("false").all():
        yield "the source does not tell cancelled bookings"
    if found["tells_attendance"].eq("false").all():
        yield "the source does not tell who came"
