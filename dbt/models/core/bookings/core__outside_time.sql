-- Booked time in which nothing was open to be booked: shown apart, never part of utilisation.
with

booked as (

    select
        space_id,
        user_id,
        sum((to_second - from_second) * seat_count) as seat_seconds
    from {{ ref('core__booked_pieces') }}
    group by space_id, user_id

),

within as (

    select
        space_id,
        user_id,
        sum(seat_seconds) as seat_seconds
    from {{ ref('core__seat_time') }}
    group by space_id, user_id

)

select
    booked.space_id,
    booked.user_id,
    -- Where nothing lies within, a missing row is a true zero.
    booked.seat_seconds - coalesce(within.seat_seconds, 0) as outside_seat_seconds
from booked
left join within
    on booked.space_id = within.space_id
    and booked.user_id is not distinct from within.user_id
