"""What a plan comes to: a case reckoned by hand, the drawn world against what was put in, and what may never happen."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from stadtlabor.statistics.planner import (
    Assumptions,
    Plan,
    Tariff,
    measured,
    prepare,
    simulate,
    willingness,
    yearly_costs,
)
from stadtlabor.statistics.planner.simulation import Range
from stadtlabor.statistics.planner.world import World
from tests.statistics.planner.published import MONDAY, SPACE, chance_visits, tables, weekdays

DAYS = weekdays(20)
WORKDAYS = (1, 2, 3, 4, 5)
PLAN = Plan(5, 9, 17, WORKDAYS, Tariff(0.0))
CURVE = pl.DataFrame(
    {
        "price": [5.0, 10.0, 20.0],
        "share": [90.0, 60.0, 10.0],
        "interval_low": [80.0, 48.0, 4.0],
        "interval_high": [96.0, 71.0, 20.0],
    }
)


@pytest.fixture(scope="module")
def truth():
    visits = chance_visits(np.random.default_rng(7), DAYS, 4.0)
    return visits, tables(visits, DAYS, desks=12)


@pytest.fixture(scope="module")
def world(truth):
    return prepare(truth[1], SPACE, 11)


def by_hand(visits, runs=1, **changed):
    """A world of one open Monday a run with the given visits: (start, end) in hours, in the order of booking."""
    seen = measured(tables([(MONDAY, 9.0, 17.0)], weekdays(4), desks=12), SPACE)
    count = len(visits) * runs
    start = np.array([round(begin * 2) for begin, _ in visits] * runs)
    return World(
        measured=seen, first=12, last=44, runs=runs, weeks=4, run=np.arange(runs), weekday=np.ones(runs, int),
        day=np.repeat(np.arange(runs), len(visits)), start=start,
        length=np.array([round(2 * (end - begin)) for begin, end in visits] * runs),
        is_elsewhen=np.zeros(count, bool), demand=np.full(count, 0.5), elsewhen=np.full(count, 0.5),
        pays=np.linspace(0, 0.99, count), at_price=np.full(runs, 0.5), at_paying=np.full(runs, 0.5),
        at_elsewhen=np.full(runs, 0.5), unseen=1.0, **changed,
    )  # fmt: skip


def exactly(value):
    return Range(*[pytest.approx(value)] * 3)


def test_a_day_reckoned_by_hand():
    """Two desks, 9 to 17: 8 + 4 + 4 hours are seated, the third at ten o'clock finds both taken."""
    drawn = by_hand([(9, 17), (9, 13), (10, 12), (13, 17)])
    found = simulate(drawn, replace(PLAN, desks=2, weekdays=(1,), tariff=Tariff(12.0)), Assumptions(weeks=40))

    assert found.utilisation == (exactly(100 * 16 / 16),)
    assert found.none_found_days == (exactly(100),)
    assert found.none_found_visits == (exactly(25),)
    # Three visits a period of four weeks, forty weeks a year.
    assert found.takings_eur == (exactly(3 * 12 / 4 * 40),)


def test_the_share_covered_is_takings_over_costs():
    given = Assumptions(rent_eur=100, running_eur=50, staff_pct=50, wage_eur=20, desk_eur=10, weeks=40)
    plan = replace(PLAN, desks=2, weekdays=(1,), tariff=Tariff(12.0))
    found = simulate(by_hand([(9, 17), (9, 13), (13, 17)]), plan, given)

    assert found.costs_eur == ({"rent": 1200, "running": 600, "staff": 8 * 40 * 0.5 * 20, "desks": 20},)
    assert found.coverage == (exactly(100 * 3 * 12 / 4 * 40 / (1200 + 600 + 3200 + 20)),)


def test_shorter_hours_cut_visits_and_lose_those_of_which_less_than_an_hour_is_left():
    drawn = by_hand([(9, 10.5), (9, 13), (15, 17)])
    found = simulate(drawn, replace(PLAN, desks=1, opens=10, closes=12, weekdays=(1,), tariff=Tariff(1.0, "hour")),
                     Assumptions(weeks=4))  # fmt: skip

    assert found.utilisation == (exactly(100),)
    assert found.takings_eur == (exactly(2),)


def test_a_weekday_that_is_not_planned_is_closed():
    found = simulate(by_hand([(9, 17)]), replace(PLAN, weekdays=(2,)), Assumptions())

    assert (found.utilisation, found.none_found_days) == ((exactly(0),), (exactly(0),))


def test_who_comes_when_it_was_never_open_is_as_many_as_assumed():
    drawn = by_hand([(9, 17)] * 100, runs=1)
    drawn = replace(drawn, is_elsewhen=np.ones(100, bool), elsewhen=np.linspace(0.005, 0.995, 100))

    def hours(percent):
        found = simulate(drawn, replace(PLAN, desks=100, weekdays=(1,)), Assumptions(elsewhen_pct=percent))
        return found.utilisation[0].central

    assert [hours(percent) for percent in (0, 25, 50)] == pytest.approx([0, 25, 50])


def test_the_price_keeps_as_many_as_the_survey_says():
    drawn = by_hand([(9, 17)] * 100)
    curve = willingness(CURVE, None)

    kept = [
        simulate(drawn, replace(PLAN, tariff=Tariff(price)), Assumptions(), curve).kept.central for price in (0, 10)
    ]

    assert kept == pytest.approx([100, 60], abs=1.5)


def test_who_paid_already_stays_at_that_price_and_leaves_at_a_higher_one():
    drawn = by_hand([(9, 17)] * 100)
    drawn = replace(drawn, measured=replace(drawn.measured, price=10.0, price_unit="day"))
    curve = willingness(CURVE, None)

    def kept(price, unit="day"):
        return simulate(drawn, replace(PLAN, tariff=Tariff(price, unit)), Assumptions(), curve).kept.central

    assert kept(10) == kept(5) == 100
    assert kept(1.25, "hour") == 100
    assert kept(20) == pytest.approx(100 * 10 / 60, abs=1.5)


def test_the_world_brings_as_much_as_was_measured(truth, world):
    """Hours by weekday and hour, lengths and how many sit at once, over all runs."""
    _, given = truth
    came = (world.demand < 1) & ~world.is_elsewhen
    start, length, day = world.start[came], world.length[came], world.day[came]

    assert length.sum() / 2 / world.runs == pytest.approx(given["spaces"]["booked_seat_hours"][0], rel=0.03)
    seats = np.zeros((len(world.run), 49))
    np.add.at(seats, (day, start), 1)
    np.add.at(seats, (day, start + length), -1)
    seats = seats.cumsum(axis=1)
    of_monday = seats[world.weekday == 1].sum(axis=0)[18:34].reshape(-1, 2).sum(axis=1) / 2 / world.runs
    monday = given["space_profile"].filter(pl.col("weekday") == 1)["booked"].to_numpy()
    assert of_monday == pytest.approx(monday, rel=0.12)
    hours = np.bincount(seats.astype(int).ravel(), minlength=13)[1:6] / 2 / world.runs
    told = given["space_levels"].sort("in_use")["open_hours"].to_numpy()[:5]
    assert hours == pytest.approx(told, rel=0.25)
    squares = (seats**2).sum() / 2 / world.runs
    levels = given["space_levels"]
    assert squares == pytest.approx((levels["in_use"] ** 2 * levels["open_hours"]).sum(), rel=0.05)


def test_the_measured_use_lies_in_the_range_of_the_plan_as_it_was(truth, world):
    _, given = truth
    measured_pct = 100 * given["spaces"]["booked_seat_hours"][0] / (12 * 8 * len(DAYS))
    found = simulate(world, replace(PLAN, desks=12), Assumptions()).utilisation[0]

    assert found.low < measured_pct < found.high
    assert found.central == pytest.approx(measured_pct, rel=0.03)


def test_who_books_first_has_nothing_to_do_with_who_comes_first(world):
    is_first = np.diff(world.day, prepend=-1) > 0

    assert (np.diff(world.day) >= 0).all()
    assert world.start[is_first].mean() == pytest.approx(world.start.mean(), abs=0.3)


def test_the_same_seed_gives_the_same_and_another_one_something_else(truth, world):
    again, other = prepare(truth[1], SPACE, 11), prepare(truth[1], SPACE, 12)
    plan = replace(PLAN, desks=4)

    assert simulate(again, plan, Assumptions()) == simulate(world, plan, Assumptions())
    assert simulate(other, plan, Assumptions()) != simulate(world, plan, Assumptions())


def test_more_desks_never_turn_more_away(world):
    found = simulate(world, PLAN, Assumptions(demand_pct=200), others=range(1, 20))

    for measure in (found.none_found_days, found.none_found_visits):
        for end in ("low", "central", "high"):
            assert (np.diff([getattr(one, end) for one in measure]) <= 0.01).all()
        assert measure[0].low > 50
        assert measure[-1].high < 1


@pytest.mark.parametrize("unit", ["hour", "half_day", "day"])
def test_a_higher_price_never_brings_more(world, unit):
    curve = willingness(CURVE, (55.0, 69.0, 81.0))
    plans = [replace(PLAN, desks=30, tariff=Tariff(price, unit)) for price in np.linspace(0, 24, 13)]

    found = [simulate(world, plan, Assumptions(), curve) for plan in plans]

    for end in ("low", "central", "high"):
        assert (np.diff([getattr(one.kept, end) for one in found]) <= 0).all()
        assert (np.diff([getattr(one.utilisation[0], end) for one in found]) <= 0).all()
    assert found[0].kept == exactly(100)
    assert found[-1].kept.high < 45


def test_the_interval_of_the_survey_widens_the_range(world):
    narrow = willingness(CURVE.with_columns(interval_low="share", interval_high="share"), None)
    plan = replace(PLAN, tariff=Tariff(10.0))
    spread = [
        (found := simulate(world, plan, Assumptions(), curve).kept).high - found.low
        for curve in (narrow, willingness(CURVE, None))
    ]

    assert spread[1] > 2 * spread[0]


def test_more_demand_and_longer_hours_bring_more_visits(world):
    def takings(plan, given=None):
        one_euro = replace(plan, desks=40, tariff=Tariff(1.0))
        return simulate(world, one_euro, given or Assumptions()).takings_eur[0].central

    assert takings(PLAN, Assumptions(demand_pct=50)) < 0.6 * takings(PLAN)
    assert takings(PLAN, Assumptions(demand_pct=200)) > 1.8 * takings(PLAN)
    assert takings(replace(PLAN, closes=13)) < takings(PLAN) < takings(replace(PLAN, closes=20))
    assert takings(PLAN) < takings(replace(PLAN, weekdays=(*WORKDAYS, 6)))


def test_who_found_all_taken_left_no_trace_so_that_demand_may_have_been_larger():
    full = [(day, 9.0, 17.0) for day in DAYS for _ in range(3)]

    at_the_limit = prepare(tables(full, DAYS, desks=3), SPACE, 1)
    with_room = prepare(tables(full, DAYS, desks=30), SPACE, 1)

    assert at_the_limit.unseen > 1.3
    assert with_room.unseen == 1
    hours = at_the_limit.length[(at_the_limit.demand < 1) & ~at_the_limit.is_elsewhen].sum() / 2 / at_the_limit.runs
    seen = 3 * 8 * len(DAYS)
    # Runs lie evenly between nobody and everybody whom nobody saw.
    assert hours == pytest.approx(seen * (1 + at_the_limit.unseen) / 2, rel=0.05)


def test_costs_are_sums_of_what_is_assumed():
    given = Assumptions(rent_eur=500, running_eur=100, staff_pct=20, wage_eur=30, desk_eur=200, weeks=50)

    assert yearly_costs(given, 7, 40) == {"rent": 6000, "running": 1200, "staff": 12_000, "desks": 1400}


@pytest.mark.parametrize("wrong", [{"desks": 0}, {"opens": 17}, {"weekdays": ()}])
def test_what_is_no_plan_is_an_error(wrong):
    with pytest.raises(ValueError, match="no plan"):
        replace(PLAN, **wrong)
