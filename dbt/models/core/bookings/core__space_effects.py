"""School holidays and the weeks after summer, by bootstrap over weeks."""

from stadtlabor.statistics.holiday_effect import effects


def model(dbt, session):
    """One row per space and comparison: both utilisations, their difference and its interval."""
    dbt.config(materialized="table")
    weeks = dbt.ref("core__space_week_use")
    return effects(
        weeks.select("space_id, comparison, is_first, booked::bigint as booked, available::bigint as available").pl()
    )
