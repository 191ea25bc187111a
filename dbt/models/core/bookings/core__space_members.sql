-- What the numbers of desks are made of: days, and hours of the week. A row of family `weekday` states what
-- everybody knows: the days of a weekday and its hours add up to the same, and so do all days and the time
-- with so many desks in use at once.
with

days as (

    select
        days.*,
        cast(days.day_date as varchar) as atom,
        weeks.is_school_holiday,
        weeks.is_until_summer_end,
        weeks.is_after_summer
    from {{ ref('core__space_days') }} as days
    inner join {{ ref('core__space_weeks') }} as weeks
        on days.space_id = weeks.space_id
        and days.week_start_date = weeks.week_start_date
    where days.available_seat_seconds > 0

),

levels as (

    select space_id, cell
    from {{ ref('core__space_cells') }}
    where family = 'level'

),

hours as (

    select
        space_id,
        weekday,
        weekday || '-' || hour as atom
    from {{ ref('core__available_hours') }}
    where available_seat_seconds > 0

)

select space_id, 'total' as family, '' as cell, atom, 1 as factor from days
union all
select space_id, 'day', atom, atom, 1 from days
union all
select space_id, 'week', cast(week_start_date as varchar), atom, 1 from days
union all
select space_id, 'month', month, atom, 1 from days
union all
select space_id, 'holidays', case when is_school_holiday then 'inside' else 'outside' end, atom, 1 from days
union all
select space_id, 'summer', 'before', atom, 1 from days where is_until_summer_end
union all
select space_id, 'summer', 'after', atom, 1 from days where is_after_summer
union all
select space_id, 'profile', atom, atom, 1 from hours
union all
select space_id, 'weekday', cast(weekday as varchar), atom, 1 from days
union all
select space_id, 'weekday', cast(weekday as varchar), atom, -1 from hours
union all
select space_id, 'level', cell, 'level ' || cell, 1 from levels
union all
select space_id, 'weekday', 'all', atom, 1 from days
union all
select space_id, 'weekday', 'all', 'level ' || cell, -1 from levels
