-- How many desks are in use at once, by their seats (a desk has one, unless its delivery says otherwise): stretches of open time over which neither the number of desks nor that
-- of those in use changes. A stretch lies within one day of UTC, as openings do. Moments when no desk is in
-- use have no row.
with

steps as (

    select
        space_id,
        from_second as second,
        0 as desk_step,
        seat_count as used_step
    from {{ ref('core__seat_time') }}
    where kind = 'desk'

    union all

    select space_id, to_second, 0, -seat_count
    from {{ ref('core__seat_time') }}
    where kind = 'desk'

    union all

    select
        openings.space_id,
        unnest([
            greatest(openings.from_second, desks.from_second), least(openings.to_second, desks.to_second)
        ]),
        unnest([desks.unit_count * desks.seat_count, -desks.unit_count * desks.seat_count]),
        0
    from {{ ref('core__openings') }} as openings
    inner join {{ ref('core__space_resources') }} as desks
        on openings.space_id = desks.space_id
        and openings.room_id = desks.room_id
        and openings.from_second < desks.to_second
        and openings.to_second > desks.from_second
    where desks.kind = 'desk' and desks.is_in_place

),

moments as (

    select space_id, second, sum(desk_step) as desk_step, sum(used_step) as used_step
    from steps
    group by space_id, second

),

stretches as (

    select
        space_id,
        second as from_second,
        lead(second) over later as to_second,
        cast(sum(desk_step) over later as bigint) as desk_count,
        cast(sum(used_step) over later as bigint) as used_count
    from moments
    window later as (partition by space_id order by second)

)

select
    *,
    cast(floor(from_second / 86400) as bigint) as utc_day
from stretches
where desk_count > 0 and used_count > 0
