"""What the pictures of a co-working space show, in words computed from their numbers: headlines and alternatives."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import texts
from dashboard.words.numbers import Numbers

Row = Mapping[str, Any]

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
    sentences = (numbers.period(_period(space)), desks, days, hours, price(space, language))
    return " · ".join(part for part in sentences if part)


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


def profile_title(profile: pl.DataFrame, language: str) -> str:
    """From the hour least booked to the one most booked; the latter by name."""
    say, numbers = texts.of(language), Numbers(language)
    known = known_of(profile)
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
    sentences = []
    for (weekday,), rows in profile.group_by(["weekday"], maintain_order=True):
        shares = [numbers.told(one) for one in rows_of(rows)]
        hours = [f"{_at(hour, language)}: {share}" for hour, share in zip(rows["hour"], shares, strict=True)]
        sentences.append(f"{names[str(weekday)]} {', '.join(hours)}")
    return say.alt_space_profile.format(title=title, rows="; ".join(sentences))


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
    names, sentences = say.group("space_comparisons"), []
    for row in rows_of(effects):
        if row["difference"] is None:
            sentences.append(f"{names[row['comparison']]}: {say.group('space_signs')[row['sign']]}")
            continue
        between = "" if row["low"] is None else say.alt_between.format(
            low=numbers.signed(row["low"]), high=numbers.signed(row["high"])
        )  # fmt: skip
        figure = numbers.signed_text(say.space_points.format(points=numbers.signed(row["difference"])), row["sign"])
        sentences.append(" ".join(part for part in (f"{names[row['comparison']]}: {figure}", between) if part))
    return say.alt_rows_of.format(title=title, rows="; ".join(sentences))


def known_of(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with a value, least first; of equal ones the first in time."""
    return frame.filter(pl.col("utilisation").is_not_null()).sort("utilisation", maintain_order=True)


def rows_of(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame by their columns' names."""
    return list(frame.iter_rows(named=True))
