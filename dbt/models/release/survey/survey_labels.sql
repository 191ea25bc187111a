-- The words of the dictionary for what the survey tables name by code.
with

concepts as (

    select * from {{ ref('stg_landing__concepts') }}

),

answers as (

    select * from {{ ref('stg_landing__concept_answers') }}

),

items as (

    select * from {{ ref('stg_landing__concept_items') }}

),

breakdowns as (

    select * from {{ ref('core__survey_breakdowns') }}

),

together as (

    select concept_id, 'concept' as kind, '' as level, '' as code, label_de, label_en, position
    from concepts
    union all
    select concept_id, 'question' as kind, '' as level, '' as code, question_de, question_en, position
    from concepts
    union all
    select concept_id, 'answer' as kind, level, code, label_de, label_en, position
    from answers
    union all
    select concept_id, 'item' as kind, '' as level, item as code, label_de, label_en, position
    from items
    union all
    select
        concept_id,
        'answer' as kind,
        'groups' as level,
        {{ others() }} as code,
        others_de as label_de,
        others_en as label_en,
        others_position as position
    from breakdowns

)

select
    concept_id as concept,
    kind,
    level,
    code,
    label_de,
    label_en,
    position
from together
