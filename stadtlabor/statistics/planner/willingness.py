"""What share of the demand stays at a price, from a survey's published answers."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Willingness:
    """Who would still come at a price for the day, each with the two ends of its interval.

    Attributes:
        prices: euros for a day, from 0 up.
        share, low, high: of those who named a price, those who named at least this one; 0 to 1, never rising.
            Between two prices of which one lies next to a hidden one `low` and `high` reach as far as the
            published ones on either side.
        pays, pays_low, pays_high: of all asked, those who would pay at all; 1 where that is not published.
    """

    prices: Floats
    share: Floats
    low: Floats
    high: Floats
    pays: float = 1.0
    pays_low: float = 1.0
    pays_high: float = 1.0

    def stays(self, costs: Floats, at: Floats, pays_at: Floats) -> Floats:
        """The share that stays: an array (mark, cost), both shares taken at marks from 0 (low) over 1/2 to 1 (high).

        What costs nothing keeps everybody.
        """
        low, share, high = (np.interp(costs, self.prices, one) for one in (self.low, self.share, self.high))
        named = between(at[:, None], low, share, high)
        paying = between(pays_at[:, None], self.pays_low, self.pays, self.pays_high)
        return np.where(costs > 0, named * paying, 1.0)


def between(mark: Floats, low: Floats | float, middle: Floats | float, high: Floats | float) -> Floats:
    """From `low` at mark 0 over `middle` at 1/2 to `high` at 1, straight in between."""
    below, above = np.minimum(2 * mark, 1.0), np.maximum(2 * mark - 1, 0.0)
    return np.asarray(low + below * (middle - low) + above * (high - middle), dtype=np.float64)


def willingness(curve: pl.DataFrame, paying: tuple[float, float, float] | None) -> Willingness | None:
    """A survey's demand curve made ready; None where no price is published.

    Args:
        curve: price, share, interval_low, interval_high of one survey (per cent; null where hidden).
        paying: the share who would pay at all with its interval (low, share, high; per cent), where published.
    """
    rows = curve.select("price", "share", "interval_low", "interval_high").sort("price")
    if rows.get_column("share").drop_nulls().is_empty():
        return None
    # For nothing everybody comes who would come at all.
    points = [(0.0, 1.0, 1.0, 1.0)]
    is_after_hidden = False
    for price, share, low, high in rows.iter_rows():
        if share is None:
            is_after_hidden = True
            continue
        if is_after_hidden:
            before = points[-1]
            gap = 1e-6
            points.append((before[0] + gap, before[1], low / 100, before[3]))
            points.append((price - gap, share / 100, low / 100, before[3]))
            is_after_hidden = False
        points.append((price, share / 100, low / 100, high / 100))
    if is_after_hidden:
        # Dearer ones are hidden: anything from nobody to as many as at the last known price.
        before = points[-1]
        points.append((before[0] + 1e-6, before[1], 0.0, before[3]))
    prices, *columns = (np.array(one) for one in zip(*points, strict=True))
    share, low, high = (np.minimum.accumulate(one) for one in columns)
    pays_low, pays, pays_high = (one / 100 for one in paying) if paying else (1.0, 1.0, 1.0)
    return Willingness(prices, share, low, high, pays, pays_low, pays_high)
