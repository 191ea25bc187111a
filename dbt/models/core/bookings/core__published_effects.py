"""Comparisons of weeks as they may be published: from published weeks alone, so that they say nothing of the others."""

import polars as pl

from stadtlabor.statistics.holiday_effect import effects


def model(dbt, session):
    """One row per space and comparison; `x` where there are no such weeks, `.` where none of a side is published."""
    dbt.config(materialized="table")
    weeks = (
        dbt.ref("core__space_week_use")
        .select(
            "space_id, comparison, week_start_date, is_first, booked::bigint as booked, available::bigint as available"
        )
        .pl()
    )
    shown = (
        dbt.ref("core__published_cells")
        .filter("family = 'week' and sign = ''")
        .select("space_id, cell::date as week_start_date")
        .pl()
    )
    keys = ["space_id", "comparison"]
    offered = effects(weeks.drop("week_start_date")).select(*keys, is_possible=pl.col("difference").is_not_null())
    found = effects(weeks.join(shown, on=["space_id", "week_start_date"], how="semi").drop("week_start_date"))
    told = pl.col("difference").is_not_null()
    sign = pl.when(~pl.col("is_possible")).then(pl.lit("x")).when(told).then(pl.lit("")).otherwise(pl.lit("."))
    signed = offered.join(found, on=keys, how="left").with_columns(sign=sign).drop("is_possible")
    values = ["first_pct", "second_pct", "difference", "low", "high"]
    return signed.with_columns(
        *(pl.when(pl.col("sign") == "").then(pl.col(name)) for name in values),
        pl.col("first_weeks", "second_weeks").fill_null(0),
    )
