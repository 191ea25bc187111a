-- Which records are of one event. The source's own number says so, whatever delivery brings it; and the same
-- title at the same time in exports of two tools is one event, however each of them numbers it.
with

records as (

    select
        events.event_key,
        events.delivery_id,
        events.file,
        events.line,
        events.status,
        events.venue,
        events.starts_at,
        {{ plain_title('events.title') }} as plain_title,
        deliveries.town_id,
        min(deliveries.received_date) over (partition by deliveries.town_id, events.event_key) as first_received_date,
        row_number() over (
            partition by deliveries.town_id, events.event_key
            order by deliveries.received_date desc, events.delivery_id desc, events.file, events.line
        ) as age
    from {{ ref('stg_landing__events') }} as events
    inner join {{ ref('stg_landing__deliveries') }} as deliveries using (delivery_id)
    inner join {{ ref('core__towns') }} as towns using (town_id)

),

newest as (

    select * from records
    where age = 1

),

numbered as (

    -- One export may hold two events of one title at one time (in two places); both count.
    select
        *,
        row_number() over (
            partition by town_id, plain_title, starts_at, delivery_id, file
            order by case when status = 'cancelled' then 1 else 0 end, venue, event_key
        ) as number_in_export
    from newest

)

select
    town_id,
    event_key,
    -- The number that was there first, so that a later export does not change it.
    town_id || '-' || substr(md5(first_value(event_key) over one_event), 1, 12) as event_id
from numbered
window one_event as (
    partition by town_id, plain_title, starts_at, number_in_export
    order by first_received_date, event_key
)
