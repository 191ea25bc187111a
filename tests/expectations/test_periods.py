"""Which days a period means, at the gate and in staging."""

import datetime as dt
from pathlib import Path

import duckdb
import jinja2
import polars as pl
import pytest

from expectations.derived import model_rules

MACROS = Path(__file__).resolve().parents[2] / "dbt" / "macros" / "periods.sql"

KNOWN = [
    ("2015", "2015-01-01", "2015-12-31"),
    ("2016-02", "2016-02-01", "2016-02-29"),
    ("2015-06-30", "2015-06-30", "2015-06-30"),
    ("2015-Q4", "2015-10-01", "2015-12-31"),
    ("2016-Q1", "2016-01-01", "2016-03-31"),
    ("2023-10P6M", "2023-10-01", "2024-03-31"),
    ("2023-01P12M", "2023-01-01", "2023-12-31"),
    ("2023P2Y", "2023-01-01", "2024-12-31"),
    ("2023-04P1Y", "2023-04-01", "2024-03-31"),
    ("2023P6M", "2023-01-01", "2023-06-30"),
    ("2023-10-15P2W", "2023-10-15", "2023-10-28"),
    ("2023-10-15P10D", "2023-10-15", "2023-10-24"),
    ("2023-01-31P1M", "2023-01-31", "2023-02-27"),
    ("2024-02-29P1Y", "2024-02-29", "2025-02-27"),
    ("2019/20", "2019-01-01", "2020-12-31"),
    ("2019/2021", "2019-01-01", "2021-12-31"),
    ("2015-03-01/2016-06-30", "2015-03-01", "2016-06-30"),
]


def days(period):
    """First and last day as the gate has them."""
    ((_, first, last),) = model_rules.days(pl.Series([period])).iter_rows()
    return (first, last) if first or last else None


def staged(period):
    """First and last day as dbt's macros for staging work them out."""
    macros = jinja2.Environment().from_string(MACROS.read_text("utf-8")).module
    start, end = (str(getattr(macros, name)("$period")) for name in ("period_start", "period_end"))
    return duckdb.execute(f"select {start}, {end}", {"period": period}).fetchone()


@pytest.mark.parametrize(("period", "first", "last"), KNOWN)
def test_gate_and_staging_know_the_first_and_the_last_day(period, first, last):
    span = (dt.date.fromisoformat(first), dt.date.fromisoformat(last))

    assert days(period) == span
    assert staged(period) == span


@pytest.mark.parametrize(
    "period",
    ["", "irgendwann", "15", "20151", "2015-13-01", "2015-02-30", "2015-Q5", "2023-10P0M", "9999-12P9M", "0000",
     "2020/19", "2016-01-01/2015-01-01", "2015-06-31/2016-01-01", "31.12.2015", "٢٠١٥", "2015\n", " 2015",
     "2019-20", "2019–20", "2023P2Q", "2023-10-15P0W", "9999-12-31P1D2", "2023P", "2023-13P2M", "2023-02-30P1D",
     "epoch", "infinity", "2015-1-1", "201a", "2015-06-30 (BC)"],
)  # fmt: skip
def test_what_is_no_period_has_no_days(period):
    assert days(period) is None
