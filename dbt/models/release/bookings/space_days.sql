{{ config(tags=['edition']) }}
-- The calendar of a space. What was booked on single days is told in the team's edition alone; a closed day has the
-- sign x.
with

days as (

    select * from {{ ref('core__space_days') }}

),

used as (

    select space_id, day_date, sum(seat_seconds) as seat_seconds
    from {{ ref('core__seat_time') }}
    where kind = 'desk' and {{ var('shows_days') }}
    group by space_id, day_date

)

select
    days.space_id,
    days.day_date as day,
    days.weekday,
    days.available_seat_seconds > 0 as open,
    days.desk_count as desks,
    {{ hours_of('days.available_seat_seconds') }} as available_seat_hours,
    case when {{ var('shows_days') }} and days.available_seat_seconds > 0
        then {{ percent_of('coalesce(used.seat_seconds, 0)', 'days.available_seat_seconds') }} end as utilisation,
    case when days.available_seat_seconds = 0 then 'x' when {{ var('shows_days') }} then '' else '.' end as sign,
    days.public_holiday_name as public_holiday,
    days.school_holiday_name as school_holiday,
    days.closure_reason as closure
from days
left join used using (space_id, day_date)
