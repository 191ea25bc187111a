"""The desk planner's simulation: published tables and a plan in, ranges out.

Knows neither the page nor the database: polars frames of the release, numpy, nothing else. From the outside
only this module is used.

    world = prepare(tables, space_id, seed)        what was measured, and the visits drawn from it; once per release
    outcome = simulate(world, plan, assumptions, willingness)      what a plan comes to; on every change
"""

from stadtlabor.statistics.planner.costs import Assumptions, yearly_costs
from stadtlabor.statistics.planner.measured import CannotPlanError, Measured, measured
from stadtlabor.statistics.planner.plan import Plan, Tariff
from stadtlabor.statistics.planner.simulation import Outcome, Range, simulate
from stadtlabor.statistics.planner.willingness import Willingness, willingness
from stadtlabor.statistics.planner.world import World, prepare

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
