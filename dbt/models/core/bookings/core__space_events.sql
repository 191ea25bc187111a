-- Events per open day in October and November, and in the other months.
with

days as (

    select
        space_id,
        month(day_date) in (10, 11) as is_autumn,
        day_date
    from {{ ref('core__space_days') }}
    where available_seat_seconds > 0

),

open_days as (

    select
        space_id,
        count(case when is_autumn then 1 end) as autumn_day_count,
        count(case when not is_autumn then 1 end) as other_day_count
    from days
    group by space_id

),

begun as (

    -- An event in several rooms, or set up the day before, is one booking of the tool.
    select
        space_id,
        booking_id,
        min(day_date) as day_date
    from {{ ref('core__seat_time') }}
    where purpose = 'event'
    group by space_id, booking_id

),

events as (

    select
        space_id,
        count(*) as event_count,
        count(case when month(day_date) in (10, 11) then 1 end) as autumn_event_count
    from begun
    group by space_id

)

select
    open_days.*,
    coalesce(events.event_count, 0) as event_count,
    coalesce(events.autumn_event_count, 0) as autumn_event_count
from open_days
left join events using (space_id)
