-- The standing breakdowns, named as the questions they are.
with

breakdowns as (

    select
        concept_id,
        coalesce(level, '') as level,
        position,
        label_de,
        label_en,
        others_de,
        others_en,
        -- After every answer of the concept.
        1000 as others_position,
        leaves_out_rare
    from {{ ref('survey_breakdowns') }}

)

select
    *,
    {{ question_name('concept_id', "''", 'level') }} as question
from breakdowns
