-- Weeks from Monday; a week without an open day has the sign x, since there was nothing to be booked.
select
    weeks.space_id,
    weeks.week_start_date as week_start,
    weeks.open_day_count as open_days,
    {{ hours_of('coalesce(cells.available_seat_seconds, weeks.available_seat_seconds)') }} as available_seat_hours,
    {{ hours_of('cells.amount') }} as booked_seat_hours,
    {{ percent_of('cells.amount', 'cells.available_seat_seconds') }} as utilisation,
    coalesce(cells.sign, 'x') as sign,
    weeks.is_school_holiday,
    weeks.holiday_name as holiday_name_de,
    weeks.holiday_name_en,
    weeks.closure_reason as closure
from {{ ref('core__space_weeks') }} as weeks
left join {{ ref('core__published_cells') }} as cells
    on weeks.space_id = cells.space_id
    and cells.family = 'week'
    and cells.cell = cast(weeks.week_start_date as varchar)
