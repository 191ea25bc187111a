-- The official indicators of every small town, by the models that compute the network's.
with

municipal_values as (

    select * from {{ ref('indicators__official') }}
    where breakdown = 'total'

),

small_towns as (

    select * from {{ ref('small_towns') }}

),

catalogue as (

    select * from {{ ref('indicator_catalogue') }}

)

select
    municipal_values.indicator_id,
    small_towns.ags,
    municipal_values.period,
    municipal_values.period_end,
    municipal_values.value,
    municipal_values.numerator,
    municipal_values.denominator,
    municipal_values.denominator_period,
    municipal_values.base_n,
    municipal_values.sign,
    municipal_values.delivery_ids as sources,
    municipal_values.source_text,
    municipal_values.licence
from municipal_values
inner join small_towns on municipal_values.municipality_id = small_towns.ags
inner join catalogue using (indicator_id)
