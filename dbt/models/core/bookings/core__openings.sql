-- When each room is open, cut so that a piece lies within one day of UTC, by which bookings find it, and
-- between two clock changes, so that local hours are a sum away. No two pieces of a room overlap.
with

openings as (

    select
        space_id,
        room_id,
        day_date,
        {{ seconds_of('opens_at') }} as from_second,
        {{ seconds_of('closes_at') }} as to_second
    from {{ ref('stg_landing__calendar_openings') }}

),

own_parts as (

    -- Hours that run past midnight may reach into those of the next day.
    select * replace ({{ own_part_from('from_second', 'to_second', 'earlier') }} as from_second)
    from openings
    window earlier as (
        partition by space_id, room_id
        order by from_second, to_second
        rows between unbounded preceding and 1 preceding
    )

),

by_utc_day as (

    select
        * replace (
            greatest(from_second, utc_day * 86400) as from_second,
            least(to_second, (utc_day + 1) * 86400) as to_second
        )
    from (
        select *, unnest({{ units_touched('from_second', 'to_second', 86400) }}) as utc_day
        from own_parts
        where from_second < to_second
    )

),

by_offset as (

    select
        by_utc_day.* replace (
            greatest(by_utc_day.from_second, offsets.from_second) as from_second,
            least(by_utc_day.to_second, offsets.to_second) as to_second
        ),
        offsets.offset_seconds
    from by_utc_day
    inner join {{ ref('stg_landing__spaces') }} as spaces using (space_id)
    inner join {{ ref('core__clock_offsets') }} as offsets
        on spaces.timezone = offsets.timezone
        and by_utc_day.from_second < offsets.to_second
        and by_utc_day.to_second > offsets.from_second

)

select * from by_offset
