select
    event_id,
    cast(registered as bigint) as registered_count
from {{ source('landing', 'previous_events') }}
