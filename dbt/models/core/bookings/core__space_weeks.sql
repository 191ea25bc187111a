-- Weeks from Monday. A week belongs to the school holidays where most of its open days do.
with

days as (

    select * from {{ ref('core__space_days') }}

),

weeks as (

    select
        space_id,
        week_start_date,
        count(*) as day_count,
        count(case when available_seat_seconds > 0 then 1 end) as open_day_count,
        count(case when available_seat_seconds > 0 and school_holiday_name is not null then 1 end)
            as open_holiday_count,
        cast(sum(available_seat_seconds) as bigint) as available_seat_seconds,
        max(school_holiday_name) as holiday_name,
        max(school_holiday_name_en) as holiday_name_en,
        max(closure_reason) as closure_reason,
        count(school_holiday_name) as holiday_count
    from days
    group by space_id, week_start_date

),

decided as (

    select
        *,
        case
            when open_day_count > 0 then 2 * open_holiday_count > open_day_count
            else 2 * holiday_count > day_count
        end as is_school_holiday
    from weeks

),

last_of_summer as (

    select space_id, year(week_start_date) as summer, max(week_start_date) as last_week_date
    from decided
    where is_school_holiday and holiday_name = 'Sommerferien'
    group by space_id, year(week_start_date)

)

select
    decided.* exclude (day_count, open_holiday_count, holiday_count),
    -- Eight weeks on either side of the last of the summer holidays: most of these, and the autumn until
    -- Christmas changes everything again.
    exists (
        select 1
        from last_of_summer
        where last_of_summer.space_id = decided.space_id
            and decided.week_start_date > last_of_summer.last_week_date - 56
            and decided.week_start_date <= last_of_summer.last_week_date
    ) as is_until_summer_end,
    not is_school_holiday and exists (
        select 1
        from last_of_summer
        where last_of_summer.space_id = decided.space_id
            and decided.week_start_date > last_of_summer.last_week_date
            and decided.week_start_date <= last_of_summer.last_week_date + 56
    ) as is_after_summer
from decided
