-- What could have been booked each day, by kind: the denominator.
with

resources as (

    select * from {{ ref('core__space_resources') }}
    where is_in_place

),

openings as (

    select * from {{ ref('core__openings') }}

),

offered as (

    select
        resources.space_id,
        resources.kind,
        openings.day_date,
        resources.resource_id,
        resources.unit_count,
        resources.unit_count * resources.seat_count * {{ shared_seconds(
            'openings.from_second', 'openings.to_second', 'resources.from_second', 'resources.to_second'
        ) }} as seat_seconds
    from resources
    inner join openings
        on resources.space_id = openings.space_id
        and resources.room_id = openings.room_id
        and openings.from_second < resources.to_second
        and openings.to_second > resources.from_second

),

by_resource as (

    select
        space_id,
        kind,
        day_date,
        resource_id,
        max(unit_count) as unit_count,
        sum(seat_seconds) as seat_seconds
    from offered
    group by space_id, kind, day_date, resource_id

)

select
    space_id,
    kind,
    day_date,
    cast(sum(unit_count) as bigint) as unit_count,
    cast(sum(seat_seconds) as bigint) as available_seat_seconds
from by_resource
group by space_id, kind, day_date
