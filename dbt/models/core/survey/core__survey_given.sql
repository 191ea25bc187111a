-- What completed responses say to the questions that are mapped, and of what use it is.
with

answers as (

    select answers.*
    from {{ ref('stg_landing__answers') }} as answers
    inner join {{ ref('stg_landing__responses') }} as responses using (survey_id, response_id)
    where responses.status = 'completed'

),

codes as (

    select * from {{ ref('core__survey_codes') }}

),

levels as (

    select * from {{ ref('core__survey_levels') }}

),

level_answers as (

    select * from {{ ref('stg_landing__concept_answers') }}

),

judged as (

    select
        answers.survey_id,
        answers.response_id,
        codes.mapping_position,
        codes.concept_id,
        codes.item,
        codes.scale,
        codes.code,
        codes.number,
        case
            when answers.answer_kind = 'not_asked' then 'not_asked'
            -- "Do not know" and the like are answers, also where a tool keeps them among its gaps.
            when uncommitted.code is not null then 'not_substantive'
            when answers.answer_kind = 'no_answer' then 'no_answer'
            when codes.scale = 'multiple' then codes.code
            when codes.scale = 'number' and codes.number is null then 'not_comparable'
            when codes.scale = 'number' and not codes.is_plausible then 'implausible'
            when codes.scale = 'number' then 'answered'
            when level_answers.code is null then 'not_comparable'
            else 'answered'
        end as verdict
    from answers
    inner join codes
        on answers.survey_id = codes.survey_id
        and answers.question = codes.question
        and answers.subquestion = codes.subquestion
        and answers.answer_kind = codes.answer_kind
        and answers.answer_text is not distinct from codes.answer_text
        and answers.answer_code is not distinct from codes.answer_code
    left join levels on codes.survey_id = levels.survey_id and codes.concept_id = levels.concept_id
    left join level_answers
        on codes.concept_id = level_answers.concept_id
        and codes.code = level_answers.code
        and levels.level = level_answers.level
        and level_answers.is_substantive
    left join level_answers as uncommitted
        on codes.concept_id = uncommitted.concept_id
        and codes.code = uncommitted.code
        and not uncommitted.is_substantive

)

select
    *,
    -- Where a question is answered twice over, the answer that says most counts.
    case verdict
        when 'answered' then 1
        when 'marked' then 1
        when 'not_substantive' then 2
        when 'implausible' then 3
        when 'not_comparable' then 4
        when 'no_answer' then 5
        when 'not_marked' then 6
        when 'not_asked' then 7
    end as rank
from judged
