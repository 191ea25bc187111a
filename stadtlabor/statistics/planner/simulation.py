"""What a plan comes to: the world's visits under its hours, its price and its desks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stadtlabor.statistics.planner.costs import Assumptions, yearly_costs
from stadtlabor.statistics.planner.plan import Plan
from stadtlabor.statistics.planner.seating import peaks, turned_away
from stadtlabor.statistics.planner.stays import SLOTS_PER_HOUR
from stadtlabor.statistics.planner.willingness import Willingness
from stadtlabor.statistics.planner.world import World

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]

# Nine runs of ten lie between the ends of a range.
LOW, HIGH = 5.0, 95.0
# Whoever would be left with less than this of a stay does not come.
SHORTEST = 1 * SLOTS_PER_HOUR


@dataclass(frozen=True)
class Range:
    """Of all runs the middle one, and the ends between which nine of ten lie."""

    low: float
    central: float
    high: float


@dataclass(frozen=True)
class Outcome:
    """What comes of a plan, all shares in per cent.

    Attributes:
        desks: the numbers of desks that were tried; each of the lists below has an entry for each.
        utilisation: booked over available desk-hours.
        none_found_days: days on which at least one visitor finds no desk, of all open days.
        none_found_visits: visitors who find no desk, of all who would come at this price.
        coverage: takings over costs.
        takings_eur, costs_eur: of a year.
        kept: visits that remain at this price, of those there would be for the tariff of the time.
        is_open: whether any day of the plan has an open hour in the world.
    """

    desks: tuple[int, ...]
    utilisation: tuple[Range, ...]
    none_found_days: tuple[Range, ...]
    none_found_visits: tuple[Range, ...]
    coverage: tuple[Range, ...]
    takings_eur: tuple[Range, ...]
    costs_eur: tuple[Mapping[str, float], ...]
    kept: Range

    def at(self, desks: int) -> int:
        """The place of a number of desks in the lists."""
        return self.desks.index(desks)


@dataclass(frozen=True)
class _Coming:
    """The visits that come under a plan, desks aside; `day` counts the days that it opens."""

    day: Ints
    start: Ints
    end: Ints
    cost: Floats


def simulate(
    world: World,
    plan: Plan,
    assumptions: Assumptions,
    would_pay: Willingness | None = None,
    others: Sequence[int] = (),
) -> Outcome:
    """Run a plan through the world; also with other numbers of desks, all else equal.

    Args:
        world: from `prepare`.
        plan: what is planned.
        assumptions: costs, and demand where nothing was measured.
        would_pay: who stays at a price; None leaves the price without effect.
        others: further numbers of desks to try.
    """
    opens = np.isin(world.weekday, plan.weekdays)
    number = np.cumsum(opens) - 1
    run = world.run[opens]
    coming, kept = _coming(world, plan, assumptions, would_pay, opens, number)
    most = peaks(coming.day, coming.start, coming.end, len(run))
    days = np.bincount(run, minlength=world.runs)
    open_slots = plan.slots[1] - plan.slots[0]
    tried = tuple(sorted({plan.desks, *others}))
    found: dict[str, list[Range]] = {name: [] for name in ("used", "days", "visits", "covered", "takings")}
    costs = []
    for desks in tried:
        lost = turned_away(coming.day, coming.start, coming.end, desks, most)
        of_run = run[coming.day]
        seated = np.bincount(of_run, (coming.end - coming.start) * ~lost, minlength=world.runs)
        wanting = np.bincount(of_run, minlength=world.runs)
        bad_days = np.bincount(run[np.unique(coming.day[lost])], minlength=world.runs)
        takings = np.bincount(of_run, coming.cost * ~lost, minlength=world.runs)
        yearly = takings / world.weeks * assumptions.weeks
        cost = yearly_costs(assumptions, desks, plan.hours_per_week)
        found["used"].append(_range(_percent(seated, desks * open_slots * days)))
        found["days"].append(_range(_percent(bad_days, days)))
        found["visits"].append(_range(_percent(np.bincount(of_run, lost, minlength=world.runs), wanting)))
        found["covered"].append(_range(_percent(yearly, np.full(world.runs, sum(cost.values())))))
        found["takings"].append(_range(yearly))
        costs.append(cost)
    return Outcome(
        desks=tried,
        utilisation=tuple(found["used"]),
        none_found_days=tuple(found["days"]),
        none_found_visits=tuple(found["visits"]),
        coverage=tuple(found["covered"]),
        takings_eur=tuple(found["takings"]),
        costs_eur=tuple(costs),
        kept=kept,
    )


def _coming(
    world: World, plan: Plan, assumptions: Assumptions, would_pay: Willingness | None, opens: Bools, number: Ints
) -> tuple[_Coming, Range]:
    """The visits that a plan's hours allow and its price keeps, and what share the price keeps."""
    first, last = plan.slots
    run = world.run[world.day]
    start, end = np.maximum(world.start, first), np.minimum(world.start + world.length, last)
    comes = opens[world.day] & (end - start >= np.minimum(SHORTEST, world.length))
    comes &= world.demand < assumptions.demand_pct / 100
    reach = 2 * assumptions.elsewhen_pct / 100 * world.at_elsewhen
    # Demand before the opening is not carried into it: who comes at a measured hour is counted there already.
    comes &= ~world.is_elsewhen | ((world.elsewhen < reach[run]) & (world.start >= first))
    before = np.bincount(run[comes], minlength=world.runs)
    costs = plan.tariff.costs(last - first)
    at = np.flatnonzero(comes)
    cost = costs[end[at] - start[at]]
    if would_pay is not None:
        share = _kept_shares(world, plan, would_pay, costs)
        stays = world.pays[at] < share[run[at], end[at] - start[at]]
        at, cost = at[stays], cost[stays]
    after = np.bincount(run[at], minlength=world.runs)
    coming = _Coming(number[world.day[at]], start[at], end[at], cost)
    return coming, _range(_percent(after, before, nothing=100.0))


def _kept_shares(world: World, plan: Plan, would_pay: Willingness, costs: Floats) -> Floats:
    """By run and length of a visit the share that stays, of those who came at the tariff of the time.

    At a lower price than then nobody is added: who would come for less was never there to be counted.
    """
    seen = world.measured
    at, paying = world.at_price, world.at_paying
    now = would_pay.stays(costs, at, paying)
    if not seen.price or seen.price_unit not in ("hour", "half_day", "day"):
        return now
    then = would_pay.stays(type(plan.tariff)(seen.price, seen.price_unit).costs(len(costs) - 1), at, paying)
    return np.asarray(np.minimum(np.divide(now, then, out=np.zeros_like(now), where=then > 0), 1.0))


def _percent(part: Floats | Ints, whole: Floats | Ints, nothing: float = 0.0) -> Floats:
    return np.divide(100.0 * part, whole, out=np.full(len(whole), nothing), where=whole > 0)


def _range(values: Floats) -> Range:
    low, central, high = np.percentile(values, (LOW, 50, HIGH))
    return Range(float(low), float(central), float(high))
