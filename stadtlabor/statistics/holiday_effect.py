"""Use of a space inside and outside some weeks, with a bootstrap interval of the difference."""

from collections.abc import Mapping

import numpy as np
import polars as pl

# One row per space and comparison. Utilisation in per cent, the difference (first − second) in points;
# null where a side has no week, the interval where a side has fewer than MIN_WEEKS.
EFFECTS: Mapping[str, type[pl.DataType]] = {
    "space_id": pl.String,
    "comparison": pl.String,
    "first_pct": pl.Float64,
    "second_pct": pl.Float64,
    "difference": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "first_weeks": pl.Int64,
    "second_weeks": pl.Int64,
}
DRAWS = 4000
# Any fixed number would do; the same deliveries must give the same interval.
SEED = 20221221
# One or two weeks say nothing of how weeks differ.
MIN_WEEKS = 3


def effects(weeks: pl.DataFrame) -> pl.DataFrame:
    """Compare utilisation between two groups of weeks of each space.

    Args:
        weeks: space_id, comparison, is_first, booked, available (> 0); one row per week.

    Returns:
        Columns EFFECTS. Utilisation of a group is its booked over its available time, so that a short week
        weighs less; the interval holds the middle 95 % of DRAWS draws of whole weeks, with replacement and
        from each group apart (percentile bootstrap, Efron 1979). It describes how weeks differed; it is no
        test, and says nothing of another summer.
    """
    rows = []
    for (space, comparison), mine in sorted(weeks.group_by(["space_id", "comparison"]), key=lambda pair: pair[0]):
        first, second = (_sides(mine.filter(pl.col("is_first") == side)) for side in (True, False))
        rows.append((space, comparison, *_compared(first, second), len(first), len(second)))
    return pl.DataFrame(rows, schema=dict(EFFECTS), orient="row")


def _sides(weeks: pl.DataFrame) -> np.ndarray:
    """One row per week, in a fixed order: booked, available."""
    return weeks.select("booked", "available").sort("available", "booked").cast(pl.Float64).to_numpy()


def _compared(first: np.ndarray, second: np.ndarray) -> tuple[float | None, ...]:
    """Both utilisations, their difference, and the ends of its interval."""
    shares = [_percent(side.sum(axis=0)) if len(side) else None for side in (first, second)]
    if shares[0] is None or shares[1] is None:
        return (*shares, None, None, None)
    difference = shares[0] - shares[1]
    if min(len(first), len(second)) < MIN_WEEKS:
        return (*shares, difference, None, None)
    dice = np.random.default_rng(SEED)
    drawn = _drawn(first, dice) - _drawn(second, dice)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return (*shares, difference, float(low), float(high))


def _drawn(weeks: np.ndarray, dice: np.random.Generator) -> np.ndarray:
    """Utilisation of DRAWS samples of as many weeks."""
    times = dice.multinomial(len(weeks), np.full(len(weeks), 1 / len(weeks)), size=DRAWS)
    sums = times @ weeks
    return np.asarray(100 * sums[:, 0] / sums[:, 1])


def _percent(sums: np.ndarray) -> float:
    return float(100 * sums[0] / sums[1])
