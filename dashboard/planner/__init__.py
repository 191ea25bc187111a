"""The desk planner's simulation: published tables and a plan in, ranges out.

Knows neither the page nor the database: polars frames of the release, numpy, nothing else. From the outside
only this module is used.

    world = prepare(tables, space_id, seed)        what was measured, and the visits drawn from it; once per release
    outcome = simulate(world, plan, assumptions, willingness)      what a plan comes to; on every change
"""

from dashboard.planner.costs import Assumptions, yearly_costs
from dashboard.planner.measured import CannotPlanError, Measured, measured
from dashboard.planner.plan import Plan, Tariff
from dashboard.planner.simulation import Outcome, Range, simulate
from dashboard.planner.willingness import Willingness, willingness
from dashboard.planner.world import World, prepare

__all__ = [
    "Assumptions",
    "CannotPlanError",
    "Measured",
    "Outcome",
    "Plan",
    "Range",
    "Tariff",
    "Willingness",
    "World",
    "measured",
    "prepare",
    "simulate",
    "willingness",
    "yearly_costs",
]
