-- On how many desk-days there was a booking. Of a pool nobody knows which desk it was: there at least as
-- many were used as were in use at once.
with

seat_time as (

    select * from {{ ref('core__seat_time') }}
    where kind = 'desk'

),

single_desks as (

    select distinct
        space_id,
        resource_id,
        day_date,
        1 as used_count
    from seat_time
    where unit_count = 1

),

steps as (

    select space_id, resource_id, day_date, from_second as second, 1 as step from seat_time where unit_count > 1
    union all
    select space_id, resource_id, day_date, to_second, -1 from seat_time where unit_count > 1

),

in_use as (

    select
        space_id,
        resource_id,
        day_date,
        sum(sum(step)) over (partition by space_id, resource_id, day_date order by second) as used_count
    from steps
    group by space_id, resource_id, day_date, second

),

pools as (

    select space_id, resource_id, day_date, max(used_count) as used_count
    from in_use
    group by space_id, resource_id, day_date

),

together as (

    select * from single_desks
    union all
    select * from pools

),

by_resource as (

    -- Hours over midnight may begin with one desk and end with two; they are not three.
    select space_id, day_date, max(used_count) as used_count
    from together
    group by space_id, resource_id, day_date

)

select
    space_id,
    day_date,
    cast(sum(used_count) as bigint) as used_desk_count
from by_resource
group by space_id, day_date
