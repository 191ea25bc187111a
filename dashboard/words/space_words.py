"""What the pictures of a co-working space show, in words computed from their numbers: headlines and alternatives."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from dashboard import texts
from dashboard.words.numbers import Numbers

Row = Mapping[str, Any]
Run = tuple[date, date, str]

DAY = 24.0  # hours
# Up to here a lead time is told in hours.
HOURS_UP_TO = 2.0  # days


def head(space: Row, language: str) -> str:
    """A space's line: hours, desks, open days, price."""
    say, numbers = texts.of(language), Numbers(language)
    count = numbers.decimal(space["desks"])
    desks = say.space_desks_one if space["desks"] == 1 else say.space_desks.format(count=count)
    days, hours = days_words(space["open_days"], language), space[f"hours_{language}"]
    if space["desks"] == 0:
        # Open days are those on which a desk could be booked.
        desks, days = say.space_no_desks, ""
    said = (numbers.period(_period(space)), desks, days, hours, price(space, language))
    return " · ".join(part for part in said if part)


def _period(space: Row) -> str:
    first, last = space["first_day"], space["last_day"]
    return str(first) if first == last else f"{first}/{last}"


def days_words(count: int, language: str) -> str:
    """So many open days: "131 Öffnungstage"."""
    say = texts.of(language)
    return say.space_open_days_one if count == 1 else say.space_open_days.format(count=Numbers(language).decimal(count))


def price(space: Row, language: str) -> str:
    """What the use cost at most: "kostenlos", "bis 10 € je Tag"; empty where unknown."""
    say = texts.of(language)
    if space["price"] is None:
        return ""
    if space["price"] == 0:
        return say.space_free
    euros = Numbers(language).quantity(space["price"], "€", 0 if float(space["price"]).is_integer() else 2)
    unit = say.group("space_price_units").get(space["price_unit"], space["price_unit"])
    return say.space_price.format(price=euros, unit=unit)


def year_title(space: Row, months: pl.DataFrame, language: str) -> str:
    """From the month least booked to the one most booked."""
    say, numbers = texts.of(language), Numbers(language)
    name, known = space[f"name_{language}"], _known(months)
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
    said = [
        say.alt_space_year.format(
            title=title,
            open=days_words(opened.height, language),
            hidden=days_words(opened.height - known.height, language),
            months=_months(months, language),
        )
    ]
    if 0 < known.height <= 12:
        listed = [f"{numbers.date(row['day'])} {numbers.quantity(row['utilisation'], '%')}" for row in _rows(known)]
        said.append(say.alt_space_days.format(days=", ".join(listed)))
    return " ".join([*said, *bands_words(holidays, closures, language)])


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
        reasons = [(numbers.date(row["day"]), row["public_holiday"]) for row in _rows(public)]
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
    said = []
    forms = (say.space_school_holidays, say.space_closures)
    if is_key:
        forms = (say.space_holidays_key, say.space_closures_key)
    for form, runs in zip(forms, (holidays, closures), strict=True):
        if runs:
            said.append(form.format(runs=_runs(runs, language)))
    return said


def run_words(run: Run, language: str) -> str:
    """A stretch of days with its name: Herbstferien (24. – 29. Oktober 2022)."""
    first, last, name = run
    period = Numbers(language).period(str(first) if first == last else f"{first}/{last}")
    return f"{name} ({period})"


def weeks_title(weeks: pl.DataFrame, language: str) -> str:
    """Between which two values the weeks lie, and how many of them are hidden."""
    say, numbers = texts.of(language), Numbers(language)
    known, opened = _known(weeks), weeks.filter(pl.col("open_days") > 0).height
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
    said = []
    for row in _rows(weeks.filter(pl.col("open_days") > 0)):
        value = say.hidden if row["utilisation"] is None else numbers.quantity(row["utilisation"], "%")
        said.append(f"{numbers.date(row['week_start'])} {value}")
    return " ".join([say.alt_space_weeks.format(title=title, weeks=", ".join(said)), *bands])


def profile_title(profile: pl.DataFrame, language: str) -> str:
    """From the hour least booked to the one most booked; the latter by name."""
    say, numbers = texts.of(language), Numbers(language)
    known = _known(profile)
    if known.is_empty():
        return say.space_profile_hidden
    top = known.row(-1, named=True)
    values = [numbers.decimal(known["utilisation"][0]), numbers.quantity(top["utilisation"], "%")]
    form = say.space_profile_title if known.height == profile.height else say.space_profile_title_hidden
    when = hour_words(top["weekday"], top["hour"], language, is_often=True)
    return form.format(low=values[0], high=values[1], when=when)


def hour_words(weekday: int, hour: int, language: str, *, is_often: bool = False) -> str:
    """An hour of the week: Dienstag, 10–11 Uhr; from 24 on that of the night that follows: Nacht zum Mittwoch."""
    say = texts.of(language)
    if hour >= DAY:
        named = say.group("weekdays")[str(weekday % 7 + 1)]
        form = say.space_night_often if is_often else say.space_night
    else:
        named = (say.group("weekdays_often") if is_often else say.group("weekdays"))[str(weekday)]
        form = say.space_hour_often if is_often else say.space_hour
    return form.format(weekday=named, start=hour % int(DAY), end=of_clock(hour + 1))


def of_clock(hour: int) -> int:
    """The end of an hour as clocks show it: 24 at midnight, 1 an hour later."""
    return hour if hour <= DAY else hour % int(DAY)


def profile_words(title: str, profile: pl.DataFrame, language: str) -> str:
    """The text alternative of the profile: for each weekday its hours."""
    say, numbers, names = texts.of(language), Numbers(language), texts.of(language).group("weekdays")
    said = []
    for (weekday,), rows in profile.group_by(["weekday"], maintain_order=True):
        shares = [say.hidden if one is None else numbers.quantity(one, "%") for one in rows["utilisation"]]
        hours = [f"{_at(hour, language)}: {share}" for hour, share in zip(rows["hour"], shares, strict=True)]
        said.append(f"{names[str(weekday)]} {', '.join(hours)}")
    return say.alt_space_profile.format(title=title, rows="; ".join(said))


def _at(hour: int, language: str) -> str:
    night = texts.of(language).space_hour_after_midnight
    return str(hour) if hour < DAY else night.format(hour=hour % int(DAY))


def lead_title(space: Row, language: str) -> str:
    """By when half and nine tenths of the bookings were made."""
    say = texts.of(language)
    if space["lead_time_median"] is None:
        return say.space_lead_unknown
    median = ahead(space["lead_time_median"], language)
    if space["lead_time_p90"] is None:
        return say.space_lead_title.format(median=median)
    return say.space_lead_title_p90.format(median=median, p90=ahead(space["lead_time_p90"], language))


def ahead(days: float, language: str) -> str:
    """A lead time in words: 22 Stunden, 9 Tage."""
    say, numbers = texts.of(language), Numbers(language)
    if days < HOURS_UP_TO:
        hours = round(days * DAY)
        return say.space_hour_one if hours == 1 else say.space_hours.format(count=numbers.decimal(hours))
    return say.space_days_ahead.format(count=numbers.decimal(days))


def lacks_holidays(effect: Row) -> bool:
    """Whether the school holidays of the Land and the years are not on file: no week is on either side."""
    is_of_holidays = effect["comparison"] == "school_holidays"
    return is_of_holidays and effect["difference"] is None and not (effect["weeks_inside"] or effect["weeks_outside"])


def effect_sentence(row: Row, language: str) -> str:
    """A comparison of weeks in a sentence: how far apart, how unsure, or why it cannot be told."""
    say, numbers = texts.of(language), Numbers(language)
    words = say.group("space_effect_words")
    if lacks_holidays(row):
        return words["school_holidays_missing"]
    if row["difference"] is None:
        return words[f"{row['comparison']}_{'hidden' if row['sign'] == '.' else 'unknown'}"]
    if row["low"] is not None and row["low"] <= 0 <= row["high"]:
        return words[f"{row['comparison']}_alike"]
    way = "lower" if row["difference"] < 0 else "higher"
    if row["low"] is None:
        figure = say.space_points.format(points=numbers.decimal(abs(row["difference"])))
    else:
        low, high = sorted((abs(row["low"]), abs(row["high"])))
        figure = say.space_points_between.format(low=numbers.decimal(low), high=numbers.decimal(high))
    return words[f"{row['comparison']}_{way}"].format(figure=figure)


def effect_words(title: str, effects: pl.DataFrame, language: str) -> str:
    """The text alternative of the comparisons: both sides, their difference and its range."""
    say, numbers = texts.of(language), Numbers(language)
    names, said = say.group("space_comparisons"), []
    for row in _rows(effects):
        if row["difference"] is None:
            said.append(f"{names[row['comparison']]}: {say.group('space_signs')[row['sign']]}")
            continue
        between = "" if row["low"] is None else say.alt_between.format(
            low=numbers.signed(row["low"]), high=numbers.signed(row["high"])
        )  # fmt: skip
        figure = say.space_points.format(points=numbers.signed(row["difference"]))
        said.append(" ".join(part for part in (f"{names[row['comparison']]}: {figure}", between) if part))
    return say.alt_rows_of.format(title=title, rows="; ".join(said))


def _months(months: pl.DataFrame, language: str) -> str:
    say, numbers = texts.of(language), Numbers(language)
    return ", ".join(
        f"{numbers.month(row['begins'])} "
        + (say.hidden if row["utilisation"] is None else numbers.quantity(row["utilisation"], "%"))
        for row in _rows(months.filter(pl.col("available_seat_hours") > 0))
    )


def _known(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with a value, least first; of equal ones the first in time."""
    return frame.filter(pl.col("utilisation").is_not_null()).sort("utilisation", maintain_order=True)


def _rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return list(frame.iter_rows(named=True))
