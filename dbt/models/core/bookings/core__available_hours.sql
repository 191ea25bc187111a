-- What desks could have been booked by weekday and hour of the local clock, over the whole period; hours after
-- midnight stand with the day on which it was opened, from 24 on.
with

resources as (

    select * from {{ ref('core__space_resources') }}
    where is_in_place and kind = 'desk'

),

openings as (

    select
        space_id,
        room_id,
        day_date,
        offset_seconds,
        from_second,
        to_second,
        unnest({{ units_touched('from_second + offset_seconds', 'to_second + offset_seconds', 3600) }}) as local_hour
    from {{ ref('core__openings') }}

),

hours as (

    select
        space_id,
        room_id,
        day_date,
        local_hour,
        greatest(from_second, local_hour * 3600 - offset_seconds) as from_second,
        least(to_second, (local_hour + 1) * 3600 - offset_seconds) as to_second
    from openings

)

select
    hours.space_id,
    {{ weekday_of('hours.day_date') }} as weekday,
    {{ hour_of_opening('hours.local_hour', 'hours.day_date') }} as hour,
    cast(sum(resources.unit_count * resources.seat_count * {{ shared_seconds(
        'hours.from_second', 'hours.to_second', 'resources.from_second', 'resources.to_second'
    ) }}) as bigint) as available_seat_seconds
from hours
inner join resources
    on hours.space_id = resources.space_id
    and hours.room_id = resources.room_id
    and hours.from_second < resources.to_second
    and hours.to_second > resources.from_second
group by all
