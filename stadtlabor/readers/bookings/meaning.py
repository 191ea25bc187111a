"""What a booking was: taken place or not, use or block-out, and for what. Titles are read here and go no further."""

from collections.abc import Iterable, Sequence

import polars as pl

from stadtlabor.base.strict import plain
from stadtlabor.manifest.bookings_section import BlockOuts, Bookings, PurposeRule, StatusWords
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.bookings.model import BookingPlan
from stadtlabor.values.words import NO, STATE_OF, YES

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
    distinct = draft["status"].drop_nulls().unique().to_list()
    meant = [own.get(plain(text)) or STATE_OF.get(plain(text)) for text in distinct]
    return draft["status"].replace_strict(distinct, meant, default=None, return_dtype=pl.String)


def _status(words: StatusWords) -> tuple[pl.Expr, pl.Expr]:
    flag = pl.col("cancelled").str.to_lowercase()
    is_cancelled = flag.is_not_null() & ~flag.is_in(list(NO))
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
    flag = pl.col("cancelled").str.to_lowercase()
    # A date in the column says when it was cancelled.
    is_odd = flag.is_not_null() & ~flag.is_in(list(YES | NO)) & ~flag.str.contains(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")
    is_unknown = pl.col("status").is_not_null() & pl.col("said").is_null()
    return pl.when(is_unknown | is_odd).then(pl.lit("booking_status_unknown"))


def _block_out(plan: BookingPlan, rule: BlockOuts) -> pl.Expr:
    without_user = plan.is_block_out_without_user if rule.without_user is None else rule.without_user
    is_nobodys = pl.lit(without_user) & pl.col("user").is_null() & pl.col("hint").is_null()
    by_user = _is_one_of("user", rule.users)
    return is_nobodys | _holds("title", rule.titles) | _is_one_of("category", rule.categories) | by_user


def _purpose(bookings: Bookings | None) -> pl.Expr:
    usual = pl.col("kind").replace_strict(USUAL, default="other", return_dtype=pl.String)
    meant = pl.when(pl.col("hint") == "event").then(pl.lit("event")).otherwise(usual)
    for rule in reversed(bookings.purposes if bookings else []):
        meant = pl.when(_fits(rule)).then(pl.lit(rule.purpose)).otherwise(meant)
    return meant


def _fits(rule: PurposeRule) -> pl.Expr:
    desks = pl.col("resource_id").is_in(rule.desks) | pl.col("kind").is_in(rule.kinds)
    return _holds("title", rule.titles) | _is_one_of("category", rule.categories) | desks.fill_null(False)


def _holds(column: str, words: Sequence[str]) -> pl.Expr:
    """Whether a text holds one of the words, whatever its case."""
    text = pl.col(column).str.to_lowercase()
    return _any(text.str.contains(word.lower(), literal=True) for word in words)


def _is_one_of(column: str, words: Sequence[str]) -> pl.Expr:
    text = pl.col(column).str.to_lowercase().str.replace_all(r"\s+", " ")
    return _any(text == plain(word) for word in words)


def _any(conditions: Iterable[pl.Expr]) -> pl.Expr:
    found = [condition.fill_null(False) for condition in conditions]
    return pl.any_horizontal(found) if found else pl.lit(False)
