select indicator_values.*
from {{ ref('indicator_values') }}
inner join {{ ref('indicator_catalogue') }} using (indicator_id)
where indicator_catalogue.value_kind = 'share'
    and indicator_values.value not between 0 and 100
