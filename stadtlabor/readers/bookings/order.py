"""Which of day and month stands first in 03/04: found out from the whole file, and asked for where it does not tell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.readers.bookings.model import BookingPlan
from stadtlabor.values import times
from stadtlabor.values.times import Clock

REMEDY = (
    "Say in source.yml under 'bookings: times:' how it is meant: 'day_first: true' reads 03/04 as 3 April, "
    "'day_first: false' as 4 March."
)


def decided(draft: pl.DataFrame, plan: BookingPlan, clock: Clock, written: Sequence[str], must_tell: bool) -> Clock:
    """The clock with `day_first`: as it says itself, else as the columns `written` tell together.

    Where they do not tell, or say both: a note, and the month first; DeliveryError at the first such date where
    somebody has to decide (`must_tell`).
    """
    if clock.day_first is not None:
        return clock
    everything = pl.concat([draft[name] for name in written])
    if fault := _doubt(draft, plan.headings, everything, written):
        if must_tell:
            raise fault
        plan.asks_day_first = True
        plan.notes.append(f"{fault.what}; read as month/day ('times: day_first')")
    return replace(clock, day_first=times.is_day_first(everything))


def _doubt(
    draft: pl.DataFrame, headings: Mapping[str, str], everything: pl.Series, written: Sequence[str]
) -> DeliveryError | None:
    """Why day and month cannot be told apart, at the first date of which that holds; None where they can."""
    both = times.both_orders(everything)
    if both:
        what, at = f"dates are written with the day first ({both[0]}) and with the month first ({both[1]})", both[1]
    elif times.is_ambiguous(everything):
        at = next(text for text in everything.drop_nulls() if times.is_either(text))
        what = f"the dates' day and month cannot be told apart ({at})"
    else:
        return None
    name, line = next((name, found) for name in written if (found := _line_of(draft, name, at)) is not None)
    column = f"column {headings.get(name, name)!r}"
    return DeliveryError(what, line=line, column=column, remedy=REMEDY, rule="day_or_month")


def _line_of(draft: pl.DataFrame, name: str, text: str) -> int | None:
    found = draft.filter(pl.col(name) == text)["line"]
    return int(found[0]) if len(found) else None
