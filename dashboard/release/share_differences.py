"""How far the shares of two surveys lie apart."""

import polars as pl

from dashboard.release import survey_queries as queries
from dashboard.release.release_cache import cached
from dashboard.release.snapshot import Release
from dashboard.words import survey_words


@cached
def differences(release: Release, indicator_id: str, breakdown: str, code: str | None) -> pl.DataFrame:
    """How far two shares of an indicator lie apart, first survey less second: one row per pair, in the surveys' order.

    `difference`, `low` and `high` are percentage points with Newcombe's interval (95 %), which follows from the shares
    and their Wilson intervals (Newcombe 1998, method 10): with l, u the ends of each,
    d − √((p₁ − l₁)² + (u₂ − p₂)²) and d + √((u₁ − p₁)² + (p₂ − l₂)²). Where it covers 0 they cannot be told apart.
    Of more surveys than `survey_words.MOST_COMPARED` only those of one town are set against each other.
    """
    found = queries.values(release, indicator_id, breakdown).filter(pl.col("code").eq_missing(pl.lit(code, pl.String)))
    shares = found.filter(pl.col("value").is_not_null() & pl.col("interval_low").is_not_null())
    one = shares.select(
        "survey_id",
        "town_id",
        "place",
        "value",
        below=pl.col("value") - pl.col("interval_low"),
        above=pl.col("interval_high") - pl.col("value"),
    )
    is_one_town = shares.height > survey_words.MOST_COMPARED
    pairs = one.join(one, on="town_id", suffix="_b") if is_one_town else one.join(one, how="cross", suffix="_b")
    difference = pl.col("value") - pl.col("value_b")
    bounded = (
        pairs.filter(pl.col("place") < pl.col("place_b"))
        .sort("place", "place_b")
        .select(
            pl.col("survey_id").alias("survey_a"),
            pl.col("survey_id_b").alias("survey_b"),
            difference=difference,
            low=difference - (pl.col("below") ** 2 + pl.col("above_b") ** 2).sqrt(),
            high=difference + (pl.col("above") ** 2 + pl.col("below_b") ** 2).sqrt(),
        )
    )
    return bounded.with_columns(is_distinguishable=(pl.col("low") > 0) | (pl.col("high") < 0))
