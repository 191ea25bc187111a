"""Which of day and month stands first in 03/04: found out from a whole column, or said to be in doubt."""

from dataclasses import dataclass

import polars as pl

from stadtlabor.values.time_text import take_apart

# 03/04, and not 2022/03/04.
_SLASHED = r"(?:^|[^\d/])\d\d?/\d\d?(?:\D|$)"
# What stands behind a day and says nothing of its order.
_PLAIN_CLOCK = r"(?i),? \d\d?:\d\d(:\d\d)?( ?[ap]m)?$"


@dataclass(frozen=True)
class Doubt:
    """Why day and month cannot be told apart, in general and with the texts it shows in; `at` is the first of them."""

    note: str
    what: str
    at: str


def is_day_first(cells: pl.Series) -> bool:
    """Whether 03/04 means 3 April in this column: the reading by which more of its days are days."""
    by_day, by_month = _orders(cells)
    return len(by_day) > len(by_month)


def doubt(cells: pl.Series) -> Doubt | None:
    """What speaks against either order, or for both; None where the column tells, or has no such date."""
    if both := both_orders(cells):
        what = f"dates are written with the day first ({both[0]}) and with the month first ({both[1]})"
        return Doubt("dates are written with the day first and with the month first", what, both[1])
    if is_ambiguous(cells):
        at = next(text for text in cells.drop_nulls() if is_either(text))
        note = "the dates' day and month cannot be told apart"
        return Doubt(note, f"{note} ({at})", at)
    return None


def is_ambiguous(cells: pl.Series) -> bool:
    """Whether the column writes days and months with slashes, and every one of them can be read both ways."""
    by_day, by_month = _orders(cells)
    return not by_day and not by_month and any(is_either(text) for text in cells.drop_nulls().unique())


def both_orders(cells: pl.Series) -> tuple[str, str] | None:
    """A text that can only have the day first and one that can only have the month first; None without such a pair."""
    by_day, by_month = _orders(cells)
    return (by_day[0], by_month[0]) if by_day and by_month else None


def is_either(text: str) -> bool:
    """Whether a text is a time with either order, and another one with each: 03/04, not 04/04, not 2022/03/04."""
    by_day, by_month = (take_apart(text, order) if "/" in text else None for order in (True, False))
    return by_day is not None and by_month is not None and by_day != by_month


def _orders(cells: pl.Series) -> tuple[list[str], list[str]]:
    """Of each day with slashes one text, where it is a time with the day first only, or with the month first only."""
    slashed = cells.filter(cells.str.contains(_SLASHED))
    if slashed.is_empty():
        return [], []
    days = pl.DataFrame({"text": slashed, "day": slashed.str.replace(_PLAIN_CLOCK, "")})
    by_day: list[str] = []
    by_month: list[str] = []
    for text, day in days.unique("day", keep="first", maintain_order=True).iter_rows():
        is_by_day, is_by_month = (take_apart(day, order) is not None for order in (True, False))
        if is_by_day != is_by_month:
            (by_day if is_by_day else by_month).append(text)
    return by_day, by_month
