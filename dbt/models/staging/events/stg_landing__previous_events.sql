select
    event_id,
    cast(registered as bigint) as registered_count,
    cast(attended as bigint) as attended_count,
    cast(walk_ins as bigint) as walk_in_count,
    cast(organisations as bigint) as organisation_count,
    cast(taken_up as bigint) as taken_up_count
from {{ source('landing', 'previous_events') }}
