-- By what a question that leads to others breaks respondents down: each answer that leads on, and everybody else who was
-- put it, whether they said another thing or nothing. So nobody is left over, and no total less its groups is about the few
-- who did not say.
with

columns as (

    select concept_id, level from {{ ref('core__survey_breakdowns') }}
    union
    select asked_of_concept_id, '' from {{ ref('stg_landing__survey_indicators') }}
    where asked_of_concept_id is not null

),

mappings as (

    select distinct survey_id, mapping_position, concept_id, question, routing_question
    from {{ ref('core__survey_mappings') }}

),

leads as (

    select inners.survey_id, inners.mapping_position, outers.concept_id
    from mappings as inners
    inner join mappings as outers
        on inners.survey_id = outers.survey_id
        and inners.routing_question = outers.question
        and inners.concept_id <> outers.concept_id

),

answers as (

    select answers.survey_id, answers.response_id, answers.concept_id, answers.level, answers.code
    from {{ ref('core__survey_answers') }} as answers
    inner join columns using (concept_id, level)
    anti join {{ ref('core__survey_rare_answers') }} as rare using (survey_id, concept_id, level, code)
    where answers.state = 'answered' and answers.scale in ('single', 'scale') and answers.item = ''

),

leading_answers as (

    select distinct answers.survey_id, answers.concept_id, answers.level, answers.code
    from answers
    inner join leads using (survey_id, concept_id)
    anti join {{ ref('core__survey_routed_away') }} as routed_away using (survey_id, response_id, mapping_position)

),

leading_questions as (

    select distinct survey_id, concept_id, level from leading_answers

),

put_to as (

    select distinct survey_id, response_id, concept_id
    from {{ ref('core__survey_coded_answers') }}
    where state <> 'not_asked'

)

select
    survey_id,
    put_to.response_id,
    concept_id,
    '' as item,
    concat_ws('_', nullif(leading_questions.level, ''), 'groups') as level,
    leading_questions.level as answer_level,
    case when leading_answers.code is null then {{ others() }} else answers.code end as answer
from put_to
inner join leading_questions using (survey_id, concept_id)
left join answers using (survey_id, response_id, concept_id, level)
left join leading_answers using (survey_id, concept_id, level, code)
