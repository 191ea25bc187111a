"""Periods as offices write them, brought to ISO where the format allows it."""

import calendar
import datetime as dt
import re

import polars as pl

from stadtlabor.values.stated import Period

GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
# GENESIS: a begin and a length, 2023-10P6M = six months from October 2023.
WITH_LENGTH = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?P\d+[DWMY]")
# From one year to another: 2019/20, 2019-20, 2019–2021.
SPAN = re.compile(r"(\d{4})\s*([/–—-])\s*(\d{2}|\d{4})")
MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
          "November", "Dezember")  # fmt: skip


def iso(written: str) -> str | None:
    """'31.12.2015' → '2015-12-31', '2015' stays; None where the text is no period.

    A span is written '2019/20' whatever stands between its years; '2011-12' is December 2011, though, as in
    ISO 8601. A GENESIS length such as '2023-10P6M' stays as written.
    """
    text = written.strip()
    if found := GERMAN_DATE.fullmatch(text):
        return _date(int(found[3]), int(found[2]), int(found[1]))
    if ISO_DATE.fullmatch(text):
        parts = [int(part) for part in text.split("-")]
        if len(parts) == 3:
            return _date(*parts)
        if _is_year(parts[0]) and (len(parts) == 1 or 1 <= parts[1] <= 12):
            return text
    if WITH_LENGTH.fullmatch(text) and _is_year(int(text[:4])):
        return text
    if found := SPAN.fullmatch(text):
        return _span(int(found[1]), found[2], found[3])
    if found := re.fullmatch(r"(\w+) (\d{4})", text):
        return f"{found[2]}-{MONTHS.index(found[1]) + 1:02}" if found[1] in MONTHS else None
    return None


def iso_column(written: pl.Expr) -> pl.Expr:
    """Many periods at once: ISO where it can be, else as written; a sheet's midnight is left off."""
    texts = written.str.strip_chars().str.replace(r" 00:00:00$", "")
    return texts.map_batches(_iso_or_as_written, return_dtype=pl.String)


def _iso_or_as_written(texts: pl.Series) -> pl.Series:
    distinct = texts.drop_nulls().unique().to_list()
    return texts.replace_strict(distinct, [iso(text) or text for text in distinct], return_dtype=pl.String)


def find(line: str) -> str | None:
    """The period a title line states: 'Jahr: 2016', '30.06.2015', 'Stichtag: 31.12.2020'; else None."""
    text = line.strip().strip(";,\t ")
    if found := re.fullmatch(r"(?:[^\d:]{1,40}:\s*)?(.+)", text):
        return iso(found[1])
    return None


def written(period: Period | None) -> str | None:
    """The period a manifest states, for formats that name none: a day, month or year where it is one."""
    if period is None:
        return None
    first, last = period.first, period.last
    if first == last:
        return first.isoformat()
    if first == dt.date(first.year, 1, 1) and last == dt.date(first.year, 12, 31):
        return str(first.year)
    end_of_month = calendar.monthrange(first.year, first.month)[1]
    if first.day == 1 and last == dt.date(first.year, first.month, end_of_month):
        return f"{first:%Y-%m}"
    return f"{first}/{last}"


def bounds(period: str) -> Period | None:
    """First and last day of a period in ISO form; None where it has no plain one."""
    begin, _, length = period.partition("P")
    if length and WITH_LENGTH.fullmatch(period) and (span := bounds(begin)):
        return Period.model_validate({"from": span.first, "to": _after(span.first, length) - dt.timedelta(days=1)})
    parts = period.split("-")
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", period):
        return None
    year = int(parts[0])
    month = int(parts[1]) if len(parts) > 1 else None
    begins = dt.date(year, month or 1, int(parts[2]) if len(parts) > 2 else 1)
    last_month = month or 12
    last_day = int(parts[2]) if len(parts) > 2 else calendar.monthrange(year, last_month)[1]
    return Period.model_validate({"from": begins, "to": dt.date(year, last_month, last_day)})


def _after(day: dt.date, length: str) -> dt.date:
    """The day so long after another: '6M', '14D', '1Y'."""
    number, unit = int(length[:-1]), length[-1]
    if unit in "DW":
        return day + dt.timedelta(days=number * (7 if unit == "W" else 1))
    months = day.month - 1 + number * (12 if unit == "Y" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _span(first: int, between: str, written: str) -> str | None:
    """From `first` to a year of two or four digits; None where that is no later one."""
    century = first - first % 100
    last = int(written) if len(written) == 4 else century + int(written)
    if len(written) == 2 and (first + 1) % 100 == int(written):
        last = first + 1
    # With a hyphen only the next year is told from a wrong month: 2019-20, not 2015-20.
    is_plain = between != "-" or len(written) == 4 or last == first + 1
    if not (_is_year(first) and _is_year(last) and first < last and is_plain):
        return None
    return f"{first}/{written}" if len(written) == 4 or last < century + 100 else f"{first}/{last}"


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat() if _is_year(year) else None
    except ValueError:
        return None


def _is_year(year: int) -> bool:
    return 1800 <= year <= 2199
