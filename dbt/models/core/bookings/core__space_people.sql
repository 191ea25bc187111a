-- Who used a space within its opening hours, and on how many days.
with

user_days as (

    select
        space_id,
        user_id,
        count(distinct day_date) as day_count
    from {{ ref('core__seat_time') }}
    where user_id is not null
    group by space_id, user_id

)

select
    space_id,
    count(*) as user_count,
    count(case when day_count >= 2 then 1 end) as returning_count,
    cast(sum(day_count) as bigint) as user_day_count
from user_days
group by space_id
