"""What was measured of a space, put together from its published numbers alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stadtlabor.statistics.planner.loads import available_hours, beyond_chance, booked_hours, level_squares
from stadtlabor.statistics.planner.raking import Floats
from stadtlabor.statistics.planner.stays import CLASSES, SLOTS_PER_HOUR, lengths

Ints = NDArray[np.intp]
Row = Mapping[str, Any]

# With fewer measured weeks a resampling of weeks says nothing of how much they differ.
FEWEST_WEEKS = 4


# The release's tables that a space's demand is put together from.
TABLES = ("spaces", "space_days", "space_weeks", "space_months", "space_profile", "space_stays", "space_levels")

# A plan is of one day; hours after midnight are published from 24 on.
HOURS_OF_DAY = 24


class CannotPlanError(Exception):
    """Too little of a space is published to plan with; the message is the reason's name: "hidden", "night" …"""


@dataclass(frozen=True)
class Measured:
    """A space's demand as far as it was seen: one entry per open day, and what holds for all of them.

    Attributes:
        desks: most desks on one day.
        day_desks, weekday, week: by day; weekday 1 is Monday, week counts from 0.
        load: by day and hour of the clock, desk-hours to be expected: what was booked without its part of
            chance, an estimate where it is hidden.
        opens, closes: by weekday (1 … 7), slots from midnight; 0 and 0 where it was never open.
        lengths: the chance of each length of a stay, in slots.
        swing: how much days differ beyond chance: the variance of a day's factor around 1.
        is_swing_known, are_stays_known: whether these rest on published numbers.
        hidden_weeks: how many of the weeks are not published by themselves.
        full_hours: open hours in which every desk was taken; None where that is hidden.
        price, price_unit: the tariff of the time; None where unknown.
    """

    desks: int
    day_desks: Ints
    weekday: Ints
    week: Ints
    load: Floats
    opens: Ints
    closes: Ints
    lengths: Floats
    swing: float
    is_swing_known: bool
    are_stays_known: bool
    hidden_weeks: int
    full_hours: float | None
    price: float | None
    price_unit: str | None

    @property
    def weeks(self) -> int:
        """How many weeks had an open day."""
        return int(self.week.max()) + 1

    def slots(self, weekday: int) -> Floats:
        """Desks in use on a mean day of a weekday, by slot of its opening."""
        days = self.load[self.weekday == weekday]
        by_slot = np.repeat(days.mean(axis=0), SLOTS_PER_HOUR)
        return np.asarray(by_slot[self.opens[weekday] : self.closes[weekday]], dtype=np.float64)


def measured(tables: Mapping[str, pl.DataFrame], space_id: str) -> Measured:
    """What the release tells of a space's demand.

    Args:
        tables: the release's tables by name, those of TABLES among them.
        space_id: which space.

    Raises:
        CannotPlanError: its use as a whole is hidden or it had no open hours ("hidden"), or fewer than
            FEWEST_WEEKS weeks were open ("short"), or it is open past midnight ("night").
    """
    own = {name: tables[name].filter(pl.col("space_id") == space_id) for name in TABLES}
    space = own["spaces"].row(0, named=True)
    days = own["space_days"].filter(pl.col("open") & (pl.col("available_seat_hours") > 0)).sort("day")
    profile = own["space_profile"].filter(pl.col("available") > 0)
    if space["booked_seat_hours"] is None or days.is_empty() or profile.is_empty():
        raise CannotPlanError("hidden")
    if profile.filter(pl.col("hour") >= HOURS_OF_DAY).height:
        raise CannotPlanError("night")
    days = days.with_columns(pl.col("day").dt.truncate("1w").alias("week_start"))
    week = (days.get_column("week_start").rank("dense") - 1).to_numpy().astype(np.intp)
    if week.max() + 1 < FEWEST_WEEKS:
        raise CannotPlanError("short")
    available = available_hours(days, profile)
    load = booked_hours(available, days, own, space["booked_seat_hours"])
    opens, closes = _opening(profile)
    stays, mean = _stays(own["space_stays"], space)
    squares = level_squares(own["space_levels"], space["booked_seat_hours"])
    load, swing = (load, 0.0) if squares is None else beyond_chance(load, available, days, squares)
    hidden = (
        days.select("week_start")
        .unique()
        .join(
            own["space_weeks"].filter(pl.col("booked_seat_hours").is_null()),
            left_on="week_start",
            right_on="week_start",
        )
    )
    return Measured(
        desks=int(space["desks"]),
        day_desks=days.get_column("desks").to_numpy().astype(np.intp),
        weekday=days.get_column("weekday").to_numpy().astype(np.intp),
        week=week,
        load=load,
        opens=opens,
        closes=closes,
        lengths=lengths(stays, mean, int((closes - opens).max())),
        swing=swing,
        is_swing_known=squares is not None,
        are_stays_known=bool(stays),
        hidden_weeks=hidden.height,
        full_hours=_full_hours(own["space_levels"]),
        price=space["price"],
        price_unit=space["price_unit"],
    )


def _opening(profile: pl.DataFrame) -> tuple[Ints, Ints]:
    """From which slot to which each weekday was open, to the half-hour."""
    opens, closes = np.zeros(8, dtype=np.intp), np.zeros(8, dtype=np.intp)
    for (weekday,), hours in profile.sort("hour").group_by(["weekday"]):
        at, share = hours.get_column("hour"), hours.get_column("available") / hours.get_column("available").max()
        is_half = (share < 0.75).to_list()
        place = int(str(weekday))
        opens[place] = at[0] * SLOTS_PER_HOUR + (1 if is_half[0] and len(at) > 1 else 0)
        closes[place] = (at[-1] + 1) * SLOTS_PER_HOUR - (1 if is_half[-1] and len(at) > 1 else 0)
    return opens, closes


def _stays(table: pl.DataFrame, space: Row) -> tuple[dict[str, float], float]:
    """Stays by class and their mean in hours; of hidden classes as many as are missing from the used desk-days."""
    rows = {name: count for name, count in table.select("class", "count").iter_rows() if name in CLASSES}
    published = sum(count for count in rows.values() if count is not None)
    used = (space["day_occupancy"] or 0) / 100 * space["desk_days"]
    hidden = [name for name, count in rows.items() if count is None]
    rest = max(used - published, len(hidden)) if hidden else 0
    counts = {name: float(rest / len(hidden) if count is None else count) for name, count in rows.items()}
    everybody = sum(counts.values()) or used
    mean = space["booked_seat_hours"] / everybody if everybody else 4.0
    return (counts if published else {}), mean


def _full_hours(table: pl.DataFrame) -> float | None:
    """Open hours in which every desk was taken: 0 where that never occurred, None where it is hidden."""
    full = table.filter(pl.col("in_use") == pl.col("desks")).get_column("open_hours")
    if table.is_empty() or full.null_count():
        return None
    return float(full.sum())
