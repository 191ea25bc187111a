-- Names the bands that were computed for an indicator which is no longer there.
select bands.indicator_id, bands.period
from {{ ref('stg_landing__peer_bands') }} as bands
left join {{ ref('indicator_catalogue') }} using (indicator_id)
where indicator_catalogue.indicator_id is null
