-- How often each question was put and left unanswered. A multiple choice counts once, not per box.
with

answers as (

    select distinct
        survey_id,
        response_id,
        concept_id,
        case when scale = 'multiple' then '' else item end as item,
        scale,
        state
    from {{ ref('core__survey_coded_answers') }}

)

select
    survey_id,
    concept_id,
    item,
    scale,
    count(*) as completed_count,
    count(case when state <> 'not_asked' then 1 end) as asked_count,
    count(case when state = 'unanswered' then 1 end) as unanswered_count,
    count(case when state = 'answered' then 1 end) as answered_count,
    count(case when state in ('not_comparable', 'implausible') then 1 end) as unusable_count
from answers
group by survey_id, concept_id, item, scale
