-- Values of indicators that still exist, of the small towns outside the network.
with

municipality_values as (

    select * from {{ ref('stg_landing__municipality_values') }}

),

catalogue as (

    select * from {{ ref('indicator_catalogue') }}

),

municipalities as (

    select * from {{ ref('municipalities') }}

)

select
    municipality_values.indicator_id,
    municipality_values.municipality_id as ags,
    municipality_values.period,
    municipality_values.period_end,
    municipality_values.value
from municipality_values
inner join catalogue using (indicator_id)
semi join municipalities on municipality_values.municipality_id = municipalities.ags
