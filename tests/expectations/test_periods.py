"""Which days a period means."""

import datetime as dt

import pytest

from expectations.periods import days


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2015", "2015-01-01", "2015-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-06-30", "2015-06-30", "2015-06-30"),
        ("2015-Q4", "2015-10-01", "2015-12-31"),
        ("2023-10P6M", "2023-10-01", "2024-03-31"),
        ("2023-10-15P2W", "2023-10-15", "2023-10-28"),
        ("2023P2Y", "2023-01-01", "2024-12-31"),
        ("2023-12-31P1D", "2023-12-31", "2023-12-31"),
        ("2019/20", "2019-01-01", "2020-12-31"),
        ("2019–2021", "2019-01-01", "2021-12-31"),
        ("2019-20", "2019-01-01", "2020-12-31"),
        ("2019-12", "2019-12-01", "2019-12-31"),
        ("2015-03-01/2016-06-30", "2015-03-01", "2016-06-30"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(period, first, last):
    assert days(period) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "period",
    ["", "irgendwann", "15", "20151", "2015-13-01", "2015-02-30", "2015-Q5", "2023-10P0M", "9999P9Y", "0000",
     "2020/19", "2016-01-01/2015-01-01", "2015-06-31/2016-01-01", "31.12.2015", "٢٠١٥", "2015\n", " 2015"],
)  # fmt: skip
def test_what_is_no_period_has_no_days(period):
    assert days(period) is None
