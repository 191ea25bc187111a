-- The questions that are counted, in each of their classifications, with all answers that were offered: an
-- answer nobody gave is a zero of the data, not a gap.
with

asked as (

    select distinct
        mappings.survey_id,
        mappings.concept_id,
        mappings.item,
        mappings.scale,
        coalesce(levels.level, '') as level
    from {{ ref('core__survey_mappings') }} as mappings
    left join {{ ref('core__survey_levels') }} as levels using (survey_id, concept_id)

),

offered as (

    select * from {{ ref('core__survey_offered') }}

),

rare as (

    select * from {{ ref('core__survey_rare_answers') }}

),

level_answers as (

    select * from {{ ref('stg_landing__concept_answers') }}
    where is_substantive

),

recodes as (

    select distinct survey_id, to_concept_id, item, to_level, to_code
    from {{ ref('core__survey_recodes') }}

),

concepts as (

    select * from {{ ref('stg_landing__concepts') }}

),

closed_questions as (

    select
        asked.survey_id,
        asked.concept_id,
        asked.item,
        asked.level,
        'partition' as shape,
        level_answers.code as answer,
        true as is_as_asked
    from asked
    inner join level_answers using (concept_id, level)
    inner join offered on asked.survey_id = offered.survey_id
        and asked.concept_id = offered.concept_id
        and level_answers.code = offered.code
    where asked.scale in ('single', 'scale')
        and not exists (
            select 1
            from rare
            where rare.survey_id = asked.survey_id
                and rare.concept_id = asked.concept_id
                and rare.level = asked.level
                and rare.code = level_answers.code
        )

),

multiple_choices as (

    select survey_id, concept_id, '' as item, level, 'marks' as shape, item as answer, true as is_as_asked
    from asked
    where scale = 'multiple'
    union all
    select distinct survey_id, concept_id, '', level, 'marks', 'base', true
    from asked
    where scale = 'multiple'

),

numbers as (

    select survey_id, concept_id, item, level, 'partition' as shape, 'answered' as answer, true as is_as_asked
    from asked
    where scale = 'number'

),

recoded as (

    select
        survey_id,
        to_concept_id as concept_id,
        item,
        to_level as level,
        'partition' as shape,
        to_code as answer,
        false as is_as_asked
    from recodes

),

column_groups as (

    select distinct
        survey_id,
        concept_id,
        item,
        level,
        'partition' as shape,
        unnest([answer, {{ others() }}]) as answer,
        false as is_as_asked
    from {{ ref('core__survey_groups') }}

),

together as (

    select * from closed_questions
    union all
    select * from multiple_choices
    union all
    select * from numbers
    union all
    select * from recoded
    union all
    select * from column_groups

)

select
    together.*,
    {{ question_name('together.concept_id', 'together.item', 'together.level') }} as question,
    concepts.is_sensitive,
    concepts.theme
from together
inner join concepts using (concept_id)
