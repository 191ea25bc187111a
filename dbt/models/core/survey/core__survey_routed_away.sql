-- Who was not put a question, since they gave none of the answers to another one that lead to it.
with

responses as (

    select survey_id, response_id
    from {{ ref('stg_landing__responses') }}
    where status = 'completed'

),

routed as (

    select distinct survey_id, mapping_position, routing_question, routing_answers
    from {{ ref('core__survey_mappings') }}
    where routing_question is not null

),

leading_answers as (

    select distinct
        answers.survey_id,
        answers.response_id,
        routed.mapping_position
    from {{ ref('stg_landing__answers') }} as answers
    inner join routed
        on answers.survey_id = routed.survey_id
        and answers.question = routed.routing_question
        and (
            list_contains(routed.routing_answers, answers.answer_code)
            or list_contains(routed.routing_answers, answers.answer_text)
        )

)

select
    responses.survey_id,
    responses.response_id,
    routed.mapping_position
from responses
inner join routed using (survey_id)
anti join leading_answers using (survey_id, response_id, mapping_position)
