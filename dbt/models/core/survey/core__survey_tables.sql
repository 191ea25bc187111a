-- The closed set of tables: each question by itself, by the standing breakdowns, and by the question an
-- indicator narrows its base with. Two dimensions at most; sensitive questions are not broken down. A question that leads
-- to others breaks down by its groups.
with

questions as (

    select distinct survey_id, concept_id, item, level, shape, question, is_sensitive, is_as_asked
    from {{ ref('core__survey_questions') }}

),

column_groups as (

    select distinct survey_id, concept_id, item, level, answer_level
    from {{ ref('core__survey_groups') }}

),

rows_of_tables as (

    select questions.* from questions
    anti join column_groups using (survey_id, concept_id, level)

),

columns_of_tables as (

    select
        rows_of_tables.survey_id,
        rows_of_tables.concept_id,
        rows_of_tables.level,
        {{ question_name('rows_of_tables.concept_id', 'rows_of_tables.item', 'coalesce(column_groups.level, rows_of_tables.level)') }}
            as question
    from rows_of_tables
    left join column_groups
        on rows_of_tables.survey_id = column_groups.survey_id
        and rows_of_tables.concept_id = column_groups.concept_id
        and rows_of_tables.item = column_groups.item
        and rows_of_tables.level = column_groups.answer_level

),

breakdowns as (

    select * from {{ ref('core__survey_breakdowns') }}

),

indicators as (

    select * from {{ ref('stg_landing__survey_indicators') }}
    where asked_of_concept_id is not null

),

by_itself as (

    select
        *,
        'total' as breakdown,
        cast(null as varchar) as breakdown_concept_id,
        cast(null as varchar) as breakdown_level
    from questions

),

standing as (

    select
        questions.*,
        columns.question as breakdown,
        columns.concept_id as breakdown_concept_id,
        columns.level as breakdown_level
    from rows_of_tables as questions
    inner join columns_of_tables as columns on questions.survey_id = columns.survey_id
    inner join breakdowns on columns.concept_id = breakdowns.concept_id and columns.level = breakdowns.level
    where questions.concept_id <> columns.concept_id and not questions.is_sensitive

),

narrowing as (

    select
        questions.*,
        columns.question as breakdown,
        columns.concept_id as breakdown_concept_id,
        columns.level as breakdown_level
    from rows_of_tables as questions
    inner join indicators
        on questions.concept_id = indicators.concept_id and questions.level = indicators.indicator_id
    inner join columns_of_tables as columns
        on questions.survey_id = columns.survey_id
        and indicators.asked_of_concept_id = columns.concept_id
        and columns.level = ''
    left join breakdowns on columns.concept_id = breakdowns.concept_id and columns.level = breakdowns.level
    where breakdowns.concept_id is null

),

together as (

    select * from by_itself
    union all
    select * from standing
    union all
    select * from narrowing

)

select
    *,
    question || case when breakdown <> 'total' then '/' || breakdown else '' end as table_id
from together
