-- Each booking once, whatever number of deliveries brings it; within one delivery the gate has seen to it.
with

bookings as (

    select bookings.*
    from {{ ref('stg_landing__bookings') }} as bookings
    inner join {{ ref('stg_landing__spaces') }} using (space_id)

),

deliveries as (

    select * from {{ ref('stg_landing__deliveries') }}

),

delivered_more_than_once as (

    select space_id
    from {{ ref('stg_landing__space_periods') }}
    group by space_id
    having count(distinct delivery_id) > 1

),

newest as (

    -- The whole booking as the delivery received last has it: it may have fewer desks by then.
    select bookings.*, deliveries.received_date
    from bookings
    inner join deliveries using (delivery_id)
    where bookings.space_id in (select space_id from delivered_more_than_once)
    qualify rank() over (
        partition by bookings.space_id, bookings.key_source, bookings.booking_id
        order by deliveries.received_date desc, bookings.delivery_id desc
    ) = 1

),

numbered as (

    -- In a pool several bookings of one tool may share desk and times, and all of them count.
    select
        *,
        row_number() over (
            partition by space_id, match_id, key_source
            order by created_at nulls last, delivery_id, file, line, booking_id, unit
        ) as number_of_tool
    from newest

),

told_apart as (

    -- The same desk at the same times in the exports of two tools is one booking.
    select * exclude (number_of_tool, received_date)
    from numbered
    qualify row_number() over (
        partition by space_id, match_id, number_of_tool order by received_date desc, key_source
    ) = 1

),

together as (

    select * from told_apart
    union all
    select *
    from bookings
    where space_id not in (select space_id from delivered_more_than_once)

)

select
    * exclude (match_id, starts_at, ends_at, created_at, modified_at),
    {{ seconds_of('starts_at') }} as from_second,
    {{ seconds_of('ends_at') }} as to_second,
    {{ seconds_of('created_at') }} as created_second,
    -- What held a desk for somebody. Whoever booked and stayed away held it, too.
    status <> 'cancelled' and not is_block_out and ends_at > starts_at as is_use
from together
