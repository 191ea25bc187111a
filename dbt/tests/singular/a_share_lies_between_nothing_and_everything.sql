select indicator_values.*
from {{ ref('indicator_values') }}
inner join {{ ref('indicator_catalogue') }} using (indicator_id)
where indicator_catalogue.value_kind = 'share'
    -- An office's own rate may lie above 100: employees of a place of barracks by its inhabitants.
    and indicator_values.numerator is not null
    and indicator_values.value not between 0 and 100
