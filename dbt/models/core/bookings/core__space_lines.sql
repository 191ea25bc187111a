-- Which numbers add up to another that may be known: what is hidden of a line must not be told by the rest.
-- The sum itself counts as known, whether or not it is published.
with

cells as (

    select * from {{ ref('core__space_cells') }}

),

days as (

    select * from {{ ref('core__space_days') }}
    where available_seat_seconds > 0

),

weeks as (

    select * from {{ ref('core__space_weeks') }}
    where available_seat_seconds > 0

),

whole_weeks as (

    -- Weeks whose open days all lie in one month; the days of the others stand for themselves.
    select space_id, week_start_date, min(month) as month
    from days
    group by space_id, week_start_date
    having count(distinct month) = 1

)

select space_id, family as line, family, cell
from cells
where family in ('week', 'month', 'profile', 'purpose', 'lead_time', 'holidays', 'stay', 'level')

union all

-- How many bookings say when they were made is told with the share of those entered afterwards.
select space_id, 'dated bookings', family, cell
from cells
where family = 'lead_time' and cell <> 'unknown'

union all

select space_id, 'week ' || week_start_date, 'day', cast(day_date as varchar) from days

union all

select space_id, 'weekday ' || weekday, 'day', cast(day_date as varchar) from days

union all

select space_id, 'profile ' || string_split(cell, '-')[1], 'profile', cell from cells where family = 'profile'

union all

select space_id, 'month ' || month, 'week', cast(week_start_date as varchar) from whole_weeks

union all

select days.space_id, 'month ' || days.month, 'day', cast(days.day_date as varchar)
from days
left join whole_weeks
    on days.space_id = whole_weeks.space_id
    and days.week_start_date = whole_weeks.week_start_date
where whole_weeks.space_id is null

union all

select space_id, case when is_school_holiday then 'inside' else 'outside' end, 'week', cast(week_start_date as varchar)
from weeks

union all

select space_id, 'until summer end', 'week', cast(week_start_date as varchar) from weeks where is_until_summer_end

union all

select space_id, 'after summer', 'week', cast(week_start_date as varchar) from weeks where is_after_summer

union all

-- What lies outside the holidays and not soon after the summer follows by subtraction.
select space_id, 'outside but after summer', 'week', cast(week_start_date as varchar)
from weeks
where not is_school_holiday and not is_after_summer
