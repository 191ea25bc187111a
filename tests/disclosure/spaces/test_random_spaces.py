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
from tests.disclosure.spaces.made_up import DAYS, LIMIT, NOTHING, booked, frames, names


@pytest.mark.parametrize("seed", range(25))
def test_nothing_hidden_follows_from_what_is_published(seed: int):
    cells, contributions = frames(booked(seed))
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
    cells, contributions = frames(booked(1))
    sums = {cell: np.array([cell in names(day) for day in DAYS]) for cell in cells.select("family", "cell").iter_rows()}

    assert differences.disclosed(as_printed(sums, sums), people_of(contributions))


@pytest.mark.parametrize("seed", range(8))
def test_no_sum_of_printed_sums_tells_of_too_few(seed: int):
    """By trying all: whatever is added and taken away of total, months and weeks, what is left passes the rule."""
    cells, contributions = frames(booked(seed))
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
