"""What a booking was: taken place or not, use or block-out, and for what. Titles are read here and go no further."""

from collections.abc import Sequence

import polars as pl

from stadtlabor.base.strict import plain
from stadtlabor.manifest.bookings_section import BlockOuts, Bookings, PurposeRule, StatusWords
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.bookings.model import BookingPlan
from stadtlabor.values.text_columns import any_of, holds_one_of, is_marked, is_odd_mark, mapped
from stadtlabor.values.words import STATE_OF

# What a booking is for where neither the manifest nor the tool says: what its desk is made for.
USUAL = {"desk": "own_work", "table": "meeting", "room": "meeting", "lounge": "other", "other": "other"}


def with_meaning(draft: pl.DataFrame, plan: BookingPlan, manifest: Manifest | None) -> pl.DataFrame:
    """The draft with `status` (and its reason, text and fault), `is_block_out`, `purpose` and what the source tells."""
    bookings = manifest.bookings if manifest and manifest.bookings else None
    words = bookings.status if bookings else StatusWords()
    states = _states(draft, words)
    read = draft.with_columns(said=states)
    attends = (
        plan.tells_attendance
        or words.no_show_without_check_in
        or bool(states.is_in(["attended", "no_show"]).any())
        or draft["check_in"].is_not_null().any()
    )
    status, reason = _status(words)
    return read.with_columns(
        status_text=pl.col("status"),
        status=status,
        status_reason=reason,
        status_fault=_status_fault(),
        is_block_out=_block_out(plan, bookings.block_outs if bookings else BlockOuts()).replace_strict(
            {True: "true", False: "false"}, return_dtype=pl.String
        ),
        purpose=_purpose(bookings),
        tells_cancelled=pl.lit(str(plan.tells_cancelled or bool(states.eq("cancelled").any())).lower()),
        tells_attendance=pl.lit(str(bool(attends)).lower()),
    )


def _states(draft: pl.DataFrame, words: StatusWords) -> pl.Series:
    """The column of states in our words; null where it is empty or says what nobody knows."""
    own = {
        plain(word): state
        for state in ("cancelled", "no_show", "attended", "tentative")
        for word in getattr(words, state)
    }
    return mapped(draft["status"], lambda text: own.get(plain(text)) or STATE_OF.get(plain(text)))


def _status(words: StatusWords) -> tuple[pl.Expr, pl.Expr]:
    is_cancelled = is_marked("cancelled")
    has_come = pl.col("check_in").is_not_null()
    stayed_away = pl.lit(words.no_show_without_check_in) & ~has_come & pl.col("said").fill_null("booked").eq("booked")
    status = (
        pl.when(is_cancelled | (pl.col("said") == "cancelled")).then(pl.lit("cancelled"))
        .when(has_come).then(pl.lit("attended"))
        .when(stayed_away).then(pl.lit("no_show"))
        .otherwise(pl.col("said").fill_null("booked"))
    )  # fmt: skip
    reason = (
        pl.when(is_cancelled).then(pl.lit("marked as cancelled"))
        .when(has_come & (pl.col("said").fill_null("booked") != "cancelled")).then(pl.lit("checked in"))
        .when(stayed_away).then(pl.lit("not checked in"))
        .when(pl.col("said").is_not_null()).then(pl.format("status {}", pl.col("said")))
        .otherwise(pl.lit("stands in the export"))
    )  # fmt: skip
    return status, reason


def _status_fault() -> pl.Expr:
    is_unknown = pl.col("status").is_not_null() & pl.col("said").is_null()
    return pl.when(is_unknown | is_odd_mark("cancelled")).then(pl.lit("booking_status_unknown"))


def _block_out(plan: BookingPlan, rule: BlockOuts) -> pl.Expr:
    without_user = plan.is_block_out_without_user if rule.without_user is None else rule.without_user
    is_nobodys = pl.lit(without_user) & pl.col("user").is_null() & pl.col("hint").is_null()
    by_user = _is_one_of("user", rule.users)
    return is_nobodys | holds_one_of("title", rule.titles) | _is_one_of("category", rule.categories) | by_user


def _purpose(bookings: Bookings | None) -> pl.Expr:
    usual = pl.col("kind").replace_strict(USUAL, default="other", return_dtype=pl.String)
    meant = pl.when(pl.col("hint") == "event").then(pl.lit("event")).otherwise(usual)
    for rule in reversed(bookings.purposes if bookings else []):
        meant = pl.when(_fits(rule)).then(pl.lit(rule.purpose)).otherwise(meant)
    return meant


def _fits(rule: PurposeRule) -> pl.Expr:
    desks = pl.col("resource_id").is_in(rule.desks) | pl.col("kind").is_in(rule.kinds)
    return holds_one_of("title", rule.titles) | _is_one_of("category", rule.categories) | desks.fill_null(False)


def _is_one_of(column: str, words: Sequence[str]) -> pl.Expr:
    text = pl.col(column).str.to_lowercase().str.replace_all(r"\s+", " ")
    return any_of([text == plain(word) for word in words])
