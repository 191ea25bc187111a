"""Dates as people write them in lists: ranges taken apart, years added where told, and why a date cannot be known."""

import re
from collections.abc import Sequence

import polars as pl

from stadtlabor.values.time_text import MONTHS, WEEKDAY, take_apart

_DASH = r"\s*(?:-|–|—|bis|to)\s*"
_MONTH = r"[A-Za-zäÄ]{3,9}\.?"
# '12.-14.09.2020', '12. – 14. September 2020': the first day borrows month and year from the last.
_SHORT_RANGE = re.compile(
    rf"(?P<before>[^\d]*?)(?P<first>\d{{1,2}})\.?{_DASH}(?P<last>\d{{1,2}}\.\s*(?:\d{{1,2}}\.|{_MONTH}).*)"
)
# '28.02.-01.03.2020': the first day borrows the year.
_YEAR_RANGE = re.compile(
    rf"(?P<first>\d{{1,2}}\.\s*(?:\d{{1,2}}\.|{_MONTH})){_DASH}"
    rf"(?P<last>\d{{1,2}}\.\s*(?:\d{{1,2}}\.|{_MONTH})\s*(?P<year>\d{{4}})?)"
)
_DAY = r"(?:\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d\d-\d\d)"
_WHOLE_RANGE = re.compile(rf"(?P<first>{_DAY}){_DASH}(?P<last>{_DAY})")
_TIME = r"\d{1,2}(?:[:.]\d\d)?(?:\s*(?:uhr|h))?"
_TIMES = re.compile(rf"(?i)(?P<before>.*?)(?:^|(?<=\s))(?:von\s+)?(?P<first>{_TIME}){_DASH}(?P<last>{_TIME})")
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")
_FROM = re.compile(r"(?i)\b(?:ab|from|ca\.?|gegen)\s+(?=\d)")
_WEEKDAY = re.compile(rf"(?i){WEEKDAY.pattern},?\s*")
# Every weekday falls on every day of the year within 28 years.
_YEARS_TRIED = range(2004, 2032)
_MONTH_ALONE = re.compile(r"(?i)([a-zäö]{3,9}\.?|\d{1,2}\s*[./-])?\s*(\d{4})?|\d{4}-\d{1,2}")


def split_range(text: str) -> tuple[str, str] | None:
    """First and last day of a range in one text; None where it is none."""
    if found := _WHOLE_RANGE.fullmatch(text):
        return found["first"], found["last"]
    if found := _YEAR_RANGE.fullmatch(text):
        year = f" {found['year']}" if found["year"] else ""
        return f"{found['first']}{year}", found["last"]
    if (found := _SHORT_RANGE.fullmatch(text)) and ":" not in text:
        rest = re.fullmatch(r"\d{1,2}\.\s*(?P<rest>.*)", found["last"])
        return f"{found['before']}{found['first']}. {rest['rest'] if rest else ''}".strip(), found["last"]
    return None


def split_times(text: str) -> tuple[str, str] | None:
    """'18:00-20:00', '18 - 20 Uhr', '05.01.2019 18:00–20:00' → start and end, each a time; None for anything else.

    A day before the times goes with the first.
    """
    found = _TIMES.fullmatch(text)
    # '12-14' may be days as well; a colon or the word tells times.
    if not found or not re.search(r"(?i)\d[:.]\d\d|uhr|h$", f"{found['first']} {found['last']}"):
        return None
    unit = " Uhr" if re.search(r"(?i)uhr|h$", found["last"]) else ""
    times = [re.sub(r"(?i)\s*(uhr|h)$", "", found[part]).replace(".", ":") for part in ("first", "last")]
    first, last = (time if ":" in time else f"{time}:00" for time in times)
    return f"{found['before']}{first}{unit}".strip(), f"{last}{unit}"


def clock(text: str) -> str:
    """A time of day without what people write around it: '19:30 Uhr (Einlass 18:30 Uhr)', 'ab 10 bis ca. 14 Uhr'.

    A part of a day, as a sheet keeps it (0.375), is its time.
    """
    if re.fullmatch(r"0[.,]\d{2,}", text):
        minutes, seconds = divmod(round(float(text.replace(",", ".")) * 86_400), 60)
        return (
            f"{minutes // 60:02}:{minutes % 60:02}"
            if not seconds
            else f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
        )
    plain = re.sub(r"\([^)]*\)", " ", text)
    plain = re.sub(r"(?i).*\bbeginn:?\s+(?=\d)", "", plain)
    plain = re.sub(r"(?i)[,;/]?\s*\b(?:einlass|doors?)\b.*", "", plain)
    plain = re.sub(r"(?i)\b(?:ab|ca\.?|circa|etwa|gegen|von|um|jeweils)\s+(?=\d)", "", plain)
    plain = re.sub(r"(?i)\b[cs]\.\s?t\.?", "", plain)
    return " ".join(plain.split()).strip(" ,;") or text


def with_year(text: str, year: int | None) -> str:
    """The text with the year the manifest gives, where it has none of its own and one makes it a date."""
    if year is None or _is_date(text):
        return text
    # A weekday that is not that of the year is found out afterwards.
    return next((made for made in _with(text, year) if _is_date(_WEEKDAY.sub("", made))), text)


def fault(text: str) -> str:
    """Why a text that could not be read as a time is none: a code of `stadtlabor.dictionary.reasons`."""
    plain = text.strip()
    if (without := _WEEKDAY.sub("", plain)) != plain and _is_date(without):
        return "weekday_contradicts"
    if any(_is_date(made) for year in _YEARS_TRIED for made in _with(plain, year)):
        return "year_unknown"
    if _MONTH_ALONE.fullmatch(plain) and (plain[:3].lower() in MONTHS or plain[:1].isdigit()):
        return "day_unknown"
    return "not_a_time"


def _with(text: str, year: int) -> tuple[str, str]:
    return f"{text} {year}", f"{text}{year}"


def _is_date(text: str) -> bool:
    found = take_apart(text, True) or take_apart(text, False)
    return found is not None and found.year is not None


def composed(month: pl.Expr, day: pl.Expr, year: pl.Expr | None) -> pl.Expr:
    """One text of a month ('5', 'Mai'), a day ('10', 'Do 10.', '12.-14.') and a year in columns of their own."""
    number = month.str.strip_chars(". ")
    plain_day = day.str.strip_chars(" .")
    written = (
        pl.when(number.str.contains(r"^\d{1,2}$"))
        .then(pl.format("{}.{}.", plain_day, number))
        .otherwise(pl.format("{}. {}", plain_day, number))
    )
    if year is None:
        return written
    return pl.when(year.is_null()).then(written).otherwise(pl.format("{} {}", written, year))


def prepared(texts: Sequence[str | None], year: int | None) -> dict[str, tuple[str, str | None]]:
    """Each distinct text with ranges of days or times taken apart and years added: (start, end or None)."""
    made: dict[str, tuple[str, str | None]] = {}
    for text in {one for one in texts if one is not None}:
        if _PLAIN.fullmatch(text):
            made[text] = text, None
            continue
        plain = _FROM.sub("", text)
        first, last = split_range(plain) or split_times(plain) or (plain, None)
        made[text] = with_year(first, year), None if last is None else with_year(last, year)
    return made
