"""A space's release tables counted from visits that a test makes up, with what it wants hidden left out."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl

MONDAY = dt.date(2022, 9, 5)
SPACE = "here"
# One visit: the day, from and to in hours of the clock (half-hours at the finest).
Visit = tuple[dt.date, float, float]


def weekdays(weeks: int) -> list[dt.date]:
    """Monday to Friday of so many weeks."""
    return [MONDAY + dt.timedelta(days=7 * week + day) for week in range(weeks) for day in range(5)]


def chance_visits(
    rng: np.random.Generator, days: Sequence[dt.date], mean: float, lengths: Sequence[float] = (2, 4, 6)
) -> list[Visit]:
    """A Poisson number of visits a day, beginning on the hour, within 9 to 17."""
    found = []
    for day in days:
        for _ in range(rng.poisson(mean)):
            length = float(rng.choice(lengths))
            start = 9 + rng.integers(0, 8 - int(length) + 1)
            found.append((day, float(start), float(start) + length))
    return found


def tables(
    visits: Iterable[Visit],
    days: Sequence[dt.date],
    desks: int = 5,
    hours: tuple[int, int] = (9, 17),
    hidden_weeks: Sequence[int] = (),
    price: float | None = 0.0,
    **changed: object,
) -> dict[str, pl.DataFrame]:
    """The seven tables; no visit is turned away here, so there must never be more than `desks` at once."""
    visits = list(visits)
    opens, closes = hours
    open_hours = closes - opens
    week_of = {day: day - dt.timedelta(days=day.weekday()) for day in days}
    starts = sorted(set(week_of.values()))
    booked = Counter[dt.date]()
    profile, levels, lengths = Counter[tuple[int, int]](), Counter[int](), Counter[str]()
    half_hours: dict[tuple[dt.date, float], int] = Counter()
    for day, begin, end in visits:
        booked[day] += end - begin
        name = next(one for one, top in (("2", 2), ("4", 4), ("6", 6), ("8", 8), ("9", 24)) if end - begin <= top)
        lengths[f"up_to_{name}_hours" if name != "9" else "over_8_hours"] += 1
        for half in np.arange(begin, end, 0.5):
            profile[day.isoweekday(), int(half)] += 0.5
            half_hours[day, float(half)] += 1
    levels.update(half_hours.values())
    by_week = Counter[dt.date]()
    by_month = Counter[str]()
    for day, amount in booked.items():
        by_week[week_of[day]] += amount
        by_month[f"{day:%Y-%m}"] += amount
    hidden = {starts[place] for place in hidden_weeks}
    per_day = desks * open_hours
    space = {
        "space_id": SPACE, "desks": desks, "desk_days": desks * len(days), "price": price, "price_unit": "day",
        "booked_seat_hours": float(sum(booked.values())), "day_occupancy": 100 * len(visits) / (desks * len(days)),
        **changed,
    }  # fmt: skip
    weekday_count = Counter(day.isoweekday() for day in days)
    return {
        "spaces": pl.DataFrame([space], schema_overrides={"booked_seat_hours": pl.Float64, "price": pl.Float64}),
        "space_days": pl.DataFrame(
            [
                (SPACE, day, day.isoweekday(), True, desks, float(per_day), None)
                for day in days
            ],
            schema={
                "space_id": pl.String, "day": pl.Date, "weekday": pl.Int64, "open": pl.Boolean, "desks": pl.Int64,
                "available_seat_hours": pl.Float64, "utilisation": pl.Float64,
            },
            orient="row",
        ),
        "space_weeks": pl.DataFrame(
            [(SPACE, start, None if start in hidden else float(by_week[start])) for start in starts],
            schema={"space_id": pl.String, "week_start": pl.Date, "booked_seat_hours": pl.Float64},
            orient="row",
        ),
        "space_months": pl.DataFrame(
            [(SPACE, month, float(by_month[month])) for month in sorted({f"{day:%Y-%m}" for day in days})],
            schema={"space_id": pl.String, "month": pl.String, "booked_seat_hours": pl.Float64},
            orient="row",
        ),
        "space_profile": pl.DataFrame(
            [
                (SPACE, day, hour, float(desks * count), float(profile[day, hour]))
                for day, count in sorted(weekday_count.items())
                for hour in range(opens, closes)
            ],
            schema={
                "space_id": pl.String, "weekday": pl.Int64, "hour": pl.Int64, "available": pl.Float64,
                "booked": pl.Float64,
            },
            orient="row",
        ),
        "space_stays": pl.DataFrame(
            [(SPACE, name, count) for name, count in sorted(lengths.items())],
            schema={"space_id": pl.String, "class": pl.String, "count": pl.Int64},
            orient="row",
        ),
        "space_levels": pl.DataFrame(
            [(SPACE, desks, level, count / 2) for level, count in sorted(levels.items())],
            schema={"space_id": pl.String, "desks": pl.Int64, "in_use": pl.Int64, "open_hours": pl.Float64},
            orient="row",
        ),
    }  # fmt: skip
