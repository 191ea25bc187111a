"""How many desks are to be expected in use on each measured day and hour, from sums that are published."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from stadtlabor.statistics.planner.raking import Floats, Places, raked


def available_hours(days: pl.DataFrame, profile: pl.DataFrame) -> Floats:
    """Desk-hours that could be booked, by open day and hour: the day's, spread as those of its weekday."""
    spread = np.zeros((8, 24))
    for weekday, hour, available in profile.select("weekday", "hour", "available").iter_rows():
        spread[weekday, hour] = available
    totals = spread.sum(axis=1, keepdims=True)
    shares = np.divide(spread, totals, out=np.zeros_like(spread), where=totals > 0)
    return np.asarray(
        shares[days.get_column("weekday").to_numpy()] * days.get_column("available_seat_hours").to_numpy()[:, None]
    )


def booked_hours(available: Floats, days: pl.DataFrame, own: Mapping[str, pl.DataFrame], total: float) -> Floats:
    """Booked desk-hours by day and hour that agree with all that is published; the most even such ones."""
    cells = np.arange(available.size).reshape(available.shape)
    starts, months = days.get_column("week_start"), days.get_column("day").dt.strftime("%Y-%m")
    sums: list[tuple[Places, float]] = []

    def add(name: str, key: str, known: str, of_days: pl.Series) -> None:
        for value, amount in own[name].select(key, known).drop_nulls().iter_rows():
            places = cells[(of_days == value).to_numpy()]
            sums.append((places.ravel(), amount))

    for weekday, hour, amount in own["space_profile"].select("weekday", "hour", "booked").drop_nulls().iter_rows():
        sums.append((cells[(days.get_column("weekday") == weekday).to_numpy(), hour].ravel(), amount))
    add("space_months", "month", "booked_seat_hours", months)
    add("space_weeks", "week_start", "booked_seat_hours", starts)
    published = days.with_row_index("place").filter(pl.col("utilisation").is_not_null())
    for place, percent, hours in published.select("place", "utilisation", "available_seat_hours").iter_rows():
        sums.append((cells[place], percent / 100 * hours))
    sums.append((cells.ravel(), total))
    found = raked((available * total / available.sum()).ravel(), [(at, amount) for at, amount in sums if len(at)])
    return np.minimum(found.reshape(available.shape), available)


def beyond_chance(load: Floats, available: Floats, days: pl.DataFrame, squares: float) -> tuple[Floats, float]:
    """The part of the differences between days that is more than chance: load by day and hour, and a variance.

    Were demand as estimated, the number of desks in use would be a Poisson number around the estimate, and its
    mean square E[n] + E[level²]. But what was booked in a week or on a day holds chance itself: taken as demand
    it would count twice. So days are drawn towards the mean of their weekday and hour until the mean square is
    the one of the published levels. Where days differ even more than estimated, the rest is the variance of
    a factor that each day gets.

    Args:
        squares: hours times the square of desks in use, summed over all levels.
    """
    weekday = days.get_column("weekday").to_numpy()
    means = np.zeros_like(load)
    for of in np.unique(weekday):
        own = weekday == of
        offered = available[own].sum(axis=0)
        means[own] = available[own] * np.divide(
            load[own].sum(axis=0), offered, out=np.zeros_like(offered), where=offered > 0
        )
    open_hours = available / days.get_column("desks").to_numpy()[:, None]

    def mean_square(booked: Floats) -> float:
        return float(np.divide(booked**2, open_hours, out=np.zeros_like(booked), where=open_hours > 0).sum())

    wanted, most, least = squares - load.sum(), mean_square(load), mean_square(means)
    if wanted >= most:
        return load, wanted / most - 1 if most > 0 else 0.0
    share = np.sqrt(max(wanted - least, 0.0) / (most - least)) if most > least else 1.0
    return means + share * (load - means), 0.0


def level_squares(table: pl.DataFrame, booked: float) -> float | None:
    """Hours times the square of desks in use, over all levels; None where no level is told."""
    published = table.drop_nulls("open_hours")
    if published.is_empty():
        return None
    hidden = table.filter(pl.col("open_hours").is_null()).get_column("in_use").to_numpy()
    levels, hours = published.get_column("in_use").to_numpy(), published.get_column("open_hours").to_numpy()
    # What is hidden is shared out evenly, as seat-hours; an hour at level n has n of them and counts n².
    rest = max(booked - float(levels @ hours), 0.0)
    return float(levels**2 @ hours) + (rest * float(hidden.mean()) if len(hidden) else 0.0)
