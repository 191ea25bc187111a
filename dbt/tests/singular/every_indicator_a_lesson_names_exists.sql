{{ config(severity='warn') }}
-- A lesson's link to an indicator that does not exist is left out of the release; the town should hear of it.
select named.learning_id, named.indicator_id
from {{ ref('core__learning_indicators') }} as named
left join {{ ref('indicator_catalogue') }} as catalogue using (indicator_id)
where catalogue.indicator_id is null
