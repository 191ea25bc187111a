"""The planner's choices: what they offer, and what of them stands in the address."""

from collections.abc import Iterator, Sequence

from dashboard.article.arrangement import Columns
from dashboard.article.blocks import Block, Notes
from dashboard.article.choices import Number, OneOf, SomeOf
from dashboard.pages.planner import planner_inputs
from dashboard.pages.planner.planner_inputs import ASSUMED, MOST_EUR, NO_SURVEY, UNIT_ADDRESSES, Choice
from dashboard.pages.planner.planner_surveys import Asked
from dashboard.parts.visit import Visit
from stadtlabor.statistics.planner import World
from stadtlabor.statistics.planner.stays import SLOTS_PER_HOUR

KEY = "planner"


def plan(world: World, chosen: Choice, first: Choice, visit: Visit) -> Sequence[Block]:
    """How many desks, when and at what price."""
    say, now, then = visit.say, chosen.plan, first.plan
    ends = (1, planner_inputs.most_desks(world))
    desks = _slid("desks", say.planner_choose_desks, "plaetze", ends, 1, now.desks, then.desks)
    bounds = (world.first / SLOTS_PER_HOUR, world.last / SLOTS_PER_HOUR)
    hours = Number(
        say.planner_choose_hours, "offen", (now.opens, now.closes), (then.opens, then.closes), f"{KEY}-hours",
        bounds=bounds, step=1 / SLOTS_PER_HOUR,
    )  # fmt: skip
    unit = now.tariff.unit
    label = say.planner_choose_price.format(unit=say.group("space_price_units")[unit])
    most, step = MOST_EUR[unit]
    price = _slid(f"price-{unit}", label, "preis", (0.0, most), step, now.tariff.price, then.tariff.price)
    return (Columns(((desks, hours, _days(now.weekdays, then.weekdays, visit)), (_unit(chosen, first, visit), price)),
                    (1, 1), gap="large"),)  # fmt: skip


def _slid(
    name: str, label: str, address: str, ends: tuple[float, float], step: float, value: float, first: float
) -> Number:
    """A number in steps; whole where its steps are."""
    kind = int if step >= 1 else float
    low, high, now = (kind(one) for one in (*ends, value))
    return Number(label, address, now, first, f"{KEY}-{name}", bounds=(low, high), step=kind(step))


def _days(now: Sequence[int], first: Sequence[int], visit: Visit) -> SomeOf:
    """The weekdays; the last one stays."""
    names = visit.say.group("weekdays_short")
    value = [str(day) for day in now]
    return SomeOf(
        visit.say.planner_choose_days, "tage", value, [str(day) for day in first], f"{KEY}-days",
        options=[str(day) for day in range(1, 8)], words=names, listed=value, separator="", is_needed=True,
    )  # fmt: skip


def _unit(chosen: Choice, first: Choice, visit: Visit) -> OneOf:
    """What a price is for; in another unit it is that of as many hours."""
    units, tariff = visit.say.group("space_price_units"), chosen.plan.tariff
    prices = {
        address: f"{planner_inputs.converted(tariff.price, tariff.unit, unit):g}"
        for unit, address in UNIT_ADDRESSES.items()
    }
    return OneOf(
        visit.say.planner_choose_unit, "je", UNIT_ADDRESSES[tariff.unit], UNIT_ADDRESSES[first.plan.tariff.unit],
        f"{KEY}-unit", {address: {"preis": price} for address, price in prices.items()},
        options=list(prices), words={address: units[unit] for unit, address in UNIT_ADDRESSES.items()}, is_open=True,
    )  # fmt: skip


def assumptions(chosen: Choice, first: Choice, asked: Sequence[Asked], visit: Visit) -> Iterator[Block]:
    """What the plan rests on beside what was measured, each with its reason."""
    if asked:
        yield _survey(chosen, first, asked, visit)
        yield Notes([visit.say.planner_survey_why])
    labels, reasons = visit.say.group("planner_inputs"), visit.say.group("planner_reasons")
    sides: tuple[list[Block], list[Block]] = ([], [])
    for place, (name, (address, low, high, step)) in enumerate(ASSUMED.items()):
        now, then = (getattr(one.assumptions, name) for one in (chosen, first))
        sides[place % 2].append(_slid(name, labels[name], address, (low, high), step, now, then))
        sides[place % 2].append(Notes([reasons[name]]))
    yield Columns(sides, (1, 1), gap="large")
    tariff, then = chosen.plan.tariff, first.plan.tariff.half_day_hours
    if tariff.unit == "half_day":
        label = labels["half_day_hours"]
        yield _slid("half-day", label, "halbtag", (2.0, 6.0), 0.5, tariff.half_day_hours, then)
        yield Notes([reasons["half_day_hours"]])


def _survey(chosen: Choice, first: Choice, asked: Sequence[Asked], visit: Visit) -> OneOf:
    say, decimal = visit.say, visit.numbers.decimal
    words = {one.survey_id: say.planner_survey.format(name=one.name, count=decimal(one.base_n)) for one in asked} | {
        NO_SURVEY: say.planner_no_survey
    }
    return OneOf(
        say.planner_choose_survey, "befragung", chosen.survey_id or NO_SURVEY, first.survey_id or NO_SURVEY,
        f"{KEY}-survey", options=list(words), words=words,
    )  # fmt: skip
