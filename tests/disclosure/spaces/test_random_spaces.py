"""Small random spaces: every published difference passes the rule, and no hidden week or month can be worked out."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from stadtlabor.disclosure.dominance import dominance_reason
from stadtlabor.disclosure.policy import POLICY
from stadtlabor.disclosure.spaces import differences
from stadtlabor.disclosure.spaces.protection import protected
from stadtlabor.disclosure.spaces.spans import Printed, widths

DAYS = [day for day in (dt.date(2022, 8, 15) + dt.timedelta(n) for n in range(70)) if day.weekday() in (0, 2, 4)]
LIMIT = 8.0 * 7
NOTHING = pl.DataFrame(schema=dict.fromkeys(("space_id", "family", "cell"), pl.String))


def names(day: dt.date) -> list[tuple[str, str]]:
    """The numbers that a day is part of; its part of the day is the morning of its weekday."""
    week, month = day - dt.timedelta(day.weekday()), str(day)[:7]
    families = {"total": "", "day": day, "week": week, "month": month, "segment": f"{week}/{month}"}
    return [*((family, str(cell)) for family, cell in families.items()), ("part", f"{day.isoweekday()}-morning")]


def space(seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cells and contributions of one space: some regulars, some who come once, weeks of very different use."""
    rng = np.random.default_rng(seed)
    people: dict[tuple[str, str, str], int] = {}
    limits: dict[tuple[str, str], int] = {}
    for day in DAYS:
        present = rng.choice(14, rng.integers(0, 1 + rng.integers(1, 8)), replace=False)
        for cell in names(day):
            limits[cell] = limits.get(cell, 0) + int(LIMIT * 3600)
            for user in present:
                key = (*cell, f"u{user}")
                people[key] = people.get(key, 0) + int(3600 * (1 + user % 3))
    amounts = {cell: [amount for key, amount in people.items() if key[:2] == cell] for cell in limits}
    cells = [("s", *cell, sum(of), dominance_reason(of), limits[cell]) for cell, of in amounts.items()]
    columns = ["space_id", "family", "cell", "amount", "reason", "available_seat_seconds"]
    contributions = [("s", *key, amount) for key, amount in people.items()]
    return (
        pl.DataFrame(cells, schema=columns, orient="row", infer_schema_length=None),
        pl.DataFrame(contributions, schema=[*columns[:3], "user_id", "amount"], orient="row"),
    )


@pytest.mark.parametrize("seed", range(25))
def test_nothing_hidden_follows_from_what_is_published(seed: int):
    cells, contributions = space(seed)
    status = {(family, cell): state for _, family, cell, state in protected(cells, contributions, NOTHING).iter_rows()}
    truth = {(family, cell): amount / 3600 for _, family, cell, amount, *_ in cells.iter_rows()}
    sums = {cell: np.array([cell in names(day) for day in DAYS], float) for cell in status if cell[0] != "segment"}
    shown = [cell for cell, state in status.items() if state == "published"]
    secret = [cell for cell, state in status.items() if state in ("primary", "secondary")]
    if not shown:
        return

    printed = Printed(
        np.array([sums[cell] for cell in shown]),
        np.array([truth[cell] for cell in shown]),
        np.full(len(DAYS), LIMIT),
    )
    ranges = widths(printed, np.array([sums[cell] for cell in secret]).reshape(-1, len(DAYS)), POLICY.least_hours)
    assert all(ranges >= POLICY.least_hours - 1e-6), [
        cell for cell, width in zip(secret, ranges, strict=True) if width < 1
    ]
    assert differences.disclosed(*as_printed(sums, shown), people_of(contributions)) == []


def as_printed(sums, shown):
    """Sums and printed names as the attack calls them."""
    name = {cell: "the whole" if cell[0] == "total" else " ".join(cell) for cell in sums}
    parts = {name[cell]: {f"day {day}": 1.0 for day, inside in zip(DAYS, row, strict=True) if inside}
             for cell, row in sums.items()}  # fmt: skip
    return parts, [name[cell] for cell in shown]


def people_of(contributions: pl.DataFrame) -> pl.DataFrame:
    days = contributions.filter(pl.col("family") == "day")
    return days.select("user_id", "amount", part=pl.lit("day ") + pl.col("cell"))


def test_a_month_less_its_weeks_is_found():
    cells, contributions = space(1)
    sums = {cell: np.array([cell in names(day) for day in DAYS], float) for _, *cell in cells.select(
        "space_id", "family", "cell").iter_rows() for cell in [tuple(cell)] if cell[0] != "segment"}  # fmt: skip
    everything = [cell for cell in sums if cell[0] in ("total", "week", "month")]

    assert differences.disclosed(*as_printed(sums, everything), people_of(contributions))
