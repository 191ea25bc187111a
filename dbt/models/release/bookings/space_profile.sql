{{ config(tags=['edition']) }}
-- Weekdays by hour, with the use of the part of the day that an hour lies in: the hours of a part share its use evenly.
-- The team's edition has the use of each hour.
select
    hours.space_id,
    hours.weekday,
    hours.hour,
    {{ part_of_day('hours.hour') }} as part,
    {{ hours_of('hours.available_seat_seconds') }} as available,
    -- A number that stands from the last release may be of fewer hours than are available by now.
    {{ hours_of('hours.available_seat_seconds * cells.amount / ' ~ (
        'cells.available_seat_seconds' if var('shows_days') else
        'sum(hours.available_seat_seconds) over (partition by hours.space_id, cells.cell)'
    )) }} as booked,
    {{ percent_of('cells.amount', 'cells.available_seat_seconds') }} as utilisation,
    cells.sign
from (
    select space_id, weekday, hour, cast(sum(available_seat_seconds) as bigint) as available_seat_seconds
    from {{ ref('core__available_hours') }}
    where available_seat_seconds > 0
    group by space_id, weekday, hour
) as hours
{% if var('shows_days') -%}
inner join (select *, '' as sign from {{ ref('core__space_cells') }}) as cells
    on hours.space_id = cells.space_id
    and cells.family = 'profile'
    and cells.cell = hours.weekday || '-' || hours.hour
{%- else -%}
inner join {{ ref('core__published_cells') }} as cells
    on hours.space_id = cells.space_id
    and cells.family = 'part'
    and cells.cell = hours.weekday || '-' || {{ part_of_day('hours.hour') }}
{%- endif %}
