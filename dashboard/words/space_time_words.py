"""What the pictures of a co-working space over time show, in words: its year, its weeks, holidays and closures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from dashboard import texts
from dashboard.words.numbers import Numbers
from dashboard.words.space_words import days_words, known_of, rows_of

Row = Mapping[str, Any]
Run = tuple[date, date, str]


def year_title(space: Row, months: pl.DataFrame, language: str) -> str:
    """From the month least booked to the one most booked."""
    say, numbers = texts.of(language), Numbers(language)
    name, known = space[f"name_{language}"], known_of(months)
    if known.is_empty():
        return say.space_year_hidden.format(space=name)
    low, high = known.row(0, named=True), known.row(-1, named=True)
    if known.height == 1:
        return say.space_year_one.format(
            space=name, value=numbers.quantity(low["utilisation"], "%"), month=numbers.month(low["begins"])
        )
    return say.space_year_title.format(
        space=name,
        low=numbers.quantity(low["utilisation"], "%"),
        low_month=numbers.month(low["begins"]),
        high=numbers.quantity(high["utilisation"], "%"),
        high_month=numbers.month(high["begins"]),
    )


def year_words(
    title: str,
    days: pl.DataFrame,
    months: pl.DataFrame,
    holidays: Sequence[Run],
    closures: Sequence[Run],
    language: str,
) -> str:
    """The text alternative of the year: how many days open and hidden, each month, holidays and closures."""
    say, numbers = texts.of(language), Numbers(language)
    opened = days.filter(pl.col("open"))
    known = opened.filter(pl.col("utilisation").is_not_null())
    sentences = [
        say.alt_space_year.format(
            title=title,
            open=days_words(opened.height, language),
            hidden=days_words(opened.height - known.height, language),
            months=_months(months, language),
        )
    ]
    if 0 < known.height <= 12:
        listed = [f"{numbers.date(row['day'])} {numbers.told(row)}" for row in rows_of(known)]
        sentences.append(say.alt_space_days.format(days=", ".join(listed)))
    return " ".join([*sentences, *bands_words(holidays, closures, language)])


def year_foot(
    days: pl.DataFrame, weekdays: Sequence[int], holidays: Sequence[Run], closures: Sequence[Run], language: str
) -> list[str]:
    """What the signs of the year mean, and which days they stand on; `weekdays` are those that have a row."""
    say, numbers, foot = texts.of(language), Numbers(language), []
    if days.filter(pl.col("open"))["utilisation"].null_count():
        foot.append(say.space_dot_key)
    public = days.filter(pl.col("weekday").is_in(list(weekdays)) & pl.col("public_holiday").is_not_null())
    if public.height:
        words = say.group("public_holidays")
        reasons = [(numbers.date(row["day"]), row["public_holiday"]) for row in rows_of(public)]
        named = [f"{day} ({words.get(reason, reason)})" for day, reason in reasons]
        foot.append(say.space_holiday_key.format(days=", ".join(named)))
    if holidays:
        foot.append(say.space_ground_key.format(runs=_runs(holidays, language)))
    if closures:
        foot.append(say.space_closure_key.format(runs=_runs(closures, language)))
    never = [one for one in days.get_column("weekday").unique().sort() if one not in weekdays]
    if never:
        names = [say.group("weekdays")[str(one)] for one in never]
        foot.append(say.space_never_open.format(days=numbers.listed(names)))
    return foot


def _runs(runs: Sequence[Run], language: str) -> str:
    return "; ".join(run_words(run, language) for run in runs)


def bands_words(holidays: Sequence[Run], closures: Sequence[Run], language: str, is_key: bool = False) -> list[str]:
    """School holidays and closures with their days; as a key with how they are drawn."""
    say = texts.of(language)
    sentences = []
    forms = (say.space_school_holidays, say.space_closures)
    if is_key:
        forms = (say.space_holidays_key, say.space_closures_key)
    for form, runs in zip(forms, (holidays, closures), strict=True):
        if runs:
            sentences.append(form.format(runs=_runs(runs, language)))
    return sentences


def run_words(run: Run, language: str) -> str:
    """A stretch of days with its name: Herbstferien (24. – 29. Oktober 2022)."""
    first, last, name = run
    period = Numbers(language).period(str(first) if first == last else f"{first}/{last}")
    return f"{name} ({period})"


def weeks_title(weeks: pl.DataFrame, language: str) -> str:
    """Between which two values the weeks lie, and how many of them are hidden."""
    say, numbers = texts.of(language), Numbers(language)
    known, opened = known_of(weeks), weeks.filter(pl.col("open_days") > 0).height
    if known.is_empty():
        return say.space_weeks_hidden
    low, high = numbers.decimal(known["utilisation"][0]), numbers.quantity(known["utilisation"][-1], "%")
    if known.height == 1:
        return say.space_weeks_one.format(value=high, day=numbers.date(known["week_start"][0]))
    hidden = opened - known.height
    if not hidden:
        return say.space_weeks_title.format(low=low, high=high)
    return say.space_weeks_title_hidden.format(low=low, high=high, hidden=hidden, count=opened)


def weeks_words(title: str, weeks: pl.DataFrame, bands: Sequence[str], language: str) -> str:
    """The text alternative of the weeks: each with its value."""
    say, numbers = texts.of(language), Numbers(language)
    sentences = []
    for row in rows_of(weeks.filter(pl.col("open_days") > 0)):
        sentences.append(f"{numbers.date(row['week_start'])} {numbers.told(row)}")
    return " ".join([say.alt_space_weeks.format(title=title, weeks=", ".join(sentences)), *bands])


def _months(months: pl.DataFrame, language: str) -> str:
    numbers = Numbers(language)
    return ", ".join(
        f"{numbers.month(row['begins'])} {numbers.told(row)}"
        for row in rows_of(months.filter(pl.col("available_seat_hours") > 0))
    )
