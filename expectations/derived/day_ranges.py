"""Which days a period of the landing tables means.

Staging casts the same forms (`dbt/macros/periods.sql`); a test holds the two together, since a form that
the gate lets in and staging cannot cast would stop the whole build.
"""

import calendar
import datetime as dt
import re

from stadtlabor.values import periods

_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
# GENESIS: a begin and a length, "2023-10P6M" is six months from October 2023, "2023P2Y" two years.
_LENGTH = re.compile(r"(\d{4}(?:-\d{2}){0,2})P(\d{1,4})([DWMY])", re.ASCII)
_YEARS = re.compile(r"(\d{2})(\d{2})/(\d{2}|\d{4})", re.ASCII)
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})", re.ASCII)
_PLAIN = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)


def days(period: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a period; None where the text is none or names a day that does not exist."""
    try:
        if _PLAIN.fullmatch(period):
            return _plain(period)
        if match := _QUARTER.fullmatch(period):
            return _months(dt.date(int(match[1]), 3 * int(match[2]) - 2, 1), 3)
        if match := _LENGTH.fullmatch(period):
            first = dt.date.fromisoformat(match[1] + "-01-01"[len(match[1]) - 4 :])
            return _length(first, int(match[2]), match[3])
        if match := _YEARS.fullmatch(period):
            century, year, last = match.groups()
            last_year = int(last if len(last) == 4 else century + last)
            return _ordered(dt.date(int(century + year), 1, 1), dt.date(last_year, 12, 31))
        if match := _DAYS.fullmatch(period):
            return _ordered(dt.date.fromisoformat(match[1]), dt.date.fromisoformat(match[2]))
    # The form is right, but the month or day does not exist, or the length leads beyond the year 9999.
    except (ValueError, OverflowError):
        return None
    return None


def _plain(period: str) -> tuple[dt.date, dt.date] | None:
    found = periods.bounds(period)
    return (found.first, found.last) if found else None


def _length(first: dt.date, count: int, unit: str) -> tuple[dt.date, dt.date] | None:
    if unit in "MY":
        return _months(first, count * (12 if unit == "Y" else 1))
    return _ordered(first, first + dt.timedelta(days=count * (7 if unit == "W" else 1) - 1))


def _months(first: dt.date, count: int) -> tuple[dt.date, dt.date] | None:
    years, month = divmod(first.month - 1 + count, 12)
    year = first.year + years
    # A month after 31 January is the last day of February, as staging has it.
    day = min(first.day, calendar.monthrange(year, month + 1)[1])
    return _ordered(first, dt.date(year, month + 1, day) - dt.timedelta(days=1))


def _ordered(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date] | None:
    return (first, last) if first <= last else None
