"""One time as a booking tool writes it, taken apart: date, time of day and offset, wherever they stand.

What is left over must be a weekday or filler, else the text is no time. So '15:30:00 - Donnerstag 06 Februar 2014',
'Sat, 9/30 9:00 AM', '21.06.2022 8 Uhr' and '20220621T080000Z' are all read, and '21.06.2022 mittags' is not.
"""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from typing import NamedTuple

MONTHS: Mapping[str, int] = {
    "jan": 1, "feb": 2, "mär": 3, "mar": 3, "mrz": 3, "apr": 4, "mai": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dez": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS: Mapping[str, int] = {
    "mo": 1, "di": 2, "tu": 2, "mi": 3, "we": 3, "do": 4, "th": 4, "fr": 5, "sa": 6, "so": 7, "su": 7,
}  # fmt: skip
# Sonnabend begins like Sonntag.
SATURDAY = "sonnabend"
OFFSETS: Mapping[str, int] = {
    "z": 0, "utc": 0, "gmt": 0, "wez": 0, "wet": 0, "bst": 60, "wesz": 60, "west": 60, "mez": 60, "cet": 60,
    "mesz": 120, "cest": 120, "oez": 120, "eet": 120, "oesz": 180, "eest": 180, "edt": -240, "est": -300, "cdt": -300,
    "mitteleuropäische normalzeit": 60, "mitteleuropäische zeit": 60, "mitteleuropäische sommerzeit": 120,
    "osteuropäische normalzeit": 120, "osteuropäische sommerzeit": 180, "westeuropäische normalzeit": 0,
    "westeuropäische sommerzeit": 60, "koordinierte weltzeit": 0, "mittlere greenwich-zeit": 0,
    "central european standard time": 60, "central european summer time": 120, "coordinated universal time": 0,
    "eastern european standard time": 120, "eastern european summer time": 180, "greenwich mean time": 0,
    "british summer time": 60,
    "cst": -360, "mdt": -360, "mst": -420, "pdt": -420, "pst": -480,
}  # fmt: skip
_OFFSET = (
    rf"(?P<offset>(?:utc|gmt)?[+-]\d\d:?\d\d|(?:utc|gmt)[+-]\d{{1,2}}(?::\d\d)?|[+-](?:0\d|1[0-4])|"
    rf"{'|'.join(sorted(OFFSETS, key=len, reverse=True))})"
)

_NUMBER = r"(?<![\d:.])"
_MONTH = (
    r"(?P<month>jan(?:uary?|uar)?|feb(?:ruary?|ruar)?|märz?|mar(?:ch)?|mrz|apr(?:il)?|mai|may|june?|juni|july?|juli|"
    r"aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)"
)
_SUFFIX = r"(?P<half>uhr|h|a\.?\s?m\b\.?|p\.?\s?m\b\.?|vorm\.?|nachm\.?)"
_CLOCKS = tuple(
    re.compile(pattern)
    for pattern in (
        # The offset of hours needs seconds or a T before it: 10:00-12:00 is a span, no offset. Databases write +02.
        r"(?P<t>(?<=\d{8})t)(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?\s*(?P<offset>z)?$",
        r"(?:^|(?P<t>(?<=\d)t)|[\s,(@])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
        rf"(?:\s*{_SUFFIX})?(?:\s*\(?{_OFFSET}\)?)?(?=$|[\s,)-])",
        rf"(?:^|[\s,(@])(?P<hour>\d{{1,2}})(?:\.(?P<minute>\d\d))?(?P<second>(?!))?\s*{_SUFFIX}(?P<t>(?!))?(?P<offset>(?!))?"
        r"(?=$|[\s,)-])",
    )
)
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        _NUMBER + r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        _NUMBER + r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d\d)(?!\d)",
        _NUMBER + rf"(?P<day>\d{{1,2}})\.?[\s-]+{_MONTH}\.?,?[\s-]+(?P<year>\d{{4}})(?!\d)",
        rf"\b{_MONTH}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
        r"^(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)$",
    )
)
_SLASHED = re.compile(_NUMBER + r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>\d{4}|\d\d))?(?![\d/])")
WEEKDAY = re.compile(
    r"(?<!\w)(mon(?:day|tag)?|mo|tue(?:s(?:day)?)?|di(?:enstag)?|wed(?:nesday)?|mi(?:ttwoch)?|thu(?:rs(?:day)?)?|"
    r"do(?:nnerstag)?|fri(?:day)?|fr(?:eitag)?|sat(?:urday)?|sa(?:mstag)?|sonnabend|sun(?:day)?|so(?:nntag)?)(?!\w)\.?"
)
_FILLER = re.compile(r"(?:[\s,.;()@-]|\bum\b|\bat\b|\bden\b|\bon\b)*")


class Parts(NamedTuple):
    """What a text says; None where it says nothing. `second` is that of the day, `offset` minutes ahead of UTC."""

    year: int | None
    month: int
    day: int
    weekday: int | None
    second: int | None
    offset: int | None


def take_apart(text: str, day_first: bool = False) -> Parts | None:
    """The parts of one time; None where it is none, names a day that does not exist or a weekday that day is not.

    `day_first` says how 03/04 is meant.
    """
    rest = " ".join(text.lower().split())
    rest, second, offset = _cut_clock(rest)
    if second == -1:
        return None
    rest, date = _cut_date(rest, day_first)
    if date is None:
        return None
    weekday = None
    if found := WEEKDAY.search(rest):
        weekday = 6 if found[1] == SATURDAY else WEEKDAYS[found[1][:2]]
        rest = rest[: found.start()] + rest[found.end() :]
    if not _FILLER.fullmatch(rest) or not _exists(*date, weekday):
        return None
    return Parts(*date, weekday, second, offset)


def _cut_clock(rest: str) -> tuple[str, int | None, int | None]:
    """The text without its time of day, the second of the day (-1: an impossible one) and the offset in minutes."""
    for pattern in _CLOCKS:
        if found := pattern.search(rest):
            break
    else:
        return rest, None, None
    offset = found["offset"]
    if offset and offset[0] in "+-" and found["second"] is None and found["t"] is None:
        return rest, -1, None
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    half = (found["half"] if "half" in pattern.groupindex else None) or ""
    if half[:1] in ("a", "p", "v", "n"):
        if not 1 <= hour <= 12:
            return rest, -1, None
        hour = hour % 12 + (12 if half[0] in "pn" else 0)
    is_time = (hour < 24 or (hour, minute, second) == (24, 0, 0)) and minute < 60 and second < 60
    kept = rest[: found.start()] + " " + rest[found.end() :]
    return kept, hour * 3600 + minute * 60 + second if is_time else -1, _minutes(offset)


def _minutes(offset: str | None) -> int | None:
    if offset is None or offset in OFFSETS:
        return None if offset is None else OFFSETS[offset]
    hours, minutes = re.findall(r"[+-](\d\d?):?(\d\d)?$", offset)[0]
    return (-1 if "-" in offset else 1) * (int(hours) * 60 + int(minutes or 0))


def _cut_date(rest: str, day_first: bool) -> tuple[str, tuple[int | None, int, int] | None]:
    rest = rest.strip()
    for pattern in (*_DATES, _SLASHED):
        if found := pattern.search(rest):
            break
    else:
        return rest, None
    year = int(found["year"]) if found["year"] else None
    if year is not None and year < 100:
        year += 2000
    if pattern is _SLASHED:
        month, day = (found["second"], found["first"]) if day_first else (found["first"], found["second"])
    else:
        month, day = found["month"], found["day"]
    number = int(month) if month.isdigit() else MONTHS[month[:3]]
    return rest[: found.start()] + " " + rest[found.end() :], (year, number, int(day))


def _exists(year: int | None, month: int, day: int, weekday: int | None) -> bool:
    # 2024 has a 29 February, which a text without a year may mean.
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year or 2024, month)[1]:
        return False
    if year is None:
        return True
    return 1900 <= year < 2200 and weekday in (None, dt.date(year, month, day).isoweekday())
