"""Which days a period of the landing tables means."""

import calendar
import datetime as dt
import re

# The forms official tables use. "2023-10P6M" is GENESIS for six months from October 2023; two days
# or two years joined by a slash are first and last, both inclusive.
_YEAR = re.compile(r"(\d{4})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
_MONTHS = re.compile(r"(\d{4})-(\d{2})P(\d{1,2})M", re.ASCII)
_RANGE = re.compile(r"(\d{4}(?:-\d{2}-\d{2})?)/(\d{4}(?:-\d{2}-\d{2})?)", re.ASCII)


def days(period: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a period; None where the text is none or names a day that is not."""
    try:
        if match := _YEAR.fullmatch(period):
            return dt.date(int(match[1]), 1, 1), dt.date(int(match[1]), 12, 31)
        if match := _DAY.fullmatch(period):
            day = dt.date(int(match[1]), int(match[2]), int(match[3]))
            return day, day
        if match := _MONTH.fullmatch(period):
            return _months(int(match[1]), int(match[2]), 1)
        if match := _QUARTER.fullmatch(period):
            return _months(int(match[1]), 3 * int(match[2]) - 2, 3)
        if match := _MONTHS.fullmatch(period):
            return _months(int(match[1]), int(match[2]), int(match[3]))
        if match := _RANGE.fullmatch(period):
            first, last = days(match[1]), days(match[2])
            return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    except ValueError:
        return None
    return None


def _months(year: int, month: int, count: int) -> tuple[dt.date, dt.date] | None:
    if count < 1:
        return None
    first = dt.date(year, month, 1)
    years, last_month = divmod(month - 1 + count - 1, 12)
    last_year = year + years
    return first, dt.date(last_year, last_month + 1, calendar.monthrange(last_year, last_month + 1)[1])
