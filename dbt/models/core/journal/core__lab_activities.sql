-- Activities of labs with the label of their kind.
with

latest as (

    {{ latest_entries('stg_landing__lab_activities', ['activity_id']) }}

)

select
    {{ id_in_network('latest.town_id', 'latest.activity_id') }} as activity_id,
    {{ id_in_network('latest.town_id', 'latest.lab_id') }} as lab_id,
    latest.town_id,
    latest.kind,
    kinds.label_de as kind_de,
    kinds.label_en as kind_en,
    {{ in_two_languages('latest', 'title') }},
    latest.venue,
    latest.period_from_date,
    latest.period_to_date,
    {{ in_two_languages('latest', 'date_note') }},
    latest.section,
    latest.source,
    latest.row_origin,
    latest.is_synthetic,
    latest.delivery_id
from latest
inner join {{ ref('core__towns') }} as towns using (town_id)
{{ with_words('kinds', 'kind', 'latest.kind') }}
