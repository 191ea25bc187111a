"""What the desk planner starts with and what a reader may change: published numbers, surveys, assumptions.

A choice is written into an address as its differences from the first one, and read back from there.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.pages.planner.planner_surveys import Asked, surveys
from dashboard.release.release_cache import cached
from dashboard.release.snapshot import Release
from stadtlabor.statistics.planner import Assumptions, Outcome, Plan, Tariff, World, prepare, simulate
from stadtlabor.statistics.planner.plan import UNITS
from stadtlabor.statistics.planner.stays import SLOTS_PER_HOUR

NO_SURVEY = "ohne"
# Prices up to this many euros, by unit, and their steps.
MOST_EUR: Mapping[str, tuple[float, float]] = {"hour": (8.0, 0.25), "half_day": (20.0, 0.5), "day": (40.0, 0.5)}
# What a price is taken to be where the reader changes its unit: a day of eight hours, half of it four.
HOURS_OF: Mapping[str, float] = {"hour": 1.0, "half_day": 4.0, "day": 8.0}
UNIT_ADDRESSES = {"hour": "stunde", "half_day": "halbtag", "day": "tag"}
# Beside the measured number of desks the slider offers so many times as many, and at least so many.
MORE_DESKS, FEWEST_OFFERED = 2, 12
# So many numbers of desks are drawn at most; of a large space from half as many to half as many more.
DRAWN = 12

# Each assumption's address, its slider's ends and its step.
ASSUMED: Mapping[str, tuple[str, float, float, float]] = {
    "rent_eur": ("miete", 0, 5000, 50),
    "running_eur": ("betrieb", 0, 2000, 50),
    "staff_pct": ("personal", 0, 100, 5),
    "wage_eur": ("stundenlohn", 10, 60, 1),
    "desk_eur": ("einrichtung", 0, 1500, 50),
    "weeks": ("wochen", 20, 52, 1),
    "demand_pct": ("nachfrage", 50, 200, 5),
    "elsewhen_pct": ("ungemessen", 0, 50, 5),
}


@dataclass(frozen=True)
class Choice:
    """A plan, its assumptions, and the survey that says who stays at a price ("" for none)."""

    plan: Plan
    assumptions: Assumptions
    survey_id: str


@cached
def world_of(release: Release, space_id: str) -> World:
    """A space's world in a release, drawn once. Raises `CannotPlanError`."""
    digest = hashlib.sha256(f"{release.release_id}/{space_id}".encode()).digest()
    return prepare(release.tables, space_id, int.from_bytes(digest[:8]))


@cached
def outcome_of(release: Release, space_id: str, choice: Choice, language: str = "de") -> Outcome:
    """What a choice comes to, with as many other numbers of desks as are drawn."""
    world = world_of(release, space_id)
    asked = {one.survey_id: one for one in surveys(release, "", language)}
    curve = asked[choice.survey_id].curve if choice.survey_id else None
    return simulate(world, choice.plan, choice.assumptions, curve, drawn_desks(world.measured.desks, choice.plan.desks))


def drawn_desks(seen: int, planned: int) -> list[int]:
    """The numbers of desks beside the planned one that are drawn: about DRAWN of them, both numbers inside."""
    most = max(seen, planned) + 4
    if most <= DRAWN:
        return list(range(1, most + 1))
    low, high = max(1, min(seen, planned) // 2), max(seen, planned) * 3 // 2
    step = -(-(high - low) // DRAWN)
    return sorted({*range(low, high + 1, step), seen})


def first_choice(world: World, asked: list[Asked]) -> Choice:
    """The plan as it was measured; where the use was free, at the middle price that the survey names."""
    seen = world.measured
    weekdays = tuple(day for day in range(1, 8) if seen.closes[day])
    unit = seen.price_unit if seen.price_unit in UNITS else "day"
    price = seen.price if seen.price and seen.price_unit in UNITS else None
    if price is None:
        price = asked[0].median_eur if asked and asked[0].median_eur is not None else 0.0
    plan = Plan(
        desks=seen.desks,
        opens=float(min(seen.opens[day] for day in weekdays)) / SLOTS_PER_HOUR,
        closes=float(max(seen.closes[day] for day in weekdays)) / SLOTS_PER_HOUR,
        weekdays=weekdays,
        tariff=Tariff(converted(price, unit, unit), unit),
    )
    return Choice(plan, Assumptions(), asked[0].survey_id if asked else "")


def converted(price: float, unit: str, other: str) -> float:
    """A price in another unit, on that unit's steps and within its ends."""
    most, step = MOST_EUR[other]
    return min(round(price * HOURS_OF[other] / HOURS_OF[unit] / step) * step, most)


def most_desks(world: World) -> int:
    """The end of the slider of desks."""
    return max(MORE_DESKS * world.measured.desks, FEWEST_OFFERED)


def written(choice: Choice, first: Choice) -> dict[str, str]:
    """A choice as an address: parameter → value; "" where it is the first one's."""

    def text(one: Choice) -> dict[str, str]:
        plan = one.plan
        return {
            "plaetze": str(plan.desks),
            "offen": f"{plan.opens:g}-{plan.closes:g}",
            "tage": "".join(map(str, plan.weekdays)),
            "preis": f"{plan.tariff.price:g}",
            "je": UNIT_ADDRESSES[plan.tariff.unit],
            "halbtag": f"{plan.tariff.half_day_hours:g}",
            "befragung": one.survey_id or NO_SURVEY,
            **{ASSUMED[name][0]: f"{getattr(one.assumptions, name):g}" for name in ASSUMED},
        }

    plain = text(first)
    return {name: "" if value_text == plain[name] else value_text for name, value_text in text(choice).items()}


def read(asked_for: Mapping[str, str], first: Choice, world: World, asked: list[Asked]) -> Choice:
    """The choice that an address means; what it says wrongly or not at all is as in the first one."""
    plan, tariff = first.plan, first.plan.tariff
    desks = _number(asked_for.get("plaetze", ""), 1, most_desks(world), 1)
    units = {address: unit for unit, address in UNIT_ADDRESSES.items()}
    unit = units.get(asked_for.get("je", ""), tariff.unit)
    most, step = MOST_EUR[unit]
    price = _number(asked_for.get("preis", ""), 0, most, step)
    half_day = _number(asked_for.get("halbtag", ""), 2, 6, 0.5)
    known = [one.survey_id for one in asked]
    survey = asked_for.get("befragung", "")
    assumed = {name: _number(asked_for.get(one[0], ""), *one[1:]) for name, one in ASSUMED.items()}
    opens, closes = _hours(asked_for.get("offen", ""), world) or (plan.opens, plan.closes)
    return Choice(
        Plan(
            desks=plan.desks if desks is None else int(desks),
            opens=opens,
            closes=closes,
            weekdays=_weekdays(asked_for.get("tage", "")) or plan.weekdays,
            tariff=Tariff(
                converted(tariff.price, tariff.unit, unit) if price is None else price,
                unit,
                tariff.half_day_hours if half_day is None else half_day,
            ),
        ),
        replace(first.assumptions, **{name: value for name, value in assumed.items() if value is not None}),
        "" if survey == NO_SURVEY else survey if survey in known else first.survey_id,
    )


def _number(text: str, low: float, high: float, step: float) -> float | None:
    if not re.fullmatch(r"\d{1,5}(?:\.\d{1,2})?", text):
        return None
    value = float(text)
    return round(round(value / step) * step, 2) if low <= value <= high else None


def _hours(text: str, world: World) -> tuple[float, float] | None:
    found = re.fullmatch(r"(\d{1,2}(?:\.5)?)-(\d{1,2}(?:\.5)?)", text)
    if found is None:
        return None
    opens, closes = (float(one) for one in found.groups())
    first, last = world.first / SLOTS_PER_HOUR, world.last / SLOTS_PER_HOUR
    return (opens, closes) if first <= opens < closes <= last else None


def _weekdays(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(one) for one in text})) if re.fullmatch(r"[1-7]{1,7}", text) else ()


def named(space_id: str, choice: Choice, first: Choice) -> str:
    """The picture's name in an address: the space, and what differs from the first choice."""
    parts = [
        f"{name}={value_text}".replace(".", ",") for name, value_text in written(choice, first).items() if value_text
    ]
    return "~".join([space_id, *parts])


def named_in(name: str) -> tuple[str, dict[str, str]]:
    """The space and the address that a picture's name tells of."""
    space_id, *parts = name.split("~")
    pairs = [part.replace(",", ".").partition("=") for part in parts]
    return space_id, {key: value_text for key, _, value_text in pairs}
