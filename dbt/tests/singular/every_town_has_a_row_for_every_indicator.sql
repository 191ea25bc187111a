-- A town an indicator has nothing for says so by a sign; it is never simply absent.
select
    towns.town_id,
    indicator_catalogue.indicator_id
from {{ ref('towns') }}
cross join {{ ref('indicator_catalogue') }}
left join {{ ref('indicator_values') }}
    on towns.town_id = indicator_values.town_id
    and indicator_catalogue.indicator_id = indicator_values.indicator_id
where indicator_values.indicator_id is null
