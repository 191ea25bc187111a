-- No day with fewer than five users is told; a closed day has the sign x.
select
    days.space_id,
    days.day_date as day,
    days.weekday,
    days.available_seat_seconds > 0 as open,
    days.desk_count as desks,
    {{ hours_of('days.available_seat_seconds') }} as available_seat_hours,
    {{ percent_of('cells.amount', 'days.available_seat_seconds') }} as utilisation,
    coalesce(cells.sign, 'x') as sign,
    days.public_holiday_name as public_holiday,
    days.school_holiday_name as school_holiday,
    days.closure_reason as closure
from {{ ref('core__space_days') }} as days
left join {{ ref('core__published_cells') }} as cells
    on days.space_id = cells.space_id
    and cells.family = 'day'
    and cells.cell = cast(days.day_date as varchar)
