-- Phases of labs with their labels.
with

latest as (

    {{ latest_entries('stg_landing__lab_phases', ['lab_id', 'phase']) }}

)

select
    {{ id_in_network('latest.town_id', 'latest.lab_id') }} as lab_id,
    latest.town_id,
    latest.phase,
    phases.label_de as phase_de,
    phases.label_en as phase_en,
    phases.position as phase_position,
    latest.period_from_date,
    latest.period_to_date,
    latest.is_estimated,
    {{ in_two_languages('latest', 'note') }},
    latest.section,
    latest.source,
    latest.row_origin,
    latest.is_synthetic,
    latest.delivery_id
from latest
inner join {{ ref('core__towns') }} as towns using (town_id)
{{ with_words('phases', 'phase', 'latest.phase') }}
