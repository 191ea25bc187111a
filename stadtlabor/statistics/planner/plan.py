"""What the reader plans: desks, opening hours and a tariff."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stadtlabor.statistics.planner.stays import SLOTS_PER_HOUR

Floats = NDArray[np.float64]

UNITS = ("hour", "half_day", "day")


@dataclass(frozen=True)
class Tariff:
    """A price in euros per "hour", "half_day" or "day"; half a day ends after `half_day_hours`."""

    price: float
    unit: str = "day"
    half_day_hours: float = 4.0

    def costs(self, slots: int) -> Floats:
        """What a visit costs on its day, by its length in slots from 0 to `slots`."""
        hours = np.arange(slots + 1) / SLOTS_PER_HOUR
        if self.unit == "hour":
            return np.asarray(self.price * hours)
        if self.unit == "half_day":
            return np.asarray(self.price * np.clip(np.ceil(hours / self.half_day_hours - 1e-9), 0, 2))
        return np.asarray(np.where(hours > 0, self.price, 0.0))


@dataclass(frozen=True)
class Plan:
    """Desks, opening hours ("from" and "to" in hours of the clock, the same on all weekdays) and a tariff."""

    desks: int
    opens: float
    closes: float
    weekdays: tuple[int, ...]
    tariff: Tariff

    def __post_init__(self) -> None:
        if self.desks < 1 or not self.opens < self.closes or not self.weekdays:
            raise ValueError(f"no plan: {self}")

    @property
    def hours_per_week(self) -> float:
        """Opening hours of a week without a holiday."""
        return (self.closes - self.opens) * len(self.weekdays)

    @property
    def slots(self) -> tuple[int, int]:
        """The opening in slots from midnight."""
        return math.floor(self.opens * SLOTS_PER_HOUR), math.ceil(self.closes * SLOTS_PER_HOUR)
