-- Labs of the towns of the network, each as the delivery received last describes it.
with

latest as (

    {{ latest_entries('stg_landing__labs', ['lab_id']) }}

)

select
    {{ id_in_network('latest.town_id', 'latest.lab_id') }} as lab_id,
    latest.town_id,
    {{ in_two_languages('latest', 'title') }},
    {{ in_two_languages('latest', 'tried') }},
    {{ in_two_languages('latest', 'outcome') }},
    {{ in_two_languages('latest', 'learned') }},
    latest.period_from_date,
    latest.period_to_date,
    latest.section,
    latest.source,
    latest.row_origin,
    latest.is_synthetic,
    latest.position,
    latest.delivery_id
from latest
inner join {{ ref('core__towns') }} as towns using (town_id)
