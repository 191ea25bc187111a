-- Weeks with what was booked of desks, and the comparisons between weeks they take part in.
with

weeks as (

    select * from {{ ref('core__space_weeks') }}
    where available_seat_seconds > 0

),

used as (

    select space_id, cast(cell as date) as week_start_date, amount
    from {{ ref('core__space_cells') }}
    where family = 'week'

),

together as (

    select
        weeks.*,
        used.amount as booked_seat_seconds
    from weeks
    inner join used
        on weeks.space_id = used.space_id
        and weeks.week_start_date = used.week_start_date

)

select
    space_id,
    'school_holidays' as comparison,
    is_school_holiday as is_first,
    booked_seat_seconds as booked,
    available_seat_seconds as available
from together

union all

select
    space_id,
    'after_summer',
    is_after_summer,
    booked_seat_seconds,
    available_seat_seconds
from together
where is_after_summer or is_until_summer_end
