-- What each person contributed to each number that may be published of a space: the ground on which it is
-- decided whether it may. `amount` is seat-seconds, or bookings for lead times, cancellations and no-shows.
with

seat_time as (

    -- An empty name stands for all who are not named.
    select * replace (coalesce(user_id, '') as user_id)
    from {{ ref('core__seat_time') }}

),

bookings as (

    select * replace (coalesce(user_id, '') as user_id)
    from {{ ref('core__space_bookings') }}
    where unit = 1 and not is_block_out and to_second > from_second

),

days as (

    select * from {{ ref('core__space_days') }}

),

weeks as (

    select * from {{ ref('core__space_weeks') }}

),

desk_days as (

    select
        space_id,
        user_id,
        day_date,
        sum(seat_seconds) as amount
    from seat_time
    where kind = 'desk'
    group by space_id, user_id, day_date

),

dated as (

    select
        desk_days.*,
        days.week_start_date,
        days.month,
        weeks.is_school_holiday,
        weeks.is_until_summer_end,
        weeks.is_after_summer
    from desk_days
    inner join days
        on desk_days.space_id = days.space_id
        and desk_days.day_date = days.day_date
    inner join weeks
        on days.space_id = weeks.space_id
        and days.week_start_date = weeks.week_start_date

),

desk_hours as (

    select
        space_id,
        user_id,
        day_date,
        unnest({{ units_touched('from_second + offset_seconds', 'to_second + offset_seconds', 3600) }}) as local_hour,
        from_second + offset_seconds as from_local,
        to_second + offset_seconds as to_local,
        seat_count
    from seat_time
    where kind = 'desk'

),

hours as (

    select
        space_id,
        user_id,
        {{ weekday_of('day_date') }} as weekday,
        {{ hour_of_opening('local_hour', 'day_date') }} as hour,
        {{ shared_seconds('from_local', 'to_local', 'local_hour * 3600', '(local_hour + 1) * 3600') }} * seat_count
            as amount
    from desk_hours

),

stays as (

    -- A piece of one booking within one opening: as long as somebody sat there that day.
    select space_id, user_id, to_second - from_second as second_count
    from seat_time
    where kind = 'desk'

),

at_levels as (

    select
        seat_time.space_id,
        levels.desk_count || '-' || levels.used_count as cell,
        seat_time.user_id,
        seat_time.seat_count * {{ shared_seconds(
            'seat_time.from_second', 'seat_time.to_second', 'levels.from_second', 'levels.to_second'
        ) }} as amount
    from seat_time
    inner join {{ ref('core__space_levels') }} as levels
        on seat_time.space_id = levels.space_id
        and cast(floor(seat_time.from_second / 86400) as bigint) = levels.utc_day
        and seat_time.from_second < levels.to_second
        and seat_time.to_second > levels.from_second
    where seat_time.kind = 'desk'

),

together as (

    select space_id, 'total' as family, '' as cell, user_id, amount from dated
    union all
    select space_id, 'day', cast(day_date as varchar), user_id, amount from dated
    union all
    select space_id, 'week', cast(week_start_date as varchar), user_id, amount from dated
    union all
    select space_id, 'month', month, user_id, amount from dated
    union all
    select space_id, 'holidays', case when is_school_holiday then 'inside' else 'outside' end, user_id, amount
    from dated
    union all
    select space_id, 'summer', 'before', user_id, amount from dated where is_until_summer_end
    union all
    select space_id, 'summer', 'after', user_id, amount from dated where is_after_summer
    union all
    select space_id, 'segment', week_start_date || '/' || month, user_id, amount from dated
    union all
    select space_id, 'part', weekday || '-' || {{ part_of_day('hour') }}, user_id, amount from hours
    union all
    select space_id, 'profile', weekday || '-' || hour, user_id, amount from hours
    union all
    select space_id, 'stay', {{ stay_class('second_count') }}, user_id, 1 from stays
    union all
    select space_id, 'level', cell, user_id, amount from at_levels
    union all
    select space_id, 'kind', {{ desk_or_room('kind') }}, user_id, seat_seconds from seat_time
    union all
    select space_id, 'purpose', purpose, user_id, seat_seconds from seat_time
    union all
    select space_id, 'outside', '', coalesce(user_id, ''), outside_seat_seconds from {{ ref('core__outside_time') }}
    union all
    select space_id, 'lead_time', {{ lead_time_class('from_second', 'created_second') }}, user_id, 1
    from bookings
    where is_use
    union all
    select space_id, 'bookings', '', user_id, 1 from bookings where is_use
    union all
    select space_id, 'cancelled', '', user_id, 1 from bookings where status = 'cancelled'
    union all
    select space_id, 'no_show', '', user_id, 1 from bookings where status = 'no_show'

)

select
    space_id,
    family,
    cell,
    user_id,
    cast(sum(amount) as bigint) as amount
from together
group by space_id, family, cell, user_id
having sum(amount) > 0
