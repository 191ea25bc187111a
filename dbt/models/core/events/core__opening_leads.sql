-- By how many visits an opening leads the best attended of the other events held within seven days, at least
-- and at most. Not told unless all of them were counted.
with

events as (

    select events.*
    from {{ ref('core__published_events') }} as events
    inner join {{ ref('core__event_members') }} as members
        on events.event_id = members.event_id
        and members.family = 'opening_week'
    where events.is_held

),

by_town as (

    select
        town_id,
        max(case when format = 'opening' then attended_low end) as opening_low,
        max(case when format = 'opening' then attended_high end) as opening_high,
        max(case when format <> 'opening' or format is null then attended_low end) as other_low,
        max(case when format <> 'opening' or format is null then attended_high end) as other_high,
        count(case when format <> 'opening' or format is null then 1 end) as other_count,
        count(case when attended_low is null then 1 end) as uncounted_count
    from events
    group by town_id

)

select
    town_id,
    other_count,
    other_count > 0 and uncounted_count = 0 as is_told,
    case when uncounted_count = 0 then opening_low - other_high end as lead_low,
    case when uncounted_count = 0 then opening_high - other_low end as lead_high
from by_town
