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
    hidden = LIMIT * np.array([sums[cell] for cell in secret]).reshape(-1, len(DAYS))
    ranges = widths(printed, hidden, POLICY.least_hours)
    assert all(ranges >= POLICY.least_hours - 1e-6), [
        cell for cell, width in zip(secret, ranges, strict=True) if width < 1
    ]
    assert differences.disclosed(as_printed(sums, shown), people_of(contributions)) == []


def as_printed(sums, shown):
    """The days of each printed sum."""
    return {" ".join(cell): [str(day) for day, inside in zip(DAYS, sums[cell], strict=True) if inside]
            for cell in shown if cell[0] in ("total", "month", "week")}  # fmt: skip


def people_of(contributions: pl.DataFrame) -> list[tuple[str, str, float]]:
    return contributions.filter(pl.col("family") == "day").select("cell", "user_id", "amount").rows()


def test_a_month_less_its_weeks_is_found():
    cells, contributions = space(1)
    sums = {cell: np.array([cell in names(day) for day in DAYS]) for cell in cells.select("family", "cell").iter_rows()}

    assert differences.disclosed(as_printed(sums, sums), people_of(contributions))


@pytest.mark.parametrize("seed", range(8))
def test_no_sum_of_printed_sums_tells_of_too_few(seed: int):
    """By trying all: whatever is added and taken away of total, months and weeks, what is left passes the rule."""
    cells, contributions = space(seed)
    status = {(family, cell): state for _, family, cell, state in protected(cells, contributions, NOTHING).iter_rows()}
    shown = [cell for cell, state in status.items() if state == "published" and cell[0] in ("total", "month", "week")]
    sums = np.array([[cell in names(day) for day in DAYS] for cell in shown], int).reshape(-1, len(DAYS))
    users = sorted(set(contributions["user_id"]))
    people = np.zeros((len(DAYS), len(users)))
    for day, user, amount in people_of(contributions):
        people[DAYS.index(dt.date.fromisoformat(day)), users.index(user)] = amount
    left = np.zeros((1, len(DAYS)), int)
    for row in sums:
        left = np.unique(np.vstack([left, left + row, left - row]), axis=0)
    told = left[(left >= 0).all(axis=1) & (left <= 1).all(axis=1) & left.any(axis=1)]
    reasons = [dominance_reason(by_user) for by_user in told @ people if by_user.any()]

    assert set(reasons) <= {None}
