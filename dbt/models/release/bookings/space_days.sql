{{ config(tags=['edition']) }}
-- The calendar of a space; a closed day has the sign x. What was booked on a single day is told in the team's edition
-- alone.
select
    days.space_id,
    days.day_date as day,
    days.weekday,
    days.available_seat_seconds > 0 as open,
    days.desk_count as desks,
    {{ hours_of('days.available_seat_seconds') }} as available_seat_hours,
    {% if var('shows_days') -%}
    {{ percent_of('coalesce(used.amount, 0)', 'nullif(days.available_seat_seconds, 0)') }} as utilisation,
    {%- else -%}
    cast(null as double) as utilisation,
    {%- endif %}
    case when days.available_seat_seconds = 0 then 'x' else '{{ '' if var('shows_days') else '.' }}' end as sign,
    days.public_holiday_name as public_holiday,
    days.school_holiday_name as school_holiday,
    days.closure_reason as closure
from {{ ref('core__space_days') }} as days
{% if var('shows_days') -%}
left join (
    select space_id, day_date, sum(seat_seconds) as amount
    from {{ ref('core__seat_time') }}
    where kind = 'desk'
    group by space_id, day_date
) as used using (space_id, day_date)
{%- endif %}
