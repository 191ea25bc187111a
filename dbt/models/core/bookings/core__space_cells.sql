-- Every number of a space that might be published, also those nobody contributed to, and why it must not be.
with

contributions as (

    select * from {{ ref('core__space_contributions') }}

),

days as (

    select * from {{ ref('core__space_days') }}
    where available_seat_seconds > 0

),

weeks as (

    select * from {{ ref('core__space_weeks') }}
    where available_seat_seconds > 0

),

offered as (

    select space_id, 'total' as family, '' as cell, available_seat_seconds from days
    union all
    select space_id, 'day', cast(day_date as varchar), available_seat_seconds from days
    union all
    select space_id, 'week', cast(week_start_date as varchar), available_seat_seconds from weeks
    union all
    select space_id, 'month', month, available_seat_seconds from days
    union all
    select space_id, 'holidays', case when is_school_holiday then 'inside' else 'outside' end, available_seat_seconds
    from weeks
    union all
    select space_id, 'summer', 'before', available_seat_seconds from weeks where is_until_summer_end
    union all
    select space_id, 'summer', 'after', available_seat_seconds from weeks where is_after_summer
    union all
    -- The days of one week in one month: what weeks and months both consist of.
    select space_id, 'segment', week_start_date || '/' || month, available_seat_seconds from days
    union all
    select space_id, 'part', weekday || '-' || {{ part_of_day('hour') }}, available_seat_seconds
    from {{ ref('core__available_hours') }}
    where available_seat_seconds > 0
    union all
    select space_id, 'profile', weekday || '-' || hour, available_seat_seconds
    from {{ ref('core__available_hours') }}
    where available_seat_seconds > 0
    union all
    select space_id, 'kind', {{ desk_or_room('kind') }}, available_seat_seconds
    from {{ ref('core__available_days') }}
    union all
    -- Where nobody used a desk: without any row just that would be told.
    select days.space_id, 'level', max(days.desk_count) || '-1', cast(null as bigint)
    from days
    left join contributions on days.space_id = contributions.space_id and contributions.family = 'level'
    where contributions.space_id is null
    group by days.space_id
    union all
    select distinct offers.space_id, 'purpose', 'own_work', cast(null as bigint)
    from {{ ref('core__available_days') }} as offers
    left join contributions on offers.space_id = contributions.space_id and contributions.family = 'purpose'
    where contributions.space_id is null

),

available as (

    select
        space_id,
        family,
        cell,
        cast(sum(available_seat_seconds) as bigint) as available_seat_seconds
    from offered
    group by space_id, family, cell

),

contributed as (

    select
        space_id,
        family,
        cell,
        count(case when user_id <> '' then 1 end) as user_count,
        cast(sum(amount) as bigint) as amount,
        max(case when user_id <> '' then amount end, 2) as largest_two,
        -- Nobody knows whose these are: they make no further person, and may all be the largest one's.
        coalesce(sum(case when user_id = '' then amount end), 0) as unnamed_amount
    from contributions
    group by space_id, family, cell

)

select
    space_id,
    family,
    cell,
    available.available_seat_seconds,
    -- Nobody contributed: a true zero.
    coalesce(contributed.amount, 0) as amount,
    coalesce(contributed.user_count, 0) as user_count,
    {{ dominance_reason(
        'contributed.user_count', '(contributed.largest_two[1] + contributed.unnamed_amount)',
        'coalesce(contributed.largest_two[2], 0)', 'contributed.amount'
    ) }} as reason
from available
full join contributed using (space_id, family, cell)
