"""What a space costs: assumptions, every one of which the reader sees and may change."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Assumptions:
    """What no table tells; the first values are set by hand, to be replaced by the town's own.

    Attributes:
        rent_eur: per month, with heating.
        running_eur: per month; power, internet, cleaning, booking platform, insurance.
        staff_pct: share of the opening hours in which somebody employed is there, per cent.
        wage_eur: an hour of theirs, with all dues.
        desk_eur: per desk and year; furniture, screen and repairs, spread over their life.
        weeks: weeks of the year in which the space is open.
        demand_pct: demand against the one measured, per cent.
        elsewhen_pct: demand at hours and on weekdays that were never open, per cent of that of a mean open
            hour or day; taken as uncertain from nothing to its double.
    """

    rent_eur: float = 800.0
    running_eur: float = 250.0
    staff_pct: float = 25.0
    wage_eur: float = 25.0
    desk_eur: float = 300.0
    weeks: float = 48.0
    demand_pct: float = 100.0
    elsewhen_pct: float = 25.0


def yearly_costs(assumptions: Assumptions, desks: int, hours_per_week: float) -> dict[str, float]:
    """Euros a year by what they are for: rent, running, staff, desks."""
    open_hours = hours_per_week * assumptions.weeks
    return {
        "rent": 12 * assumptions.rent_eur,
        "running": 12 * assumptions.running_eur,
        "staff": open_hours * assumptions.staff_pct / 100 * assumptions.wage_eur,
        "desks": desks * assumptions.desk_eur,
    }
