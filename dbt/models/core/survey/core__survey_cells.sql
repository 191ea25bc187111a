-- True counts of all tables, zeros included. Private: nothing but the protection reads them.
with

tables as (

    select * from {{ ref('core__survey_tables') }}

),

questions as (

    select * from {{ ref('core__survey_questions') }}

),

events as (

    select survey_id, response_id, question, answer
    from {{ ref('core__survey_events') }}

),

counted_alone as (

    select survey_id, question, answer, count(*) as respondent_count
    from events
    group by survey_id, question, answer

),

breakdown_events as (

    -- Few of the questions are breakdowns; told beforehand, the join stays as small as its result.
    select events.*
    from events
    semi join tables on events.survey_id = tables.survey_id and events.question = tables.breakdown

),

counted_together as (

    select
        events.survey_id,
        events.question,
        others.question as breakdown,
        events.answer,
        others.answer as breakdown_value,
        count(*) as respondent_count
    from events
    inner join breakdown_events as others on events.survey_id = others.survey_id and events.response_id = others.response_id
    inner join tables
        on events.survey_id = tables.survey_id
        and events.question = tables.question
        and others.question = tables.breakdown
    group by all

),

places as (

    select
        tables.survey_id,
        tables.table_id,
        tables.question,
        tables.breakdown,
        tables.shape,
        tables.is_sensitive,
        questions.answer,
        coalesce(columns.answer, 'total') as breakdown_value
    from tables
    inner join questions on tables.survey_id = questions.survey_id and tables.question = questions.question
    left join questions as columns
        on tables.survey_id = columns.survey_id and tables.breakdown = columns.question

)

select
    places.survey_id,
    places.table_id,
    places.question,
    places.breakdown,
    places.shape,
    places.is_sensitive,
    places.answer,
    places.breakdown_value,
    -- Nobody counted is a zero here: every answer there could be is listed.
    coalesce(counted_together.respondent_count, counted_alone.respondent_count, 0) as respondent_count
from places
left join counted_alone
    on places.breakdown = 'total'
    and places.survey_id = counted_alone.survey_id
    and places.question = counted_alone.question
    and places.answer = counted_alone.answer
left join counted_together
    on places.survey_id = counted_together.survey_id
    and places.question = counted_together.question
    and places.breakdown = counted_together.breakdown
    and places.answer = counted_together.answer
    and places.breakdown_value = counted_together.breakdown_value
