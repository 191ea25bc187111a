"""The ledger of the report's statements: how many agree, and those of a verdict and a town."""

import polars as pl

from dashboard.parts.visit import Visit

SHARED = "gemeinsam"  # in the address: the statements on all towns together


def tally(statements: pl.DataFrame, visit: Visit) -> str:
    """How many statements agree, differ and cannot be computed, as one sentence."""
    say, verdicts = visit.say, statements.get_column("verdict")
    found = visit.numbers.tally(verdicts, say.group("verdict_counts"), say.group("verdict_counts_one"))
    return say.statements_sentence.format(count=visit.numbers.decimal(statements.height), parts=found)


def chosen(statements: pl.DataFrame, verdict: str, town: str) -> pl.DataFrame:
    """The statements of a verdict and of a town (SHARED: on all towns together); empty ones keep all."""
    rows = statements.filter(pl.col("verdict") == verdict) if verdict else statements
    if town == SHARED:
        return rows.filter(pl.col("town_id").is_null())
    return rows.filter(pl.col("town_id") == town) if town else rows
