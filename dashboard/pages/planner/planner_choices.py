"""The planner's sliders: what they offer, and their way to the address and back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import parts
from dashboard.pages.planner import planner_inputs
from dashboard.pages.planner.planner_inputs import ASSUMED, MOST_EUR, NO_SURVEY, UNIT_ADDRESSES, Choice
from dashboard.pages.planner.planner_surveys import Asked
from dashboard.parts.address import remember, settle
from dashboard.parts.visit import Visit
from stadtlabor.statistics.planner import World
from stadtlabor.statistics.planner.plan import UNITS
from stadtlabor.statistics.planner.stays import SLOTS_PER_HOUR

KEY = "planner"


def chosen(
    world: World, first: Choice, asked: list[Asked], visit: Visit, above: DeltaGenerator, below: DeltaGenerator
) -> Choice:
    """The reader's choice; the widgets of the plan stand in `above`, those of the assumptions in `below`.

    The address wins when it changed (a link, the back button), a widget when the reader used it.
    """
    asked_for = {name: str(st.query_params.get(name, "")) for name in planner_inputs.written(first, first)}
    wanted = planner_inputs.read(asked_for, first, world, asked)
    with above:
        texts = _plan(world, wanted, visit)
    with below:
        texts |= _assumptions(wanted, asked, visit)
    choice = planner_inputs.read(texts, first, world, asked)
    for name, value in planner_inputs.written(choice, first).items():
        remember(name, value)
    return choice


def _kept(name: str, wanted: Any, widget: Callable[[str], Any]) -> Any:
    """A widget that follows the address where that changed; returns its value."""
    key, last = f"{KEY}-{name}", f"{KEY}-{name}-last"
    settle(key, last, wanted)
    found = st.session_state[last] = widget(key)
    return found


def _slid(name: str, label: str, ends: tuple[float, float], step: float, wanted: float) -> float:
    """A slider of one value; whole where its steps are."""
    if step >= 1:
        low, high = (int(one) for one in ends)
        return float(_kept(name, int(wanted), lambda key: st.slider(label, low, high, step=int(step), key=key)))
    return float(
        _kept(
            name,
            float(wanted),
            lambda key: st.slider(label, float(ends[0]), float(ends[1]), step=step, key=key, format="localized"),
        )
    )


def _plan(world: World, wanted: Choice, visit: Visit) -> dict[str, str]:
    say, plan = visit.say, wanted.plan
    left, right = st.columns(2, gap="large")
    with left:
        most = planner_inputs.most_desks(world)
        desks = _slid("desks", say.planner_choose_desks, (1, most), 1, plan.desks)
        opens, closes = _hours(world, wanted, visit)
        days = _days(wanted, visit)
    with right:
        unit = _kept("unit", plan.tariff.unit, lambda key: _unit(key, visit))
        label = say.planner_choose_price.format(unit=say.group("space_price_units")[unit])
        price = planner_inputs.converted(plan.tariff.price, plan.tariff.unit, unit)
        price = _slid(f"price-{unit}", label, (0.0, MOST_EUR[unit][0]), MOST_EUR[unit][1], price)
    return {
        "plaetze": f"{desks:g}",
        "offen": f"{opens:g}-{closes:g}" if opens < closes else "",
        "tage": "".join(map(str, days)),
        "preis": f"{price:g}",
        "je": UNIT_ADDRESSES[unit],
    }


def _hours(world: World, wanted: Choice, visit: Visit) -> tuple[float, float]:
    first, last = world.first / SLOTS_PER_HOUR, world.last / SLOTS_PER_HOUR
    found = _kept(
        "hours",
        (wanted.plan.opens, wanted.plan.closes),
        lambda key: st.slider(
            visit.say.planner_choose_hours, first, last, key=key, step=1 / SLOTS_PER_HOUR, format="localized"
        ),
    )
    return float(found[0]), float(found[1])


def _days(wanted: Choice, visit: Visit) -> list[int]:
    """The weekdays; where the reader takes away the last one, those of before."""
    names = visit.say.group("weekdays_short")
    found = _kept(
        "days",
        list(wanted.plan.weekdays),
        lambda key: st.pills(
            visit.say.planner_choose_days, list(range(1, 8)), selection_mode="multi", key=key,
            format_func=lambda day: names[str(day)],
        ),
    )  # fmt: skip
    return sorted(found) or list(wanted.plan.weekdays)


def _unit(key: str, visit: Visit) -> str:
    units = visit.say.group("space_price_units")
    return str(st.radio(visit.say.planner_choose_unit, UNITS, key=key, horizontal=True, format_func=units.__getitem__))


def _assumptions(wanted: Choice, asked: Sequence[Asked], visit: Visit) -> dict[str, str]:
    say, texts = visit.say, {}
    if asked:
        texts["befragung"] = _survey(wanted, {one.survey_id: one for one in asked}, visit)
    labels, reasons = say.group("planner_inputs"), say.group("planner_reasons")
    columns = st.columns(2, gap="large")
    for place, (name, (address, low, high, step)) in enumerate(ASSUMED.items()):
        with columns[place % 2]:
            value = _slid(name, labels[name], (low, high), step, getattr(wanted.assumptions, name))
            parts.notes([reasons[name]])
            texts[address] = f"{value:g}"
    if wanted.plan.tariff.unit == "half_day":
        value = _slid("half-day", labels["half_day_hours"], (2.0, 6.0), 0.5, wanted.plan.tariff.half_day_hours)
        parts.notes([reasons["half_day_hours"]])
        texts["halbtag"] = f"{value:g}"
    return texts


def _survey(wanted: Choice, asked: Mapping[str, Asked], visit: Visit) -> str:
    def shown(survey_id: str) -> str:
        if survey_id == NO_SURVEY:
            return visit.say.planner_no_survey
        one = asked[survey_id]
        return visit.say.planner_survey.format(name=one.name, count=visit.numbers.decimal(one.base_n))

    found = _kept(
        "survey",
        wanted.survey_id or NO_SURVEY,
        lambda key: st.selectbox(
            visit.say.planner_choose_survey,
            [*asked, NO_SURVEY],
            key=key,
            format_func=shown,
            placeholder=visit.say.choose_hint,
        ),
    )
    parts.notes([visit.say.planner_survey_why])
    return str(found)
