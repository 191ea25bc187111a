"""The planner's answer in two sentences, and how it came about: all of it computed."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from dashboard.charts.spaces.planner_chart import percent
from dashboard.pages.planner.planner_inputs import Choice
from dashboard.pages.planner.planner_surveys import Asked
from dashboard.parts.visit import Visit
from dashboard.words.numbers import Numbers
from dashboard.words.survey_words import share_words
from stadtlabor.statistics.planner import Outcome, Plan, Range, World
from stadtlabor.statistics.planner.plan import UNITS
from stadtlabor.statistics.planner.simulation import HIGH, LOW

# From so many weekdays in a row on they are named by the first and the last.
A_STRETCH = 3


def sentences(outcome: Outcome, choice: Choice, visit: Visit) -> list[str]:
    """What the plan comes to: how full, how often too full; and what the price does and covers."""
    return [_use(outcome, choice, visit), _money(outcome, choice, visit)]


def _use(outcome: Outcome, choice: Choice, visit: Visit) -> str:
    say, plan, at = visit.say, choice.plan, outcome.at(choice.plan.desks)
    used = outcome.utilisation[at]
    return say.planner_use.format(
        desks=desks_with(plan.desks, visit),
        when=opening(plan, visit),
        used=_worded(used.central, visit.numbers),
        spread=_spread(used, visit),
        none=_none_found(outcome.none_found_days[at], visit),
    )


def _none_found(days: Range, visit: Visit) -> str:
    """Of a hundred open days so many on which somebody finds everything taken."""
    say = visit.say
    low, central, high = (round(one) for one in (days.low, days.central, days.high))
    if high < 1:
        return say.planner_never
    if central < 1:
        return say.planner_once if high == 1 else say.planner_seldom.format(high=high)
    ends = say.planner_days_up_to.format(high=high) if low < 1 else say.planner_days_from.format(low=low, high=high)
    return (say.planner_days_one if central == 1 else say.planner_days).format(count=central, ends=ends)


def _money(outcome: Outcome, choice: Choice, visit: Visit) -> str:
    say, at = visit.say, outcome.at(choice.plan.desks)
    whole = sum(outcome.costs_eur[at].values())
    costs, takings = euros(whole, visit), euros(outcome.takings_eur[at].central, visit)
    if whole == 0:
        return say.planner_costless.format(price=price(choice.plan, visit), takings=takings)
    if choice.plan.tariff.price == 0:
        return say.planner_free.format(costs=costs)
    covered = outcome.coverage[at]
    parts = {
        "price": price(choice.plan, visit),
        "takings": takings,
        "covered": _worded(covered.central, visit.numbers),
        "costs": costs,
        "spread": _spread(covered, visit),
    }
    if not choice.survey_id:
        return say.planner_money_alone.format(**parts)
    if round(outcome.kept.low) == 100:
        return say.planner_money_all.format(**parts)
    kept = _worded(outcome.kept.central, visit.numbers)
    return say.planner_money.format(**parts, kept=kept, kept_spread=_spread(outcome.kept, visit))


def _worded(value: float, numbers: Numbers) -> str:
    """A share as a figure, and as one says it where there is a word near: "26 % (rund ein Viertel)"."""
    figure, words = percent(value, numbers), share_words(value, numbers.language)
    return f"{figure} ({words})" if words else figure


def _spread(span: Range, visit: Visit) -> str:
    """The ends of a range; where they are the same figure there is none."""
    low, high = (percent(one, visit.numbers) for one in (span.low, span.high))
    if low == high:
        return visit.say.planner_spread_none
    return visit.say.planner_spread.format(low=visit.numbers.decimal(span.low), high=high)


def desks_with(count: int, visit: Visit) -> str:
    """So many desks, as they stand behind "with"."""
    return visit.say.planner_desk if count == 1 else visit.say.planner_desks.format(count=visit.numbers.decimal(count))


def opening(plan: Plan, visit: Visit) -> str:
    """Weekdays and hours: "Montag bis Freitag von 9 bis 17 Uhr"."""
    names = visit.say.group("weekdays")
    days = [names[str(day)] for day in plan.weekdays]
    is_stretch = len(days) >= A_STRETCH and all(after - day == 1 for day, after in pairwise(plan.weekdays))
    text = visit.say.planner_day_span.format(first=days[0], last=days[-1]) if is_stretch else visit.numbers.listed(days)
    return visit.say.planner_opening.format(days=text, opens=clock(plan.opens, visit), closes=clock(plan.closes, visit))


def clock(hour: float, visit: Visit) -> str:
    """An hour of the clock: 9 or 9:30 in German, 09:00 or 09:30 in English."""
    whole, minutes = int(hour), round(hour % 1 * 60)
    if visit.language == "de":
        return f"{whole}:{minutes:02d}" if minutes else str(whole)
    return f"{whole:02d}:{minutes:02d}"


def euros(value: float, visit: Visit) -> str:
    """An estimated amount: two figures that count, hundreds at least whole."""
    rounded = visit.numbers.rough(value)
    return visit.numbers.quantity(0, "€").replace("0", rounded)


def price(plan: Plan, visit: Visit) -> str:
    """The tariff: "10 € je Tag"."""
    tariff = plan.tariff
    amount = visit.numbers.quantity(tariff.price, "€", 0 if float(tariff.price).is_integer() else 2)
    return f"{amount} {visit.say.group('space_price_units')[tariff.unit]}"


def title(outcome: Outcome, choice: Choice, visit: Visit) -> str:
    """The chart's headline."""
    say, numbers, at = visit.say, visit.numbers, outcome.at(choice.plan.desks)
    days = round(outcome.none_found_days[at].central)
    return say.planner_title.format(
        desks=desks_with(choice.plan.desks, visit),
        used=percent(outcome.utilisation[at].central, numbers),
        none=say.planner_title_days.format(days=numbers.decimal(days)) if days else say.planner_title_never,
        covered=percent(outcome.coverage[at].central, numbers),
    )


def reckoned(world: World, choice: Choice, asked: Mapping[str, Asked], visit: Visit) -> list[str]:
    """How it is reckoned, step by step, with what the numbers of this space are."""
    say, seen = visit.say, world.measured
    return [
        say.planner_how_demand.format(
            weeks=seen.weeks, hidden=seen.hidden_weeks, hours=visit.numbers.decimal(seen.load.sum())
        ),
        say.planner_how_visits if seen.are_stays_known else say.planner_how_visits_unknown,
        say.planner_how_swing if seen.is_swing_known else say.planner_how_swing_unknown,
        say.planner_how_runs.format(runs=world.runs, weeks=world.weeks, ends=round(HIGH - LOW)),
        say.planner_how_seats,
        _unseen(world, visit),
        say.planner_how_elsewhen,
        *_price(choice, asked.get(choice.survey_id), seen.price, seen.price_unit, visit),
        say.planner_how_not,
    ]


def _unseen(world: World, visit: Visit) -> str:
    seen = world.measured
    factor = visit.numbers.quantity(100 * (world.unseen - 1), "%", 1)
    if seen.full_hours is None:
        return visit.say.planner_how_full_hidden.format(more=factor)
    if seen.full_hours == 0:
        return visit.say.planner_how_full_never.format(more=factor)
    return visit.say.planner_how_full.format(hours=visit.numbers.decimal(seen.full_hours, 1), more=factor)


def _price(
    choice: Choice, asked: Asked | None, then: float | None, then_unit: str | None, visit: Visit
) -> Sequence[str]:
    say = visit.say
    if asked is None:
        return [say.planner_how_no_survey]
    unit = say.group("space_price_units").get(then_unit or "", "")
    text = [say.planner_how_price.format(survey=asked.title, count=visit.numbers.decimal(asked.base_n))]
    if asked.pays_base_n is not None:
        paying = visit.numbers.quantity(100 * asked.curve.pays, "%")
        text.append(say.planner_how_pays.format(share=paying, count=visit.numbers.decimal(asked.pays_base_n)))
    if then and then_unit in UNITS:
        amount = visit.numbers.quantity(then, "€", 0 if float(then).is_integer() else 2)
        text.append(say.planner_how_then.format(price=f"{amount} {unit}"))
    elif then:
        text.append(say.planner_how_then_other.format(unit=unit))
    if choice.plan.tariff.price > asked.dearest_eur:
        text.append(say.planner_how_dear.format(price=visit.numbers.quantity(asked.dearest_eur, "€")))
    return text
