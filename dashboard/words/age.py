"""Which figures are old, and how that is said: "Stand 2015"."""

import re
from datetime import date

from dashboard import texts
from dashboard.words.numbers import Numbers

# From this age on a figure is marked wherever it stands.
YEARS = 5


def old_year(period: str | None, today: date) -> int | None:
    """The last year of a period that ended more than five years before `today`; nothing of a younger one.

    Periods as they are kept: 2015, 2015-06, 2015-06-30, 2019/2024, 2015-03-01/2016-06-30.
    """
    end = re.split("/", period or "")[-1]
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", end):
        return None
    # Years and months as texts: their last day is later than all that begins with them.
    border = today.replace(year=today.year - YEARS, day=min(today.day, 28)).isoformat()
    return int(end[:4]) if end + "-99" * (2 - end.count("-")) < border else None


def dated(period: str | None, today: date, language: str) -> str:
    """A period as it is read; an old one with its mark: Stand 2015, 30. Juni 2015."""
    words, year = Numbers(language).period(period), old_year(period, today)
    if year is None:
        return words
    mark = mark_of(period, today, language)
    return mark if words == str(year) else f"{mark}, {words}"


def mark_of(period: str | None, today: date, language: str) -> str:
    """ "Stand 2015" for an old period, else nothing."""
    year = old_year(period, today)
    return texts.of(language).old_mark.format(year=year) if year else ""


def headline(finding: str, period: str | None, today: date, language: str) -> str:
    """A headline; over old figures it says the year and that newer ones are missing."""
    year = old_year(period, today)
    return texts.of(language).old_headline.format(finding=finding, year=year) if year else finding
