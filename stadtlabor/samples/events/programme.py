"""The events of a delivery: those its shape lists, and those drawn month by month."""

import datetime as dt
from collections.abc import Iterator

from stadtlabor.samples.dice import Dice
from stadtlabor.samples.events.event_shape import Event, Programme, Shape

STARTS = {"10": 0.15, "14": 0.15, "16": 0.2, "18": 0.3, "19": 0.2}
# In a small room hardly anybody registers: the list knows who came.
LISTED_BEFORE = 0.45


def events(shape: Shape, dice: Dice) -> list[Event]:
    """All events of a delivery, in the order in which they begin."""
    drawn = _drawn(shape.programme, dice) if shape.programme else ()
    return sorted([*shape.events, *drawn], key=lambda one: (one.starts, one.title))


def _drawn(programme: Programme, dice: Dice) -> Iterator[Event]:
    for month, count in programme.months.items():
        days = _weekdays(programme, month)
        for _ in range(count):
            # One a day: the room is one.
            yield _event(programme, days.pop(dice.below(len(days))), dice)


def _weekdays(programme: Programme, month: int) -> list[dt.date]:
    first = dt.date(programme.year, month, 1)
    month_days = [first + dt.timedelta(days=number) for number in range(31)]
    return [
        day for day in month_days
        if day.month == month and programme.first <= day <= programme.last and day.isoweekday() < 6
    ]  # fmt: skip


def _event(programme: Programme, day: dt.date, dice: Dice) -> Event:
    kinds = list(programme.kinds)
    kind = kinds[dice.below(len(kinds))]
    title = programme.kinds[kind][dice.below(len(programme.kinds[kind]))]
    start = dt.datetime.combine(day, dt.time(int(dice.pick(STARTS))))
    low, high = programme.attended
    # Most meetings are small, a few fill the room.
    attended = low + int((high - low) * dice.between(0, 1) ** 1.8)
    registered = attended + dice.below(8) if dice.chance(LISTED_BEFORE) else None
    return Event(
        title=title,
        starts=start,
        ends=start + dt.timedelta(minutes=90 + 30 * dice.below(3)),
        venue=programme.venue,
        format=kind,
        theme=programme.themes.get(title),
        registered=registered,
        attended=attended,
        section=programme.section,
    )
