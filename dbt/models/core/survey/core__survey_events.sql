-- What respondents are counted by: each answer to each question, in each of its classifications. Of a
-- multiple choice every mark is one, and `base` stands for having marked anything. What a leading question breaks
-- respondents down by is a classification of its own, `…@groups`.
with

answers as (

    select answers.*
    from {{ ref('core__survey_answers') }} as answers
    anti join {{ ref('core__survey_rare_answers') }} as rare using (survey_id, concept_id, level, code)
    where answers.state = 'answered'

),

events as (

    select
        survey_id,
        response_id,
        concept_id,
        case when scale = 'multiple' then '' else item end as item,
        level,
        case when scale = 'multiple' then 'marks' else 'partition' end as shape,
        case
            when scale = 'multiple' then item
            when scale = 'number' then 'answered'
            else code
        end as answer
    from answers
    where scale <> 'multiple' or code = 'marked'

),

bases as (

    select distinct survey_id, response_id, concept_id, '' as item, level, 'marks' as shape, 'base' as answer
    from answers
    where scale = 'multiple'

),

together as (

    select * from events
    union all by name
    select * from bases
    union all by name
    select * exclude (answer_level), 'partition' as shape from {{ ref('core__survey_groups') }}

)

select
    *,
    {{ question_name('concept_id', 'item', 'level') }} as question
from together
