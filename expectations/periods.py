"""Which days a period of the landing tables means."""

import datetime as dt
import re

from stadtlabor import periods
from stadtlabor.manifest import Period

# Beyond the plain ISO forms readers keep two as they are written: GENESIS' begin and length ("2023-10P6M" is six
# months from October 2023) and spans of years or days ("2019/20", "2015-01-01/2016-06-30"), both ends inclusive.
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
_WITH_LENGTH = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)P(\d{1,3})([DWMY])", re.ASCII)
_YEARS = re.compile(r"(\d{2})(\d{2})\s*[/–-]\s*(\d{2}|\d{4})", re.ASCII)
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})", re.ASCII)


def days(period: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a period; None where the text is none or names a day that does not exist."""
    try:
        if match := _QUARTER.fullmatch(period):
            return _with_length(dt.date(int(match[1]), 3 * int(match[2]) - 2, 1), 3, "M")
        if plain := _plain(period):
            return plain.first, plain.last
        if match := _WITH_LENGTH.fullmatch(period):
            begin = _plain(match[1])
            return _with_length(begin.first, int(match[2]), match[3]) if begin else None
        if match := _YEARS.fullmatch(period):
            century, year, last = match.groups()
            last_year = int(last if len(last) == 4 else century + last)
            return _ordered(dt.date(int(century + year), 1, 1), dt.date(last_year, 12, 31))
        if match := _DAYS.fullmatch(period):
            return _ordered(dt.date.fromisoformat(match[1]), dt.date.fromisoformat(match[2]))
    # The form is right, the month or day does not exist, or the length leads beyond the year 9999.
    except (ValueError, OverflowError):
        return None
    return None


def _plain(period: str) -> Period | None:
    return periods.bounds(period) if period.isascii() and _is_month_or_none(period) else None


def _is_month_or_none(period: str) -> bool:
    """Tells 2019-12 (December) from 2019-20 (two years)."""
    return len(period) != 7 or "01" <= period[5:] <= "12"


def _with_length(first: dt.date, count: int, unit: str) -> tuple[dt.date, dt.date] | None:
    if unit in "DW":
        after = first + dt.timedelta(days=count * (7 if unit == "W" else 1))
    else:
        years, month = divmod(first.month - 1 + count * (12 if unit == "Y" else 1), 12)
        after = dt.date(first.year + years, month + 1, first.day)
    return _ordered(first, after - dt.timedelta(days=1))


def _ordered(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date] | None:
    return (first, last) if first <= last else None
