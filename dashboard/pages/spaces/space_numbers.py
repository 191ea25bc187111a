"""The numbers behind the pictures of a co-working space, with headings in the reader's language."""

import polars as pl

from dashboard.parts.visit import Visit


def of_days(days: pl.DataFrame, visit: Visit) -> pl.DataFrame:
    """One row per day of the record."""
    say = visit.say
    return days.select(
        pl.col("day").cast(pl.String).alias(say.column_day),
        pl.col("weekday").cast(pl.String).replace(dict(say.group("weekdays"))).alias(say.column_weekday),
        _percent(visit),
        _sign(visit),
        pl.col("available_seat_hours").alias(say.column_available),
        _named("public_holiday", visit).alias(say.column_public_holiday),
        _named("school_holiday", visit).alias(say.column_school_holiday),
        pl.col("closure").alias(say.column_closure),
    )


def of_weeks(weeks: pl.DataFrame, visit: Visit) -> pl.DataFrame:
    """One row per week from Monday."""
    say = visit.say
    return weeks.select(
        pl.col("week_start").cast(pl.String).alias(say.column_week),
        pl.col("open_days").alias(say.column_open_days),
        _percent(visit),
        _sign(visit),
        pl.col("booked_seat_hours").alias(say.column_booked),
        pl.col("available_seat_hours").alias(say.column_available),
        _named("holiday_name_de", visit).alias(say.column_school_holiday),
        pl.col("closure").alias(say.column_closure),
    )


def of_profile(profile: pl.DataFrame, visit: Visit) -> pl.DataFrame:
    """One row per weekday and hour; hours after midnight are those of the next day."""
    say = visit.say
    return profile.select(
        pl.col("weekday").cast(pl.String).replace(dict(say.group("weekdays"))).alias(say.column_weekday),
        pl.when(pl.col("hour") < 24)
        .then(pl.format("{}–{}", "hour", pl.col("hour") + 1))
        .otherwise(pl.col("hour").map_elements(lambda hour: _next_day(hour, visit), pl.String))
        .alias(say.column_hour),
        _percent(visit),
        _sign(visit),
        pl.col("booked").alias(say.column_booked),
        pl.col("available").alias(say.column_available),
    )


def _next_day(hour: int, visit: Visit) -> str:
    return visit.say.space_hour_next_day.format(start=hour % 24, end=hour % 24 + 1)


def of_lead_times(rows: pl.DataFrame, visit: Visit) -> pl.DataFrame:
    """One row per class of lead time."""
    say = visit.say
    return rows.select(
        pl.col("class").replace(dict(say.group("space_lead_classes"))).alias(say.column_lead),
        pl.col("count").alias(say.column_bookings),
        _sign(visit),
    )


def of_purposes(rows: pl.DataFrame, visit: Visit) -> pl.DataFrame:
    """One row per purpose."""
    say = visit.say
    return rows.select(
        pl.col("purpose").replace(dict(say.group("space_purposes"))).alias(say.column_purpose),
        pl.col("booked_seat_hours").alias(say.column_booked),
        pl.col("share").alias(f"{say.column_share} (%)"),
        _sign(visit),
    )


def of_kinds(rows: pl.DataFrame, visit: Visit) -> pl.DataFrame:
    """Desks and rooms."""
    say = visit.say
    return rows.select(
        pl.col("kind").replace(dict(say.group("space_kinds"))).alias(say.column_kind),
        _percent(visit),
        _sign(visit),
        pl.col("booked_seat_hours").alias(say.column_booked),
        pl.col("available_seat_hours").alias(say.column_available),
    )


def of_effects(rows: pl.DataFrame, visit: Visit) -> pl.DataFrame:
    """One row per comparison of weeks."""
    say = visit.say
    return rows.select(
        pl.col("comparison").replace(dict(say.group("space_comparisons"))).alias(say.column_comparison),
        pl.col("inside").alias(say.column_inside),
        pl.col("outside").alias(say.column_outside),
        pl.col("difference").alias(say.column_difference),
        pl.col("low").alias(f"{say.column_range} ({say.gap_column_low})"),
        pl.col("high").alias(f"{say.column_range} ({say.gap_column_high})"),
        pl.col("weeks_inside").alias(say.column_weeks_inside),
        pl.col("weeks_outside").alias(say.column_weeks_outside),
        _sign(visit),
    )


def _percent(visit: Visit) -> pl.Expr:
    return pl.col("utilisation").alias(f"{visit.say.column_utilisation} (%)")


def _sign(visit: Visit) -> pl.Expr:
    return pl.col("sign").alias(visit.say.column_sign)


def _named(column: str, visit: Visit) -> pl.Expr:
    """Holidays in the reader's language; a name without a translation stays as it was delivered."""
    group = "public_holidays" if column == "public_holiday" else "school_holidays"
    return pl.col(column).replace(dict(visit.say.group(group)))
