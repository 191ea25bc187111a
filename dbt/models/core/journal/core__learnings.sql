-- Lessons with the labels of their theme and outcome; a lesson without a town is shared by all.
with

latest as (

    {{ latest_entries('stg_landing__learnings', ['learning_id']) }}

)

select
    {{ id_in_network('latest.town_id', 'latest.learning_id') }} as learning_id,
    {{ id_in_network('latest.town_id', 'latest.lab_id') }} as lab_id,
    latest.town_id,
    latest.theme,
    themes.label_de as theme_de,
    themes.label_en as theme_en,
    themes.position as theme_position,
    {{ in_two_languages('latest', 'title') }},
    {{ in_two_languages('latest', 'tried') }},
    latest.outcome,
    outcomes.label_de as outcome_de,
    outcomes.label_en as outcome_en,
    {{ in_two_languages('latest', 'why') }},
    coalesce(latest.again, 'unknown') as again,
    agains.label_de as again_de,
    agains.label_en as again_en,
    {{ in_two_languages('latest', 'advice') }},
    latest.indicator_ids,
    latest.section,
    latest.source,
    latest.row_origin,
    latest.is_synthetic,
    latest.position,
    latest.delivery_id
from latest
left join {{ ref('core__towns') }} as towns using (town_id)
{{ with_words('themes', 'theme', 'latest.theme') }}
{{ with_words('outcomes', 'outcome', 'latest.outcome') }}
{{ with_words('agains', 'again', "coalesce(latest.again, 'unknown')") }}
where latest.town_id is null or towns.town_id is not null
