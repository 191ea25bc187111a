"""A delivery as a page shows it: its state, its rows, its checks, what was set aside and why."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from dashboard.article.arrangement import Details
from dashboard.article.blocks import Block, Column, Count, Table
from dashboard.article.subject_blocks import Delivery
from dashboard.parts import compare
from dashboard.parts.pieces import delivery_files
from dashboard.parts.visit import Visit

ROWS = ("delivered", "accepted", "quarantined")


def summary(deliveries: pl.DataFrame, visit: Visit) -> str:
    """All deliveries in one sentence."""
    counts = {name: visit.numbers.decimal(float(deliveries[f"{name}_rows"].fill_null(0).sum())) for name in ROWS}
    refused = int(deliveries["state"].str.starts_with("refused").sum())
    return visit.say.quality_summary.format(**counts, refused=refused, count=deliveries.height)


def show(row: Mapping[str, Any], visit: Visit, today: date) -> Iterator[Block]:
    """One delivery, its details folded away."""
    say, numbers = visit.say, visit.numbers
    counts = {name: numbers.decimal(row[f"{name}_rows"] or 0) for name in ROWS}
    other, is_counted = row["other_region_rows"] or 0, row["delivered_rows"] is not None
    reason = row["state_detail_de" if say.language == "de" else "state_detail"]
    lines = [
        say.delivery_reason.format(reason=reason) if reason else "",
        say.delivery_other.format(count=numbers.decimal(other)) if other else "",
        age(row, visit, today),
        say.delivery_producer.format(
            producer=row["producer"] or "–", licence=compare.licence_words([row["licence"] or "–"], visit)
        ),
        say.sample_strip_here if row["is_synthetic"] else "",
        row["note"] or "",
    ]
    yield Delivery(
        title=row["title"] or row["delivery_id"],
        state=row["state"],
        state_words=say.group("delivery_states")[row["state"]],
        rows=say.delivery_rows.format(**counts) if is_counted else say.delivery_rows_untold,
        share=round(100 * row["accepted_rows"] / max(row["delivered_rows"], 1), 1) if is_counted else 0,
        lines=[line for line in lines if line],
    )
    details = say.delivery_details.format(title=row["title"] or row["delivery_id"])
    yield Details(details, tuple(_details(row, visit)))


def age(row: Mapping[str, Any], visit: Visit, today: date) -> str:
    """When a delivery came in, for which period, and how long ago."""
    received, start, end = (row[name] for name in ("received", "period_from", "period_to"))
    if received is None:
        return ""
    words = {"received": visit.numbers.date(received), "ago": visit.numbers.ago(received, today)}
    if start is None or end is None:
        return visit.say.delivery_age_short.format(**words)
    return visit.say.delivery_age.format(**words, start=visit.numbers.date(start), end=visit.numbers.date(end))


def _details(row: Mapping[str, Any], visit: Visit) -> Iterator[Block]:
    delivery_id = row["delivery_id"]
    yield from _checks(delivery_id, visit)
    yield from _set_aside(delivery_id, visit)
    yield from delivery_files.show_files(delivery_id, visit)


def _checks(delivery_id: str, visit: Visit) -> Iterator[Block]:
    say, outcomes = visit.say, visit.say.group("check_outcomes")
    rows = [
        [
            one[f"description_{visit.language}"] or one["check_id"],
            outcomes.get(one["outcome"], one["outcome"]),
            _count(one["failing_rows"], visit),
            _count(one["checked_rows"], visit),
        ]
        for one in visit.release.checks_of(delivery_id).iter_rows(named=True)
    ]
    columns = [Column(say.column_check), Column(say.column_outcome, is_whole=True)]
    columns += [Column(say.column_failing, True), Column(say.column_rows, True)]
    if rows:
        yield Table(say.delivery_checks, columns, rows)


def _set_aside(delivery_id: str, visit: Visit) -> Iterator[Block]:
    say = visit.say
    rows = [
        [
            one[f"reason_{visit.language}"] or one["reason"],
            one["file"],
            _count(one["row_count"], visit),
            one["example_lines"] or "",
        ]
        for one in visit.release.quarantine_of(delivery_id).iter_rows(named=True)
    ]
    columns = [Column(say.column_reason), Column(say.column_file)]
    columns += [Column(say.column_rows, True), Column(say.column_lines)]
    if rows:
        yield Table(say.delivery_quarantine, columns, rows)


def _count(rows: int | None, visit: Visit) -> str:
    """A number of rows, as far as it is told."""
    return "–" if rows is None else visit.numbers.decimal(rows)


def show_model_checks(visit: Visit) -> Iterator[Block]:
    """The tests of the computation: one sentence, and each one that failed."""
    say, checks = visit.say, visit.release.model_checks()
    failed = checks.filter(pl.col("status") != delivery_files.PASSED)
    yield Count(say.quality_models_tally.format(passed=checks.height - failed.height, count=checks.height))
    if failed.is_empty():
        return
    rows = [
        [one["description"] or one["name"], one["status"], visit.numbers.decimal(one["failures"] or 0)]
        for one in failed.iter_rows(named=True)
    ]
    columns = [Column(say.column_check), Column(say.column_outcome), Column(say.column_failing, True)]
    yield Table(say.quality_models, columns, rows)
