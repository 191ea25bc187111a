-- Answers to a standing breakdown that fewer than five gave, or none, where such are left out like
-- "prefer not to say": two persons of a third gender would else take the men's or women's number with
-- them in every table. Nothing is said of them, not even whether there are any.
with

breakdowns as (

    select * from {{ ref('core__survey_breakdowns') }}
    where leaves_out_rare

),

offered as (

    select offered.survey_id, breakdowns.concept_id, breakdowns.level, offered.code
    from {{ ref('core__survey_offered') }} as offered
    inner join breakdowns using (concept_id)

),

answers as (

    select * from {{ ref('core__survey_answers') }}
    where state = 'answered'

)

select
    offered.survey_id,
    offered.concept_id,
    offered.level,
    offered.code
from offered
left join answers using (survey_id, concept_id, level, code)
group by offered.survey_id, offered.concept_id, offered.level, offered.code
having count(answers.response_id) < {{ var('k') }}
