-- Weeks with what was booked of desks, and the comparisons between weeks they take part in.
with

weeks as (

    select * from {{ ref('core__space_weeks') }}
    where available_seat_seconds > 0

),

unknown as (

    select distinct space_id
    from {{ ref('core__space_days') }}
    where available_seat_seconds > 0 and not is_school_holiday_known

),

used as (

    select space_id, cast(cell as date) as week_start_date, amount
    from {{ ref('core__space_cells') }}
    where family = 'week'

),

together as (

    select
        weeks.*,
        -- Of a Land without a table, or of years it does not have, no week is inside, and none is outside.
        case when unknown.space_id is null then weeks.is_school_holiday end as is_inside,
        used.amount as booked_seat_seconds
    from weeks
    left join unknown using (space_id)
    inner join used
        on weeks.space_id = used.space_id
        and weeks.week_start_date = used.week_start_date

)

select
    space_id,
    week_start_date,
    'school_holidays' as comparison,
    is_inside as is_first,
    booked_seat_seconds as booked,
    available_seat_seconds as available
from together

union all

select
    space_id,
    week_start_date,
    'after_summer',
    is_after_summer,
    booked_seat_seconds,
    available_seat_seconds
from together
where is_after_summer or is_until_summer_end
