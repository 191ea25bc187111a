"""Small random spaces as protection takes them: bookings of days, and the numbers that they add up to."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import polars as pl

from stadtlabor.disclosure.dominance import dominance_reason

DAYS = [day for day in (dt.date(2022, 8, 15) + dt.timedelta(n) for n in range(70)) if day.weekday() in (0, 2, 4)]
LIMIT = 8.0 * 7
NOTHING = pl.DataFrame(schema=dict.fromkeys(("space_id", "family", "cell"), pl.String))
NUMBERS = {
    "space_id": pl.String, "family": pl.String, "cell": pl.String, "amount": pl.Int64, "reason": pl.String,
    "available_seat_seconds": pl.Int64,
}  # fmt: skip
PEOPLE = {"space_id": pl.String, "family": pl.String, "cell": pl.String, "user_id": pl.String, "amount": pl.Int64}
Booking = tuple[dt.date, str, int]


def names(day: dt.date) -> list[tuple[str, str]]:
    """The numbers that a day is part of; its part of the day is the morning of its weekday."""
    week, month = day - dt.timedelta(day.weekday()), str(day)[:7]
    families = {"total": "", "day": day, "week": week, "month": month, "segment": f"{week}/{month}"}
    return [*((family, str(cell)) for family, cell in families.items()), ("part", f"{day.isoweekday()}-morning")]


def booked(seed: int, days: Sequence[dt.date] = DAYS, busy: int = 8) -> list[Booking]:
    """Bookings with their hours: some regulars, some who come once, weeks of very different use."""
    rng = np.random.default_rng(seed)
    present = [(day, rng.choice(14, rng.integers(0, 1 + rng.integers(1, busy)), replace=False)) for day in days]
    return [(day, f"u{user}", int(1 + user % 3)) for day, users in present for user in users]


def frames(bookings: Sequence[Booking], days: Sequence[dt.date] = DAYS) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cells and contributions of one space."""
    people: dict[tuple[str, str, str], int] = {}
    limits: dict[tuple[str, str], int] = {}
    for day in days:
        for cell in names(day):
            limits[cell] = limits.get(cell, 0) + int(LIMIT * 3600)
    for day, user, hours in bookings:
        for cell in names(day):
            people[(*cell, user)] = people.get((*cell, user), 0) + 3600 * hours
    amounts: dict[tuple[str, str], list[int]] = {cell: [] for cell in limits}
    for (family, cell, _), amount in people.items():
        amounts[family, cell].append(amount)
    cells = [("s", *cell, sum(of), dominance_reason(of), limits[cell]) for cell, of in amounts.items()]
    contributions = [("s", *key, amount) for key, amount in people.items()]
    return pl.DataFrame(cells, NUMBERS, orient="row"), pl.DataFrame(contributions, PEOPLE, orient="row")
