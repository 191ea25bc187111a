{{ config(tags=['edition']) }}
-- The calendar of a space. What was booked on a single day is told in the team's edition, and beyond it where
-- disclosure control speaks of days at all; a closed day has the sign x.
with

days as (

    select * from {{ ref('core__space_days') }}

),

used as (

    {% if var('shows_days') -%}
    select space_id, day_date, sum(seat_seconds) as amount, '' as sign
    from {{ ref('core__seat_time') }}
    where kind = 'desk'
    group by space_id, day_date
    {%- else -%}
    select space_id, cast(cell as date) as day_date, amount, sign
    from {{ ref('core__published_cells') }}
    where family = 'day'
    {%- endif %}

)

select
    days.space_id,
    days.day_date as day,
    days.weekday,
    days.available_seat_seconds > 0 as open,
    days.desk_count as desks,
    {{ hours_of('days.available_seat_seconds') }} as available_seat_hours,
    {{ percent_of(
        'coalesce(used.amount, 0)' if var('shows_days') else 'used.amount', 'nullif(days.available_seat_seconds, 0)'
    ) }} as utilisation,
    case
        when days.available_seat_seconds = 0 then 'x'
        else coalesce(used.sign, '{{ '' if var('shows_days') else '.' }}')
    end as sign,
    days.public_holiday_name as public_holiday,
    days.school_holiday_name as school_holiday,
    days.closure_reason as closure
from days
left join used using (space_id, day_date)
