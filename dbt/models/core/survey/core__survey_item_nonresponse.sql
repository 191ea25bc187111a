-- How often each question was put and left unanswered. A multiple choice counts once, not per box. How many were
-- asked follows from answers to other questions, so `is_open` says where it may be known: where it differs from
-- every other such number by as many as a count needs, and of no question that leaves rare answers out, since
-- asked less answered would be those who gave them; nor where a few had no view, which no cell tells.
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

),

counted as (

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

),

asked_numbers as (

    select survey_id, asked_count
    from counted
    union
    select survey_id, completed_count
    from counted

),

gaps as (

    select
        survey_id,
        asked_count,
        lead(asked_count) over (partition by survey_id order by asked_count) - asked_count as gap
    from asked_numbers

),

leaving_out as (

    select distinct survey_id, concept_id from {{ ref('core__survey_rare_answers') }}

)

select
    counted.*,
    -- What leads to a question may be a sensitive answer.
    (gaps.gap is null or gaps.gap >= {{ var('k_sensitive') }})
    and leaving_out.concept_id is null
    and counted.asked_count - counted.answered_count - counted.unanswered_count
    not between 1 and {{ var('k') }} - 1 as is_open
from counted
left join gaps using (survey_id, asked_count)
left join leaving_out using (survey_id, concept_id)
