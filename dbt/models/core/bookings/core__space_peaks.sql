-- The most desks in use at one moment. Whoever leaves makes room for whoever comes at the same moment.
with

seat_time as (

    select * from {{ ref('core__seat_time') }}
    where kind = 'desk'

),

steps as (

    select space_id, from_second as second, 1 as step from seat_time
    union all
    select space_id, to_second, -1 from seat_time

),

in_use as (

    select
        space_id,
        sum(sum(step)) over (partition by space_id order by second) as desk_count
    from steps
    group by space_id, second

)

select
    space_id,
    cast(max(desk_count) as bigint) as peak_desk_count
from in_use
group by space_id
