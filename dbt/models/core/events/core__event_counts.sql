-- What lists of registrations say of each event. A list that nobody kept counts nobody: null, not 0.
with

registrations as (

    select * from {{ ref('core__event_registrations') }}

)

select
    event_id,
    -- Whoever came without walking in had registered, whatever became of the order since.
    cast(coalesce(
        sum(case when not is_walk_in and (status = 'registered' or has_come) then place_count end), 0
    ) as bigint) as registered_count,
    cast(case
        when bool_or(is_checking_kept) then coalesce(sum(case when has_come then place_count end), 0)
    end as bigint) as attended_count,
    cast(case
        when bool_or(is_walking_in_told) and bool_or(is_checking_kept)
            then coalesce(sum(case when is_walk_in then place_count end), 0)
    end as bigint) as walk_in_count,
    case
        when bool_or(is_checking_kept) and count(organisation_id) > 0
            then count(distinct case when has_come then organisation_id end)
    end as organisation_count
from registrations
group by event_id
