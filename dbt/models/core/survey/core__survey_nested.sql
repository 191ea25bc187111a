-- Questions that were put to those alone who gave one answer to another one, as the questionnaire says: whoever answered
-- `inner_question` answered `outer_question` with `outer_answer`. Protection and attack take it for known.
with

events as (

    select survey_id, response_id, concept_id, question, shape, answer
    from {{ ref('core__survey_events') }}

),

routed as (

    select distinct survey_id, concept_id
    from {{ ref('core__survey_mappings') }}
    where routing_question is not null

),

answered as (

    select distinct events.survey_id, events.response_id, events.question, routed.concept_id is not null as is_routed
    from events
    left join routed using (survey_id, concept_id)
    where events.shape = 'partition' or events.answer = 'base'

),

sizes as (

    select survey_id, question, count(*) as respondent_count
    from answered
    group by survey_id, question

),

outers as (

    select events.*
    from events
    inner join (
        select distinct survey_id, question, answer, count(*) over (partition by survey_id, question, answer) as answer_count
        from events
        where shape = 'partition'
    ) as counted using (survey_id, question, answer)
    inner join sizes using (survey_id, question)
    -- An answer that everybody gave leads nowhere.
    where counted.answer_count < sizes.respondent_count

),

together as (

    select
        answered.survey_id,
        answered.question as inner_question,
        outers.question as outer_question,
        outers.answer as outer_answer,
        count(*) as respondent_count
    from answered
    inner join outers using (survey_id, response_id)
    where answered.is_routed and answered.question <> outers.question
    group by all

)

select
    together.survey_id,
    together.inner_question,
    together.outer_question,
    together.outer_answer
from together
inner join sizes
    on together.survey_id = sizes.survey_id
    and together.inner_question = sizes.question
    and together.respondent_count = sizes.respondent_count
where sizes.respondent_count >= {{ var('k') }}
    -- A question and its own classes are linked as recodes.
    and split_part(split_part(together.inner_question, '@', 1), '.', 1)
        <> split_part(split_part(together.outer_question, '@', 1), '.', 1)
